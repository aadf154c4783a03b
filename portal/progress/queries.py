"""Reading status updates and finding what is stale."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from portal.kernel.permission import Actor, permits, visible_to
from portal.kernel.when import When, certainly_before
from portal.progress.models import StatusUpdate
from portal.projects.models import Project
from portal.projects.rules import ACTIVE


def updates_of(s: Session, actor: Actor, record_id: int) -> list[StatusUpdate]:
    """The status updates of a record, the latest first."""
    return list(
        s.scalars(
            select(StatusUpdate)
            .where(StatusUpdate.of_id == record_id, visible_to(actor, StatusUpdate))
            .order_by(StatusUpdate.held_on_to.desc(), StatusUpdate.id.desc())
        )
    )


def holds_latest(s: Session, project: Project, held_on: When) -> bool:
    """Whether neither an update nor the project's status surely holds for a day after `held_on`, so that a report for it is
    what the project repeats."""
    if certainly_before(held_on, project.status_on):
        return False
    later = select(StatusUpdate.id).where(StatusUpdate.of_id == project.id, StatusUpdate.held_on_from > held_on.latest)
    return held_on.latest is None or s.scalar(later.limit(1)) is None


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
