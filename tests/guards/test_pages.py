"""Every address of the portal answers on the seed portfolio: good pages for who may open them, a clear no for the others."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests import machine
from tests.addresses import FURTHER, Address, addresses, pages
from tests.guards.access_table import OPEN_TO_ALL
from tests.guards.test_html import faults

ROLES = {"viewer": {}, "editor": {"everywhere": True}}


@pytest.fixture
def every(read_as, store) -> list[Address]:
    app = read_as("viewer").app
    with Session(store.reading) as s:
        return list(addresses(app, s))


@pytest.fixture(scope="module")
def opened() -> dict[tuple[str, str], dict[str, bytes]]:
    """What the pages answered to the administrator, by engine and language: looked through, then given to the checker."""
    return {}


def open_all(opened, read_as, every, kind, lang) -> dict[str, bytes]:
    """Every page by its address; each is good by the client, in the language, and whole."""
    if (kind, lang) not in opened:
        browser, pages = read_as("administrator", lang), {}
        for address in every:
            if address.is_page and address.endpoint != "accounts.sign_in":
                page = browser.get(address.path)
                assert page.soup.html["lang"] == lang
                assert "%(" not in page.text and "{{" not in page.text and "None" not in page.text.split(), address.path
                pages[address.path] = page.response.data
        opened[kind, lang] = pages
    return opened[kind, lang]


@pytest.mark.shared_out("lang", ["cs", "en"])
def test_every_page_opens_for_an_administrator_and_is_good_html(opened, read_as, every, kind, lang) -> None:
    assert len(open_all(opened, read_as, every, kind, lang)) > 100


@pytest.mark.needs("html")
@pytest.mark.shared_out("lang", ["cs", "en"])
def test_every_page_is_valid_html(opened, read_as, every, kind, lang, tmp_path) -> None:
    names = dict(enumerate(pages := open_all(opened, read_as, every, kind, lang)))
    for n, path in names.items():  # the checker takes a trailing "_" for part of a name, and `.html` for the kind
        (tmp_path / f"{n}_.html").write_bytes(pages[path])
    found = [f"{names[int(fault.split('_')[0])]} {fault}" for fault in faults(tmp_path)]
    assert not found, "\n".join(found)


@pytest.mark.shared_out("role", ["viewer", "editor"])
def test_every_address_opens_or_says_no(read_as, every, role) -> None:
    """Each address is asked as one of the two; at full size as both. The access matrix asks them as everybody."""
    browser = read_as(role, **ROLES[role])
    refused = set()
    for address in every if machine.prove() else every[role == "editor" :: 2]:
        answer = browser.browser.get(address.path)
        assert answer.status_code in (200, 302, 303, 403), f"{address.path}: {answer.status_code}"
        if answer.status_code == 403:
            refused.add(address.endpoint.split(".")[0])
    assert "accounts" in refused
    assert (role == "viewer") == ("projects" in refused)


def test_a_stranger_is_led_to_the_door_from_everywhere(every, read_as) -> None:
    from tests.client import Client

    stranger = Client(read_as("viewer").app)
    for address in every:
        if address.endpoint in OPEN_TO_ALL:
            continue
        answer = stranger.browser.get(address.path)
        assert answer.status_code == 303 and "/sign-in" in answer.headers["Location"], address.path


@pytest.mark.shared_out("half", [0, 1])
def test_every_page_opens_at_a_past_moment_or_says_why_not(read_as, every, half) -> None:
    browser = read_as("editor", everywhere=True)
    for address in every[half::2]:
        answer = browser.browser.get("/k/1" + address.path)
        assert answer.status_code in (200, 302, 303, 403, 404, 405), f"{address.path}: {answer.status_code}"


def test_the_samples_are_of_routes_there_are(read_as, every) -> None:
    app = read_as("viewer").app
    assert set(FURTHER) <= set(app.view_functions)
    assert {address.endpoint for address in every} >= {"portfolio.home", "portfolio.project", "dashboards.funding"}
    walked = {address.endpoint for address in every}
    unwalked = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods} - walked
    assert unwalked == {"static", "calendar.feed", "desk.confirm_address"}, (
        "a feed and a link to confirm are one person's: tests/calendar and tests/desk/mail ask them"
    )


def test_pages_are_many(read_as, store) -> None:
    app = read_as("viewer").app
    with Session(store.reading) as s:
        assert len(pages(app, s)) > 100
