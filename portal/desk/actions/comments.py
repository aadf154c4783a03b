"""Writing, editing and withdrawing comments."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from portal.desk import queries
from portal.desk.actions.notices import notify
from portal.desk.actions.refusals import need_data, refused
from portal.desk.models import Comment
from portal.desk.queries.notices import listeners_of
from portal.desk.rules import mentioned, text_problem
from portal.kernel import clock
from portal.kernel.errors import NotFound, Refused
from portal.kernel.permission import Actor, need, sees
from portal.kernel.record import Record
from portal.kernel.text import clean


def add_comment(s: Session, actor: Actor, record: Record, text: str, told: Collection[int] = ()) -> Comment:
    """Write a comment on a record the actor sees. Whom it mentions is notified, and so are those who follow the record or
    are responsible for it, without those the caller has `told` of it. InvalidInput {comment}: empty, too long, or a person
    mentioned who may not see the record (`who` names them); Refused for an actor who is no person, and of a record whose
    personal data are deleted."""
    need(actor, "comment.add", record)
    if not sees(s, actor, record.id):
        raise NotFound("record", id=record.id)
    if actor.person_id is None:
        raise Refused()
    need_data(record)
    text, people = _checked(s, record.id, text, ())
    comment = Comment(record_id=record.id, author_id=actor.person_id, text=text, written_at=clock.now())
    s.add(comment)
    s.flush()
    named = notify(s, actor, "mention", people, record_id=record.id, comment_id=comment.id)
    others = listeners_of(s, record) - set(named) - set(told)
    notify(s, actor, "comment", others, record_id=record.id, comment_id=comment.id)
    return comment


def edit_comment(s: Session, actor: Actor, comment: Comment, text: str) -> Comment:
    """Change one's own comment; it is marked as edited. Whom the text mentions for the first time is notified.
    Forbidden for another's, NotFound for a withdrawn one, InvalidInput as `add_comment`."""
    need(actor, "comment.edit", comment)
    if comment.withdrawn_at is not None or not sees(s, actor, comment.record_id):
        raise NotFound("comment", id=comment.id)
    before = mentioned(comment.text)
    text, people = _checked(s, comment.record_id, text, before)
    if text == comment.text:
        return comment
    comment.text, comment.edited_at = text, clock.now()
    s.flush()
    notify(s, actor, "mention", people, record_id=comment.record_id, comment_id=comment.id)
    return comment


def withdraw_comment(s: Session, actor: Actor, comment: Comment) -> None:
    """Take back one's own comment: its place stays, what it said is in the history alone. Withdrawing twice changes nothing."""
    need(actor, "comment.edit", comment)
    if not sees(s, actor, comment.record_id):
        raise NotFound("comment", id=comment.id)
    if comment.withdrawn_at is None:
        comment.withdrawn_at = clock.now()
        s.flush()


def _checked(s: Session, record_id: int, text: str, before: Collection[str]) -> tuple[str, list[int]]:
    """The text as it is kept, and the people it mentions who were not mentioned `before`."""
    text = clean(text)
    if problem := text_problem(text):
        raise refused({"comment": problem})
    fresh = [login for login in mentioned(text) if login not in before]
    found = queries.colleagues_of_logins(s, fresh, record_id)
    if blind := [one.name for one in found if not one.sees]:
        raise refused({"comment": "mention_blind"}, who=", ".join(blind))
    return text, [one.id for one in found]
