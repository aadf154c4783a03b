"""Counts of what is there, of what is due, and of what nobody has reported: each with the records it counts.

All of them are read from the same SELECTs as lists and work are (`progress.stale_projects`, `events.is_overdue`,
`desk.is_overdue`, `silence.is_silent`), so none has a second definition.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select
from sqlalchemy.orm import Session

from portal.desk.models import Task
from portal.desk.queries.tasks import is_overdue, tasks, told_then
from portal.desk.rules import OPEN as OPEN_TASK
from portal.events import queries as events
from portal.events.models import Event, FollowUp
from portal.events.rules import CANCELLED
from portal.events.rules import OPEN as OPEN_FOLLOW_UP
from portal.figures.behind import Behind
from portal.figures.projects import counted
from portal.figures.scope import Scope
from portal.figures.selection import frameworks, places
from portal.figures.shapes import Count, Coverage
from portal.figures.silence import is_in_force, is_silent, last_signs, silent_from
from portal.frameworks.models import Framework
from portal.funding.models import Contract
from portal.kernel import clock
from portal.kernel.asof import PastSession
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record, may_fall_into
from portal.kernel.when import When
from portal.obligations import queries as obligations
from portal.obligations.models import DueReport, Obligation
from portal.partners.models import Organisation, Participation
from portal.partners.queries import told_of
from portal.progress.queries import is_stale, stale_from
from portal.projects.models import Project

Asked = Callable[[Actor, Scope], Select]


@dataclass(frozen=True)
class Counted:
    """One thing that a count counts: a record or a task, what it is `of`, and `day`: the date that makes it count, or that it
    was dated by; None where there is none."""

    record: Record | Task
    of: Record | None = None
    day: date | When | None = None


@dataclass(frozen=True)
class Counting:
    """How one count is read. `behind` gives its records; `among` the SELECT of what it is known or not known of, `known` the
    predicate that it is; `number` another way to the same number, where that is shorter than by `behind`."""

    behind: Callable[[Actor, Scope], Behind]
    among: Asked
    known: Callable[[Actor], ColumnElement[bool]]
    number: Asked | None = None

    def value(self, s: Session, actor: Actor, scope: Scope) -> Count:
        if self.number is None:
            return Count(self.behind(actor, scope).number(s))
        return Count(_number(s, self.number(actor, scope)))

    def records(self, s: Session, actor: Actor, scope: Scope) -> list[Counted]:
        return self.behind(actor, scope).all(s)

    def coverage(self, s: Session, actor: Actor, scope: Scope) -> Coverage:
        known = case((self.known(actor), 1), else_=0).label("known")
        found = self.among(actor, scope).with_only_columns(known, maintain_column_froms=True).order_by(None).subquery()
        told, number = s.execute(select(func.coalesce(func.sum(found.c.known), 0), func.count())).one()
        return Coverage(known=int(told), unknown=number - int(told))


def _number(s: Session, asked: Select) -> int:
    keys = asked.with_only_columns(Record.id, maintain_column_froms=True).order_by(None)
    return s.scalar(select(func.count()).select_from(keys.subquery())) or 0


def _at(actor: Actor, scope: Scope, column) -> list[ColumnElement[bool]]:
    """Conditions: it stands at a project or framework of the scope, where the scope asks anything of those."""
    return [column.in_(places(actor, scope))] if scope.by_place else []


def _partners(actor: Actor, scope: Scope) -> Behind:
    asked = select(Organisation).where(visible_to(actor, Organisation), Organisation.certainty.in_(scope.admitted))
    if scope.by_place:
        part = select(Participation.participant_id).where(
            Participation.within_id.in_(places(actor, scope)), told_of(actor, Participation)
        )
        asked = asked.where(Organisation.id.in_(part))
    return Behind(asked, (Organisation.order_cs,), Organisation.id, Counted)


def _has_partner(actor: Actor) -> ColumnElement[bool]:
    """SQL predicate over `Project`: it is stated which organisation takes part in it."""
    organisation = Record.__table__.alias("partner")
    return exists().where(
        Participation.within_id == Project.id, told_of(actor, Participation),
        organisation.c.id == Participation.participant_id, organisation.c.kind == "organisation",
    )  # fmt: skip


def _all_frameworks(actor: Actor, scope: Scope) -> Behind:
    return Behind(frameworks(actor, scope), (Framework.order_cs,), Framework.id, Counted)


def _asked_events(actor: Actor, scope: Scope) -> Select:
    asked = events.events(actor).where(
        Event.certainty.in_(scope.admitted), or_(Event.change.is_(None), Event.change != CANCELLED),
        *_at(actor, scope, Event.under_id),
    )  # fmt: skip
    if scope.years is not None:
        asked = asked.where(may_fall_into(Event.held_from, Event.held_to, Event.held_edtf, scope.years))
    return asked


def _events(actor: Actor, scope: Scope) -> Behind:
    return Behind(
        _asked_events(actor, scope), (Event.held_from,), Event.id, lambda event: Counted(event, event.under, event.held)
    )


def _open_follow_ups(actor: Actor, scope: Scope) -> Select:
    return events.follow_ups(actor).where(
        FollowUp.state == OPEN_FOLLOW_UP, FollowUp.certainty.in_(scope.admitted), *_at(actor, scope, Event.under_id)
    )


def _follow_ups(overdue: bool) -> Callable[[Actor, Scope], Behind]:
    def behind(actor: Actor, scope: Scope) -> Behind:
        asked = _open_follow_ups(actor, scope)
        if overdue:
            asked = asked.where(events.is_overdue(clock.today()))
        return Behind(asked, (FollowUp.due_to,), FollowUp.id, lambda one: Counted(one, one.event, one.due))

    return behind


def _owed_reports(actor: Actor, scope: Scope) -> Select:
    """Those of obligations at a project or framework of the scope, or at a contract for one."""
    asked = obligations.reports(actor).where(obligations.is_owed(), DueReport.certainty.in_(scope.admitted))
    if not scope.by_place:
        return asked
    here = places(actor, scope)
    contracts = select(Contract.id).where(Contract.for_id.in_(here))
    return asked.where(or_(Obligation.of_id.in_(here), Obligation.of_id.in_(contracts)))


def _overdue_reports(actor: Actor, scope: Scope) -> Behind:
    asked = _owed_reports(actor, scope).where(obligations.is_overdue(clock.today()))
    return Behind(asked, (DueReport.due_to,), DueReport.id, lambda one: Counted(one, one.obligation.of, one.due))


def _open_tasks(actor: Actor, scope: Scope) -> Select:
    return tasks(actor).where(Task.state == OPEN_TASK, *_at(actor, scope, Task.record_id))


def _overdue_tasks(actor: Actor, scope: Scope) -> Behind:
    def told(s: Session, asked: Select) -> Select:
        if not isinstance(s, PastSession):
            return asked
        return asked.where(Task.id.in_([row[0].id for row in told_then(s, actor, s.execute(asked).all())]))

    asked = _open_tasks(actor, scope).where(is_overdue(clock.today()))
    made = lambda task, of, _assignee, _maker, out: Counted(task, None if out else of, task.due)  # noqa: E731
    return Behind(asked, (Task.due,), Task.id, made, told)


def _stale(actor: Actor, scope: Scope) -> Behind:
    asked = counted(actor, scope, Project).where(is_stale(stale_from()))
    return Behind(
        asked,
        (Project.reported_on,),
        Project.id,
        lambda project: Counted(project, None, project.reported_on),
    )


def _silent(actor: Actor, scope: Scope) -> Select:
    return frameworks(actor, scope).where(is_silent(actor, clock.today(), silent_from()))


def _silent_with_sign(actor: Actor, scope: Scope) -> Behind:
    last = last_signs(actor, clock.today())
    asked = _silent(actor, scope).outerjoin(last, last.c.root == Framework.id).add_columns(last.c.day)
    return Behind(asked, (last.c.day,), Framework.id, lambda framework, day: Counted(framework, None, day))


COUNTS: dict[str, Counting] = {
    "partners": Counting(_partners, lambda a, scope: counted(a, scope, Project), _has_partner),
    "frameworks": Counting(_all_frameworks, frameworks, lambda a: Framework.status.is_not(None)),
    "events": Counting(_events, _asked_events, lambda a: Event.held_edtf.is_not(None)),
    "open_follow_ups": Counting(_follow_ups(False), _open_follow_ups, lambda a: FollowUp.due_edtf.is_not(None)),
    "overdue_follow_ups": Counting(_follow_ups(True), _open_follow_ups, lambda a: FollowUp.due_to.is_not(None)),
    "overdue_reports": Counting(_overdue_reports, _owed_reports, lambda a: DueReport.due_to.is_not(None)),
    "overdue_tasks": Counting(_overdue_tasks, _open_tasks, lambda a: Task.due.is_not(None)),
    "stale_updates": Counting(
        _stale, lambda a, scope: counted(a, scope, Project), lambda a: Project.status.is_not(None)
    ),
    "silent_frameworks": Counting(
        _silent_with_sign, lambda a, scope: frameworks(a, scope).where(is_in_force()),
        lambda a: Framework.status.is_not(None), _silent,
    ),
}  # fmt: skip
"""By the key of the figure."""
