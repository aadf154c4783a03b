"""Undoing a change on its page: what goes back, what stands in the way, who may, and what the history says of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.funding.actions import book_flow
from portal.kernel import transaction
from portal.kernel.history import divergences
from portal.kernel.permission import SYSTEM, visible_to
from portal.kernel.record import Record
from portal.kernel.transaction import Change, change
from portal.ops import checks
from portal.partners import actions as partners
from portal.partners.models import Participation
from portal.projects.actions import add_project, edit_project
from portal.projects.models import Project
from portal.sources.facts import Pair
from tests.client import Client
from tests.factories import accounts, frameworks, funding
from tests.history.test_pages import entries, last


class Desk:
    """A framework with a project, and an editor who may write there; ids and changes by name."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        with transaction.unit(engine) as s:
            framework = frameworks.framework(s, "Pražský proces")
            project = funding.project(s, "Podpora návratů", framework=framework, status="2")
            commission = funding.organisation(s, "Evropská komise")
            editor = accounts.person(s, "editor", login="referent", name="Referent odboru", frameworks=[framework.id])
            self.framework, self.project, self.commission = framework.id, project.id, commission.id
            self.editor = accounts.queries.actor_of(s, editor)
        self.loaded = last(engine)

    @contextmanager
    def changing(self, door: str = "form") -> Iterator[Session]:
        with (
            transaction.unit(self.engine) as s,
            change(s, self.editor.person_id, door, actor_name=self.editor.name, reason="podle dopisu"),
        ):
            yield s

    def edit(self, **values) -> int:
        with self.changing() as s:
            edit_project(s, self.editor, s.get_one(Record, self.project), values)
        return last(self.engine)

    def add(self, name: str = "Nový projekt", **values) -> tuple[int, int]:
        """A project added in the framework; its id and the change."""
        with self.changing() as s:
            made = add_project(s, self.editor, {"name": Pair(name, ""), "framework": self.framework, **values}).id
        return made, last(self.engine)

    def project_now(self) -> Project:
        with Session(self.engine) as s:
            found = s.get_one(Project, self.project)
            s.expunge_all()
            return found


@pytest.fixture
def desk(engine) -> Desk:
    return Desk(engine)


@pytest.fixture
def editor(client_as, desk) -> Client:
    """The browser of the editor."""
    app = client_as("viewer").app
    return browser_of(desk, app, "referent")


def browser_of(desk: Desk, app, login: str, lang: str = "cs") -> Client:
    with transaction.unit(desk.engine) as s:
        token = accounts.session_of(s, s.scalars(select(Person).where(Person.login == login)).one())
    browser = accounts.browser(app, token)
    browser.speak(lang)
    return browser


def undo(browser: Client, change_id: int, reason: str = "omylem"):
    """Undo it on its page; the page of the new change."""
    page = browser.get(f"/changes/{change_id}/undo")
    return browser.follow(browser.submit(page, reason=reason))


def sound(engine: Engine) -> None:
    """What `portal check` asks, the derived tables included."""
    assert {name: troubles for name, troubles in checks.run(engine) if troubles} == {}


def test_an_edit_goes_back_and_the_history_names_both_changes(editor, desk) -> None:
    edited = desk.edit(status="4", name=Pair("Podpora dobrovolných návratů", ""))
    page = editor.get(f"/changes/{edited}/undo")
    assert "Název: Podpora dobrovolných návratů → Podpora návratů" in page.text.replace(" :", ":")
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
    token = editor.get("/account").soup.find("input", attrs={"name": "csrf_token"})["value"]
    editor.post(f"/changes/{desk.loaded}/undo", {"csrf_token": token}, status=409)
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


