"""Undoing a change on its page: what goes back, what stands in the way, and what the history says of it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import load_models
from portal.desk.actions import make_task
from portal.desk.rules import OF_THE_DESK
from portal.funding.actions import book_flow
from portal.history.beside.donors import OF_DONORS
from portal.history.beside.rates import OF_RATES
from portal.history.touched import TABLES
from portal.kernel import transaction
from portal.kernel.history import divergences, versioned_tables
from portal.kernel.record import Record
from portal.kernel.transaction import Change
from portal.projects.models import Project
from portal.sources.facts import Pair
from portal.standing.actions import set_standing
from tests.factories import accounts, changing, partners, progress
from tests.history.test_pages import entries, last
from tests.history.undoing import browser_of, post, sound, undo


def test_an_edit_goes_back_and_the_history_names_both_changes(editor, desk) -> None:
    edited = desk.edit(status="4", name=Pair("Podpora dobrovolných návratů", ""))
    page = editor.get(f"/changes/{edited}/undo")
    assert "Název (česky): Podpora dobrovolných návratů → Podpora návratů" in page.text.replace(" :", ":")
    assert "Stav: ukončeno → v realizaci" in page.text.replace(" :", ":")
    after = undo(editor, edited)
    assert f"Změna č. {edited} je vrácena zpět." in after.text
    assert after.link(f"vrací zpět změnu č. {edited}") == f"/changes/{edited}"
    assert "omylem" in after.text
    project = desk.project_now()
    assert (project.name_cs, project.status) == ("Podpora návratů", "2")
    before = editor.get(f"/changes/{edited}")
    assert before.link(f"vráceno zpět změnou č. {edited + 1}") == f"/changes/{edited + 1}"
    told = entries(editor.get(f"/records/{desk.project}/history"))
    assert f"vrací zpět změnu č. {edited}" in told[0] and f"vráceno zpět změnou č. {edited + 1}" in told[1]
    assert "návratů" in editor.get("/search?q=podpora+návratů").text
    sound(desk.engine)


def test_the_link_is_on_the_lines_a_person_may_undo_and_nowhere_in_the_past(editor, client_as, desk) -> None:
    edited = desk.edit(status="4")
    path = f"/records/{desk.project}/history"
    assert f"/changes/{edited}/undo" in editor.get(path).links()
    assert f"/changes/{edited}/undo" in editor.get(f"/changes/{edited}").links()
    assert not [a for a in client_as("viewer").get(path).links() if a.endswith("/undo")]
    assert not [a for a in editor.get(f"/k/{edited}{path}").links() if a.endswith("/undo")]
    assert f"/changes/{desk.loaded}/undo" not in editor.get(path).links(), "what was loaded is not undone on a page"
    assert editor.get(f"/k/{edited}/changes/{edited}/undo", status=302).location == f"/changes/{edited}/undo"
    undo(editor, edited)
    links = editor.get(path).links()
    assert f"/changes/{edited}/undo" not in links and f"/changes/{edited + 1}/undo" in links


def test_what_the_portal_was_loaded_with_is_not_undone_on_a_page(editor, client_as, desk) -> None:
    page = editor.get(f"/changes/{desk.loaded}/undo")
    assert "neudělal člověk v portálu" in page.text and not page.soup.main.find("form")
    english = client_as("administrator", lang="en").get(f"/changes/{desk.loaded}/undo")
    assert "was not made by a person in the portal" in english.text
    post(editor, desk.loaded, 409)
    assert last(desk.engine) == desk.loaded


def test_a_later_edit_of_another_field_stays(editor, desk) -> None:
    edited = desk.edit(status="4")
    desk.edit(website="https://example.org")
    undo(editor, edited)
    project = desk.project_now()
    assert (project.status, project.website) == ("2", "https://example.org")
    sound(desk.engine)


def test_conflicts_are_listed_in_both_languages_and_nothing_is_written(editor, desk) -> None:
    edited = desk.edit(status="4", description=Pair("Popis", ""))
    desk.edit(status="3")
    page = editor.get(f"/changes/{edited}/undo")
    [row] = page.soup.select("table.flow tbody tr")
    cells = [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])]
    assert cells[0] == "projekt Podpora návratů Stav"
    assert cells[1:3] == ["ukončeno", "dokončování"]
    assert cells[3].startswith("Od té doby se to znovu změnilo.")
    assert f"/records/{desk.project}/history" in page.links()
    assert not page.soup.main.find("form")
    editor.speak("en")
    page = editor.get(f"/changes/{edited}/undo")
    assert "1 thing stands in the way" in page.text and "It was changed again since." in page.text
    assert "The change made it" in page.text
    assert desk.project_now().status == "3"


def test_a_form_that_meets_a_conflict_made_meanwhile_is_refused(editor, desk) -> None:
    edited = desk.edit(status="4")
    page = editor.get(f"/changes/{edited}/undo")
    desk.edit(status="3")
    before = last(desk.engine)
    refused = editor.submit(page, status=409)
    assert "Nic se nezapsalo." in " ".join(refused.errors())
    assert last(desk.engine) == before and desk.project_now().status == "3"


def test_two_people_undo_the_same_change_and_the_second_is_told(editor, desk) -> None:
    with transaction.unit(desk.engine) as s:
        accounts.person(s, "administrator", login="druhy.clovek")
    other = browser_of(desk, editor.app, "druhy.clovek")
    edited = desk.edit(status="4")
    pages = [one.get(f"/changes/{edited}/undo") for one in (editor, other)]
    editor.submit(pages[0])
    refused = other.submit(pages[1], status=409)
    assert "Není co vracet" in refused.text
    assert refused.link(f"vráceno zpět změnou č. {edited + 1}") == f"/changes/{edited + 1}"
    assert last(desk.engine) == edited + 1


def test_an_added_project_goes_and_comes_back_with_all_that_hung_on_it(editor, desk) -> None:
    made, added = desk.add(status="2", description=Pair("Popis", ""))
    gone = undo(editor, added)
    assert "odebráno: projekt Nový projekt" in gone.text
    editor.get(f"/projects/{made}", status=404)
    assert "Nový projekt" not in editor.get("/search?q=nový+projekt").soup.main.get_text()
    assert "Nový projekt" in editor.get(f"/k/{added}/projects").text
    assert "přidáno: projekt Nový projekt" in editor.get(f"/changes/{added}").text
    sound(desk.engine)
    back = undo(editor, added + 1)
    assert "přidáno: projekt Nový projekt" in back.text
    page = editor.get(f"/projects/{made}")
    assert page.h1 == "Nový projekt" and "Popis" in page.text
    assert "Nový projekt" in editor.get("/search?q=nový+projekt").text
    sound(desk.engine)
    with Session(desk.engine) as s:
        assert s.get_one(Project, made).version > 1


def test_an_added_project_with_money_booked_since_stays(editor, desk) -> None:
    made, added = desk.add()
    with desk.changing() as s:
        values = {"booked": made, "amount": None, "unknown_reason": "not_stated", "provider": desk.commission}
        book_flow(s, desk.editor, values)
    page = editor.get(f"/changes/{added}/undo")
    assert "Závisí na něm něco, co přibylo později." in page.text
    assert "tok Evropská komise → Nový projekt" in page.text
    assert not page.soup.main.find("form")


def test_history_agrees_after_undo_and_redo(editor, desk) -> None:
    edited = desk.edit(status="4", description=Pair("Popis", "Text"))
    for n in range(3):
        undo(editor, edited + n)
    assert desk.project_now().status == "2"
    with desk.engine.connect() as connection:
        assert divergences(connection) == []
    with Session(desk.engine) as s:
        assert s.scalars(select(Change.undoes).order_by(Change.id.desc()).limit(3)).all() == [
            edited + 2,
            edited + 1,
            edited,
        ]


def test_an_undone_undo_can_be_undone_again_from_the_page(editor, desk) -> None:
    edited = desk.edit(status="4")
    undo(editor, edited)
    undo(editor, edited + 1)
    assert f"/changes/{edited}/undo" in editor.get(f"/changes/{edited}").links()
    assert desk.project_now().status == "4"


def test_history_knows_whose_every_versioned_row_is() -> None:
    assert {*TABLES, *OF_THE_DESK, *OF_RATES, *OF_DONORS} == {table.name for table in versioned_tables(load_models())}


def test_a_name_changed_in_one_language_is_told_in_that_one(editor, desk) -> None:
    edited = desk.edit(name=Pair("Podpora návratů", "Support of returns"))
    page = editor.get(f"/changes/{edited}/undo")
    assert "Název (anglicky): Support of returns → neuvedeno" in page.text.replace("\xa0", " ")
    assert page.soup.find("del").find("span", lang="en").get_text() == "Support of returns"


def test_what_stands_in_the_way_is_said_without_rows_that_say_nothing(editor, desk) -> None:
    """The reason beside a standing is a column of its own, and means nothing without it."""
    changes = []
    for standing in ("archived", "withdrawn"):
        with desk.changing() as s:
            set_standing(s, desk.editor, s.get_one(Project, desk.project), standing, f"Proto: {standing}.")
        changes.append(last(desk.engine))
    (row,) = editor.get(f"/changes/{changes[0]}/undo").soup.select("main tbody tr")
    said = [" ".join(cell.get_text(" ").split()) for cell in row.find_all("td")]
    assert said[:2] == ["archivováno", "vyřazeno"] and said[2].startswith("Od té doby se to znovu změnilo.")
    with desk.changing() as s:
        set_standing(s, desk.editor, s.get_one(Project, desk.project), "archived", "Přece jen.")
    undo_page = editor.get(f"/changes/{changes[0]}/undo")
    assert "–" not in [cell.get_text(strip=True) for cell in undo_page.soup.select("main tbody td")]
    added, made = desk.add()
    with desk.changing() as s:
        values = {"booked": added, "amount": None, "unknown_reason": "not_stated", "provider": desk.commission}
        book_flow(s, desk.editor, values)
    told = editor.get(f"/changes/{made}/undo").soup.select("main tbody tr")
    assert {cell.get("colspan") for row in told for cell in row.find_all("td")} == {"3"}
    assert "Závisí na něm" in told[0].get_text()


def test_what_stands_in_the_way_is_called_by_what_it_joins(editor, desk) -> None:
    """A status update, a link and a task have no name that could be told."""
    made, added = desk.add()
    with transaction.unit(desk.engine) as s:
        project = s.get_one(Record, made)
        progress.update(s, project, "2026-03-01", happened="Běží")
        partners.link(s, project, s.get_one(Record, desk.project))
        with changing(s):
            make_task(s, desk.editor, project, {"title": "Zavolat", "assignee": desk.editor.person_id})
    page = editor.get(f"/changes/{added}/undo")
    rows = [" ".join(row.get_text(" ").split()) for row in page.soup.select("table.flow tbody tr")]
    assert all(head.get_text(strip=True) for head in page.soup.select("table.flow tbody th")), rows
    assert "#" not in "".join(rows) and "k 1. 3. 2026" in "".join(rows) and "Podpora návratů" in "".join(rows), rows
    assert any(row.endswith("úkol Historie : projekt Nový projekt") for row in rows), rows
