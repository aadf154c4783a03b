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
    """Notify whoever keeps a contact that is to be deleted soon, once for each day of deletion. Where nobody who keeps it sees it
    and wants to hear of it, the next run tries again. Returns of how many contacts."""
    need(actor, "contact.edit")
    told = 0
    for contact in queries.to_tell(s, clock.today()):
        notice = ContactNotice(contact_id=contact.id, delete_on=contact.delete_on, told_at=clock.present())
        try:
            with s.begin_nested():
                s.add(notice)
        except IntegrityError:
            continue  # another worker was quicker
        if any(notify(s, actor, "contact_due", group, record_id=contact.id) for group in queries.keepers(s, contact)):
            told += 1
        else:
            s.delete(notice)
            s.flush()
    return told
