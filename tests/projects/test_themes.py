"""Themes: the list, adding, renaming."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.kernel import transaction
from portal.projects.models import Theme
from tests.factories import changing, projects


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """Two themes, one of them of a project; ids by name."""
    with transaction.unit(engine) as s, changing(s):
        returns, borders = projects.theme(s, "Dobrovolný návrat"), projects.theme(s, "Hranice")
        project = projects.project(s, "ERIS", themes=[returns.id])
        return {"returns": returns.id, "borders": borders.id, "project": project.id}


def test_the_list_counts_the_projects_and_leads_to_them(scene, client_as) -> None:
    page = client_as("viewer").get("/themes")
    rows = {
        tr.th.get_text(" ", strip=True): tr.find(class_="num").get_text(strip=True)
        for tr in page.soup.select("tbody tr")
    }
    assert rows == {"Dobrovolný návrat": "1", "Hranice": "0"}
    assert page.link("Dobrovolný návrat") == f"/projects?theme={scene['returns']}"
    assert "Přejmenovat" not in page.text and "Nové téma" not in page.text


def test_the_list_of_projects_is_filtered_by_theme(scene, client_as) -> None:
    client = client_as("viewer")
    assert "ERIS" in client.get(f"/projects?theme={scene['returns']}").soup.main.get_text()
    assert (
        "ERIS" not in client.get(f"/projects?theme={scene['borders']}").soup.select_one("main section.card").get_text()
    )


def test_the_profile_of_a_project_leads_to_the_projects_with_its_theme(scene, client_as) -> None:
    page = client_as("viewer").get(f"/projects/{scene['project']}")
    assert page.link("Dobrovolný návrat") == f"/projects?theme={scene['returns']}"


def test_a_theme_is_added_and_offered_in_the_form_of_a_project(scene, client_as, engine) -> None:
    client = client_as("editor", everywhere=True)
    form = client.get(f"/projects/{scene['project']}/edit")
    page = client.get(form.link("Téma v seznamu ještě není"))
    client.submit(page, name_cs="Boj proti převaděčství", name_en="Smuggling", note_cs="i obchod s lidmi")
    assert "i obchod s lidmi" in client.get("/themes").text
    assert "Boj proti převaděčství" in client.get(f"/projects/{scene['project']}/edit").text
    with transaction.unit(engine) as s:
        made = s.scalars(select(Theme).where(Theme.name_en == "Smuggling")).one()
        assert (made.name_cs, made.note_cs) == ("Boj proti převaděčství", "i obchod s lidmi")


def test_a_renamed_theme_is_found_by_its_new_name_with_its_projects(scene, client_as) -> None:
    client = client_as("editor", everywhere=True)
    client.submit(client.get(f"/themes/{scene['returns']}/edit"), name_cs="Návraty", source_reason="kratší")
    assert "Návraty" in client.get(f"/projects/{scene['project']}").text
    assert "ERIS" in client.get("/projects?q=navraty").soup.main.get_text()
    assert "kratší" in client.get(f"/records/{scene['returns']}/history").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Název (česky) : Vyplňte alespoň jeden z obou jazyků."),
        ("HRANICE", "Název (česky) : Téma s tímto názvem už existuje. Použijte ho, nebo napište jiný název."),
    ],
)
def test_a_theme_has_a_name_of_its_own(scene, client_as, typed: str, said: str) -> None:
    client = client_as("editor", everywhere=True)
    for path in ("/themes/add", f"/themes/{scene['returns']}/edit"):
        refused = client.submit(client.get(path), 422, name_cs=typed, note_cs="zůstane")
        assert refused.errors() == [said] and refused.value("note_cs").strip() == "zůstane"


def test_two_renamings_at_once_are_asked_about(scene, client_as, engine) -> None:
    first, second = client_as("editor", everywhere=True), client_as("editor", everywhere=True)
    path = f"/themes/{scene['returns']}/edit"
    mine = second.get(path)
    first.submit(first.get(path), name_cs="Návraty")
    clash = second.submit(mine, 409, name_cs="Návrat domů")
    second.submit(clash, **{"choose-name_cs": "theirs"})
    with transaction.unit(engine) as s:
        assert s.get_one(Theme, scene["returns"]).name_cs == "Návraty"


def test_only_who_writes_everywhere_adds_and_renames(scene, client_as) -> None:
    for client in (client_as("viewer"), client_as("editor", frameworks=[])):
        client.get("/themes/add", 403)
        client.get(f"/themes/{scene['returns']}/edit", 403)
    client_as("administrator").get("/themes/999999/edit", 404)
