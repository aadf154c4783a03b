"""Notifying whom a report waits for."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.desk.actions import notify, notify_no_more
from portal.kernel.permission import SYSTEM, Actor
from portal.progress.models import StatusUpdate
from portal.progress.queries import approvers, submitted_by


def tell_approvers(s: Session, actor: Actor, update: StatusUpdate) -> None:
    """Notify everybody who may approve the report and see what it is of; never its author."""
    people = set(approvers(s)) - {update.author_id}
    notify(s, actor, "approval_asked", people, record_id=update.of_id)


def tell_no_more(s: Session, update: StatusUpdate) -> None:
    """Take back what approvers were told of a report that waits for them no more, unless another of its author does there."""
    if update.author_id is not None and submitted_by(s, SYSTEM, update.of_id, update.author_id) is None:
        notify_no_more(s, "approval_asked", [update.of_id], by=update.author_id)
