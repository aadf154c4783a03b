"""Pages of a past moment: the values of then, the rights of today, nothing to write, the same cost."""

from __future__ import annotations

import pytest

from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.transaction import change
from portal.projects.actions import edit_project
from portal.sources.facts import Pair
from tests.factories import frameworks, funding


@pytest.fixture
def story(engine) -> dict[str, int]:
    """A project in one framework with 100 EUR, then renamed, moved and with 250 EUR more."""
    made = {}
    with transaction.unit(engine) as s, change(s, None, "form", actor_name="zkouška") as first:
        made["old"] = frameworks.framework(s, "Starý rámec").id
        project = funding.project(s, "Původní název", framework=s.get_one(Record, made["old"]), status="2")
        funding.flow(s, project, 100)
        made |= {"project": project.id, "before": first.id}
    with transaction.unit(engine) as s, change(s, None, "form", actor_name="zkouška") as second:
        new = frameworks.framework(s, "Nový rámec")
        project = s.get_one(Record, made["project"])
        edit_project(s, SYSTEM, project, {"name": Pair("Nový název", ""), "framework": new.id, "status": "4"})
        funding.flow(s, project, 250)
        made |= {"new": new.id, "after": second.id}
    return made


def test_a_profile_shows_what_was_recorded_then(client_as, story) -> None:
    viewer = client_as("viewer", lang="cs")
    then = viewer.get(f"/k/{story['before']}/projects/{story['project']}")
    assert then.h1 == "Původní název"
    assert "Starý rámec" in then.text and "Nový" not in then.text.replace("Nový projekt", "")
    assert " ".join(then.soup.select_one("#money .big").get_text().split()) == "100 EUR"
    now = viewer.get(f"/projects/{story['project']}")
    assert now.h1 == "Nový název" and " ".join(now.soup.select_one("#money .big").get_text().split()) == "350 EUR"
    assert viewer.get(f"/k/{story['after']}/projects/{story['project']}").h1 == "Nový název"


def test_lists_search_figures_and_files_stand_at_the_moment_too(client_as, story) -> None:
    viewer = client_as("viewer", lang="cs")
    prefix = f"/k/{story['before']}"
    assert "Původní název" in viewer.get(f"{prefix}/projects").text
    assert "Nový rámec" not in viewer.get(f"{prefix}/frameworks").text
    assert "Původní název" in viewer.get(f"{prefix}/search?q=puvodni").text
    assert "Nový název" not in viewer.get(f"{prefix}/search?q=nazev").text
    assert "100 EUR" in viewer.get(f"{prefix}/funding").text and "350 EUR" not in viewer.get(f"{prefix}/funding").text
    assert "Původní název" in viewer.browser.get(f"{prefix}/exports/projects.csv").get_data(as_text=True)
    viewer.get(f"{prefix}/frameworks/{story['new']}", status=404)


OF_TODAY = ("/account", "/people", "/as-of", "/help", "/tasks", "/following", "/notifications", "/saved-views")
"""What the menu of the account leads to has no past: one's own affairs and the help."""


def test_every_page_of_the_past_says_so_and_keeps_to_it(client_as, story) -> None:
    editor = client_as("editor", everywhere=True, lang="cs")
    prefix = f"/k/{story['before']}"
    for path in ("/", "/work", "/projects", f"/projects/{story['project']}", "/funding"):
        page = editor.get(prefix + path)
        assert "Jak portál vypadal" in page.soup.select_one(".asof").get_text(" ")
        inside = [href for href in page.links() if href.startswith("/") and not href.startswith(("/k/", "/language"))]
        outside = {href for href in inside if not href.startswith(OF_TODAY)}
        assert outside <= {path, path + "?"}, f"{path} leads out of the past: {outside}"
        written = [
            href for href in page.links() if href.endswith(("/edit", "/add", "/status")) and "/facts/" not in href
        ]
        assert written == [], path


def test_nothing_is_written_in_the_past(client_as, story) -> None:
    editor = client_as("editor", everywhere=True)
    answer = editor.browser.post(f"/k/{story['before']}/projects/{story['project']}/edit", data={"name_cs": "x"})
    assert answer.status_code == 405


def test_a_form_of_the_past_leads_to_the_one_of_today_once_it_may_be_seen(client_as, engine, story) -> None:
    editor = client_as("editor", everywhere=True)
    form, day = f"/projects/{story['project']}/edit", "/d/2026-01-01"
    for path in (form, "/projects/add?framework=1", f"/changes/{story['after']}/undo"):
        assert editor.get(f"/k/{story['before']}{path}", 302).location == path
    assert editor.get(f"{day}/projects/add", 302).location == "/projects/add"
    now = editor.get(form)
    assert "Do minulosti se nezapisuje. Tady je dnešní formulář." in now.text and now.value("name_cs") == "Nový název"
    assert editor.get(f"/k/{story['before']}/records/{story['project']}/comments").text, (
        "comments are read as they were"
    )
    editor.get(f"/k/{story['before']}/frameworks/{story['new']}/edit", 404)  # it was not there yet
    client_as("viewer").get(f"/k/{story['before']}{form}", 403)
    with transaction.unit(engine) as s, change(s, None, "form", actor_name="zkouška"):
        edit_project(s, SYSTEM, s.get_one(Record, story["project"]), {"confidential": True})
    for path in (f"/k/{story['before']}{form}", form, "/k/1/projects/999/edit"):
        editor.get(path, 404)


def test_todays_rights_hold_in_the_past(client_as, engine, story) -> None:
    from tests.factories import accounts

    pages = {
        path: client_as("viewer", lang="cs").get(f"/k/{story['before']}{path}").text
        for path in ("/projects", "/search?q=puvodni", "/funding", f"/frameworks/{story['old']}")
    }
    assert [path for path, text in pages.items() if "Původní název" not in text and "100 EUR" not in text] == []
    assert "Původní název" in pages["/projects"] and "100 EUR" in pages["/funding"]
    with transaction.unit(engine) as s, change(s, None, "form", actor_name="zkouška"):
        project = s.get_one(Record, story["project"])
        accounts.actions.name_reader(s, SYSTEM, project, accounts.person(s, "viewer"))
        edit_project(s, SYSTEM, project, {"confidential": True})
    stranger = client_as("viewer", lang="cs")
    stranger.get(f"/k/{story['before']}/projects/{story['project']}", status=404)
    for path in pages:
        page = stranger.get(f"/k/{story['before']}{path}")
        assert "Původní název" not in page.text and "100 EUR" not in page.text, path


def test_a_moment_there_never_was_is_not_found(client_as, story) -> None:
    viewer = client_as("viewer")
    for path in ("/k/999/projects", "/k/0/", "/k/99999999999/"):
        viewer.get(path, status=404)
