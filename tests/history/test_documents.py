"""Every entry of history says on which documents it rests, each place once, as far as they may be seen."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.funding.actions import book_flow, edit_flow
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.transaction import change
from portal.kernel.veil import drape
from portal.projects.actions import edit_project
from portal.sources.actions import Quotation, Support, choose_leading, restate
from portal.sources.facts import Pair
from portal.sources.models import Statement
from tests.factories import changing, funding
from tests.history.test_pages import entries, last

LONG = "částka dotace " * 30


@pytest.fixture
def booked(engine) -> dict[str, int]:
    """A flow of 600 000 EUR with a purpose, both on one place of a contract; the amount is 700 000 on an addendum later."""
    with transaction.unit(engine) as s, changing(s):
        project = funding.project(s, "ERIS", status="2")
        contract, addendum = funding.document(s, "Smlouva o dotaci"), funding.document(s, "Dodatek č. 1")
        made = {"project": project.id, "contract": contract.id, "addendum": addendum.id}
    with transaction.unit(engine) as s, change(s, None, "form", actor_name="Referent"):
        cited = Support("document", (Quotation(made["contract"], "čl. 3", "dotace 600 000 EUR", quotation_lang="cs"),))
        given = {"booked": made["project"], "amount": funding.eur(600_000), "purpose": Pair("pobyt v azylu", "")}
        made["flow"] = book_flow(s, SYSTEM, given, cited).id
    made["first"] = last(engine)
    with transaction.unit(engine) as s, change(s, None, "form", actor_name="Referent", reason="navýšení"):
        cited = Support("document", (Quotation(made["addendum"], "čl. 1", LONG),), reason="navýšení")
        edit_flow(s, SYSTEM, s.get_one(Record, made["flow"]), {"amount": funding.eur(700_000)}, cited)
    made["second"] = last(engine)
    return made


def hide(engine, document: int) -> None:
    with transaction.unit(engine) as s, changing(s):
        document = s.get_one(Record, document)
        document.confidential = True
        drape(s, [document])


@pytest.mark.parametrize("of", ["project", "flow"])
def test_an_entry_names_the_document_the_place_and_the_words_once(client_as, booked, of) -> None:
    page = client_as("viewer", lang="cs").get(f"/records/{booked[of]}/history")
    raised, added = entries(page)[:2]
    assert "přidáno: tok" in added and "Částka : 600 000 EUR" in added and "Účel : pobyt v azylu" in added
    assert "Zdroj: Smlouva o dotaci , čl. 3, dotace 600 000 EUR" in added
    assert added.count("Smlouva o dotaci") == 1 and "Dodatek" not in added
    assert "Částka : 600 000 EUR → 700 000 EUR" in raised and "Zdroj: Dodatek č. 1 , čl. 1, částka dotace" in raised
    assert "Smlouva" not in raised and raised.count("částka dotace") < 30
    for document in ("contract", "addendum"):
        assert page.links().count(f"/sources/{booked[document]}") == 1
    assert [q.get("lang") for q in page.soup.select("ol.hist q")] == [None, "cs"]


def test_the_list_of_changes_the_change_and_the_profile_name_the_documents(client_as, booked) -> None:
    viewer = client_as("viewer", lang="cs")
    assert "Zdroj: Dodatek č. 1 , čl. 1" in entries(viewer.get("/changes"))[0]
    page = viewer.get(f"/changes/{booked['first']}")
    assert [" ".join(li.get_text().split()) for li in page.soup.select("#sources li")] == [
        "Smlouva o dotaci, čl. 3, dotace 600 000 EUR"
    ]
    assert page.link("Smlouva o dotaci") == f"/sources/{booked['contract']}"
    panel = viewer.get(f"/projects/{booked['project']}").soup.find(id="history")
    told = [" ".join(li.get_text(" ").split()) for li in panel.select("li")]
    assert "Zdroj: Dodatek č. 1 navýšení" in told[0] and told[1].endswith("Zdroj: Smlouva o dotaci")
    assert panel.find("q") is None and "čl. 3" not in panel.get_text()
    assert "Source: Smlouva o dotaci" in entries(client_as("viewer", lang="en").get("/changes"))[1]


def test_the_past_leads_to_the_document_of_that_moment(client_as, booked) -> None:
    page = client_as("viewer", lang="cs").get(f"/k/{booked['first']}/records/{booked['flow']}/history")
    assert len(entries(page)) == 1
    assert page.link("Smlouva o dotaci") == f"/k/{booked['first']}/sources/{booked['contract']}"


def test_a_document_one_may_not_see_is_neither_named_nor_counted(client_as, booked, engine) -> None:
    hide(engine, booked["addendum"])
    viewer = client_as("viewer", lang="cs")
    for path in ("/changes", f"/changes/{booked['second']}", f"/records/{booked['flow']}/history",
                 f"/projects/{booked['project']}", "/as-of", f"/k/{booked['second']}/changes"):  # fmt: skip
        text = viewer.get(path).text
        assert "Dodatek" not in text and "částka dotace" not in text and "navýšení" not in text, path
        assert "není přístupný" not in text and "další zdroj" not in text, path
    raised, added = entries(viewer.get(f"/records/{booked['flow']}/history"))
    assert "600 000 EUR → 700 000 EUR" in raised and "Zdroj" not in raised
    assert "Zdroj: Smlouva o dotaci , čl. 3" in added


@pytest.mark.parametrize("hidden", [False, True])
def test_a_statement_that_leads_again_names_the_document_it_always_rested_on(client_as, booked, engine, hidden) -> None:
    with transaction.unit(engine) as s, change(s, None, "form", actor_name="Referent", reason="zrušený dodatek"):
        query = select(Statement).where(Statement.record_id == booked["flow"], Statement.value == "EUR 60000000")
        choose_leading(s, SYSTEM, s.scalars(query).one(), "dodatek neplatí")
    if hidden:
        hide(engine, booked["contract"])
    told = entries(client_as("viewer", lang="cs").get(f"/records/{booked['flow']}/history"))[0]
    assert told.count("Částka ") == 1 and "700 000 EUR → 600 000 EUR" in told and "Dodatek" not in told
    named, reasons = (
        "Zdroj: Smlouva o dotaci , čl. 3" in told,
        "(dodatek neplatí) " in told and "zrušený dodatek" in told,
    )
    assert (named, reasons, "Smlouva" in told) == ((False, False, False) if hidden else (True, True, True))


def test_a_corrected_value_names_the_document_it_still_rests_on(client_as, booked, engine) -> None:
    with transaction.unit(engine) as s, change(s, None, "form", actor_name="Referent"):
        restate(s, SYSTEM, s.get_one(Record, booked["flow"]), "amount", funding.eur(710_000), Support())
    told = entries(client_as("viewer", lang="cs").get(f"/records/{booked['flow']}/history"))[0]
    assert "700 000 EUR → 710 000 EUR" in told and told.count("Částka ") == 1
    assert "Zdroj: Dodatek č. 1 , čl. 1" in told


def test_a_list_names_a_few_documents_and_leads_to_the_rest(client_as, engine) -> None:
    with transaction.unit(engine) as s, changing(s):
        project = funding.project(s, "ERIS", status="2").id
        cited = tuple(Quotation(funding.document(s, f"Zpráva {n}").id, "s. 2", "trvá") for n in range(1, 6))
    with transaction.unit(engine) as s, changing(s):
        edit_project(s, SYSTEM, s.get_one(Record, project), {"status": "4"}, Support("document", cited))
    viewer = client_as("viewer", lang="cs")
    told = entries(viewer.get(f"/records/{project}/history"))[0]
    assert "Zdroje: Zpráva 1 , s. 2, trvá Zpráva 2 , s. 2, trvá" in told and "Zpráva 5" in told
    told = entries(viewer.get("/changes"))[0]
    assert "Zpráva 3 , s. 2, trvá a 2 další zdroje" in told and "Zpráva 4" not in told
    assert len(viewer.get(f"/changes/{last(engine)}").soup.select("#sources li")) == 5


@pytest.mark.parametrize("why", ["", "podle dodatku", "navýšení"])
@pytest.mark.parametrize("certainty", ["document", "uncited"])
def test_an_edit_is_told_once_whatever_its_source_and_reason(client_as, booked, engine, certainty, why) -> None:
    with transaction.unit(engine) as s, change(s, None, "form", actor_name="Referent", reason="podle dodatku"):
        backed = funding.support(s, certainty, reason=why)
        values = {"amount": funding.eur(800_000), "purpose": Pair("účel od A", ""), "amount_mark": "rounded"}
        edit_flow(s, SYSTEM, s.get_one(Record, booked["flow"]), values, backed)
        edit_project(s, SYSTEM, s.get_one(Record, booked["project"]), {"status": "4"}, backed)
    viewer = client_as("viewer", lang="cs")
    for told in (
        entries(viewer.get(f"/records/{booked['project']}/history"))[0],
        viewer.get(f"/changes/{last(engine)}").soup.find(id="content").get_text(" "),
    ):
        told = " ".join(told.split())
        beside = " (navýšení)" if why == "navýšení" else ""
        assert f"Částka : 700 000 EUR → 800 000 EUR{beside}" in told and told.count("Částka :") == 1
        assert f"Účel (česky): pobyt v azylu → účel od A{beside}" in told and told.count("účel od A") == 1
        assert f"Stav : v realizaci → ukončeno{beside}" in told and told.count("Stav :") == 1
        assert told.count("podle dodatku") == 1 and told.count("navýšení") == (3 if beside else 0)
