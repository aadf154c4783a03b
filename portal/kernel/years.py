"""Amounts of budget years as one text, `2014: 1250000.00 CZK; 2015: 300000.00 EUR`: years in order, each once, amounts exact."""

from __future__ import annotations

import re
from collections.abc import Iterable

from portal.kernel.currency import EXPONENTS
from portal.kernel.money import Money, decimals_of

YEAR = re.compile(r"(\d{4}): (\d{1,13}(?:\.\d{1,4})?) ([A-Z]{3})", re.ASCII)
EARLIEST, LATEST = 1990, 2100


def years(text: str | None) -> list[tuple[int, Money]]:
    """(budget year, amount) of a text, in order. ValueError where it is none."""
    found = []
    for part in (text or "").split("; ") if text else []:
        match = YEAR.fullmatch(part)
        if not match or match[3] not in EXPONENTS:
            raise ValueError(f"no amount of a budget year: {part!r}")
        found.append((int(match[1]), Money.of(match[2], match[3])))
    numbers = [year for year, _amount in found]
    if numbers != sorted(set(numbers)) or any(not EARLIEST <= year <= LATEST for year in numbers):
        raise ValueError("budget years stand in order, each once")
    return found


def years_text(rows: Iterable[tuple[int, Money]]) -> str | None:
    """The text of amounts by year; None for no year."""
    return "; ".join(f"{year}: {_plain(amount)} {amount.currency}" for year, amount in sorted(rows)) or None


def with_year(text: str | None, year: int, amount: Money | None) -> str | None:
    """The text with another amount in one year; None: that year is not stated."""
    kept = {one: held for one, held in years(text) if one != year}
    return years_text((kept | ({year: amount} if amount is not None else {})).items())


def _plain(amount: Money) -> str:
    return f"{amount.decimal:.{decimals_of(amount.currency)}f}"
