"""My work: what is stale, contradictory, doubtful or silent, and whose turn it is.

A record without a responsible person falls to the editors of its framework; a viewer has no work, but may look at everybody's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from portal.frameworks.models import Framework
from portal.frameworks.rules import ACTIVE as ACTIVE_FRAMEWORKS
from portal.kernel.permission import Actor, permits, visible_to
from portal.kernel.record import Record
from portal.partners.models import Link
from portal.partners.queries import told_of
from portal.progress.models import StatusUpdate
from portal.progress.queries import stale_projects
from portal.projects.models import Project
from portal.sources.models import Statement
from portal.sources.queries import disputes

SHOWN = 50
"""Rows of each group on the page; the number beside its head is exact up to 1,000."""


@dataclass
class Group:
    """One kind of work: its rows, and how many there are (counted to 1,001)."""

    rows: list = field(default_factory=list)
    number: int = 0


@dataclass
class Work:
    """What waits for a person (or, with `everybody`, for the whole department)."""

    stale: Group
    disputes: Group
    same: Group
    silent: Group

    @property
    def number(self) -> int:
        return self.stale.number + self.disputes.number + self.same.number + self.silent.number


@dataclass(frozen=True)
class Dispute:
    """A fact of which statements disagree: the record, the field, and how many values there are."""

    record: Record
    field: str
    values: int


def falls_to(actor: Actor, record, framework_id) -> ColumnElement[bool]:
    """SQL predicate: the actor answers for the record, or nobody does and it stands in a framework of the actor's."""
    if actor.role == "viewer":
        return false()
    mine = record.responsible_id == actor.person_id
    nobodys = record.responsible_id.is_(None)
    if actor.everywhere or actor.role == "administrator":
        return or_(mine, nobodys)
    return or_(mine, and_(nobodys, framework_id.in_(sorted(actor.framework_ids))))


def framework_of(project) -> ColumnElement[int]:
    """The framework a project stands in: its own, else that of its umbrella."""
    above = aliased(Project, flat=True)
    inherited = select(above.framework_id).where(above.id == project.umbrella_id).correlate(project).scalar_subquery()
    return func.coalesce(project.framework_id, inherited)


def work_of(s: Session, actor: Actor, today_less_stale_days: date, everybody: bool = False) -> Work:
    """All groups of work. `today_less_stale_days`: an update before this day is stale."""
    project_is_mine = true() if everybody else falls_to(actor, Project, framework_of(Project))
    first = aliased(Project, flat=True)
    pair_is_mine = true() if everybody else falls_to(actor, first, framework_of(first))
    framework_is_mine = true() if everybody else falls_to(actor, Framework, Framework.id)
    return Work(
        stale=_group(s, stale_projects(actor, today_less_stale_days).where(project_is_mine)),
        disputes=_disputes(s, actor, everybody),
        same=_same(s, actor, first, pair_is_mine),
        silent=_silent(s, actor, today_less_stale_days, framework_is_mine),
    )


def next_stale(s: Session, actor: Actor, before: date, than: int) -> int | None:
    """Id of the project that waits longest in the actor's work, other than `than`, whose status the actor may report."""
    mine = stale_projects(actor, before).where(falls_to(actor, Project, framework_of(Project)), Project.id != than)
    return next((project.id for project in s.scalars(mine.limit(SHOWN)) if may_report(actor, project)), None)


def _group(s: Session, wanted) -> Group:
    number = s.scalar(
        select(func.count()).select_from(
            wanted.with_only_columns(Record.id, maintain_column_froms=True).order_by(None).limit(1001).subquery()
        )
    )
    return Group(list(s.scalars(wanted.limit(SHOWN))), number)


def _disputes(s: Session, actor: Actor, everybody: bool) -> Group:
    project, framework = aliased(Project, flat=True), aliased(Framework, flat=True)
    mine = true()
    if not everybody:
        at_project = Record.id.in_(select(project.id).where(falls_to(actor, project, framework_of(project))))
        at_framework = Record.id.in_(select(framework.id).where(falls_to(actor, framework, framework.id)))
        mine = at_project | at_framework | (Record.responsible_id == actor.person_id)
    stated = (
        disputes(actor)
        .join(Record, Record.id == Statement.record_id)
        .where(
            Record.kind.in_(("project", "framework", "flow", "contract")), visible_to(actor), mine,
            ~exists().where(
                Statement.record_id == _reasoned.record_id, Statement.field == _reasoned.field,
                _reasoned.leading.is_(True), _reasoned.reason != "",
            ),
        )
    )  # fmt: skip
    number = s.scalar(select(func.count()).select_from(stated.limit(1001).subquery()))
    rows = s.execute(stated.order_by(Statement.record_id, Statement.field).limit(SHOWN)).all()
    named = (
        {r.id: r for r in s.scalars(select(Record).where(Record.id.in_({row.record_id for row in rows})))}
        if rows
        else {}
    )
    return Group([Dispute(named[row.record_id], row.field, row.values) for row in rows], number)


_reasoned = aliased(Statement, name="reasoned")


def _same(s: Session, actor: Actor, first, mine) -> Group:
    source, target = aliased(Record), aliased(Record)
    rows = s.execute(
        select(Link, source, target)
        .join(first, first.id == Link.from_id)
        .join(source, source.id == Link.from_id)
        .join(target, target.id == Link.to_id)
        .where(Link.relation == "possibly_same", told_of(actor, Link), mine)
        .order_by(source.order_cs, Link.id)
        .limit(1001)
    ).all()
    return Group([tuple(row) for row in rows[:SHOWN]], len(rows))


def _silent(s: Session, actor: Actor, before: date, mine) -> Group:
    """Frameworks in force of which nobody has reported since, and that carry no active project."""
    reported = exists().where(StatusUpdate.of_id == Framework.id, StatusUpdate.written_on >= before)
    # What the actor may not see keeps no framework off the list: its absence would tell of it.
    busy = exists().where(
        Project.framework_id == Framework.id, Project.reported_on >= before, visible_to(actor, Project)
    )
    below = aliased(Framework, flat=True)
    leaf = ~exists().where(below.parent_id == Framework.id, visible_to(actor, below))
    wanted = (
        select(Framework)
        .where(
            or_(Framework.status.in_(ACTIVE_FRAMEWORKS), Framework.status.is_(None)),
            ~reported, ~busy, leaf, visible_to(actor, Framework), mine,
        )
        .order_by(Framework.order_cs, Framework.id)
    )  # fmt: skip
    return _group(s, wanted)


def may_report(actor: Actor, record: Record) -> bool:
    """Whether the actor may report the status of this record."""
    return permits(actor, f"{record.kind}.edit", record)
