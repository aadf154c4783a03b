"""Pure rules of reporting: which periods a rule gives, by when their reports are due, how a report moves on."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from portal.kernel.when import When, certainly_before

PLANNED, PREPARED, CHECKED, SENT, RETURNED, ACCEPTED = (
    "planned", "in_preparation", "checked", "sent", "returned", "accepted",
)  # fmt: skip
STATES = (PLANNED, PREPARED, CHECKED, SENT, RETURNED, ACCEPTED)
ON_MONEY = ("interim_financial", "final_financial")
"""Kinds of reports that are on the money of a contract."""
OWED = (PLANNED, PREPARED, CHECKED, RETURNED)
"""States in which somebody here has still to do something."""
OPEN = (PREPARED,)
"""States in which the money and the texts of a report are written: what was checked is what is sent, and that stays; what was
sent is corrected in the next edition."""
MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "prepare": ((PLANNED, RETURNED), PREPARED),
    "hand_over": ((PREPARED,), PREPARED),
    "check": ((PREPARED,), CHECKED),
    "reopen": ((PREPARED, CHECKED), PREPARED),
    "send": ((CHECKED,), SENT),
    "accept": ((SENT,), ACCEPTED),
    "return": ((SENT,), RETURNED),
}
"""What is done with a report → the states in which that may be, and the state after it."""
BY_PREPARER, BY_CHECKER, BY_SENDER, BY_RECIPIENT, BY_NOBODY = "prepare", "check", "send", "recipient", "nobody"
"""Whose turn it is: who prepares the report, who may check it, who may send it, who gets it; nobody's."""
STAGES = {"late": timedelta(days=-1), "soon": timedelta(days=30)}
"""When a report is reminded of: the day after it was due; a month before."""
TOO_LATE = timedelta(days=31)
"""After so long nobody is reminded for the first time: an obligation that began years ago brings reports that were late before it
was laid down. They are overdue in every list all the same."""
SOON = timedelta(days=60)
"""How long before its day a report waits for whoever answers for it."""
MOST_MONTHS, MOST_DAYS, MOST_REPORTS = 120, 1000, 200
"""Bounds of a rule; more is a slip of the pen."""


@dataclass(frozen=True)
class Slot:
    """One report: its first and last day, and the day by which it is due."""

    first: date
    last: date
    due: date

    @property
    def period(self) -> When:
        return When(f"{self.first.isoformat()}/{self.last.isoformat()}")


def day_of(when: object) -> date | None:
    """The day a date names; None where it names none for sure (a month, a year, an approximate or doubted day)."""
    if not isinstance(when, When) or when.start is None or when.start != when.end:
        return None
    one = when.start
    if one.approximate or one.uncertain or one.days[0] != one.days[1]:
        return None
    return one.days[0]


def later(day: date, months: int) -> date:
    """The same day so many months later; the last one of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due_after(last: date, days: int | None, months: int | None) -> date | None:
    """The last day for a report on a period that ended on `last`: so many days or months later (the end of a month stays one)."""
    if days is not None:
        return last + timedelta(days=days)
    if months is None:
        return None
    due = later(last, months)
    at_end = last.day == monthrange(last.year, last.month)[1]
    return due.replace(day=monthrange(due.year, due.month)[1]) if at_end else due


def slots(values: Mapping[str, object]) -> list[Slot]:
    """The reports an obligation makes due; none where its facts do not name the days. Units: starts, ends, every, due_days,
    due_months. The last period ends with the obligation, however short it is."""
    starts, ends = day_of(values.get("starts")), day_of(values.get("ends"))
    days, months = values.get("due_days"), values.get("due_months")
    if starts is None or ends is None or ends < starts or (days is None and months is None):
        return []
    return [
        Slot(first, last, due_after(last, days, months)) for first, last in _periods(starts, ends, values.get("every"))
    ]


def _periods(starts: date, ends: date, every: int | None) -> Iterator[tuple[date, date]]:
    first, n = starts, 1
    while first <= ends and n <= MOST_REPORTS + 1:
        following = later(starts, n * every) if every else ends + timedelta(days=1)
        yield first, min(following - timedelta(days=1), ends)
        first, n = following, n + 1


def missing(values: Mapping[str, object]) -> list[str]:
    """The units that must be stated before reports follow from an obligation."""
    found = [unit for unit in ("starts", "ends") if day_of(values.get(unit)) is None]
    return found + (["due_days"] if values.get("due_days") is None and values.get("due_months") is None else [])


def problems(values: Mapping[str, object]) -> dict[str, str]:
    """{unit: code} of each rule an obligation breaks."""
    found = {}
    name = values.get("name")
    if name is not None and not (name.cs or name.en):
        found["name"] = "name_missing"
    if not values.get("of"):
        found["of"] = "obligation_of_nothing"
    if _before(values.get("ends"), values.get("starts")):
        found["ends"] = "end_before_start"
    if not _within(values.get("every"), 1, MOST_MONTHS):
        found["every"] = "months_impossible"
    if not _within(values.get("due_days"), 0, MOST_DAYS):
        found["due_days"] = "days_impossible"
    if not _within(values.get("due_months"), 0, MOST_MONTHS):
        found["due_months"] = "months_impossible"
    elif values.get("due_days") is not None and values.get("due_months") is not None:
        found["due_months"] = "days_or_months"
    if not found and len(slots(values)) > MOST_REPORTS:
        found["every"] = "too_many_reports"
    return found


def is_overdue(state: str, due: When | None, today: date) -> bool:
    """Owed, and its last day has passed."""
    return state in OWED and due is not None and certainly_before(due, When(today.isoformat()))


def stage(due: date, today: date) -> str | None:
    """What a report that is due on a day is reminded of: that it is late, that it is soon, or nothing (yet, or now)."""
    if today - due > TOO_LATE:
        return None
    return next((name for name, before in STAGES.items() if due - today <= before), None)


def moves_from(state: str, handed_over: bool = False) -> list[str]:
    """What may be done with a report in this state, in the order of its life. One in preparation is handed over for its check
    once, and only then goes back to it."""
    barred = "hand_over" if handed_over else "reopen" if state == PREPARED else None
    return [move for move, (states, _after) in MOVES.items() if state in states and move != barred]


def turn(state: str, handed_over: bool = False) -> str:
    """Whose turn it is with a report."""
    if state == PREPARED and handed_over:
        return BY_CHECKER
    return {CHECKED: BY_SENDER, SENT: BY_RECIPIENT, ACCEPTED: BY_NOBODY}.get(state, BY_PREPARER)


def _before(a: object, b: object) -> bool:
    return isinstance(a, When) and isinstance(b, When) and certainly_before(a, b)


def _within(value: object, low: int, high: int) -> bool:
    return value is None or (isinstance(value, int) and low <= value <= high)
