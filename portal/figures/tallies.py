"""What each record adds to the counts of what is there and of what is due, so that sums of it can be kept.

Whether a thing is overdue hangs on the day it is asked. So what is kept is how many things wait since which day, and the
count is what has waited long enough: it holds whatever the day. Read from the SELECTs of `counts`, by all sources.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func, literal, null, select
from sqlalchemy.orm import Session

from portal.desk.models import Task
from portal.events.models import Event, FollowUp
from portal.figures.counts import COUNTS
from portal.figures.scope import EVERYTHING
from portal.figures.shapes import Coverage
from portal.frameworks.models import Framework
from portal.kernel import clock
from portal.kernel.permission import Actor
from portal.progress.queries import stale_from
from portal.projects.models import Project
from portal.projects.rules import ACTIVE

NEVER = ""
"""In place of a day: what waits has none."""
Part = dict[tuple, tuple[int, int]]


@dataclass(frozen=True)
class Tally:
    """How a count is kept at the records in the column `place`. `since`: the day a thing waits since, of those that `waits`
    says; it counts when that lies before `before`, and with `undated` when it has none. Without `since` all count."""

    place: ColumnElement[int]
    since: ColumnElement | None = None
    before: Callable[[], date] = clock.today
    waits: ColumnElement[bool] | None = None
    undated: bool = False


TALLIES: dict[str, Tally] = {
    "partners": Tally(Project.id),
    "events": Tally(Event.id),
    "open_follow_ups": Tally(FollowUp.id),
    "overdue_follow_ups": Tally(FollowUp.id, FollowUp.due_to),
    "overdue_tasks": Tally(Task.record_id, Task.due),
    "stale_updates": Tally(Project.id, Project.reported_on, stale_from, Project.status.in_(ACTIVE), undated=True),
    "silent_frameworks": Tally(Framework.id),
}
"""By the key of the count. Of partners and silent frameworks only for how many something is known is kept here: how many there
are is kept with the kinds of records, and by `kept_signs`."""


def rows(
    s: Session, actor: Actor, key: str, places: Collection[int] | None
) -> Iterator[tuple[int | None, tuple, int, int]]:
    """(place, key, 0, number) of what the places add to a count; None: of what stands at no record."""
    one, count = TALLIES[key], COUNTS[key]
    columns = [
        one.place.label("place"),
        case((count.known(actor), 1), else_=0).label("known"),
        (literal(1) if one.waits is None else case((one.waits, 1), else_=0)).label("waits"),
        (null() if one.since is None else one.since).label("since"),
    ]
    asked = count.among(actor, EVERYTHING).with_only_columns(*columns, maintain_column_froms=True).order_by(None)
    asked = asked.where(one.place.is_(None) if places is None else one.place.in_(places))
    found = asked.subquery()
    for place, known, waits, since, number in s.execute(select(*found.c, func.count()).group_by(*found.c)):
        yield place, ("known" if known else "unknown",), 0, number
        if waits and one.since is not None:
            yield place, ("since", since.isoformat() if since else NEVER), 0, number


def number(part: Part, key: str) -> int:
    """How many count today."""
    one = TALLIES[key]
    if one.since is None:
        return coverage(part, key).total
    before = one.before().isoformat()
    days = ((entry[2], n) for entry, (_a, n) in part.items() if entry[:2] == (key, "since"))
    return sum(n for day, n in days if (one.undated if day == NEVER else day < before))


def coverage(part: Part, key: str) -> Coverage:
    """For how many of what is asked about it is known."""
    known, unknown = (part.get((key, state), (0, 0))[1] for state in ("known", "unknown"))
    return Coverage(known=known, unknown=unknown)
