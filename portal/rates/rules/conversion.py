"""Converting an amount under the regimes of the Commission's contracts (reporting-formats: PRAG templates of 2012 and 2014,
corporate grant agreement art. 21.3):

    A      the mean of the monthly InforEuro rates of the reporting period
    B      InforEuro of the month of payment
    C      the mean of the Central Bank's daily rates over the period; where it has none, the mean of InforEuro
    fixed  the rate the contract names
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext

from portal.kernel.money import Money, MoneyError
from portal.rates.rules.months import DAY, month_of, months_of, months_text
from portal.rates.rules.rate import FIXED, Book, Rate
from portal.rates.rules.rounding import DIGITS, NEAREST, rounded

REGIMES = ("A", "B", "C", "fixed")
EURO = "EUR"
ONE = Decimal(1)


@dataclass(frozen=True)
class Step:
    """One step of a conversion, to be listed: `what` is given, rate, mean, exact or rounded."""

    what: str
    value: Decimal
    currency: str
    rate: Rate | None = None


@dataclass(frozen=True)
class Conversion:
    """`original` is worth `amount`. `rate`: units of the original's currency for one of the amount's, not rounded; `rates` what
    it is made from, every one named. `exact`: the amount before rounding. `used` is the regime in effect: A where regime C fell
    back to InforEuro; "none" where both currencies are the same."""

    original: Money
    amount: Money
    rate: Decimal
    rates: tuple[Rate, ...]
    regime: str
    used: str
    rounding: str
    exact: Decimal

    @property
    def computed(self) -> bool:
        """Whether a computed rate is in it: such an amount is for looking at, no report is closed with it."""
        return any(rate.computed for rate in self.rates)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of its rates, each once."""
        return tuple(dict.fromkeys(rate.source for rate in self.rates))

    @property
    def months(self) -> tuple[date, ...]:
        """The months whose rates are in it."""
        return tuple(dict.fromkeys(rate.month for rate in self.rates if rate.month))

    @property
    def days(self) -> tuple[date, ...]:
        """The days whose rates are in it."""
        return tuple(dict.fromkeys(rate.day for rate in self.rates if rate.day))

    def steps(self) -> tuple[Step, ...]:
        """From the amount that is given to the rounded one, in their order."""
        listed = [Step("given", self.original.decimal, self.original.currency)]
        listed += [Step("rate", rate.per_euro, rate.currency, rate) for rate in self.rates]
        if self.rates:
            listed.append(Step("mean" if len(self.rates) > 1 else "used", self.rate, self.original.currency))
            listed.append(Step("exact", self.exact, self.amount.currency))
        return (*listed, Step("rounded", self.amount.decimal, self.amount.currency))


@dataclass(frozen=True)
class NoRate:
    """There is no amount. `reason`:

    period_unknown  A and C need the days from and to            day_unknown    B needs the month of payment
    fixed_unknown   the contract names no rate                   month_missing  `missing`: the months, as 2026-03
    too_large       the result is more than an amount can be
    regime_unknown, currency_unknown    the contract does not say by which regime, or into what (said by who asks)
    days_missing    C: the Central Bank's rates end before the period does, or begin after it: `missing`: first and last such day
    """

    original: Money
    regime: str
    reason: str
    currency: str = ""
    missing: tuple[str, ...] = ()


class _Absent(Exception):
    def __init__(self, reason: str, currency: str = "", missing: Sequence[str] = ()) -> None:
        super().__init__(reason)
        self.reason, self.currency, self.missing = reason, currency, tuple(missing)


@dataclass(frozen=True)
class Terms:
    """By what is converted: the regime with what it needs of `period` (first and last day), `day` (of payment; any day of its
    month), `fixed` (units of the currency for one euro); `computed`: whether a month that is not loaded may be worked out."""

    book: Book
    regime: str
    period: tuple[date, date] | None = None
    day: date | None = None
    fixed: Decimal | None = None
    computed: bool = True


