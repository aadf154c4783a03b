"""A list of a past moment: the rows of then, the same bytes whenever it is taken, and it says when it speaks of."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Engine, func, select

from portal.kernel import clock, transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.transaction import Change
from portal.projects.actions import edit_project
from portal.projects.models import Project
from portal.sources.facts import Pair
from tests.exchange import files
from tests.factories import changing, funding


def rename(engine: Engine, name: str) -> int:
    """ERIS called otherwise and a project added. Gives the change before."""
    with transaction.unit(engine) as s:
        before = s.scalar(select(func.max(Change.id)))
        with changing(s):
            edit_project(
                s, SYSTEM, s.scalar(select(Project).where(Project.acronym == "ERIS")), {"name": Pair(name, name)}
            )
        funding.project(s, "Přibyl později")
    return before


def test_a_file_of_the_past_holds_the_rows_of_then(seeded_as, seeded_engine: Engine):
    client = seeded_as("viewer", lang="cs")
    before = rename(seeded_engine, "Přejmenovaný projekt")
    then = {row["name_cs"] for row in files.rows(client, "projects", at=f"/k/{before}")}
    now = {row["name_cs"] for row in files.rows(client, "projects")}
    assert now - then == {"Přejmenovaný projekt", "Přibyl později"}
    assert len(then) == 14


def test_it_says_that_it_is_of_the_past_and_is_the_same_whenever_taken(seeded_as, seeded_engine: Engine):
    client = seeded_as("viewer", lang="cs")
    before = rename(seeded_engine, "Přejmenovaný projekt")
    path = f"/k/{before}/exports/projects.xlsx?sort=-name"
    first = client.browser.get(path)
    with clock.stopped_at(clock.present() + timedelta(minutes=5)):
        second = client.browser.get(path)
    assert first.data == second.data
    assert "projekty-jak-bylo-" in first.headers["Content-Disposition"]
    assert f"-k{before}.xlsx" in first.headers["Content-Disposition"]
    ws = files.workbook(client, "projects", at=f"/k/{before}").worksheets[0]
    assert "Jak portál vypadal " in ws["A3"].value and "Vytvořeno" not in ws["A3"].value
    assert ws.parent.custom_doc_props["portal_change"].value == before


def test_links_on_a_page_of_the_past_lead_to_files_of_the_past(seeded_as, seeded_engine: Engine):
    client = seeded_as("viewer", lang="cs")
    before = rename(seeded_engine, "Přejmenovaný projekt")
    page = files.Page(client.browser.get(f"/k/{before}/projects"), "/")
    assert page.link("Tento seznam jako soubor Excel") == f"/k/{before}/exports/projects.xlsx"


def test_a_file_of_today_notes_the_last_change(seeded_as, seeded_engine: Engine):
    client = seeded_as("viewer", lang="cs")
    before = rename(seeded_engine, "Přejmenovaný projekt")
    kept = files.workbook(client, "projects").custom_doc_props
    assert kept["portal_change"].value > before
    assert (kept["portal_sheet"].value, kept["portal_lang"].value) == ("projects", "cs")
