"""Two records are merged and separated in a real browser: by keyboard alone in Czech, without scripts in English."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.record import Record
from tests.browser.test_journeys import id_of, reach, reach_field

pytestmark = pytest.mark.needs("browser")

FLAGSHIP, REINTEGRATION = "Vlajkový projekt", "Podpora reintegrace"


def merged(site) -> list[str]:
    with Session(site.engine) as s:
        return list(s.scalars(select(Record.standing_reason).where(Record.merged_into_id.is_not(None))))


def reach_button(page, words: str) -> None:
    """Press Tab until the button with these words has the focus, then Enter."""
    for _step in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName === 'BUTTON' && document.activeElement.innerText") == words:
            with page.expect_event("load"):
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"no key leads to the button {words!r}")


def test_two_records_are_merged_and_separated_by_keyboard_alone(opened, site) -> None:
    tab = opened(site, "editor", lang="cs")
    page, keys = tab.page, tab.page.keyboard
    reintegration = id_of(site, "georgia-reintegration-iom")
    tab.go(f"/projects/{reintegration}")
    reach(page, "main", "Porovnat nebo sloučit")
    reach(page, "main", FLAGSHIP)
    assert page.locator("h1").inner_text() == "Porovnání dvou záznamů"
    assert not tab.violations()
    reach(page, "main", f": {REINTEGRATION}")
    reach_field(page, "unit-name")
    keys.press("ArrowDown")
    reach_field(page, "reason")
    keys.type("Podle IOM je to týž projekt.")
    reach_button(page, "Ukázat, co se změní")
    assert "Projekty" in page.locator("#change table").inner_text()
    assert not tab.violations()
    reach_button(page, "Sloučit")
    page.wait_for_url(re.compile(r"/projects/\d+$"))
    assert page.locator("h1").inner_text().startswith(FLAGSHIP)
    assert merged(site) == ["Podle IOM je to týž projekt."]
    reach(page, "main", "rozdělit")
    reach_field(page, "reason")
    keys.type("Není to týž projekt.")
    keys.press("Control+Enter")
    page.wait_for_url(re.compile(r"/projects/\d+$"))
    assert "Záznamy jsou zase dva" in page.locator(".flashes").inner_text()
    assert merged(site) == []
    tab.go(f"/projects/{reintegration}")
    assert page.locator("h1").inner_text().startswith(REINTEGRATION)


def test_without_scripts_the_merge_is_shown_before_it_is_done(opened, site) -> None:
    tab = opened(site, "editor", lang="en", scripts=False)
    page = tab.page
    tab.go("/work?scope=all")
    page.click("main >> text=Compare the two")
    page.click("main >> text=Keep this record: Flagship project")
    page.fill("textarea[name=reason]", "The partner confirmed it.")
    page.click("button >> text=Show what will change")
    assert "14" in page.locator("#change table").inner_text() and "13" in page.locator("#change table").inner_text()
    assert merged(site) == []
    for width in (360, 1440):
        tab.resize(width)
        assert tab.too_wide() == []
    page.click("button[name=do]")
    assert "It stands also for:" in page.locator("main").inner_text()
    assert merged(site) == ["The partner confirmed it."]
    page.click("main >> text=(merged)")
    page.click("main >> text=Separate the two again")
    page.fill("textarea[name=reason]", "It is another one.")
    page.click("main form button[type=submit]")
    assert "The records are two again." in page.locator(".flashes").inner_text()
    assert merged(site) == []
