"""Pure rules of the terms of a contract: shares, rates, and national co-financing by budget year.

Co-financing is kept as one text, `2014: 1250000.00 CZK; 2015: 300000.00 EUR`: budget years in order, each once, amounts exact.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from portal.kernel import currency
from portal.kernel.money import Money, decimals_of

YEAR = re.compile(r"(\d{4}): (\d{1,13}(?:\.\d{1,4})?) ([A-Z]{3})", re.ASCII)
EARLIEST, LATEST = 1990, 2100


def years(text: str | None) -> list[tuple[int, Money]]:
    """(budget year, amount) of a text of co-financing, in order. ValueError where it is none."""
    found = []
    for part in (text or "").split("; ") if text else []:
        match = YEAR.fullmatch(part)
        if not match or match[3] not in currency.EXPONENTS:
            raise ValueError(f"no amount of a budget year: {part!r}")
        found.append((int(match[1]), Money.of(match[2], match[3])))
    numbers = [year for year, _amount in found]
    if numbers != sorted(set(numbers)) or any(not EARLIEST <= year <= LATEST for year in numbers):
        raise ValueError("budget years stand in order, each once")
    return found


def years_text(rows: list[tuple[int, Money]]) -> str | None:
    """The text of co-financing; None for no year."""
    return "; ".join(f"{year}: {_plain(amount)} {amount.currency}" for year, amount in sorted(rows)) or None


def _plain(amount: Money) -> str:
    return f"{amount.decimal:.{decimals_of(amount.currency)}f}"


def problems(values: Mapping[str, object]) -> dict[str, str]:
    """{unit: code}. Units: eu_share, cofinancing, rate_regime, fixed_rate, fixed_currency. A fixed rate is what its regime asks
    for, and is told in units of a currency for one euro; it may be unknown yet."""
    found = {}
    share, rate, unit = (values.get(name) for name in ("eu_share", "fixed_rate", "fixed_currency"))
    if isinstance(share, Decimal) and not 0 <= share <= 100:
        found["eu_share"] = "share_out_of_range"
    if isinstance(rate, Decimal) and rate <= 0:
        found["fixed_rate"] = "rate_not_positive"
    elif rate is not None and not unit:
        found["fixed_currency"] = "rate_without_currency"
    elif rate is not None and values.get("rate_regime") not in (None, "fixed"):
        found["fixed_rate"] = "rate_of_another_regime"
    if unit == "EUR":
        found["fixed_currency"] = "rate_of_the_euro"
    try:
        amounts = [amount for _year, amount in years(values.get("cofinancing"))]
        if any(amount.minor <= 0 for amount in amounts):
            found["cofinancing"] = "amount_not_positive"
    except ValueError:
        found["cofinancing"] = "unreadable_years"
    return found
