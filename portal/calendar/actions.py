"""Giving oneself an address for the feed, and taking it away. Account data: no change of the portfolio is opened."""

from __future__ import annotations

import secrets

from sqlalchemy.orm import Session

from portal.accounts.rules import token_hash
from portal.calendar import policy  # noqa: F401  declares the permissions
from portal.calendar.models import CalendarFeed
from portal.kernel import clock
from portal.kernel.permission import Actor, need


def give_address(s: Session, actor: Actor) -> str:
    """A new secret for the actor's feed (256 random bits), the only copy; the one before ends."""
    need(actor, "calendar.own")
    revoke_address(s, actor)
    token = secrets.token_urlsafe(32)
    s.add(CalendarFeed(person_id=actor.person_id, token_hash=token_hash(token), made_at=clock.present()))
    s.flush()
    return token


def revoke_address(s: Session, actor: Actor) -> bool:
    """End the address. Whether there was one."""
    need(actor, "calendar.own")
    feed = s.get(CalendarFeed, actor.person_id)
    if feed is None:
        return False
    s.delete(feed)
    s.flush()
    return True