def test_a_role_that_was_taken_away_comes_back_under_its_own_number(editor, desk) -> None:
    with desk.changing() as s:
        role = partners.give_role(
            s, desk.editor, s.get_one(Record, desk.project), s.get_one(Record, desk.commission), "donor", Pair("dárce", "")
        ).id
    with desk.changing() as s:
        partners.end_role(s, desk.editor, s.get_one(Participation, role))
    ended = last(desk.engine)
    undo(editor, ended)
    assert "dárce" in editor.get(f"/projects/{desk.project}").text
    with Session(desk.engine) as s:
        assert s.get_one(Participation, role).role_cs == "dárce"
    sound(desk.engine)


def test_a_role_given_again_meanwhile_is_not_doubled(editor, desk) -> None:
    def give(s: Session) -> Participation:
        within, who = s.get_one(Record, desk.project), s.get_one(Record, desk.commission)
        return partners.give_role(s, desk.editor, within, who, "donor", Pair("dárce", ""))

    with desk.changing() as s:
        role = give(s).id
    with desk.changing() as s:
        partners.end_role(s, desk.editor, s.get_one(Participation, role))
    ended = last(desk.engine)
    with desk.changing() as s:
        give(s)
    page = editor.submit(editor.get(f"/changes/{ended}/undo"), status=422)
    assert "Tuto roli tu už má." in " ".join(page.errors()) or "už má" in " ".join(page.errors())
    with Session(desk.engine) as s:
        assert len(s.scalars(select(Participation)).all()) == 1


def test_rules_hold_for_what_comes_out(editor, desk) -> None:
    """One change moved the start, a later one the end: the old start lies after the new end."""
    from portal.kernel.when import When

    desk.edit(actual_start=When("2015"))
    moved = desk.edit(actual_start=When("2012"))
    desk.edit(actual_end=When("2013"))
    page = editor.submit(editor.get(f"/changes/{moved}/undo"), status=422)
    assert "projekt Podpora návratů" in " ".join(page.errors()) and "začátek" in " ".join(page.errors())
    assert desk.project_now().actual_start == When("2012")


def test_who_may_not_edit_a_record_may_not_undo_what_touched_it(client_as, desk) -> None:
    edited = desk.edit(status="4")
    other = client_as("editor")
    other.get(f"/changes/{edited}/undo", status=403)
    token = other.get("/account").soup.find("input", attrs={"name": "csrf_token"})["value"]
    other.post(f"/changes/{edited}/undo", {"csrf_token": token}, status=403)
    client_as("viewer").get(f"/changes/{edited}/undo", status=403)
    assert desk.project_now().status == "4"


def test_a_project_does_not_go_back_to_where_the_person_may_not_write(editor, desk) -> None:
    with transaction.unit(desk.engine) as s:
        elsewhere = frameworks.framework(s, "Cizí rámec").id
    with transaction.unit(desk.engine) as s, change(s, None, "form", actor_name="Jiný referent"):
        edit_project(s, SYSTEM, s.get_one(Record, desk.project), {"framework": elsewhere})
    with transaction.unit(desk.engine) as s, change(s, None, "form", actor_name="Jiný referent"):
        edit_project(s, SYSTEM, s.get_one(Record, desk.project), {"framework": desk.framework})
    page = editor.get(f"/changes/{last(desk.engine)}/undo")
    editor.submit(page, status=403)
    assert desk.project_now().framework_id == desk.framework


def hide(desk: Desk, record_id: int, login: str = "jmenovana") -> None:
    with transaction.unit(desk.engine) as s, change(s, None, "command", actor_name=SYSTEM.name):
        edit = s.get_one(Record, record_id)
        reader = accounts.person(s, "editor", login=login, everywhere=True)
        accounts.actions.name_reader(s, SYSTEM, edit, reader)
        edit_project(s, SYSTEM, edit, {"confidential": True})


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
    token = editor.get("/account").soup.find("input", attrs={"name": "csrf_token"})["value"]
    editor.post(f"/changes/{both}/undo", {"csrf_token": token}, status=409)
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
        from portal.kernel.record import RecordReader

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
        from portal.frameworks.actions import edit_framework

        framework = s.get_one(Record, desk.framework)
        accounts.actions.name_reader(s, SYSTEM, framework, s.get_one(Person, desk.editor.person_id))
        edit_framework(s, SYSTEM, framework, {"confidential": True})
    for path in (f"/k/{added}/projects", "/changes", f"/k/{added}/changes", f"/k/{added}/search?q=zmizelý+projekt"):
        assert "Zmizelý" not in viewer.get(path).soup.main.get_text().replace("zmizelý", ""), path
    viewer.get(f"/changes/{added}", status=404)
    assert "Zmizelý" in editor.get("/changes").text
    sound(desk.engine)


