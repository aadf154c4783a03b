"""The frame in a real browser: nothing is refused by the policy, it fits every width, the conveniences work by keyboard."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from werkzeug.serving import make_server

from tests import machine
from tests.engines import SqliteFiles
from tests.machine import where
from tests.web.conftest import fill
from tests.web.toy import make_app

pytestmark = pytest.mark.needs("browser")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def chromium() -> Iterator:
    machine.demand("browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=where("browser"), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """The toy portal on a SQLite file: the browser is the same above either engine."""
    databases = SqliteFiles(tmp_path_factory.mktemp("browser"))
    url = databases.empty()
    fill(url)
    app = make_app(url.render_as_string(hide_password=False), hosts=None)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    from portal.kernel.db import db

    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()
    databases.drop(url)


@pytest.fixture
def tab(chromium, address):
    """tab(path, width) → an open page; what the browser complained of fails the test."""
    contexts, complaints = [], []

    def open_(path: str, width: int = 1440, scripts: bool = True, lang: str = "cs"):
        context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        context.add_cookies([{"name": "lang", "value": lang, "url": address}])
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" and "422" not in m.text else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


PATHS = ["/gallery", "/things", "/things/1/edit", "/k/1/things/1"]


@pytest.mark.parametrize("lang", ["cs", "en"])
@pytest.mark.parametrize("width", [360, 720, 1180, 1440, 1920])
def test_no_page_is_wider_than_the_screen(tab, width, lang):
    for path in PATHS:
        page = tab(path, width, lang=lang)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_every_picture_of_the_sprite_is_drawn(tab):
    page = tab("/gallery")
    seen = "[...document.querySelectorAll('svg.ic use')].filter(use => use.parentNode.getBoundingClientRect().width)"
    drawn = page.evaluate(seen + ".map(use => use.getBBox().width)")
    assert len(drawn) > 40 and min(drawn) > 0


def test_a_slash_goes_to_the_search_field_but_not_while_writing(tab):
    page = tab("/things/1/edit")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.focus("#note_cs")
    page.keyboard.press("/")
    assert page.input_value("#note_cs").endswith("/") or "/" in page.input_value("#note_cs")


def test_the_first_tab_stop_skips_to_the_content(tab):
    page = tab("/things")
    page.keyboard.press("Tab")
    assert page.inner_text(":focus") == "Přejít na obsah"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_a_source_mark_opens_its_source_beside_it_and_escape_goes_back(tab):
    page = tab("/gallery")
    page.focus(".big a.src")
    page.keyboard.press("Enter")
    assert "Zdroj 1: stránka „Mezinárodní spolupráce“" in page.inner_text(".pop")
    assert page.get_attribute(".big a.src", "aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert page.query_selector(".pop") is None
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#source-1"


def test_without_scripts_a_source_mark_leads_to_the_list_of_sources(tab):
    page = tab("/gallery", scripts=False)
    page.click(".big a.src")
    assert page.url.endswith("#source-1")


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_the_menu_and_the_filters_open(tab, scripts):
    page = tab("/things", 360, scripts=scripts)
    assert not page.is_visible("nav.nav") and not page.is_visible(".menu nav") and not page.is_visible("#f-year")
    page.click(".menu > summary")
    assert page.is_visible(".menu nav >> text=Projekty")
    page.click(".menu > summary")
    page.click(".sheet > summary")
    page.select_option("#f-certainty", "document")
    page.click(".go button")
    assert "certainty=document" in page.url and page.locator("tbody tr").count() == 2
    assert "Filtry: použito 1" in page.inner_text(".sheet > summary")


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_wide_screen_the_filters_stand_open(tab, scripts):
    page = tab("/things", scripts=scripts)
    assert page.is_visible("#f-year")
    page.fill("#f-year", "2012")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("tbody tr").count() == 1


def test_control_enter_sends_a_form_and_errors_get_the_focus(tab):
    page = tab("/things/1/edit")
    page.fill("#name_cs", "")
    page.fill("#started", "kdysi")
    page.press("#started", "Control+Enter")
    page.wait_for_selector("#errors:focus")  # a note in the browser's history would count as a navigation, too
    page.click("#errors a >> text=Začátek")
    assert page.evaluate("document.activeElement.id") == "started"


def test_a_counter_counts_what_the_server_counts(tab):
    page = tab("/things/1/edit")
    page.fill("#note_cs", "é" * 199 + "\n\n  ")
    assert page.inner_text("#note_cs + .counter") == "199 / 200 znaků"
    page.fill("#note_cs", "x" * 201)
    assert "counter--over" in page.get_attribute("#note_cs + .counter", "class")


def test_leaving_unsaved_words_asks_first(tab):
    page = tab("/things/1/edit")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.click("#name_en")
    page.keyboard.type("New")
    page.evaluate("location.href = '/things'")
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"] and page.url.endswith("/edit")
    page.on("dialog", lambda dialog: None)


def test_details_print_open(tab):
    page = tab("/gallery")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert not page.is_visible("nav.nav") and page.is_visible(".print-only")
    page.evaluate("dispatchEvent(new Event('afterprint'))")


@pytest.mark.needs("axe")
@pytest.mark.parametrize("lang", ["cs", "en"])
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_nothing(tab, width, lang):
    from pathlib import Path

    for path in PATHS:
        page = tab(path, width, lang=lang)
        page.evaluate(Path(where("axe")).read_text() + "; 0")
        found = page.evaluate(
            "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        )
        assert [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found["violations"]] == [], path
