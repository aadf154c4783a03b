"""One amount in euros under every regime, side by side, for the page of a contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.kernel.money import Money
from portal.kernel.when import When
from portal.rates.rules.conversion import REGIMES, Conversion, NoRate, convert
from portal.rates.rules.months import following, month_of_when
from portal.rates.rules.rate import FIXED, Book
from portal.rates.rules.rounding import NEAREST


@dataclass(frozen=True)
class Agreed:
    """What a contract says of converting. The period stands for the reporting period until reports have periods of their own.

    `fixed`: units of `fixed_currency` for one euro; it says nothing of other currencies.
    `regime`, `fixed`, `rounding` None: not stated; the nearest cent is then taken, and the page says so.
    """

    start: When | None = None
    end: When | None = None
    regime: str | None = None
    fixed: Decimal | None = None
    fixed_currency: str | None = None
    rounding: str | None = None

    @property
    def shown(self) -> tuple[str, ...]:
        """The regimes to set side by side: a fixed rate only where the contract has one."""
        return tuple(one for one in REGIMES if one != FIXED or self.fixed is not None or self.regime == FIXED)

    @property
    def months(self) -> tuple[date, date] | None:
        """The first and last day of the months the period touches; None where its ends name no months."""
        first, last = month_of_when(self.start), month_of_when(self.end)
        if first is None or last is None or last < first:
            return None
        return first, date.fromordinal(following(last).toordinal() - 1)

    @property
    def days(self) -> tuple[date, date] | None:
        """The days of the period; None where an end is less precise than a day: nothing invents one."""
        first, last = _day(self.start), _day(self.end)
        return (first, last) if first and last and first <= last else None


def _day(when: When | None) -> date | None:
    exact = when is not None and when.precision == "day" and not (when.approximate or when.uncertain)
    return when.earliest if when is not None and exact else None


def beside(amount: Money, valued: When | None, agreed: Agreed, book: Book) -> dict[str, Conversion | NoRate]:
    """{regime: the amount in euros, or why there is none}, of those to be shown. A month that is not loaded is computed."""
    found = {}
    for regime in agreed.shown:
        period = agreed.days if regime == "C" else agreed.months
        fixed = agreed.fixed if amount.currency == agreed.fixed_currency else None
        found[regime] = convert(
            amount, book=book, regime=regime, period=period, day=month_of_when(valued), fixed=fixed,
            rounding=agreed.rounding or NEAREST,
        )  # fmt: skip
    return found
