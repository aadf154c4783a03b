"""What the tests of undo share: a desk with a project and an editor, and the two steps of an undo on its page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.transaction import change
from portal.ops import checks
from portal.projects.actions import add_project, edit_project
from portal.projects.models import Project
from portal.sources.facts import Pair
from tests.client import Client
from tests.factories import accounts, frameworks, funding
from tests.history.test_pages import last


class Desk:
    """A framework with a project, and an editor who may write there; ids and changes by name."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        with transaction.unit(engine) as s:
            framework = frameworks.framework(s, "Pražský proces")
            project = funding.project(s, "Podpora návratů", framework=framework, status="2")
            commission = funding.organisation(s, "Evropská komise")
            editor = accounts.person(s, "editor", login="referent", name="Referent odboru", frameworks=[framework.id])
            self.framework, self.project, self.commission = framework.id, project.id, commission.id
            self.editor = accounts.queries.actor_of(s, editor)
        self.loaded = last(engine)

    @contextmanager
    def changing(self, door: str = "form") -> Iterator[Session]:
        with (
            transaction.unit(self.engine) as s,
            change(s, self.editor.person_id, door, actor_name=self.editor.name, reason="podle dopisu"),
        ):
            yield s

    def edit(self, **values) -> int:
        with self.changing() as s:
            edit_project(s, self.editor, s.get_one(Record, self.project), values)
        return last(self.engine)

    def add(self, name: str = "Nový projekt", **values) -> tuple[int, int]:
        """A project added in the framework; its id and the change."""
        with self.changing() as s:
            made = add_project(s, self.editor, {"name": Pair(name, ""), "framework": self.framework, **values}).id
        return made, last(self.engine)

    def project_now(self) -> Project:
        with Session(self.engine) as s:
            found = s.get_one(Project, self.project)
            s.expunge_all()
            return found


def browser_of(desk: Desk, app, login: str, lang: str = "cs") -> Client:
    with transaction.unit(desk.engine) as s:
        token = accounts.session_of(s, s.scalars(select(Person).where(Person.login == login)).one())
    browser = accounts.browser(app, token)
    browser.speak(lang)
    return browser


def undo(browser: Client, change_id: int, reason: str = "omylem"):
    """Undo it on its page; the page of the new change."""
    page = browser.get(f"/changes/{change_id}/undo")
    return browser.follow(browser.submit(page, reason=reason))


def sound(engine: Engine) -> None:
    """What `portal check` asks, the derived tables included."""
    assert {name: troubles for name, troubles in checks.run(engine) if troubles} == {}


def hide(desk: Desk, record_id: int, login: str = "jmenovana") -> None:
    with transaction.unit(desk.engine) as s, change(s, None, "command", actor_name=SYSTEM.name):
        edit = s.get_one(Record, record_id)
        reader = accounts.person(s, "editor", login=login, everywhere=True)
        accounts.actions.name_reader(s, SYSTEM, edit, reader)
        edit_project(s, SYSTEM, edit, {"confidential": True})


def post(browser: Client, change_id: int, status: int) -> None:
    """Send the form past the page that shows none."""
    token = browser.get("/account").soup.find("input", attrs={"name": "csrf_token"})["value"]
    browser.post(f"/changes/{change_id}/undo", {"csrf_token": token}, status=status)
