"""Bad input on every form of the portal: a clear answer at the field, nothing written, what was typed still there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from portal import create_app
from portal.accounts.models import Person
from portal.kernel import transaction
from portal.kernel.db import Base, make_engine
from portal.kernel.record import Record
from tests.addresses import FILES
from tests.factories import accounts, desk, frameworks, saved
from tests.fixtures import dispose, settings_for
from tests.guards import access_world
from tests.guards.access_matrix import Matrix
from tests.guards.bad_input import (
    BADNESS,
    PERIODS,
    TYPED,
    WITHOUT_FIELDS,
    Form,
    bad,
    complaint,
    endpoint_of,
    found,
    soup_of,
    still_there,
)

LIVING = {"sign_in", "sign_in_attempt", "security_entry"}
"""Tables that a request may touch whatever comes of it."""


@dataclass
class Place:
    """The portal on a small portfolio, an administrator's browser and somebody else's, and every form there is."""

    app: Flask
    engine: Engine
    browser: FlaskClient
    colleague: FlaskClient
    forms: dict[str, Form]

    def contents(self) -> dict[str, int]:
        """A number for each table that changes with its rows."""
        with self.engine.connect() as connection:
            return {
                name: hash(tuple(sorted(map(repr, connection.execute(sa.select(table))))))
                for name, table in Base.metadata.tables.items()
                if name not in LIVING
            }

    def send(self, form: Form, changes: dict, browser: FlaskClient | None = None, **headers):
        data = {name: value for name, value in (form.values | changes).items() if value is not None}
        return (browser or self.browser).post(
            form.action,
            data=urlencode(data, doseq=True),
            content_type="application/x-www-form-urlencoded",
            headers=headers,
        )

    def token(self, browser: FlaskClient) -> str:
        """A fresh token of this browser, from its account page."""
        tag = soup_of(browser.get("/account")).find("input", attrs={"name": "csrf_token"})
        return tag["value"]

    def speak(self, lang: str) -> None:
        self.browser.set_cookie("lang", lang)


@pytest.fixture(scope="module")
def place(stores, kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Made once: bad input changes nothing, which each test proves."""
    store = stores[kind]
    engine = make_engine(store.copy(), wait=5)
    world = access_world.World()
    with transaction.unit(engine) as s, transaction.change(s, None, "seed", actor_name="test"):
        top = frameworks.framework(s, "Strom")
        world.records["own"] = access_world.bundle(s, "own", "zkouška", parent=top)
        top_id = top.id
    with transaction.unit(engine) as s, transaction.change(s, None, "form", actor_name="test") as edited:
        access_world.edit(s, world, "own", edited.id)
    with transaction.unit(engine) as s:
        people = [accounts.person(s, "administrator", name=name) for name in ("Jana Malá", "Petr Velký")]
        world.people["editor_nowhere"] = accounts.person(s, "editor", frameworks=[top_id]).id
        author = people[0].id
        tokens = [accounts.session_of(s, one) for one in people]
    with transaction.unit(engine) as s, transaction.change(s, None, "seed", actor_name="test"):
        project = s.get_one(Record, world.records["own"]["project"])
        world.records["own"]["comment"] = desk.comment(s, project, s.get_one(Person, author)).id
        view = saved.view(s, s.get_one(Person, author)).id
        world.records["own"]["task"] = desk.task(s, project, s.get_one(Person, author)).id
    app = create_app(settings_for(engine, tmp_path_factory.mktemp("portal")))
    app.testing = True
    browser, colleague = (accounts.browser(app, token).browser for token in tokens)
    made = Place(app, engine, browser, colleague, {})
    browser.set_cookie("lang", "cs")
    made.forms = found(browser, app, [*addresses(app, world), f"/saved-views/edit?view={view}"])
    yield made
    dispose(app)
    engine.dispose()
    store.server.drop(engine.url)


def addresses(app: Flask, world: access_world.World) -> list[str]:
    """Every page that can be asked for, of the sample records; of figures and charts, which differ by no form, the first."""
    matrix = Matrix(app, world)
    rules = [r for r in matrix.rules() if "GET" in r.methods and r.endpoint not in FILES]
    return [
        address
        for rule in rules
        for address in islice(matrix.addresses(rule, "own"), 1 if matrix.of_no_record(rule) else None)
    ]


def posting(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods}


def test_every_address_that_takes_a_form_shows_it_on_some_page(place: Place) -> None:
    public = {"accounts.sign_in"}  # a signed-in browser is led on
    unseen = posting(place.app) - set(place.forms) - WITHOUT_FIELDS - public
    assert unseen == set()


