"""Rights and rules hold for what an undo leaves behind, whatever came in between."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.funding.actions import book_flow, edit_flow
from portal.history.hidden import KINDS
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM, declared
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.kernel.transaction import change
from portal.kernel.when import When
from portal.partners import actions as partners
from portal.partners.actions import add_country
from portal.partners.models import Participation
from portal.progress.actions import report_status
from portal.projects.actions import add_project, edit_project
from portal.projects.models import Project
from portal.projects.queries import members
from portal.sources.actions import choose_leading, edit_document, state_fact
from portal.sources.facts import Pair
from portal.sources.models import Document, Statement
from tests.factories import accounts, frameworks, funding
from tests.history.test_pages import last
from tests.history.undoing import post, sound, undo
from tests.portfolio.test_query_counts import queries


def test_a_role_that_was_taken_away_comes_back_under_its_own_number(editor, desk) -> None:
    with desk.changing() as s:
        role = partners.give_role(
            s,
            desk.editor,
            s.get_one(Record, desk.project),
            s.get_one(Record, desk.commission),
            "donor",
            Pair("dárce", ""),
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
    [said] = page.errors()
    assert said.startswith("účast") and "Tuto roli tu už má." in said
    with Session(desk.engine) as s:
        assert len(s.scalars(select(Participation)).all()) == 1


def test_rules_hold_for_what_comes_out(editor, desk) -> None:
    """One change moved the start, a later one the end: the old start lies after the new end."""
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
    post(other, edited, 403)
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


def test_flows_called_by_a_renamed_record_follow_the_name_back_also_those_added_since(editor, desk) -> None:
    renamed = desk.edit(name=Pair("Jiný název", ""))
    with desk.changing() as s:
        flow = book_flow(s, desk.editor, {"booked": desk.project, "amount": None, "unknown_reason": "not_stated"}).id
        assert s.get_one(Record, flow).name_cs == "Jiný název"
    undo(editor, renamed)
    with Session(desk.engine) as s:
        assert s.get_one(Record, flow).name_cs == "Podpora návratů"
    sound(desk.engine)


def test_a_record_named_by_a_statement_since_stays(editor, desk) -> None:
    """The statement of a flow that leads no more names its former provider; no foreign key holds it."""
    with desk.changing() as s:
        made = partners.add_organisation(s, desk.editor, {"name": Pair("Nadace", "")}).id
    added = last(desk.engine)
    with desk.changing() as s:
        flow = funding.flow(s, s.get_one(Record, desk.project), 5, provider=made, certainty="uncited").id
    with desk.changing() as s:
        edit_flow(s, desk.editor, s.get_one(Record, flow), {"provider": desk.commission})
    page = editor.get(f"/changes/{added}/undo")
    assert "Uvádí ho tvrzení" in page.text and not page.soup.main.find("form")


def test_members_of_a_set_go_back(editor, desk) -> None:
    with transaction.unit(desk.engine) as s, change(s, None, "command"):
        georgia = partners.add_country(s, SYSTEM, "GE", Pair("Gruzie", "Georgia"), key="ge", certainty="public").id
    joined = desk.edit(countries=[georgia])
    assert "Země: Gruzie" in editor.get(f"/changes/{joined}/undo").text.replace(" :", ":")
    undo(editor, joined)
    with Session(desk.engine) as s:
        assert members(s.get_one(Project, desk.project), "countries") == []
    sound(desk.engine)


def test_a_hidden_member_of_a_set_does_not_forbid_the_undo_of_another_field(editor, desk) -> None:
    with transaction.unit(desk.engine) as s, change(s, None, "command", actor_name=SYSTEM.name):
        secret = add_country(s, SYSTEM, "XK", Pair("Tajná země", ""), key="xk", certainty="public")
        edit_project(s, SYSTEM, s.get_one(Record, desk.project), {"countries": [secret.id]})
        secret.confidential = True
        settle(s, [secret])
    edited = desk.edit(status="4")
    undo(editor, edited)
    assert desk.project_now().status == "2"


def test_an_update_goes_and_the_project_repeats_the_one_before(editor, desk) -> None:
    for day, light in (("2026-01", "ok"), ("2026-02", "bad")):
        with desk.changing() as s:
            values = {"light": light, "held_on": When(day), "status": "2" if light == "ok" else "6"}
            report_status(s, desk.editor, s.get_one(Record, desk.project), values)
    reported = last(desk.engine)
    assert desk.project_now().light == "bad"
    assert "Barva semaforu" in editor.get(f"/changes/{reported - 1}/undo").text or "Semafor" in (
        editor.get(f"/changes/{reported - 1}/undo").text
    )
    undo(editor, reported)
    assert (desk.project_now().light, desk.project_now().status) == ("ok", "2")
    undo(editor, reported - 1)
    assert (desk.project_now().light, desk.project_now().status, desk.project_now().reported_on) == (None, "2", None)
    sound(desk.engine)


def test_a_statement_chosen_to_lead_gives_the_lead_back(editor, desk) -> None:
    with desk.changing() as s:
        cited = funding.support(s, quotation="ukončen")
        project = s.get_one(Record, desk.project)
        other = state_fact(s, desk.editor, project, "status", "4", cited, lead=False).id
    with desk.changing() as s:
        choose_leading(s, desk.editor, s.get_one(Statement, other), "novější zdroj")
    chosen = last(desk.engine)
    assert desk.project_now().status == "4"
    undo(editor, chosen)
    assert desk.project_now().status == "2"
    with Session(desk.engine) as s:
        assert [
            st.value for st in s.scalars(select(Statement).where(Statement.leading, Statement.field == "status"))
        ] == ["2"]
    sound(desk.engine)


def test_an_address_that_another_source_has_meanwhile_is_not_taken_back(editor, desk) -> None:
    with desk.changing() as s:
        document = funding.document(s, "Zpráva", address="https://example.org/1").id
    with desk.changing() as s:
        edit_document(s, desk.editor, s.get_one(Document, document), {"address": "https://example.org/2"})
    moved = last(desk.engine)
    with desk.changing() as s:
        funding.document(s, "Jiná zpráva", address="https://example.org/1")
    page = editor.submit(editor.get(f"/changes/{moved}/undo"), status=422)
    assert "Zdroj s touto adresou už v portálu je." in " ".join(page.errors())


def test_reading_an_undo_asks_as_often_for_many_records_as_for_few(editor, desk) -> None:
    numbers = []
    for number in (2, 20):
        with desk.changing() as s:
            for n in range(number):
                project = add_project(
                    s, desk.editor, {"name": Pair(f"Projekt {number}/{n}", ""), "framework": desk.framework}
                )
                funding.flow(s, project, 10 + n, actor=desk.editor)
        numbers.append(last(desk.engine))
    asked = []
    editor.get("/changes")
    for change_id in numbers:
        with queries() as statements:
            page = editor.get(f"/changes/{change_id}/undo")
        asked.append(len(statements))
        assert page.soup.main.find("form")
    assert asked[0] == asked[1]


def test_conflicts_are_listed_with_as_many_queries_for_many_as_for_few(editor, desk) -> None:
    numbers, asked = [], []
    for number in (2, 20):
        with desk.changing() as s:
            backed = funding.support(s)
            for n in range(number):
                values = {
                    "name": Pair(f"Projekt {number}/{n}", ""),
                    "framework": desk.framework,
                    "website": "https://a.example",
                }
                add_project(s, desk.editor, values, backed)
        numbers.append(last(desk.engine))
        with desk.changing() as s:
            for project in s.scalars(select(Project).where(Project.name_cs.startswith(f"Projekt {number}/"))):
                edit_project(s, desk.editor, project, {"website": "https://b.example", "status": "2"})
    editor.get("/changes")
    for change_id in numbers:
        with queries() as statements:
            page = editor.get(f"/changes/{change_id}/undo")
        asked.append((len(statements), len(page.soup.select("table.flow tbody tr"))))
    assert asked[0][0] == asked[1][0] and asked[1][1] == 10 * asked[0][1] > 20


def test_every_kind_has_the_rights_an_undo_asks_for() -> None:
    assert {f"{kind}.{right}" for kind in KINDS for right in ("edit", "add")} <= declared()


def test_a_framework_in_which_somebody_writes_since_stays(client_as, desk) -> None:
    administrator = client_as("administrator", lang="cs")
    with desk.changing() as s:
        made = frameworks.framework(s, "Nový rámec").id
    added = last(desk.engine)
    with transaction.unit(desk.engine) as s:
        accounts.person(s, "editor", frameworks=[made])
    page = administrator.get(f"/changes/{added}/undo")
    assert "Nejdřív to právo odeberte." in page.text and not page.soup.main.find("form")


def test_a_new_statement_beside_an_added_record_is_not_lost(editor, desk) -> None:
    made, added = desk.add(status="2")
    with desk.changing() as s:
        state_fact(s, desk.editor, s.get_one(Record, made), "status", "4", funding.support(s), lead=False)
    page = editor.get(f"/changes/{added}/undo")
    rows = [" ".join(row.get_text(" ").split()) for row in page.soup.select("table.flow tbody tr")]
    assert [row.startswith("projekt Nový projekt Jistota") for row in rows] == [True, False], rows
    assert rows[1].startswith("projekt Nový projekt Stav") and "Od té doby k tomu něco přibylo." in rows[1]
