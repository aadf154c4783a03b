"""A confidential record is absent, not blanked, from every page, count, search, figure, file and moment."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from sqlalchemy import select

from portal.accounts.models import Person
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record, RecordVeil
from portal.kernel.settling import settle
from portal.kernel.transaction import change
from portal.kernel.when import When
from portal.partners.actions import end_role, give_role, link
from portal.progress.actions import report_status
from portal.projects.actions import edit_project
from portal.sources.actions import Quotation, Support
from portal.sources.facts import Pair
from tests.factories import accounts, frameworks, funding

SECRET = "Utajený"


@pytest.fixture
def world(engine):
    """A visible project and organisation, and a secret project tied to both; its past from before it was secret."""
    made = {}
    with transaction.unit(engine) as s, change(s, None, "form", actor_name="zkouška") as first:
        framework = frameworks.framework(s, "Pražský proces")
        organisation = funding.organisation(s, "Evropská komise")
        source = funding.document(s, f"{SECRET} dopis")
        backed = Support("document", (Quotation(source.id, "s. 1", f"{SECRET} citát"),))
        project = funding.project(s, f"{SECRET} projekt", framework=framework, status="2", backed=backed)
        visible = funding.project(s, "Veřejný projekt", framework=framework, status="2")
        funding.flow(s, project, 900, provider=organisation.id)
        funding.flow(s, visible, 100, provider=organisation.id)
        give_role(s, SYSTEM, project, organisation, "donor", Pair(f"{SECRET} dárce", ""))
        partner = give_role(s, SYSTEM, project, organisation, "partner", Pair(f"{SECRET} partner", ""))
        link(s, SYSTEM, project, "possibly_same", visible)
        report_status(
            s, SYSTEM, project, {"light": "bad", "happened": f"{SECRET} zpráva", "held_on": When("2026-01-01")}
        )
        made |= {"project": project.id, "visible": visible.id, "framework": framework.id, "organisation": organisation.id,
                 "source": source.id, "before": first.id, "partner": partner.id}  # fmt: skip
        reader = accounts.person(s, "viewer")
        accounts.actions.name_reader(s, SYSTEM, project, reader)
        accounts.actions.name_reader(s, SYSTEM, source, reader)
        made["token"] = accounts.session_of(s, reader)
    with transaction.unit(engine) as s, change(s, None, "form", actor_name="zkouška") as second:
        end_role(s, SYSTEM, s.get_one(Record, made["partner"]))
        edit_project(s, SYSTEM, s.get_one(Record, made["project"]), {"confidential": True})
        source = s.get_one(Record, made["source"])
        source.confidential = True
        settle(s, [source])
        made["after"] = second.id
    return made


def paths(world) -> list[str]:
    """Pages on which the secret could show."""
    return [
        "/", "/work?scope=all", "/search?q=utajeny", "/search?q=komise", "/frameworks", "/projects",
        f"/projects?framework={world['framework']}", f"/projects?organisation={world['organisation']}",
        f"/projects/{world['visible']}", f"/frameworks/{world['framework']}", f"/organisations/{world['organisation']}",
        "/organisations", "/countries", "/sources", "/funding", "/funding/known_funding/records", "/flows", "/changes",
        f"/changes/{world['before']}", f"/records/{world['visible']}/history", f"/records/{world['framework']}/history",
    ]  # fmt: skip


@pytest.mark.shared_out("role", ["viewer", "administrator"])
def test_no_page_of_today_or_of_the_past_names_it_to_a_stranger(client_as, world, role) -> None:
    stranger = client_as(role, lang="cs")
    for path in paths(world):
        for prefix in ("", f"/k/{world['before']}", f"/k/{world['after']}"):
            answer = stranger.browser.get(prefix + path)
            assert answer.status_code in (200, 404), f"{prefix}{path}: {answer.status_code}"
            text = answer.get_data(as_text=True).replace("q=utajeny", "")
            # As a number of its own: the digits alone turn up in the microseconds of a time.
            assert SECRET not in text and not re.search(r"\b900\b", text), f"{role}: {prefix}{path}"


def test_its_own_addresses_are_not_found(client_as, world) -> None:
    stranger = client_as("administrator")
    for path in (f"/projects/{world['project']}", f"/projects/{world['project']}/edit", f"/records/{world['project']}/history",
                 f"/records/{world['project']}/status", f"/sources/{world['source']}"):  # fmt: skip
        stranger.get(path, status=404)
        if not path.endswith(("edit", "status")):
            stranger.get(f"/k/{world['before']}{path}", status=404)


def test_counts_figures_and_files_know_nothing_of_it(client_as, world) -> None:
    stranger = client_as("viewer", lang="cs")
    assert "1 projekt" in stranger.get("/projects").text
    assert "100 EUR" in stranger.get("/funding").text
    body = stranger.browser.get("/exports/projects.xlsx").data
    cells = [str(cell.value) for row in openpyxl.load_workbook(io.BytesIO(body)).active for cell in row]
    assert any("Veřejný projekt" in cell for cell in cells) and not any(SECRET in cell for cell in cells)
    assert SECRET not in stranger.browser.get("/exports/projects.csv").get_data(as_text=True)


def test_who_is_named_finds_it_everywhere(client_as, app, world) -> None:
    client_as("viewer")
    named = accounts.browser(app, world["token"])
    named.speak("cs")
    assert "2 projekty" in named.get("/projects").text
    assert f"{SECRET} projekt" in named.get("/search?q=utajeny").text
    assert "1 000 EUR" in named.get("/funding").text
    assert f"{SECRET} zpráva" in named.get(f"/projects/{world['project']}").text
    assert f"{SECRET} projekt" in named.get(f"/k/{world['before']}/projects").text


def test_a_question_that_names_a_confidential_record_is_hidden_with_it(seeded_engine, seeded_app, seeded_as) -> None:
    with transaction.unit(seeded_engine) as s:
        ids = dict(s.execute(select(Record.key, Record.id).where(Record.kind.in_(("question", "project")))).all())
        reader = accounts.person(s, "viewer")
        token, reader_id = accounts.session_of(s, reader), reader.id
    names_it = [ids[f"question-{n:02}"] for n in (8, 9, 10)]  # the first is about another project
    stranger = seeded_as("administrator", lang="cs")
    assert all(stranger.get(f"/questions/{i}").status == 200 for i in names_it)

    def keep_secret(confidential: bool) -> None:
        with transaction.unit(seeded_engine) as s, change(s, None, "form", actor_name="zkouška"):
            eris = s.get_one(Record, ids["eris"])
            accounts.actions.name_reader(s, SYSTEM, eris, s.get_one(Person, reader_id))
            edit_project(s, SYSTEM, eris, {"confidential": confidential})

    keep_secret(True)
    for path in ("/questions", f"/projects/{ids['georgia-flagship-2010-2013']}", "/changes", "/exports/questions.csv"):
        assert "ERIS" not in stranger.browser.get(path).get_data(as_text=True), path
    assert [stranger.browser.get(f"/questions/{i}").status_code for i in names_it] == [404] * 3
    named = accounts.browser(seeded_app, token)
    assert [named.browser.get(f"/questions/{i}").status_code for i in names_it] == [200] * 3
    with transaction.unit(seeded_engine) as s, change(s, None, "form", actor_name="zkouška"):
        kept = {tuple(row) for row in s.execute(select(RecordVeil.record_id, RecordVeil.veil_id))}
        settle(s, s.scalars(select(Record)).all())
        assert kept == {tuple(row) for row in s.execute(select(RecordVeil.record_id, RecordVeil.veil_id))}, (
            "as made anew"
        )
    keep_secret(False)
    assert all(stranger.get(f"/questions/{i}").status == 200 for i in names_it)
