"""Pure rules of the calendar: which month, which days, what falls into them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

EARLIEST, LATEST = 1990, 2100
"""Years one can leaf to."""


@dataclass(frozen=True)
class Entry:
    """Something in the calendar. `first` and `last` are the days it surely takes; both None where its date names no day, then
    `when` says it in words. `kind`: event, follow_up, milestone, task, due_report. `place`: of an event; of a milestone its
    project, of a report what it is on. `done` and `late` are of promises, milestones, reports and tasks."""

    kind: str
    id: int
    name: str
    first: date | None = None
    last: date | None = None
    place: str = ""
    when: object = None
    done: bool = False
    late: bool = False


@dataclass
class Day:
    """One day of the page, with what falls on it. `outside`: it belongs to the month before or after."""

    date: date
    outside: bool
    today: bool
    entries: list[Entry] = field(default_factory=list)


def month_asked(text: str, today: date) -> date | None:
    """The first day of the month `2026-12`; of this month for an empty text; None for what is no month."""
    if not text:
        return today.replace(day=1)
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text, re.ASCII)
    if not found or not EARLIEST <= int(found[1]) <= LATEST or not 1 <= int(found[2]) <= 12:
        return None
    return date(int(found[1]), int(found[2]), 1)


def last_day(first: date) -> date:
    """The last day of the month that begins on `first`."""
    return first.replace(day=monthrange(first.year, first.month)[1])


def neighbour(first: date, step: int) -> date | None:
    """The first day of the month before (-1) or after (1); None beyond what one can leaf to."""
    day = (first - timedelta(days=1)).replace(day=1) if step < 0 else last_day(first) + timedelta(days=1)
    return day if EARLIEST <= day.year <= LATEST else None


def weeks(first: date, today: date, entries: Iterable[Entry]) -> list[list[Day]]:
    """The weeks of a month from Monday, each day with its entries, in the order given."""
    start = first - timedelta(days=first.weekday())
    end = last_day(first)
    end += timedelta(days=6 - end.weekday())
    days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
    made = {d: Day(d, d.month != first.month, d == today) for d in days}
    for entry in entries:
        if entry.first is None or entry.last is None:
            continue
        day = max(entry.first, start)
        while day <= min(entry.last, end):
            made[day].entries.append(entry)
            day += timedelta(days=1)
    ordered = list(made.values())
    return [ordered[n : n + 7] for n in range(0, len(ordered), 7)]
