"""A small office: a project everybody sees, a confidential one for Jana and Petr, and the people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from portal.accounts.models import Person
from portal.accounts.queries import actor_of
from portal.desk.models import Notification
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.settling import settle
from tests.client import Client
from tests.factories import accounts, changing, frameworks, funding

PEOPLE = {
    "jana": ("Jana Malá", "editor"), "petr": ("Petr Velký", "viewer"), "eva": ("Eva Tichá", "viewer"),
    "karel": ("Karel Pryč", "viewer"), "sprava": ("Správa Portálu", "administrator"),
}  # fmt: skip


@dataclass
class Office:
    """Ids of people and records by name, and a browser for each person."""

    app: Flask
    engine: Engine
    people: dict[str, int] = field(default_factory=dict)
    records: dict[str, int] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def browser(self, who: str, lang: str = "cs") -> Client:
        client = accounts.browser(self.app, self.tokens[who])
        client.speak(lang)
        return client

    def told(self, who: str) -> list[tuple[str, int | None]]:
        """(kind, record) of what a person was notified of, in its order."""
        with transaction.unit(self.engine) as s:
            asked = select(Notification.kind, Notification.record_id).where(Notification.person_id == self.people[who])
            return [tuple(row) for row in s.execute(asked.order_by(Notification.id))]

    def write(self, who: str | None, act: Callable[..., Any]) -> Any:
        """`act(session, actor, record by name)` inside a change."""
        with transaction.unit(self.engine) as s, changing(s):
            actor = SYSTEM if who is None else actor_of(s, s.get_one(Person, self.people[who]))
            return act(s, actor, lambda name: s.get_one(Record, self.records[name]))

    def hide(self, name: str, *readers: str) -> None:
        """Make a record confidential for the people named."""
        with transaction.unit(self.engine) as s, changing(s):
            record = s.get_one(Record, self.records[name])
            for who in readers:
                accounts.actions.name_reader(s, SYSTEM, record, s.get_one(Person, self.people[who]))
            record.confidential = True
            settle(s, [record])


@pytest.fixture
def office(app: Flask, engine: Engine) -> Office:
    made = Office(app, engine)
    with transaction.unit(engine) as s, changing(s):
        framework = frameworks.framework(s, "Pražský proces")
        for login, (name, role) in PEOPLE.items():
            person = accounts.person(s, role, login=login, name=name, everywhere=role == "editor")
            made.people[login] = person.id
            made.tokens[login] = accounts.session_of(s, person)
        for name in ("ERIS", "Tajný"):
            made.records[name] = funding.project(s, name, framework=framework).id
        accounts.actions.disable_person(s, SYSTEM, s.get_one(Person, made.people["karel"]))
    made.hide("Tajný", "jana", "petr")
    return made
