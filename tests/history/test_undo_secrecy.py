"""An undo tells nobody of what is hidden from them, and takes nothing from those who are named."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.frameworks.actions import edit_framework
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record, RecordReader
from portal.kernel.transaction import change
from portal.projects.actions import add_project, edit_project
from portal.sources.facts import Pair
from tests.factories import accounts
from tests.history.test_pages import last
from tests.history.undoing import browser_of, hide, post, sound, undo


def test_a_change_that_touched_something_hidden_is_refused_without_saying_what(editor, client_as, desk) -> None:
    secret, _added = desk.add("Tajný projekt")
    with desk.changing() as s:
        for i, name in ((desk.project, "Veřejný název"), (secret, "Tajný název")):
            edit_project(s, desk.editor, s.get_one(Record, i), {"name": Pair(name, "")})
    both = last(desk.engine)
    with desk.changing() as s:
        edit_project(s, desk.editor, s.get_one(Record, secret), {"status": "4"})
    alone = last(desk.engine)
    hide(desk, secret)
    page = editor.get(f"/changes/{both}/undo")
    assert "není přístupné" in page.text and "Tajn" not in page.text and not page.soup.main.find("form")
    post(editor, both, 409)
    editor.get(f"/changes/{alone}/undo", status=404)
    named = browser_of(desk, editor.app, "jmenovana")
    undo(named, both)
    assert desk.project_now().name_cs == "Podpora návratů"


def test_something_hidden_that_hangs_on_an_added_record_is_not_told_of(editor, desk) -> None:
    made, added = desk.add()
    with transaction.unit(desk.engine) as s, change(s, None, "form", actor_name="Jiný referent"):
        part = add_project(s, SYSTEM, {"name": Pair("Tajná část", ""), "umbrella": made}).id
    hide(desk, part)
    page = editor.get(f"/changes/{added}/undo")
    assert "není přístupné" in page.text and "Tajn" not in page.text and "přibylo" not in page.text


def test_a_confidential_record_is_not_taken_away(editor, desk) -> None:
    made, added = desk.add("Tajný projekt", confidential=True)
    page = editor.get(f"/changes/{added}/undo")
    assert "Nejdřív ho zpřístupněte." in page.text and not page.soup.main.find("form")
    editor.get(f"/projects/{made}")


def test_what_was_opened_and_is_hidden_again_by_an_undo_is_seen_by_whoever_undid(editor, client_as, desk) -> None:
    desk.edit(confidential=True)
    opened = desk.edit(confidential=False)
    page = editor.get(f"/changes/{opened}/undo")
    assert "Vědět o něm budete jen vy" in page.text
    undo(editor, opened)
    assert editor.get(f"/projects/{desk.project}").h1 == "Podpora návratů"
    client_as("administrator").get(f"/projects/{desk.project}", status=404)
    sound(desk.engine)


def test_a_record_made_confidential_is_open_again_and_nobody_is_named(editor, client_as, desk) -> None:
    hidden = desk.edit(confidential=True)
    undo(editor, hidden)
    assert client_as("viewer").get(f"/projects/{desk.project}").h1 == "Podpora návratů"
    with Session(desk.engine) as s:
        assert s.scalars(select(RecordReader)).all() == []
    sound(desk.engine)


def test_what_was_taken_away_stays_hidden_with_what_it_lay_under(editor, client_as, desk) -> None:
    """A project goes by an undo; later its framework becomes confidential: the past must not show the project either."""
    _made, added = desk.add("Zmizelý projekt")
    undo(editor, added)
    viewer = client_as("viewer", lang="cs")
    assert "Zmizelý" in viewer.get(f"/k/{added}/projects").text
    assert "Zmizelý" in viewer.get("/changes").text
    with transaction.unit(desk.engine) as s, change(s, None, "command", actor_name=SYSTEM.name):
        framework = s.get_one(Record, desk.framework)
        accounts.actions.name_reader(s, SYSTEM, framework, s.get_one(Person, desk.editor.person_id))
        edit_framework(s, SYSTEM, framework, {"confidential": True})
    for path in (f"/k/{added}/projects", "/changes", f"/k/{added}/changes", f"/k/{added}/search?q=zmizelý+projekt"):
        assert "Zmizelý" not in viewer.get(path).soup.main.get_text().replace("zmizelý", ""), path
    viewer.get(f"/changes/{added}", status=404)
    assert "Zmizelý" in editor.get("/changes").text
    sound(desk.engine)
