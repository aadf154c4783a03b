"""Events, follow-ups and role holders for tests."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.events.actions import agree_follow_up, book_event
from portal.events.models import Event, FollowUp
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.partners.actions import add_role_holder
from portal.partners.models import RoleHolder
from portal.sources.facts import Pair
from tests.factories import changing


def event(s: Session, name: str, *, under: Record | None = None, held: str | None = None, **values) -> Event:
    """An event of a framework or project, or of none; `held` as EDTF; further `values` as `book_event` takes them."""
    given = {"under": under and under.id, "held": When(held) if held else None, **values}
    with changing(s):
        return book_event(s, SYSTEM, {"name": Pair(name, ""), **given})


def follow_up(s: Session, after: Event, name: str, *, due: str | None = None, **values) -> FollowUp:
    """What is to be done after an event; `due` as EDTF."""
    given = {"event": after.id, "due": When(due) if due else None, **values}
    with changing(s):
        return agree_follow_up(s, SYSTEM, {"name": Pair(name, ""), **given})


def role_holder(s: Session, name: str, **values) -> RoleHolder:
    with changing(s):
        return add_role_holder(s, SYSTEM, {"name": Pair(name, ""), **values})
