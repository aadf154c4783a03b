"""Colleagues, and which of them may see a record."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select, true
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.kernel.record import RecordReader, RecordVeil
from portal.kernel.text import czech_key


@dataclass(frozen=True)
class Colleague:
    """A person as the desk knows them. `sees`: may see the record asked about and can sign in."""

    id: int
    login: str
    name: str
    sees: bool


def may_see(record_id: int | None) -> ColumnElement[bool]:
    """SQL predicate on Person: may see the record today (None: there is no record to see)."""
    if record_id is None:
        return true()
    named = select(RecordReader.record_id).where(RecordReader.person_id == Person.id).correlate(Person)
    return ~exists().where(RecordVeil.record_id == record_id, RecordVeil.veil_id.not_in(named))


def colleagues_for(s: Session, record_id: int | None) -> list[Colleague]:
    """Everybody with an account, the disabled included, in Czech order; `sees` as far as the record goes. One query."""
    asked = select(Person.id, Person.login, Person.name, (Person.active.is_(True) & may_see(record_id)).label("sees"))
    rows = [Colleague(*row) for row in s.execute(asked)]
    return sorted(rows, key=lambda one: (czech_key(one.name), one.id))


def colleagues_of_logins(s: Session, logins: Collection[str], record_id: int | None) -> list[Colleague]:
    """Those of the logins that somebody has, in the order given."""
    if not logins:
        return []
    asked = select(Person.id, Person.login, Person.name, (Person.active.is_(True) & may_see(record_id)).label("sees"))
    found = {row.login: Colleague(*row) for row in s.execute(asked.where(Person.login.in_(logins)))}
    return [found[login] for login in logins if login in found]
