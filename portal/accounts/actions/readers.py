"""Who is named for a confidential record, and so alone may know of it."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.accounts import queries
from portal.accounts.actions import log
from portal.accounts.models import Person
from portal.kernel import clock
from portal.kernel.errors import N_, NotFound, Refused
from portal.kernel.permission import Actor, need, sees
from portal.kernel.record import Record, RecordReader

LAST_READER = N_(
    "A confidential record needs at least one person who may read it and can sign in. Name somebody else first."
)


def name_reader(s: Session, actor: Actor, record: Record, person: Person) -> None:
    """Let `person` know of a confidential record. Naming twice changes nothing. NotFound, Forbidden.

    Who may not see the record cannot name anybody, whatever the role.
    """
    _need(s, actor, record)
    if not person.active:
        raise Refused(N_("This person's account is disabled."))
    _name(s, actor, record, person)


def unname_reader(s: Session, actor: Actor, record: Record, person: Person) -> None:
    """Take a person's name off a confidential record. Refused for the last one named who can sign in."""
    _need(s, actor, record)
    if s.get(RecordReader, (record.id, person.id)) is None:
        return
    left = [reader for reader in queries.readers(s, actor, record.id) if reader.active and reader.id != person.id]
    if record.confidential and not left:
        raise Refused(LAST_READER)
    s.execute(delete(RecordReader).where(RecordReader.record_id == record.id, RecordReader.person_id == person.id))
    log.write(s, "reader_unnamed", person, actor, record=record.id)


def keep_confidential(s: Session, actor: Actor, record: Record) -> None:
    """Name the actor for a record just made confidential, if nobody who can sign in is named yet: else it would be
    lost to all. To be called by the action that sets `confidential`, which has checked the permission."""
    if not record.confidential or actor.person_id is None:
        return
    s.flush()
    named = (
        select(RecordReader.person_id)
        .join(Person, Person.id == RecordReader.person_id)
        .where(RecordReader.record_id == record.id, Person.active.is_(True))
    )
    if s.scalar(named.limit(1)) is None:
        _name(s, actor, record, s.get_one(Person, actor.person_id))


def _need(s: Session, actor: Actor, record: Record) -> None:
    if not sees(s, actor, record.id):
        raise NotFound("record", id=record.id)
    need(actor, "reader.name", record)


def _name(s: Session, actor: Actor, record: Record, person: Person) -> None:
    if s.get(RecordReader, (record.id, person.id)) is None:
        s.add(RecordReader(record_id=record.id, person_id=person.id, since=clock.today()))
        log.write(s, "reader_named", person, actor, record=record.id)
        s.flush()
