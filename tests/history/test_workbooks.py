"""History tells of workbooks of recipients to whom may see them: what was uploaded, mapped, withdrawn."""

from __future__ import annotations

from datetime import date

import pytest

from portal.donor_workbooks.actions import (
    ask_again,
    edit_cell,
    edit_file,
    edit_workbook,
    map_cells,
    unmap_cell,
    withdraw_workbook,
)
from portal.donor_workbooks.models import DonorFile, DonorLetGo
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.transaction import change
from portal.kernel.veil import drape
from tests.factories import accounts, donor_workbooks, funding
from tests.history.test_pages import entries


class Story:
    """A workbook of a foundation with one file, mapped; then one change for each thing people do with it, by name."""

    def __init__(self, engine) -> None:
        self.engine, self.changes = engine, {}
        with self.step("added") as s:
            self.foundation = funding.organisation(s, "Tajná nadace").id
            self.fund = funding.organisation(s, "Fond").id
        with self.step("made") as s:
            of = donor_workbooks.workbook(s, name_cs="Výkaz nadace", recipient=self.foundation)
            made = donor_workbooks.file(
                s, of, {"Information!B3": "contract.number", "Information!B4": "contract.title"}
            )
            self.file, self.workbook = made.id, of.id
        with self.step("mapped") as s:
            file = s.get_one(DonorFile, self.file)
            first, second = file.cells
            kept = {name: getattr(first, name) for name in ("key", "last", "language", "counting", "otherwise")}
            edit_cell(
                s,
                SYSTEM,
                first,
                first.version,
                donor_workbooks.cell("Information!B3", "contract.number") | kept | {"text_limit": 40},
            )
            unmap_cell(s, SYSTEM, second)
            map_cells(s, SYSTEM, file, [donor_workbooks.cell("Information!B9", "subject.description")])
        with self.step("let go") as s:
            s.add(DonorLetGo(file_id=self.file, sheet="Information", row=4, column=2, key="contract.title"))
        with self.step("asked again") as s:
            ask_again(s, SYSTEM, s.get_one(DonorFile, self.file).let_go[0])
        with self.step("moved") as s:
            file = s.get_one(DonorFile, self.file)
            edit_file(s, SYSTEM, file, file.version, date(2014, 1, 1), None)
        with self.step("withdrawn") as s:
            workbook = s.get_one(DonorFile, self.file).workbook
            withdraw_workbook(s, SYSTEM, workbook, workbook.version, "Nadace vydala nový.")

    def step(self, name: str):
        return _Step(self, name)

    def hide(self) -> None:
        with self.step("hidden") as s:
            foundation = s.get_one(Record, self.foundation)
            foundation.confidential = True
            drape(s, [foundation])

    def give(self, recipient: int, name: str) -> None:
        with self.step(name) as s:
            workbook = s.get_one(DonorFile, self.file).workbook
            values = {"name_cs": workbook.name_cs, "name_en": "", "recipient": recipient, "kinds": [], "note": ""}
            edit_workbook(s, SYSTEM, workbook, workbook.version, values)


class _Step:
    def __init__(self, story: Story, name: str) -> None:
        self.story, self.name = story, name

    def __enter__(self):
        self.unit = transaction.unit(self.story.engine)
        s = self.unit.__enter__()
        self.change = change(s, None, "form", actor_name="Výkaznice")
        self.story.changes[self.name] = self.change.__enter__().id
        return s

    def __exit__(self, *error) -> None:
        self.change.__exit__(*error)
        self.unit.__exit__(*error)


@pytest.fixture
def story(engine) -> Story:
    return Story(engine)