def convert(
    amount: Money, into: str = EURO, *, book: Book, regime: str, period: tuple[date, date] | None = None,
    day: date | None = None, fixed: Decimal | None = None, rounding: str = NEAREST, computed: bool = True,
) -> Conversion | NoRate:  # fmt: skip
    """The amount in the currency `into`, by way of the euro; a typed "no rate" where something is missing.

    Only the result is rounded. ValueError for a regime there is not, for a period that ends before it starts, and for a fixed
    rate between two currencies neither of which is the euro.
    """
    if regime not in REGIMES or (period and period[1] < period[0]):
        raise ValueError(f"no such regime or period: {regime}, {period}")
    if regime == FIXED and EURO not in (amount.currency, into):
        raise ValueError("a fixed rate is one of the euro")
    if amount.currency == into:
        return Conversion(amount, amount, ONE, (), regime, "none", rounding, amount.decimal)
    terms = Terms(book, regime, period, day, fixed, computed)
    try:
        of, of_rates, used = _per_euro(amount.currency, terms)
        to, to_rates, used_to = _per_euro(into, terms)
    except _Absent as absent:
        return NoRate(amount, regime, absent.reason, absent.currency, absent.missing)
    with localcontext(prec=DIGITS):
        exact, rate = amount.decimal * to / of, of / to
    try:
        made = rounded(exact, into, rounding)
    except MoneyError:
        return NoRate(amount, regime, "too_large")
    return Conversion(amount, made, rate, (*of_rates, *to_rates), regime, used or used_to, rounding, exact)


def _per_euro(currency: str, terms: Terms) -> tuple[Decimal, tuple[Rate, ...], str]:
    """Units for one euro, the rates they are the mean of, and the regime in effect ("" for the euro)."""
    if currency == EURO:
        return ONE, (), ""
    if terms.regime == FIXED:
        if terms.fixed is None:
            raise _Absent("fixed_unknown")
        return terms.fixed, (Rate(currency, terms.fixed, FIXED, ""),), FIXED
    if terms.regime == "B":
        if terms.day is None:
            raise _Absent("day_unknown")
        [rate] = _monthly(currency, [month_of(terms.day)], terms)
        return rate.per_euro, (rate,), "B"
    if terms.period is None:
        raise _Absent("period_unknown")
    daily = _daily(currency, terms.period, terms.book) if terms.regime == "C" else None
    rates = daily or _monthly(currency, months_of(*terms.period), terms)
    return _mean(rates), tuple(rates), "C" if daily else "A"


def _monthly(currency: str, months: list[date], terms: Terms) -> list[Rate]:
    found = [
        terms.book.imported(currency, month) or (terms.book.computed(currency, month) if terms.computed else None)
        for month in months
    ]
    missing = [month for month, rate in zip(months, found, strict=True) if rate is None]
    if missing:
        raise _Absent("month_missing", currency, months_text(missing))
    return [rate for rate in found if rate is not None]


def _daily(currency: str, period: tuple[date, date], book: Book) -> list[Rate] | None:
    """The daily rates of the period; None where the Central Bank has none in it. A part of them is not taken for all, and what is
    not known here yet is not taken for what it has not."""
    bounds = book.daily_bounds(currency)
    if bounds is None:
        return None
    (first, last), (begins, ends) = (_weekday(period[0], DAY), _weekday(period[1], -DAY)), bounds
    goes_on = ends >= book.known_until()
    rates = book.daily(currency, *period)
    if (last > ends and (goes_on or rates)) or (first < begins and rates):
        gap = (max(first, ends + DAY), last) if last > ends else (first, begins - DAY)
        raise _Absent("days_missing", currency, [day.isoformat() for day in gap])
    return rates or None


def _weekday(day: date, step: timedelta) -> date:
    """The day, or the next in the direction of `step` that is no Saturday or Sunday: then nothing is ever published."""
    while day.weekday() > 4:
        day += step
    return day


def _mean(rates: Sequence[Rate]) -> Decimal:
    with localcontext(prec=DIGITS):
        return sum((rate.per_euro for rate in rates), Decimal(0)) / len(rates)
