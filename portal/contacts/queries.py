"""Reading contact persons, as far as the actor may see them and their organisation. Deleted ones are in no list, in none of
the past either."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, union
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Person
from portal.accounts.queries import names, writers_everywhere
from portal.contacts.models import Contact, ContactNotice
from portal.contacts.rules import SOON
from portal.kernel.history import twin
from portal.kernel.permission import Actor, open_to, visible_to
from portal.kernel.record import Record
from portal.kernel.text import fold

PLACES = ("framework", "project")
"""Kinds of records for which somebody may be the contact."""
MOST = 200
"""Contacts on one page; the list has all."""


def told(actor: Actor, sees=visible_to) -> ColumnElement[bool]:
    """SQL predicate: the contact, its organisation and what it concerns are visible, also by what they were then."""
    return and_(sees(actor, Contact), sees(actor, Contact.organisation_id), sees(actor, Contact.concerns_id))


def contacts(actor: Actor) -> Select:
    """SELECT of the visible contacts with their organisation and what they concern."""
    asked = select(Contact).where(told(actor), Contact.erased_on.is_(None))
    return asked.options(joinedload(Contact.organisation), joinedload(Contact.concerns))


def contact(s: Session, actor: Actor, contact_id: int) -> Contact | None:
    """One contact the actor may read, be its data deleted."""
    asked = select(Contact).where(Contact.id == contact_id, told(actor, open_to))
    return s.scalar(asked.options(joinedload(Contact.organisation), joinedload(Contact.concerns)))


def contacts_of(s: Session, actor: Actor, record_id: int, lang: str) -> list[Contact]:
    """The contacts at an organisation, or for a project or framework, in the order of the language."""
    return contacts_at(s, actor, [record_id], [record_id], lang)


def contacts_at(
    s: Session, actor: Actor, organisation_ids: Collection[int], place_ids: Collection[int], lang: str
) -> list[Contact]:
    """The contacts at these organisations, and those for these projects and frameworks."""
    where = or_(Contact.organisation_id.in_(organisation_ids), Contact.concerns_id.in_(place_ids))
    order = Contact.order_cs if lang == "cs" else Contact.order_en
    return list(s.scalars(contacts(actor).where(where).order_by(order, Contact.id).limit(MOST)))


def purpose_holds(text: str) -> ColumnElement[bool]:
    """SQL predicate: the purpose holds these words, whatever their case and diacritics."""
    return Contact.sought.contains(fold(text), autoescape=True)


def deleted_by(day: date) -> ColumnElement[bool]:
    """SQL predicate: the data are deleted on that day or before."""
    return Contact.delete_on <= day


def kept_by(actor: Actor) -> ColumnElement[bool]:
    """SQL predicate: the actor answers for the contact, or entered it and nobody answers for it."""
    mine = Contact.responsible_id == actor.person_id
    return or_(mine, and_(Contact.responsible_id.is_(None), Contact.entered_by_id == actor.person_id))


def soon(actor: Actor, today: date) -> Select:
    """SELECT of the visible contacts that are deleted soon, the first ones first."""
    return contacts(actor).where(deleted_by(today + SOON)).order_by(Contact.delete_on, Contact.id)


@dataclass(frozen=True)
class Line:
    """A contact with the person who answers for it."""

    record: Contact
    responsible: str | None


def lines(s: Session, actor: Actor, found: Sequence[Contact]) -> list[Line]:
    """The lines of contacts, in their order, in one query."""
    people = names(s, [one.responsible_id for one in found])
    return [Line(one, people.get(one.responsible_id)) for one in found]


def due(s: Session, today: date) -> list[int]:
    """Ids of the contacts whose day has come, whoever may see them: those there are, and those that an undo took away and of
    which only history is left."""
    past = twin(Contact.__table__)
    later = past.alias()
    there = exists().where(Contact.__table__.c.id == past.c.id)
    followed = exists().where(later.c.id == past.c.id, later.c.change_from > past.c.change_from)
    gone = select(past.c.id).where(past.c.delete_on <= today, ~there, ~followed)
    return sorted(s.scalars(union(select(Contact.__table__.c.id).where(Contact.__table__.c.delete_on <= today), gone)))


def to_tell(s: Session, today: date) -> list[Contact]:
    """The contacts deleted soon of which nobody was told yet."""
    noticed = exists().where(ContactNotice.contact_id == Contact.id, ContactNotice.delete_on == Contact.delete_on)
    asked = select(Contact).where(Contact.delete_on <= today + SOON, Contact.erased_on.is_(None), ~noticed)
    return list(s.scalars(asked.order_by(Contact.id)))


def keepers(s: Session, one: Contact) -> list[list[int]]:
    """Who is told before a contact is deleted, the first of whom somebody can be: who answers for it, who entered it, whoever
    may write everywhere, whoever may write at all."""
    writers = s.scalars(select(Person.id).where(Person.active.is_(True), Person.role != "viewer").order_by(Person.id))
    own = [[person_id] for person_id in (one.responsible_id, one.entered_by_id) if person_id]
    return [*own, writers_everywhere(s), list(writers)]


def changes_of(ids: Collection[int]) -> Select:
    """SELECT of the ids of the changes that ever touched these records."""
    tables = [twin(model.__table__) for model in (Record, Contact)]
    return union(
        *(select(t.c.change_from).where(t.c.id.in_(ids)) for t in tables),
        *(select(t.c.change_to).where(t.c.id.in_(ids), t.c.change_to.is_not(None)) for t in tables),
    )
