"""The reference number of a document and the mark of its file are two things: each has one name everywhere, both are found."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.kernel import codes, transaction
from portal.kernel.record import Record
from tests.exchange.files import rows
from tests.factories import changing, frameworks, funding, projects

NAMES = {"cs": ("Číslo jednací", "Spisová značka"), "en": ("Reference number", "File mark")}
UNITS = ("reference", "file_mark")


@pytest.mark.parametrize("lang", ["cs", "en"])
def test_the_form_the_profile_and_the_export_call_them_the_same(engine, client_as, lang: str) -> None:
    with transaction.unit(engine) as s, changing(s):
        project_id = projects.project(s, reference="MV-1/2014", file_mark="OAM-7/SP-2014").id
    client = client_as("editor", everywhere=True)
    client.speak(lang)
    form, page = client.get(f"/projects/{project_id}/edit").soup, client.get(f"/projects/{project_id}").soup
    for unit, name, value in zip(UNITS, NAMES[lang], ("MV-1/2014", "OAM-7/SP-2014"), strict=True):
        assert form.find("label", attrs={"for": unit}).find(string=True, recursive=False).strip() == name
        assert page.find("dd", string=value).find_previous_sibling("dt").get_text(strip=True) == name
        assert codes.fact_label("project", unit, lang) == name


def test_a_file_mark_is_written_beside_the_number_found_listed_and_told_by_history(engine: Engine, client_as) -> None:
    with transaction.unit(engine) as s, changing(s):
        framework = frameworks.framework(s, "Dialog")
        places = {
            "projects": funding.project(s, "Návraty", framework=framework).id,
            "sources": funding.document(s, "Zápis").id,
        }
        places["contracts"] = funding.contract(s, s.get_one(Record, places["projects"]), "SML/1").id
    editor = client_as("editor", everywhere=True)
    for n, (place, record_id) in enumerate(places.items(), 1):
        page = editor.get(f"/{place}/{record_id}/edit")
        editor.submit(page, 303, reference=f"MV-{n}-2/OAM-2014", file_mark=f"SZ-{n}7/OAM-2014")
        with Session(engine) as s:
            record = s.get_one(Record, record_id)
            assert (record.reference, record.file_mark) == (f"MV-{n}-2/OAM-2014", f"SZ-{n}7/OAM-2014")
        told = editor.get(f"/records/{record_id}/history").text
        assert f"Spisová značka: neuvedeno → SZ-{n}7/OAM-2014" in told.replace("\u00a0", " ").replace("\u2060", "")
        for asked in (f"SZ-{n}7/OAM-2014", f"sz {n}7 oam 2014"):
            found = [
                a["href"] for a in editor.get(f"/search?q={asked.replace(' ', '+')}").soup.main.find_all("a", href=True)
            ]
            assert f"/{place}/{record_id}" in found
    [line] = rows(editor, "projects")
    assert (line["reference"], line["file_mark"]) == ("MV-1-2/OAM-2014", "SZ-17/OAM-2014")
