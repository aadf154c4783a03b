"""Reading status updates and finding what is stale."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from portal.kernel.permission import Actor, visible_to
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
