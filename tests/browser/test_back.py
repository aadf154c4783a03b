"""Going back and forward after a form was refused: no error of the browser, nothing typed is lost, nothing saved comes back."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from portal.kernel import transaction
from portal.projects.models import Project
from tests.browser.test_journeys import id_of
from tests.factories import changing

pytestmark = pytest.mark.needs("browser")

ACRONYM, NAME = "[name=acronym]", "[name=name_cs]"


def test_what_was_typed_is_there_again_when_one_goes_back_and_forward(opened, reading_site) -> None:
    tab = opened(reading_site, "editor", lang="cs")
    page = tab.page
    page.on("dialog", lambda dialog: dialog.accept())  # "leave the page?"
    tab.go("/projects/add")
    page.fill(ACRONYM, "PRVNÍ")
    tab.expected = 422
    page.press(ACRONYM, "Control+Enter")
    page.wait_for_selector("#errors")
    page.fill(ACRONYM, "DRUHÁ")
    tab.expected = 200

    def shown(wanted: str) -> None:
        page.wait_for_selector("#errors", state="detached")
        assert page.locator("h1").inner_text() == "Přidat projekt"
        assert page.input_value(ACRONYM) == wanted

    page.go_back()
    shown("PRVNÍ")
    page.go_forward()
    shown("DRUHÁ")
    page.reload()
    shown("DRUHÁ")
    assert page.evaluate("history.state.typed.map(one => one.values !== null)") == [True]
    tab.context.clear_cookies()
    page.goto(f"{reading_site.address}/sign-in")
    tab.context.add_cookies(reading_site.cookies("administrator", "cs"))
    page.go_back()
    shown("")
    assert tab.complaints == []


def test_what_was_typed_is_there_again_when_one_goes_back_from_two_changes_at_once(opened, site) -> None:
    tab = opened(site, "editor", lang="cs")
    page = tab.page
    page.on("dialog", lambda dialog: dialog.accept())  # "leave the page?"

    def save(expected: int = 200) -> None:
        tab.expected = expected
        page.press(NAME, "Control+Enter")
        page.wait_for_load_state()

    eris = id_of(site, "eris")
    tab.go(f"/projects/{eris}/edit")
    page.fill(NAME, "Můj název")
    with transaction.unit(site.engine) as s, changing(s):
        s.get_one(Project, eris).name_cs = "Jejich název"
    save(409)
    assert page.locator("h1").inner_text() == "Dvě změny najednou"
    tab.expected = 200
    page.go_back()
    page.wait_for_selector(NAME)
    assert page.input_value(NAME) == "Můj název"
    save(409)
    assert "Jejich název" in page.locator("table.merge").inner_text()
    assert "Můj název" in page.locator("table.merge").inner_text()
    page.check("[name=choose-name_cs][value=mine]")
    tab.expected = 200
    page.press("[name=choose-name_cs][value=mine]", "Enter")
    page.wait_for_url(f"**/projects/{eris}")
    with Session(site.engine) as s:
        assert s.get_one(Project, eris).name_cs == "Můj název"
    assert tab.complaints == []
