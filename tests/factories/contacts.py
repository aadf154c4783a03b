"""Contact persons for tests."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from portal.contacts.actions import enter_contact
from portal.contacts.models import Contact
from portal.kernel import clock
from portal.kernel.permission import SYSTEM, Actor
from portal.kernel.record import Record
from portal.sources.facts import Pair
from tests.factories import changing


def contact(s: Session, organisation: Record, name: str = "Anna Nováková", actor: Actor = SYSTEM, **values) -> Contact:
    """A contact at an organisation, kept for a hundred days; further `values` as `enter_contact` takes them."""
    given = {"purpose": Pair("Koordinace projektů", ""), "delete_on": clock.today() + timedelta(days=100)}
    with changing(s):
        return enter_contact(s, actor, {"name": Pair(name, ""), "organisation": organisation.id, **given, **values})