def test_what_was_done_with_a_workbook_is_told_and_leads_to_it(story, client_as) -> None:
    viewer = client_as("viewer", lang="cs")
    told = entries(viewer.get("/changes"))[:6]
    assert "formulář adresáta Výkaz nadace : vyřazen: Nadace vydala nový." in told[0]
    assert "Soubor č. 1 , pro období: 1. 1. 2014 – 31. 12. 2014 → od 1. 1. 2014" in told[1]
    assert "Soubor č. 1 : znovu žádá: Název smlouvy" in told[2] and "Soubor č. 1 : už nežádá: Název smlouvy" in told[3]
    assert "Přiřazení buněk souboru č. 1 : přidána 1 buňka, změněna 1 buňka, odebrána 1 buňka" in told[4]
    assert "přidáno: formulář adresáta Výkaz nadace" in told[5] and "přidán: report 2014.xlsx, pro období:" in told[5]
    assert "přidány 2 buňky" in told[5] and "Information" not in told[5], (
        "a list counts cells, their own page names them"
    )
    page = viewer.get(f"/changes/{story.changes['mapped']}")
    words = page.text.replace("\xa0", " ")
    assert (
        "Information, B3, Mez délky textu: – → 40" in words
        and "Information, B9: " in words
        and "Information, B4: " in words
    )
    assert {f"/donor-workbooks/{story.workbook}", f"/donor-files/{story.file}"} <= set(page.links())


def test_a_workbook_has_the_history_of_its_mapping_beside_it(story, client_as) -> None:
    officer = client_as("reporting_officer", everywhere=True, lang="cs")
    page = officer.get(f"/donor-workbooks/{story.workbook}")
    assert len(page.soup.select("#history ol.hist > li")) == 3
    page = officer.get(page.link("Všechny změny"))
    told = entries(page)
    assert len(told) == 6 and "systém" in told[4] and "Information, B3, Mez délky textu: – → 40" in told[4]
    assert not any("Výkaz nadace" in entry for entry in told[:5]), "the page says whose history it is"
    assert f"/k/{story.changes['mapped']}/donor-workbooks/{story.workbook}" in page.links()
    then = entries(officer.get(f"/k/{story.changes['mapped']}/donor-workbooks/{story.workbook}/history"))
    assert len(then) == 2, "the past knows nothing of what came after"
    undo = f"/changes/{story.changes['mapped']}/undo"
    assert undo not in officer.get(f"/changes/{story.changes['mapped']}").links()
    assert "tady zpět nevrací" in officer.get(undo).text


def test_history_hides_a_workbook_with_its_recipient(story, client_as) -> None:
    story.hide()
    stranger = client_as("administrator", lang="cs")
    for path in ("/changes", f"/k/{story.changes['moved']}/changes"):
        assert "nadace" not in stranger.get(path).text.lower(), path
    for name in ("made", "mapped", "withdrawn"):
        stranger.get(f"/changes/{story.changes[name]}", 404)
        stranger.get(f"/changes/{story.changes[name]}/undo", 404)
    stranger.get(f"/donor-workbooks/{story.workbook}/history", 404)
    stranger.get(f"/k/{story.changes['moved']}/donor-workbooks/{story.workbook}/history", 404)
    with transaction.unit(story.engine) as s, change(s, None, "command", actor_name=SYSTEM.name):
        reader = accounts.person(s, "viewer")
        accounts.actions.name_reader(s, SYSTEM, s.get_one(Record, story.foundation), reader)
        token = accounts.session_of(s, reader)
    assert "Nadace vydala nový." in accounts.browser(stranger.app, token).get("/changes").text


def test_a_workbook_that_lay_under_a_hidden_recipient_has_no_history_before(story, client_as) -> None:
    story.give(story.fund, "given")
    story.hide()
    stranger = client_as("administrator", lang="cs")
    page = stranger.get(f"/donor-workbooks/{story.workbook}/history")
    assert [entry.partition("přidáno")[1] for entry in entries(page)] == ["přidáno"]
    assert "Tajná" not in stranger.get("/changes").text
    stranger.get(f"/changes/{story.changes['mapped']}", 404)


def test_a_workbook_that_is_hidden_today_is_hidden_in_the_past_when_it_was_not(story, client_as) -> None:
    story.give(story.fund, "given")
    story.give(story.foundation, "taken")
    viewer = client_as("viewer")
    then = f"/k/{story.changes['given']}"
    pages = [f"{then}/donor-workbooks/{story.workbook}", f"{then}/donor-files/{story.file}"]
    for path in pages:
        viewer.get(path)
    story.hide()
    for path in (*pages, f"{pages[0]}/history"):
        viewer.get(path, 404)
    assert "Výkaz nadace" not in viewer.get(f"{then}/donor-workbooks").text
