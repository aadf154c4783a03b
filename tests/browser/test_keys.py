"""Shortcuts of one letter: they work, never while one writes, and stay off once switched off."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.needs("browser")


def test_shortcuts_open_pages_outside_fields_and_can_be_switched_off(opened, reading_site) -> None:
    tab = opened(reading_site, "viewer", lang="cs")
    page, keys = tab.page, tab.page.keyboard
    tab.go("/")
    keys.press("g")
    keys.press("p")
    page.wait_for_url(re.compile("/projects$"))
    page.click("main input[type=search]")
    keys.type("g?/m")
    assert page.input_value("main input[type=search]") == "g?/m"
    assert page.url.endswith("/projects")
    page.locator("h1").click()
    keys.press("?")
    page.wait_for_url(re.compile("/help/keyboard$"))
    assert page.locator("#find + kbd").is_visible()

    page.uncheck("[data-keys-switch]")
    assert page.locator("[data-keys-said]").inner_text() == "Zkratky jsou vypnuté."
    tab.go("/projects")
    assert not page.locator("#find + kbd").is_visible()
    page.locator("h1").click()
    for key in ("/", "?", "g", "m"):
        keys.press(key)
    assert page.evaluate("document.activeElement.id") != "find"
    tab.go("/help/keyboard")
    assert not page.is_checked("[data-keys-switch]")

    page.check("[data-keys-switch]")
    keys.press("Tab")
    keys.press("/")
    assert page.evaluate("document.activeElement.id") == "find"


def test_with_a_modifier_or_too_late_nothing_opens(opened, reading_site) -> None:
    tab = opened(reading_site, "viewer", lang="cs")
    keys = tab.page.keyboard
    tab.go("/projects")
    keys.press("Alt+/")
    assert tab.page.evaluate("document.activeElement.id") != "find"
    keys.press("g")
    tab.page.wait_for_timeout(1700)
    keys.press("m")
    keys.press("x")
    assert tab.page.url.endswith("/projects")


def test_without_scripts_no_switch_is_offered(opened, reading_site) -> None:
    tab = opened(reading_site, "viewer", lang="cs", scripts=False)
    tab.go("/help/keyboard")
    assert not tab.page.locator("[data-keys-switch]").is_visible()
    assert not tab.page.locator("#find + kbd").is_visible()
