"""Telling somebody that a contact is to be deleted soon."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.contacts import queries
from portal.contacts.models import ContactNotice
from portal.desk.actions import notify
from portal.kernel import clock
from portal.kernel.permission import Actor, need


def tell_of_deletion(s: Session, actor: Actor) -> int:
    """Notify whoever keeps a contact that is to be deleted soon, once for each day of deletion. Returns of how many contacts."""
    need(actor, "contact.edit")
    told = 0
    for contact in queries.to_tell(s, clock.today()):
        try:
            with s.begin_nested():
                s.add(
                    ContactNotice(contact_id=contact.id, delete_on=contact.delete_on, told_at=clock.present())
                )  # fmt: skip
        except IntegrityError:
            continue  # another worker was quicker
        notify(s, actor, "contact_due", queries.keepers(s, contact), record_id=contact.id)
        told += 1
    return told
