"""An office in which reports are approved: a framework that asks for it, one that does not, and the people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from portal.accounts.models import Person
from portal.accounts.queries import actor_of
from portal.desk.models import Notification
from portal.kernel import clock, transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.progress import actions
from portal.progress.models import StatusUpdate
from portal.projects.models import Project
from tests.client import Client
from tests.factories import accounts, changing, frameworks, projects

PEOPLE = {
    "jana": ("Jana Malá", "editor", False), "petr": ("Petr Velký", "editor", True), "eva": ("Eva Tichá", "editor", True),
    "olga": ("Olga Jiná", "editor", False), "vedouci": ("Vedoucí Útvaru", "viewer", False),
}  # fmt: skip
"""Jana and Olga write in the framework, Petr and Eva everywhere; the head of the unit looks."""
WORDS = "Partner odložil podpis"


@dataclass
class Office:
    """A framework that asks for approval, one below it with a project, and a framework that does not ask; ids by name."""

    app: Flask
    engine: Engine
    ids: dict[str, int]
    people: dict[str, int]
    tokens: dict[str, str]

    def browser(self, who: str, lang: str = "cs") -> Client:
        client = accounts.browser(self.app, self.tokens[who])
        client.speak(lang)
        return client

    @contextmanager
    def acting(self, who: str) -> Iterator:
        """(session, actor) inside a change."""
        with transaction.unit(self.engine) as s, changing(s):
            yield s, SYSTEM if who == "system" else actor_of(s, s.get_one(Person, self.people[who]))

    def report(self, who: str = "jana", of: str = "project", draft: bool = False, **values) -> int:
        given = {"held_on": When(clock.today().isoformat()), "light": "bad", "happened": WORDS, **values}
        with self.acting(who) as (s, actor):
            record = s.get_one(Record, self.ids[of])
            return actions.report_status(s, actor, record, given, lang="cs", draft=draft).id

    def decide(self, who: str, update_id: int, comment: str | None = None) -> None:
        with self.acting(who) as (s, actor):
            update = s.get_one(StatusUpdate, update_id)
            if comment is None:
                actions.approve_report(s, actor, update, update.version)
            else:
                actions.return_report(s, actor, update, update.version, comment)

    def repeated(self) -> tuple:
        with transaction.unit(self.engine) as s:
            project = s.get_one(Project, self.ids["project"])
            return project.light, project.status, project.reported_on

    def approval(self, update_id: int) -> str:
        with transaction.unit(self.engine) as s:
            return s.get_one(StatusUpdate, update_id).approval

    def told(self, who: str) -> list[str]:
        with transaction.unit(self.engine) as s:
            asked = select(Notification.kind).where(Notification.person_id == self.people[who])
            return list(s.scalars(asked.order_by(Notification.id)))


@pytest.fixture
def office(app: Flask, engine: Engine) -> Office:
    made = Office(app, engine, {}, {}, {})
    with transaction.unit(engine) as s, changing(s):
        top = frameworks.framework(s, "Pražský proces", asks_approval=True)
        below = frameworks.framework(s, "Pilotní projekty", parent=top)
        free = frameworks.framework(s, "Jinde")
        project = projects.project(s, "ERIS", framework=below, status="2", status_on=When("2014-08-27"))
        part = projects.project(s, "Část", umbrella=project)
        other = projects.project(s, "Volný", framework=free, status="2")
        named = {"top": top, "below": below, "free": free, "project": project, "part": part, "other": other}
        made.ids = {name: record.id for name, record in named.items()}
        for login, (name, role, everywhere) in PEOPLE.items():
            given = () if everywhere or role == "viewer" else [top.id]
            person = accounts.person(s, role, login=login, name=name, everywhere=everywhere, frameworks=given)
            made.people[login], made.tokens[login] = person.id, accounts.session_of(s, person)
    return made


def plain(page, part: str) -> str:
    """The text of a part of a page, with plain spaces."""
    return page.soup.find(id=part).get_text().replace("\xa0", " ")