@pytest.mark.shared_out("lang", ["cs", "en"])
@pytest.mark.parametrize("what", BADNESS)
def test_bad_values_are_refused_at_their_fields_and_stay_there(place: Place, what: str, lang: str) -> None:
    place.speak(lang)
    before = place.contents()
    wrong, tried = [], 0
    for form in place.forms.values():
        values = bad(form, what)
        if not values:
            continue
        tried += 1
        response = place.send(form, values)
        if response.status_code != 422:
            wrong.append(f"{form.endpoint}: {what} answered {response.status_code}")
            continue
        soup = soup_of(response)
        summary = soup.find(id="errors")
        links = {a["href"] for a in summary.find_all("a")} if summary else set()
        for one in form.fields:
            if one.name not in values:
                continue
            said = complaint(soup, one)
            if len(said) < 12 or not any(href.startswith(f"#{one.id}") for href in links):
                wrong.append(f"{form.endpoint}.{one.name}: {what}: says {said!r}, summary links to {sorted(links)}")
            # What cannot be seen is shown by a sign for it.
            kept = values[one.name].replace("\x07", "\ufffd")
            if one.layout in TYPED and not one.secret and still_there(soup, form, one.name) != kept:
                wrong.append(f"{form.endpoint}.{one.name}: {what}: what was typed is gone")
    assert not wrong, "\n".join(wrong)
    assert tried >= 2
    assert place.contents() == before


@pytest.mark.shared_out("lang", ["cs", "en"])
def test_an_end_before_its_start_is_refused_at_the_end(place: Place, lang: str) -> None:
    place.speak(lang)
    before = place.contents()
    tried = []
    for form in place.forms.values():
        for start, end in PERIODS:
            if not {start, end} <= form.values.keys():
                continue
            response = place.send(form, {start: "2015", end: "2013"})
            soup = soup_of(response)
            said = complaint(soup, next(one for one in form.fields if one.name == end))
            assert response.status_code == 422, (form.endpoint, start, end)
            assert ("dříve než začátek" if lang == "cs" else "before the start") in said, (form.endpoint, end, said)
            assert still_there(soup, form, start) == "2015"
            assert still_there(soup, form, end) == "2013"
            tried.append((form.endpoint, end))
    assert ("projects.edit", "actual_end") in tried
    assert ("frameworks.add", "ended") in tried
    assert place.contents() == before


FORGERIES = ("missing", "wrong", "expired", "another person's", "foreign origin", "foreign site")


@pytest.mark.parametrize("how", FORGERIES)
def test_a_forged_form_is_refused_with_what_was_typed_still_there(
    place: Place, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.speak("cs")
    before = place.contents()
    token = {"csrf_token": place.token(place.browser)}
    headers = {}
    if how == "missing":
        token = {"csrf_token": None}
    elif how == "wrong":
        token = {"csrf_token": "IjAxMjM0NTY3ODki.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb"}
    elif how == "expired":
        monkeypatch.setitem(place.app.config, "WTF_CSRF_TIME_LIMIT", -1)
    elif how == "another person's":
        token = {"csrf_token": place.token(place.colleague)}
    elif how == "foreign origin":
        headers = {"Origin": "https://jinde.example"}
    else:
        headers = {"Sec-Fetch-Site": "cross-site"}
    wrong = []
    for form in place.forms.values():
        typed = {
            one.name: f"Napsáno {n}"
            for n, one in enumerate(form.fields)
            if one.layout in ("text", "area") and not one.secret and one.name != "source"
        }
        response = place.send(form, typed | token, **headers)
        if form.endpoint == "accounts.sign_out" and response.status_code in (400, 303):
            continue
        if response.status_code != 400:
            wrong.append(f"{form.endpoint}: {how} answered {response.status_code}")
            continue
        soup = soup_of(response)
        said = " ".join((soup.find(id="errors") or soup.main).get_text(" ").split())
        if not form.fields:
            continue
        if "Nic se neuložilo." not in said:
            wrong.append(f"{form.endpoint}: {how} says {said[:200]!r}")
        gone = [name for name, text in typed.items() if still_there(soup, form, name) != text]
        if gone:
            wrong.append(f"{form.endpoint}: {how}: gone from {gone}")
    assert not wrong, "\n".join(wrong)
    assert place.contents() == before


def test_a_form_sent_after_the_sign_in_ended_comes_back_to_be_sent_again(place: Place) -> None:
    before = place.contents()
    stranger = place.app.test_client()
    for form in place.forms.values():
        if endpoint_of(place.app, form.action) in ("accounts.sign_out", "accounts.sign_in"):
            continue
        typed = {one.name: "Napsáno dřív" for one in form.fields if one.layout == "area"}
        response = place.send(form, typed, stranger)
        assert response.status_code == 401, form.endpoint
        soup = soup_of(response)
        told = {dt.get_text(): dt.find_next_sibling("dd").get_text() for dt in soup.main.find_all("dt")}
        assert not told.keys() & form.values.keys(), form.endpoint
        assert list(told.values()).count("Napsáno dřív") == len(typed), form.endpoint
        assert all(still_there(soup, form, name) == "Napsáno dřív" for name in typed), form.endpoint
    assert place.contents() == before


@pytest.mark.parametrize("version", ["abc", "-1", "999999"])
def test_a_version_that_never_was_is_refused(place: Place, version: str) -> None:
    before = place.contents()
    edits = [form for form in place.forms.values() if "version" in form.values and "edit" in form.endpoint]
    assert len(edits) >= 4
    for form in edits:
        response = place.send(form, {"version": version})
        assert response.status_code in (409, 422), (form.endpoint, response.status_code)
        assert soup_of(response).find(id="errors") is not None, form.endpoint
    assert place.contents() == before
