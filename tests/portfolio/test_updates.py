"""The list of status updates: its order, its filters, its files."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.progress.models import StatusUpdate
from portal.projects.actions import edit_project
from tests.exchange import files
from tests.factories import accounts, changing, frameworks, partners, progress, projects, sources


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """Updates of a project in a framework, of a project elsewhere, and of the framework itself; ids by name."""
    with transaction.unit(engine) as s, changing(s):
        top, other = frameworks.framework(s, "Pražský proces"), frameworks.framework(s, "Budapešťský proces")
        eris, panel = projects.project(s, "ERIS", framework=top), projects.project(s, "Panel", framework=other)
        progress.update(s, eris, "2015-06", light="ok", status="4", happened="Závěrečný seminář v Praze.", lang="cs")
        progress.update(
            s, eris, "2014", sources.support(s, "public"), light="warn", happened="Zdržení.", next_steps="Nový plán."
        )
        progress.update(s, panel, "2016-02", light="bad", happened="Odloženo.")
        progress.update(s, top, "2015-01-15", happened="Jednání vyšších úředníků.")
        iom, georgia = partners.organisation(s, "IOM"), partners.country(s)
        partners.role(s, eris, iom, "lead")
        partners.role(s, top, georgia, "partner_country")
        clerk = accounts.person(s, "editor")
        edit_project(s, SYSTEM, panel, {"countries": [georgia.id], "responsible": clerk.id})
        return {
            "top": top.id, "eris": eris.id, "panel": panel.id, "iom": iom.id, "georgia": georgia.id, "clerk": clerk.id,
        }  # fmt: skip


def told(page) -> list[str]:
    return [" ".join(cell.get_text(" ").split()) for cell in page.soup.select("tbody td[data-l='Co se stalo']")]


def test_the_latest_stand_first_and_lead_to_their_records(scene, client_as) -> None:
    page = client_as("viewer", lang="cs").get("/updates")
    assert told(page) == ["Odloženo.", "Závěrečný seminář v Praze.", "Jednání vyšších úředníků.", "Zdržení."]
    assert page.link("Panel") == f"/projects/{scene['panel']}#status"
    assert "4 zprávy o stavu" in page.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("framework={top}", ["Závěrečný seminář v Praze.", "Jednání vyšších úředníků.", "Zdržení."]),
        ("record={eris}", ["Závěrečný seminář v Praze.", "Zdržení."]),
        ("light=warn", ["Zdržení."]),
        ("light=none", ["Jednání vyšších úředníků."]),
        ("status=4", ["Závěrečný seminář v Praze."]),
        ("year=2015", ["Závěrečný seminář v Praze.", "Jednání vyšších úředníků."]),
        ("country={georgia}", ["Odloženo.", "Jednání vyšších úředníků."]),
        ("organisation={iom}", ["Závěrečný seminář v Praze.", "Zdržení."]),
        ("organisation={iom}&role=partner", []),
        ("role=partner_country", ["Jednání vyšších úředníků."]),
        ("responsible={clerk}", ["Odloženo."]),
        ("certainty=public", ["Zdržení."]),
        ("q=seminare", ["Závěrečný seminář v Praze."]),
        ("q=novy+plan", ["Zdržení."]),
        ("q=eris", ["Závěrečný seminář v Praze.", "Zdržení."]),
        ("q=xyzzy", []),
    ],
)
def test_the_list_is_filtered(scene, client_as, query: str, found: list[str]) -> None:
    assert told(client_as("viewer", lang="cs").get(f"/updates?{query.format(**scene)}")) == found


def test_the_file_holds_the_rows_of_the_page(scene, client_as) -> None:
    rows = files.rows(client_as("viewer", lang="cs"), "updates", f"?record={scene['eris']}")
    assert [(r["of"], r["held_on"], r["light"], r["happened"], r["next_steps"]) for r in rows] == [
        ("ERIS", "červen\u00a02015", "v pořádku", "Závěrečný seminář v Praze.", None),
        ("ERIS", "2014", "pozor", "Zdržení.", "Nový plán."),
    ]
    lines = files.lines(client_as("viewer", lang="cs"), "updates")
    assert len(lines) == 4 and "Odloženo." in lines[0]


def test_home_leads_to_the_list_and_a_correction_is_searched_at_once(scene, client_as, engine) -> None:
    client = client_as("editor", everywhere=True)
    assert client.get("/").link("Všechny zprávy o stavu") == "/updates"
    with transaction.unit(engine) as s:
        update = s.scalars(select(StatusUpdate.id).where(StatusUpdate.happened == "Zdržení.")).one()
    client.submit(client.get(f"/updates/{update}/edit"), happened="Přerušeno.")
    assert told(client.get("/updates?q=preruseno")) == ["Přerušeno."]
    assert told(client.get("/updates?q=zdrzeni")) == []
