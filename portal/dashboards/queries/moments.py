"""What was reported of projects and from which day it holds: status and traffic light, as their history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, case, select
from sqlalchemy.orm import Session

from portal.figures import Scope
from portal.figures.projects import counted
from portal.figures.said import status_led_by_others
from portal.kernel.permission import Actor
from portal.progress.models import StatusUpdate
from portal.progress.queries import told
from portal.projects.models import Project


@dataclass(frozen=True)
class Told:
    """A value of a project that surely holds from the day `since`."""

    project_id: int
    since: date
    value: str


def projects_of(s: Session, actor: Actor, scope: Scope) -> dict[int, tuple[str, str]]:
    """{id: (Czech name, English name)} of the projects that count in the scope, in Czech order."""
    asked = counted(actor, scope, Project.id, Project.name_cs, Project.name_en).order_by(Project.order_cs, Project.id)
    return {i: (cs, en) for i, cs, en in s.execute(asked)}


def lights(s: Session, actor: Actor, scope: Scope) -> list[Told]:
    """Traffic lights by the reports of projects that count in the scope."""
    return sorted(_reported(s, actor, scope, StatusUpdate.light), key=lambda one: one.since)


def statuses(s: Session, actor: Actor, scope: Scope) -> list[Told]:
    """Statuses by the reports, and the status that the project itself states with the day it holds for. A derived status, and
    one stated without a day, says nothing of the past."""
    others = status_led_by_others(scope)
    own = counted(
        actor, scope, Project.id, Project.status_on_to, case((~others, Project.status)).label("status")
    ).where(Project.status_on_to.is_not(None), Project.status_basis == "stated")
    stated = [Told(i, since, status) for i, since, status in s.execute(own) if status is not None]
    # A report of the same day says it by the same statement: the one of the record stands last and so prevails.
    return sorted([*_reported(s, actor, scope, StatusUpdate.status), *stated], key=lambda one: one.since)


def _reported(s: Session, actor: Actor, scope: Scope, value) -> list[Told]:
    """A report holds from the last day its date can mean, or from the day it was written where that is not stated."""
    mine = counted(actor, scope, Project.id)
    since = case((StatusUpdate.held_on_to.is_not(None), StatusUpdate.held_on_to), else_=StatusUpdate.written_on)
    asked = (
        select(StatusUpdate.of_id, since.label("since"), value)
        .where(and_(told(actor), value.is_not(None), StatusUpdate.of_id.in_(mine)))
        .order_by(since, StatusUpdate.id)
    )
    return [Told(*row) for row in s.execute(asked)]


def at(found: Iterable[Told], moments: list[date]) -> dict[date, dict[int, str]]:
    """{day: {project id: the value last told by then}}; projects of which nothing was told are missing."""
    held: dict[int, str] = {}
    by_day: dict[date, dict[int, str]] = defaultdict(dict)
    left = list(found)
    place = 0
    for day in sorted(moments):
        while place < len(left) and left[place].since <= day:
            held[left[place].project_id] = left[place].value
            place += 1
        by_day[day] = dict(held)
    return dict(by_day)
