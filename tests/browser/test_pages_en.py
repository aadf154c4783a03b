"""Every page in English: no complaint of the browser, no violation of WCAG 2.2 AA, nothing wider than the screen."""

from __future__ import annotations

import pytest

from tests.browser import walk

pytestmark = pytest.mark.needs("browser", "axe")
NARROW = True  # axe looks at the narrow page here and at the wide one in Czech, which is measured on every page


def test_every_page_is_fit_for_everybody(opened, reading_site) -> None:
    tab = opened(reading_site, "administrator", lang="en")
    found = walk.all_faults(tab, NARROW)
    assert not found, "\n".join(found)


def test_every_answer_to_a_form_and_every_awkward_page_is_fit_for_everybody(opened, reading_site, odd_states) -> None:
    tab = opened(reading_site, "administrator", lang="en")
    found = walk.faults_of_states(tab, odd_states("en"), 360 if NARROW else 1440)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("login", [None, "viewer"])
def test_every_error_page_is_fit_for_everybody(opened, reading_site, login) -> None:
    tab = opened(reading_site, login, lang="en")
    found = walk.faults_of_error_pages(tab, NARROW)
    assert not found, "\n".join(found)


def test_the_door_is_fit_for_everybody(opened, reading_site) -> None:
    tab = opened(reading_site, lang="en")
    tab.go("/sign-in")
    assert list(walk.faults(tab, NARROW)) == []
