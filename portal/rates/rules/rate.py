"""One rate with its origin, and the book it is looked up in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

IMPORTED, COMPUTED, DAILY, FIXED = "imported", "computed", "daily", "fixed"


@dataclass(frozen=True)
class Rate:
    """`per_euro` units of `currency` for one euro, of a `month` (its first day) or a `day`; of a contract's own rate neither.

    `kind`: imported (InforEuro as it was loaded, in its `edition`), computed (InforEuro worked out from a daily rate, of `day`),
    daily (the Central Bank's), fixed (the contract's). `source` is its words; of computed and daily ones "ECB".
    """

    currency: str
    per_euro: Decimal
    kind: str
    source: str
    month: date | None = None
    day: date | None = None
    edition: int | None = None
    retrieved: date | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.per_euro, Decimal):
            raise TypeError(f"a rate is a Decimal, not {type(self.per_euro).__name__}")
        if not self.per_euro.is_finite() or self.per_euro <= 0:
            raise ValueError("a rate is above zero")

    @property
    def computed(self) -> bool:
        return self.kind == COMPUTED


class Book(Protocol):
    """Where rates are looked up. None and empty lists where there is none: nothing is guessed."""

    def imported(self, currency: str, month: date) -> Rate | None:
        """InforEuro of the month as loaded, its current edition."""
        ...

    def computed(self, currency: str, month: date) -> Rate | None:
        """InforEuro of the month worked out from the Central Bank's rates; marked so."""
        ...

    def daily(self, currency: str, first: date, last: date) -> list[Rate]:
        """The Central Bank's rates published on the days from `first` to `last`, in their order."""
        ...

    def daily_bounds(self, currency: str) -> tuple[date, date] | None:
        """The first and last day for which the Central Bank's rates of the currency are known here."""
        ...

    def known_until(self) -> date:
        """The last day for which any daily rate is known here."""
        ...