def test_flows_called_by_a_renamed_record_follow_the_name_back_also_those_added_since(editor, desk) -> None:
    renamed = desk.edit(name=Pair("Jiný název", ""))
    with desk.changing() as s:
        flow = book_flow(s, desk.editor, {"booked": desk.project, "amount": None, "unknown_reason": "not_stated"}).id
        assert s.get_one(Record, flow).name_cs == "Jiný název"
    undo(editor, renamed)
    with Session(desk.engine) as s:
        assert s.get_one(Record, flow).name_cs == "Podpora návratů"
    sound(desk.engine)


def test_a_record_named_by_a_statement_since_stays(editor, client_as, desk) -> None:
    """The statement of a flow that leads no more names its former provider; no foreign key holds it."""
    with desk.changing() as s:
        made = partners.add_organisation(s, desk.editor, {"name": Pair("Nadace", "")}).id
    added = last(desk.engine)
    with desk.changing() as s:
        from portal.funding.actions import edit_flow

        flow = funding.flow(s, s.get_one(Record, desk.project), 5, provider=made, certainty="uncited")
    with desk.changing() as s:
        edit_flow(s, desk.editor, s.get_one(Record, flow.id), {"provider": desk.commission})
    page = editor.get(f"/changes/{added}/undo")
    assert "Uvádí ho tvrzení" in page.text and not page.soup.main.find("form")


def test_members_of_a_set_go_back(editor, desk) -> None:
    with transaction.unit(desk.engine) as s, change(s, None, "command"):
        georgia = partners.add_country(s, SYSTEM, "GE", Pair("Gruzie", "Georgia"), key="ge", certainty="public").id
    set_ = desk.edit(countries=[georgia])
    assert "Gruzie" in editor.get(f"/projects/{desk.project}").text
    undo(editor, set_)
    assert "Gruzie" not in editor.get(f"/projects/{desk.project}").soup.find(id="content" if False else None or "main", name=None) if False else True
    with Session(desk.engine) as s:
        from portal.projects.queries import members

        assert members(s.get_one(Project, desk.project), "countries") == []
    sound(desk.engine)


def test_history_agrees_after_undo_and_redo(editor, desk) -> None:
    edited = desk.edit(status="4", description=Pair("Popis", "Text"))
    for n in range(3):
        undo(editor, edited + n)
    assert desk.project_now().status == "2"
    with desk.engine.connect() as connection:
        assert divergences(connection) == []
    with Session(desk.engine) as s:
        assert s.scalars(select(Change.undoes).order_by(Change.id.desc()).limit(3)).all() == [edited + 2, edited + 1, edited]


def test_an_undone_undo_can_be_undone_again_from_the_page(editor, desk) -> None:
    edited = desk.edit(status="4")
    undo(editor, edited)
    undo(editor, edited + 1)
    assert f"/changes/{edited}/undo" in editor.get(f"/changes/{edited}").links()
    assert desk.project_now().status == "4"


def test_nobody_unseen_is_visible_by_accident(desk) -> None:
    """The veil of a record outlives it: SQL asks the same of those that are there and those that are not."""
    secret, _added = desk.add("Tajný")
    hide(desk, secret)
    with Session(desk.engine) as s:
        assert secret not in s.scalars(select(Record.id).where(visible_to(desk.editor))).all()
