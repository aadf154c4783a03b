"""Following a record, and no longer."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.desk import queries
from portal.desk.models import Follow
from portal.kernel import clock
from portal.kernel.errors import NotFound, Refused
from portal.kernel.permission import Actor, need, sees
from portal.kernel.record import Record


def follow(s: Session, actor: Actor, record: Record) -> None:
    """Be told of changes and comments of a record the actor sees. Following twice changes nothing."""
    need(actor, "desk.own")
    if not sees(s, actor, record.id):
        raise NotFound("record", id=record.id)
    if actor.person_id is None:
        raise Refused()
    if queries.follows_it(s, actor, record.id):
        return
    try:
        with s.begin_nested():
            s.add(Follow(person_id=actor.person_id, record_id=record.id, since=clock.present()))
    except IntegrityError:
        pass  # the same button pressed twice at one moment


def unfollow(s: Session, actor: Actor, record_id: int) -> None:
    """Be told of a record no more, also of one the actor may see no longer."""
    need(actor, "desk.own")
    s.execute(delete(Follow).where(Follow.person_id == actor.person_id, Follow.record_id == record_id))
