"""Reading status updates and finding what is stale."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.history import twin
from portal.kernel.permission import Actor, open_to, permits, visible_to
from portal.kernel.record import Record
from portal.kernel.transaction import Change
from portal.kernel.when import When, certainly_before
from portal.progress.models import StatusUpdate
from portal.progress.rules import latest
from portal.projects.models import Project
from portal.projects.rules import ACTIVE


def updates_of(s: Session, actor: Actor, record_id: int) -> list[StatusUpdate]:
    """The status updates of a record: the one it repeats first, then by the day they hold for, the latest first."""
    found = s.scalars(
        select(StatusUpdate).where(StatusUpdate.of_id == record_id, visible_to(actor, StatusUpdate))
    ).all()
    top = latest(found)
    return sorted(found, key=lambda u: (u is top, u.held_on_from or date.min, u.id), reverse=True)


def latest_of(s: Session, actor: Actor, record_ids: Collection[int]) -> dict[int, StatusUpdate]:
    """The status update that each record repeats, by the record's id."""
    asked = select(StatusUpdate).where(StatusUpdate.of_id.in_(record_ids), visible_to(actor, StatusUpdate))
    by_record: dict[int, list[StatusUpdate]] = {}
    for update in s.scalars(asked):
        by_record.setdefault(update.of_id, []).append(update)
    return {record_id: latest(updates) for record_id, updates in by_record.items()}


def holds_latest(s: Session, project: Project, held_on: When) -> bool:
    """Whether neither an update nor the project's status surely holds for a day after `held_on`, so that a report for it is
    what the project repeats."""
    if certainly_before(held_on, project.status_on):
        return False
    if held_on.latest is None:
        return True
    later = select(StatusUpdate.id).where(StatusUpdate.of_id == project.id, StatusUpdate.held_on_from > held_on.latest)
    return s.scalar(later.limit(1)) is None


def update(s: Session, actor: Actor, update_id: int) -> StatusUpdate | None:
    """One visible status update."""
    return s.scalar(select(StatusUpdate).where(StatusUpdate.id == update_id, open_to(actor, StatusUpdate)))


def sent_before(s: Session, actor: Actor, record: Record, values: Mapping[str, object]) -> bool:
    """Whether the report written last on the record is by the actor, of today, and says just this: sent twice, or from a page
    that the browser went back to. Where the status was edited since, saying it again says something."""
    last = s.scalar(
        select(StatusUpdate).where(StatusUpdate.of_id == record.id).order_by(StatusUpdate.id.desc()).limit(1)
    )
    if last is None or (last.author_id, last.written_on) != (actor.person_id, clock.today()):
        return False
    if values.get("status") not in (None, getattr(record, "status", None)):
        return False
    return all((getattr(last, unit) or None) == (value or None) for unit, value in values.items())


def corrections(s: Session, update_ids: Collection[int]) -> dict[int, tuple[str, datetime]]:
    """(name, instant) of who corrected each update last, by id; those as they were written are left out."""
    if not update_ids:
        return {}
    states = twin(StatusUpdate.__table__)
    last = (
        select(states.c.id, func.max(states.c.change_from).label("change"))
        .join(Change, Change.id == states.c.change_from)
        .where(states.c.id.in_(update_ids), Change.at <= clock.now())
        .group_by(states.c.id)
        .having(func.count() > 1)
        .subquery()
    )
    rows = s.execute(select(last.c.id, Change.actor_name, Change.at).join(Change, Change.id == last.c.change))
    return {row[0]: (row[1], row[2]) for row in rows}


def stale_projects(actor: Actor, before: date) -> Select:
    """SELECT of active projects without an update since `before` (a closed one is never stale), longest silent first."""
    return (
        select(Project)
        .where(
            Project.status.in_(ACTIVE),
            or_(Project.reported_on.is_(None), Project.reported_on < before),
            visible_to(actor, Project),
        )
        .order_by(Project.reported_on.is_not(None), Project.reported_on, Project.order_cs, Project.id)
    )


def next_stale(s: Session, actor: Actor, before: date, than: int) -> int | None:
    """Id of the longest silent project, other than `than`, whose status the actor may report."""
    found = s.scalars(stale_projects(actor, before).where(Project.id != than).limit(200))
    return next((p.id for p in found if permits(actor, "project.edit", p)), None)
