"""Quarters and what a kept value says. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from portal.kernel.money import Money


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a year: `number` 1 to 4."""

    year: int
    number: int

    @property
    def code(self) -> str:
        return f"{self.year}-Q{self.number}"

    def end(self, zone: tzinfo) -> datetime:
        """The instant at which it is over in a time zone: the first one of the next quarter (aware, UTC)."""
        following = date(self.year + self.number // 4, self.number % 4 * 3 + 1, 1)
        return datetime(following.year, following.month, following.day, tzinfo=zone).astimezone(UTC)

    @property
    def last_day(self) -> date:
        return date(self.year, self.number * 3, 31 if self.number in (1, 4) else 30)


def last_ended(day: date) -> Quarter:
    """The quarter before the one the day is in."""
    number = (day.month - 1) // 3
    return Quarter(day.year, number) if number else Quarter(day.year - 1, 4)


@dataclass(frozen=True)
class Moved:
    """How one sum, or one number, moved. `before` None: nothing was known; `after` None: nothing is known now."""

    before: Money | int | None
    after: Money | int | None

    @property
    def by(self) -> Money | int | None:
        """The difference; None where one of the two is unknown."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before
