"""Deciding of a report that was submitted."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.desk.actions import add_comment, notify
from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import Actor, need, sees
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.progress.actions.reporting import take_effect
from portal.progress.models import StatusUpdate
from portal.progress.rules import APPROVED, RETURNED, SUBMITTED


def approve_report(s: Session, actor: Actor, update: StatusUpdate, version: int, comment: str = "") -> StatusUpdate:
    """Approve a submitted report: from now on it counts. `version` is the one that was read. A comment stands on the record.

    Forbidden for its author and for whoever may not approve, NotFound where its record may not be seen, Refused where it was
    decided or written anew meanwhile, InvalidInput {comment} as `add_comment`.
    """
    _ready(s, actor, update, version)
    update.approval, update.decided_by_id = APPROVED, actor.person_id
    take_effect(s, actor, update)
    _tell_author(s, actor, update, "approved", comment)
    return update


def return_report(s: Session, actor: Actor, update: StatusUpdate, version: int, comment: str) -> StatusUpdate:
    """Return a submitted report to its author. Why is a comment of the record, and stands with the report until it is submitted
    again. Raises as `approve_report`, and InvalidInput {comment: return_without_reason}."""
    _ready(s, actor, update, version)
    if not comment.strip():
        raise InvalidInput({"comment": "return_without_reason"})
    update.approval, update.decided_by_id, update.returned_for = RETURNED, actor.person_id, comment
    settle(s, [update])
    _tell_author(s, actor, update, "returned", comment)
    return update


def _ready(s: Session, actor: Actor, update: StatusUpdate, version: int) -> None:
    need(actor, "status_update.approve", update)
    if not sees(s, actor, update.of_id):
        raise NotFound("status_update", id=update.id)
    if update.approval != SUBMITTED:
        raise Refused("report_decided")
    if update.version != version:
        raise Refused("report_changed")


def _tell_author(s: Session, actor: Actor, update: StatusUpdate, kind: str, comment: str) -> None:
    author = [] if update.author_id is None else [update.author_id]
    said = None
    if comment.strip():
        said = add_comment(s, actor, s.get_one(Record, update.of_id), comment, told=author).id
    notify(s, actor, kind, author, record_id=update.of_id, comment_id=said)
