"""Notifying whom a report waits for."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.desk.actions import notify
from portal.kernel.permission import Actor
from portal.progress.models import StatusUpdate
from portal.progress.queries import approvers


def tell_approvers(s: Session, actor: Actor, update: StatusUpdate) -> None:
    """Notify everybody who may approve the report and see what it is of; never its author."""
    people = set(approvers(s)) - {update.author_id}
    notify(s, actor, "approval_asked", people, record_id=update.of_id)
