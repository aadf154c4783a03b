"""Months, each by its first day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from portal.kernel.when import When

DAY = timedelta(days=1)


def month_of(day: date) -> date:
    """The month a day is in."""
    return day.replace(day=1)


def following(month: date) -> date:
    return month.replace(year=month.year + 1, month=1) if month.month == 12 else month.replace(month=month.month + 1)


def months_of(first: date, last: date) -> list[date]:
    """The months that the days from `first` to `last` touch; none where the end lies before the start."""
    found = []
    month = month_of(first)
    while month <= last:
        found.append(month)
        month = following(month)
    return found


def penultimate_day_before(month: date) -> date:
    """The last calendar day but one of the month before: the day whose rate InforEuro of `month` is made from (see
    docs/decisions/0056-rates.md for what is open about it)."""
    return month - 2 * DAY


def month_of_when(when: When | None) -> date | None:
    """The month a date with its precision names; None where it names none: a year, a period over two months, "about"."""
    if when is None or when.earliest is None or when.latest is None or when.approximate or when.uncertain:
        return None
    return month_of(when.earliest) if month_of(when.earliest) == month_of(when.latest) else None


def months_text(months: Iterable[date]) -> tuple[str, ...]:
    """`2026-03`, for messages and addresses."""
    return tuple(month.strftime("%Y-%m") for month in months)
