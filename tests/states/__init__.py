"""Pages that no walk over addresses meets: what a POST answers, and pages of a portfolio that is awkward, or empty.

    for state in awkward_states(app, engine, "cs"): …      # on a copy of the seed portfolio, which is written to
    for state in empty_states(app, engine, "en"): …        # on a database with nothing but a person in it

A state is an answer with its headers, to be checked as HTML or shown to a browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask, Response
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.kernel import transaction
from portal.kernel.record import Record
from portal.kernel.transaction import Change
from tests.addresses import FILES, pages
from tests.client import Client, Page
from tests.factories import accounts
from tests.guards.bad_input import TYPED, WITHOUT_FIELDS, Form, bad, found
from tests.states import awkward

KINDS = ("framework", "project", "organisation")
PROFILES = {
    "framework": "/frameworks/{}", "project": "/projects/{}", "organisation": "/organisations/{}",
    "document": "/sources/{}", "legal_instrument": "/legal/{}",
    "instrument": "/instruments/{}", "contract": "/contracts/{}", "flow": "/flows/{}",
    "event": "/events/{}", "follow_up": "/follow-ups/{}", "role_holder": "/role-holders/{}", "phase": "/phases/{}",
    "question": "/questions/{}", "milestone": "/milestones/{}", "activity": "/activities/{}", "indicator": "/indicators/{}",
    "obligation": "/obligations/{}", "due_report": "/reports/{}",
    "budget": "/budgets/{}",
    "risk": "/risks/{}", "contact": "/contacts/{}",
}  # fmt: skip


@dataclass(frozen=True)
class State:
    """One answer: what it shows, its address, and all a browser gets."""

    name: str
    path: str
    status: int
    headers: dict[str, str]
    html: bytes

    @property
    def is_twin(self) -> bool:
        """Whether another state has the same fields: a form to edit those of the form to add, an empty one those refused."""
        edits = self.name.startswith("refused:") and ".edit" in self.name
        return edits or (self.name.startswith("empty:") and self.path.endswith("/add"))

    @classmethod
    def of(cls, name: str, path: str, status: int, answer: Response) -> State:
        """The answer of an address, which must have this status."""
        assert answer.status_code == status, (
            f"{name} {path}: {answer.status_code}: {answer.get_data(as_text=True)[:2000]}"
        )
        headers = {key: value for key, value in answer.headers if key not in ("Set-Cookie", "Content-Length")}
        return cls(f"{name} {path}", path, status, headers, answer.get_data())

    @classmethod
    def shown(cls, name: str, page: Page) -> State:
        return cls.of(name, page.path, page.status, page.response)


def awkward_states(app: Flask, engine: Engine, lang: str) -> Iterator[State]:
    """Every form refused, two changes at once, a sign-in that ended, a password shown once, and awkward records."""
    with transaction.unit(engine) as s, transaction.change(s, None, "seed", actor_name="test"):
        reader = accounts.person(s, "administrator", name="Správce portálu")
        token, places = accounts.session_of(s, reader), awkward.enter(s, reader)
    with transaction.unit(engine) as s, transaction.change(s, None, "form", actor_name=awkward.ONE_WORD):
        s.get_one(Record, places["word project"]).note_cs = awkward.ONE_WORD
    browser = accounts.browser(app, token)
    browser.speak(lang)
    yield from refused(browser, engine, places)
    yield from clashes(browser, places)
    yield from ended(browser, Client(app, lang), places)
    yield from passwords(browser)
    yield from looked_at(browser, places)
    yield from undone(browser, engine)


def forms_of(browser: Client, engine: Engine, places: dict[str, int]) -> dict[str, Form]:
    """The forms of the portal by endpoint, from the pages that are forms or carry one."""
    app = browser.app
    posting = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods}
    carrying = posting | {"accounts.account", "portfolio.work", "sources.fact", "donor_workbooks.file"}
    with Session(engine) as s:
        first = {address.endpoint: address.path for address in reversed(pages(app, s)) if address.endpoint in carrying}
    contradicted = f"/records/{places['word project']}/facts/actual_end"
    own = (f"/comments/{places['comment']}/edit", f"/saved-views/edit?view={places['view']}")
    return found(browser.browser, app, [*first.values(), contradicted, *own])


def refused(browser: Client, engine: Engine, places: dict[str, int]) -> Iterator[State]:
    """Each form with something wrong in each of its fields."""
    forms = forms_of(browser, engine, places)
    posting = {rule.endpoint for rule in browser.app.url_map.iter_rules() if "POST" in rule.methods}
    unseen = posting - set(forms) - WITHOUT_FIELDS - {"accounts.sign_in"}
    assert not unseen, unseen
    for endpoint, form in forms.items():
        if endpoint in WITHOUT_FIELDS:
            continue
        wrong: dict[str, str] = {}
        for badness in ("unknown id", "negative", "no such date", "control"):
            wrong = bad(form, badness) | wrong
        texts = {one.name for one in form.fields if one.layout in TYPED and one.layout not in ("money", "when")}
        assert wrong, endpoint
        data = form.values | wrong | dict.fromkeys(texts & set(wrong), f"{awkward.ONE_WORD}\x07")
        yield State.of(f"refused: {endpoint}", form.action, 422, browser.browser.post(form.action, data=data))
    stranger = Client(browser.app)
    stranger.browser.set_cookie("lang", browser.browser.get_cookie("lang").value)
    door = stranger.get("/sign-in")
    yield State.shown("refused: accounts.sign_in", stranger.submit(door, 422, login="nikdo", password="nic takového"))


def clashes(browser: Client, places: dict[str, int]) -> Iterator[State]:
    """Two people change the same record: long names, texts and dates clash, the rest is joined."""
    for kind, date in (("project", "planned_start"), ("framework", "launched")):
        path = PROFILES[kind].format(places[f"word {kind}"]) + "/edit"
        old = browser.get(path)
        browser.submit(browser.get(path), name_cs=awkward.WORDS, note_cs="Jejich", **{date: "2011"})
        mine = {"name_cs": "Moje", "note_cs": awkward.ONE_WORD, date: "únor 2012", "description_en": "Mine alone"}
        yield State.shown("two changes at once:", browser.submit(old, 409, mine))
        again = {"name_cs": awkward.ONE_WORD, "note_cs": "", date: ""}
        browser.submit(browser.get(path), 303, again)


def ended(browser: Client, stranger: Client, places: dict[str, int]) -> Iterator[State]:
    """The sign-in ended while a form was filled in."""
    words = awkward.ONE_WORD
    for path in (f"/projects/{places['word project']}/edit", f"/records/{places['word project']}/status"):
        form = browser.get(path)
        changes = {name: words for name in ("name_cs", "note_cs", "happened") if form.value(name) is not None}
        yield State.shown("signed out:", stranger.submit(form, 401, changes))
    yield State.shown("without a token:", stranger.post("/sign-out", {}, 400))


def undone(browser: Client, engine: Engine) -> Iterator[State]:
    """The page of an undo: of a change that can be undone, and of those that others came after."""
    with Session(engine) as s:
        ids = s.scalars(select(Change.id).where(Change.door == "form").order_by(Change.id.desc()).limit(5)).all()
    for change_id in (1, *ids):
        path = f"/changes/{change_id}/undo"
        yield State.of("undo:", path, 200, browser.browser.get(path))


def passwords(browser: Client) -> Iterator[State]:
    """The page that shows a password once, after adding a person and after a new password."""
    form = browser.get("/people/add")
    login = f"nova.osoba.{form.soup.html['lang']}"
    added = browser.submit(form, 303, login=login, name=awkward.ONE_WORD[:200], role="viewer")
    shown = browser.follow(added)
    yield State.shown("password once:", shown)


def looked_at(browser: Client, places: dict[str, int]) -> Iterator[State]:
    """Pages with lights, long names and a confidential record."""
    lists = (
        "/",
        "/work?scope=all",
        "/work",
        "/tasks",
        "/notifications",
        "/following",
        "/frameworks",
        "/projects",
        "/organisations",
        "/legal",
        "/sources",
        "/flows",
        "/people",
    )
    queries = ("/search?q=nejneobhospodařovávatelnějšími", "/projects?q=" + awkward.ONE_WORD)
    profiles = [pattern.format(places[f"word {kind}"]) for kind, pattern in PROFILES.items()]
    profiles += [PROFILES[kind].format(places[f"words {kind}"]) for kind in KINDS]
    forms = [PROFILES[kind].format(places[f"word {kind}"]) + "/edit" for kind in KINDS[1:]]
    secret = [PROFILES[kind].format(places[f"secret {kind}"]) for kind in ("project", "framework")]
    pair = f"{places['word project']}/{{}}/{places['words project']}"
    merging = [f"/records/{pair.format(step)}" for step in ("compare", "merge")]
    view = ["/saved-views", f"/saved-views/delete?view={places['view']}"]
    for path in (*lists, *queries, *profiles, *forms, *secret, *merging, *view):
        yield State.of("awkward:", path, 200, browser.browser.get(path))


def empty_states(app: Flask, engine: Engine, lang: str) -> Iterator[State]:
    """Every page that needs no record, where there is none."""
    with transaction.unit(engine) as s:
        person: Person = accounts.person(s, "administrator", name="Správce portálu")
        browser = accounts.browser(app, accounts.session_of(s, person))
    browser.speak(lang)
    rules = [r for r in app.url_map.iter_rules() if "GET" in r.methods and not r.arguments and r.endpoint not in FILES]
    for path in sorted({rule.rule for rule in rules} | {"/search?q=gruzie", "/projects?q=nic"}):
        answer = browser.browser.get(path)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            yield State.of("empty:", path, 200, answer)
