"""Making a record confidential, or open again, together with the people who may read it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from portal.accounts import queries
from portal.accounts.actions.readers import keep_confidential, name_reader, unname_reader
from portal.accounts.models import Person
from portal.kernel.errors import InvalidInput
from portal.kernel.permission import Actor, need
from portal.kernel.record import Record

UNITS = ("confidential", "readers")


def set_secrecy(s: Session, actor: Actor, record: Record, values: Mapping[str, object]) -> None:
    """Set the units `confidential` and `readers` (ids of people; None: as they are) of a flushed record.

    Named are exactly those people; where that leaves nobody who can sign in, the actor. An open record has no readers.
    Called by the action that writes the record, before it settles it. Forbidden where the actor may not name readers;
    InvalidInput {readers} for somebody who cannot sign in and is not named yet.
    """
    secret = values.get("confidential")
    secret = record.confidential if secret is None else bool(secret)
    wanted = values.get("readers") if secret else ()
    here = {person.id for person in queries.readers(s, actor, record.id)}
    if secret == record.confidential and (wanted is None or set(wanted) == here):
        return
    need(actor, "reader.name", record)
    people = {i: s.get(Person, i) for i in wanted or ()}
    fresh = [person for i, person in people.items() if i not in here]
    if any(person is None or not person.active for person in fresh):
        raise InvalidInput({"readers": "no_such_person"})
    for person in fresh:
        name_reader(s, actor, record, person)
    record.confidential = secret
    keep_confidential(s, actor, record)
    if wanted is None or (secret and not people):
        return
    # The actor's own name goes last: without it the actor could take away nobody else's.
    for person_id in sorted(here - people.keys(), key=lambda i: (i == actor.person_id, i)):
        unname_reader(s, actor, record, s.get_one(Person, person_id))


def follow_secrecy(s: Session, actor: Actor, record: Record) -> None:
    """Name the actor for a record that an undo made confidential, and nobody for one it opened: history keeps no readers.

    Forbidden where the actor may not name readers. Called before the record is settled.
    """
    need(actor, "reader.name", record)
    keep_confidential(s, actor, record)
    if not record.confidential:
        for person in queries.readers(s, actor, record.id):
            unname_reader(s, actor, record, s.get_one(Person, person.id))
