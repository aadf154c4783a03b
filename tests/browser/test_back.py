"""Going back and forward after a form was refused: no error of the browser, nothing typed is lost, nothing saved comes back."""

from __future__ import annotations

import pytest

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
