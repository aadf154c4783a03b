"""Deleting the data of contact persons for good: from the record, from every state of its history, from what hangs on it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.contacts import queries
from portal.contacts.models import ERASED, Contact
from portal.desk.actions import erase_talk
from portal.kernel import clock, history
from portal.kernel.permission import Actor, need
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.kernel.standing import WITHDRAWN
from portal.kernel.text import czech_key, english_key
from portal.kernel.transaction import Change
from portal.sources.actions import erase_statements


def delete_contact(s: Session, actor: Actor, contact: Contact) -> None:
    """Delete the data of a contact at once; of one that is deleted already nothing changes."""
    need(actor, "contact.edit", contact)
    if contact.erased_on is None:
        _erase(s, [contact.id])


def delete_due(s: Session, actor: Actor) -> int:
    """Delete the data of the contacts whose day has come. Returns of how many."""
    need(actor, "contact.edit")
    ids = queries.due(s, clock.today())
    if ids:
        _erase(s, ids)
    return len(ids)


def _erase(s: Session, ids: Collection[int]) -> None:
    """The rows stay, so that what refers to them holds and history says that there was a contact: without a name, in no list
    (withdrawn), nowhere to be undone (`entering._hold`). What people wrote as the reason of a change goes too."""
    s.flush()
    s.execute(
        update(Change).where(Change.id.in_(queries.changes_of(ids)), Change.reason.is_not(None)).values(reason=None),
        execution_options={"synchronize_session": False},
    )
    there = s.scalars(select(Contact).where(Contact.id.in_(ids))).all()
    for contact in there:
        for column, value in (_OF_RECORD | _of_contact()).items():
            setattr(contact, column, value)
        contact.standing, contact.standing_reason = WITHDRAWN, None
    s.flush()
    erase_talk(s, ids)
    erase_statements(s, ids)
    history.blank(s, Record.__table__, ids, _OF_RECORD)
    history.blank(s, Contact.__table__, ids, _of_contact())
    s.expire_all()
    settle(s, s.scalars(select(Contact).where(Contact.id.in_(ids))).all())


_OF_RECORD: dict[str, Any] = {
    "name_cs": ERASED[0], "name_en": ERASED[1], "order_cs": czech_key(ERASED[0]), "order_en": english_key(ERASED[1]),
    "note_cs": "", "note_en": "", "key": None, "reference": None, "file_mark": None,
}  # fmt: skip
"""What is left of the common columns."""


def _of_contact() -> dict[str, Any]:
    """What is left of its own; whose organisation it was and what it concerned say nothing of a person."""
    return {
        "function_cs": "", "function_en": "", "email": None, "phone": None, "language": None, "purpose_cs": "",
        "purpose_en": "", "sought": "", "delete_on": None, "erased_on": clock.today(),
    }  # fmt: skip
