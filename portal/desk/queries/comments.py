"""Comments of a record, as far as the actor may see it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.desk.models import Comment, Follow
from portal.kernel.asof import row_at_version, version_change
from portal.kernel.permission import Actor, open_to
from portal.kernel.record import Record
from portal.kernel.transaction import Change


def record(s: Session, actor: Actor, record_id: int) -> Record | None:
    """A record the actor may see. In the past it is absent too where it lay under one that is hidden today: veils know
    only what it lies under now."""
    found = s.scalar(select(Record).where(Record.id == record_id, open_to(actor)))
    above = found.covers() if found is not None else set()
    if above and len(above) != s.scalar(select(func.count(Record.id)).where(Record.id.in_(above), open_to(actor))):
        return None
    return found


def comments_of(s: Session, actor: Actor, record_id: int, latest: int | None = None) -> tuple[list[Comment], int]:
    """The comments of a record (the `latest` of them), the oldest first, and how many there are; withdrawn ones among them."""
    mine = (Comment.record_id == record_id, open_to(actor, Comment.record_id))
    number = s.scalar(select(func.count(Comment.id)).where(*mine)) or 0
    found = select(Comment).where(*mine).order_by(Comment.written_at.desc(), Comment.id.desc()).limit(latest)
    return list(reversed(s.scalars(found).all())), number


def comment(s: Session, actor: Actor, comment_id: int) -> Comment | None:
    """One comment on a record the actor may see, unless it is withdrawn."""
    return s.scalar(
        select(Comment).where(
            Comment.id == comment_id, Comment.withdrawn_at.is_(None), open_to(actor, Comment.record_id)
        )
    )


def comment_then(s: Session, comment: Comment, version: int) -> dict[str, object] | None:
    """The units of a comment as it came to `version`; None if it never rested there."""
    row = row_at_version(s, Comment.__table__, comment.id, version)
    return None if row is None else {"comment": row["text"]}


def last_written(s: Session, row: object) -> tuple[str, datetime] | None:
    """(name, instant) of who wrote a comment or task as it stands."""
    change_id = version_change(s, type(row).__table__, row.id, row.version)  # type: ignore[attr-defined]
    found = s.execute(select(Change.actor_name, Change.at).where(Change.id == change_id)).one_or_none()
    return (found.actor_name, found.at) if found else None


def follows_it(s: Session, actor: Actor, record_id: int) -> bool:
    """Whether the actor follows the record."""
    return s.get(Follow, (actor.person_id, record_id)) is not None
