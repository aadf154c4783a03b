"""What chance may choose: amounts, dates as precise as sources are, certainties. The same seed chooses the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from portal.kernel.money import Money
from portal.kernel.when import When

DAY = date(2026, 6, 30)
"""The day of which the made-up portfolio speaks: nothing in it has happened later."""
CURRENCIES = {"EUR": 60, "CZK": 16, "USD": 10, "GEL": 7, "MDL": 7}
CERTAINTIES = {"document": 62, "public": 20, "unsure": 6, "uncited": 12}
MARKS = {"exact": 78, "rounded": 15, "estimated": 7}
REASONS = {"not_stated": 60, "not_found": 20, "not_split": 12, "not_agreed": 8}
PER_EURO = {"EUR": 1, "CZK": 25, "USD": 1, "GEL": 3, "MDL": 20}

T = TypeVar("T")


class Chance(Random):
    """A source of chance with the habits of a portfolio."""

    def one_in(self, number: int) -> bool:
        return self.randrange(number) == 0

    def percent(self, number: float) -> bool:
        return self.random() * 100 < number

    def weighted(self, weights: dict[T, int]) -> T:
        return self.choices(list(weights), list(weights.values()))[0]

    def two(self, of: Sequence[T]) -> tuple[T, T]:
        first, second = self.sample(of, 2)
        return first, second

    def amount(self, currency: str, mark: str) -> Money:
        """From some hundreds to some millions of euros, to the cent where it is exact, else to hundreds of thousands."""
        euros = 10 ** self.uniform(2.7, 6.8)
        minor = int(euros * 100) * PER_EURO[currency]
        if mark == "exact":
            return Money(minor + self.randrange(100), currency)
        step = 10_000_000 if minor > 30_000_000 else 1_000_000
        return Money(max(minor // step, 1) * step, currency)

    def part_of(self, whole: Money) -> Money:
        """An amount within another one, to the cent."""
        return Money(max(int(whole.minor * self.uniform(0.05, 0.6)), 1), whole.currency)

    def when(self, day: date) -> When:
        """A day as a source tells it: to the day, month or year, about a time, within an interval, or since then."""
        how = self.weighted({"day": 40, "month": 20, "year": 25, "about": 4, "interval": 7, "open": 4})
        if how == "day":
            return When(day.isoformat())
        if how == "month":
            return When(f"{day:%Y-%m}")
        if how == "about":
            return When(f"{day.year}~")
        if how == "interval":
            return When(f"{day.year}/{day.year + 1}")
        return When(f"{day.year}/.." if how == "open" else f"{day.year}")

    def day(self, first: date, last: date) -> date:
        """A day between two, both included."""
        return first + timedelta(days=self.randint(0, max((last - first).days, 0)))
