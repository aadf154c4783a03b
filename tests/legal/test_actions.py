"""Adding and editing legal instruments: facts with their sources, rules, rights, search."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from portal.kernel.errors import Forbidden, InvalidInput
from portal.kernel.permission import SYSTEM
from portal.kernel.search import hits
from portal.kernel.when import When
from portal.legal.actions import add_legal_instrument, edit_legal_instrument
from portal.legal.models import LegalInstrument
from portal.legal.queries import laid_down_above, legal_instrument
from portal.sources.facts import Pair
from portal.sources.queries import facts_of
from tests.factories import accounts, changing, funding, legal


def stated(s: Session, one: LegalInstrument, field: str) -> list[tuple]:
    view = facts_of(s, SYSTEM, one)[one.id][field]
    return [(claim.value, claim.statement.certainty, claim.leading) for claim in view.claims]


def test_every_fact_a_document_is_added_with_rests_on_its_source(s: Session) -> None:
    council = funding.organisation(s, "Rada Evropské unie")
    made = legal.legal_instrument(
        s, "Směrnice 2004/81/ES", backed=funding.support(s, "public"), kind_code="eu_directive", status="in_force",
        number=Pair("2004/81/ES", "2004/81/EC"), dated=When("2004-04-29"), adopted_by=council.id, celex="32004L0081",
        transposition_deadline=When("2006-08-05"), text_version=Pair("ve znění pozdějších předpisů", "as amended"),
    )  # fmt: skip
    assert (made.kind_code, made.number_cs, made.number_en, made.dated) == (
        "eu_directive", "2004/81/ES", "2004/81/EC", When("2004-04-29"),
    )  # fmt: skip
    assert (made.adopted_by_id, made.celex, made.text_version_en) == (council.id, "32004L0081", "as amended")
    assert stated(s, made, "status") == [("in_force", "public", True)]
    assert stated(s, made, "adopted_by") == [(council.id, "public", True)]
    assert stated(s, made, "number") == [(Pair("2004/81/ES", "2004/81/EC"), "public", True)]
    assert stated(s, made, "in_force") == []  # nobody said when


def test_a_changed_fact_leads_and_what_was_stated_before_stays_beside_it(s: Session) -> None:
    one = legal.legal_instrument(s, backed=funding.support(s), dated=When("2003"), oj="L 1")
    with changing(s):
        edit_legal_instrument(s, SYSTEM, one, {"dated": When("2003-01-13"), "oj": None}, funding.support(s, "public"))
    assert stated(s, one, "dated") == [
        (When("2003-01-13"), "public", True), (When("2003"), "document", False),
    ]  # fmt: skip
    assert (one.dated, one.oj) == (When("2003-01-13"), None)


def test_a_status_holds_for_a_time_so_two_of_them_are_no_dispute(s: Session) -> None:
    one = legal.legal_instrument(s, backed=funding.support(s), status="in_force")
    with changing(s):
        edit_legal_instrument(s, SYSTEM, one, {"status": "repealed"}, funding.support(s, "public"))
    facts = facts_of(s, SYSTEM, one)[one.id]
    assert [claim.value for claim in facts["status"].claims] == ["repealed", "in_force"]
    assert facts.disputes == []


def test_the_rules_hold_for_what_stands_and_what_is_new_together(s: Session) -> None:
    one = legal.legal_instrument(s, dated=When("2004-04-29"))
    with changing(s), pytest.raises(InvalidInput) as caught:
        edit_legal_instrument(s, SYSTEM, one, {"end_of_validity": When("2003")})
    assert caught.value.errors == {"end_of_validity": "over_before_it_was_made"}


def test_documents_are_not_laid_down_in_a_ring(s: Session) -> None:
    top = legal.legal_instrument(s, "Ústava")
    middle = legal.legal_instrument(s, "Usnesení", laid_down_in=top.id)
    low = legal.legal_instrument(s, "Zásady", laid_down_in=middle.id)
    assert laid_down_above(s, low.id) == {low.id, middle.id, top.id}
    for one in (top, middle):
        with changing(s), pytest.raises(InvalidInput) as caught:
            edit_legal_instrument(s, SYSTEM, one, {"laid_down_in": low.id})
        assert caught.value.errors == {"laid_down_in": "laid_down_in_itself"}


@pytest.mark.parametrize(("role", "may"), [("viewer", False), ("editor", True), ("reporting_officer", True)])
def test_who_writes_anywhere_writes_documents_as_they_serve_everybody(s: Session, role: str, may: bool) -> None:
    actor, one = accounts.actor(s, role), legal.legal_instrument(s)
    for act in (
        lambda: add_legal_instrument(s, actor, {"name": Pair("Nový", "")}),
        lambda: edit_legal_instrument(s, actor, one, {"celex": "32004L0081"}),
    ):
        if may:
            with changing(s):
                act()
        else:
            with changing(s), pytest.raises(Forbidden):
                act()
    assert one.celex == ("32004L0081" if may else None)


@pytest.mark.parametrize(
    ("text", "meets"),
    [
        ("326/1999", True), ("22011A0225(03)", True), ("readmisni dohody", True), ("coll", True), ("neoprávněně", True),
        ("rada", True), ("Usnesení 55", True), ("směrnice", False),
    ],
)  # fmt: skip
def test_a_document_is_found_by_its_names_numbers_and_texts(s: Session, text: str, meets: bool) -> None:
    above = legal.legal_instrument(s, "Usnesení č. 55")
    one = legal.legal_instrument(
        s, number=Pair("326/1999 Sb.", "326/1999 Coll."), celex="22011A0225(03)", laid_down_in=above.id,
        full_title=Pair("Dohoda o zpětném přebírání neoprávněně pobývajících osob", ""),
        adopted_by=funding.organisation(s, "Rada Evropské unie").id,
    )  # fmt: skip
    assert (one.id in {row.record_id for row in s.execute(hits(SYSTEM, text))}) is meets


def test_a_hidden_adopter_and_a_hidden_basis_are_as_good_as_not_stated(s: Session) -> None:
    body = funding.organisation(s, "Tajný výbor", confidential=True)
    basis = legal.legal_instrument(s, "Tajné usnesení", confidential=True)
    one = legal.legal_instrument(s, adopted_by=body.id, laid_down_in=basis.id)
    viewer = accounts.actor(s, "viewer")
    s.expire_all()
    seen = legal_instrument(s, viewer, one.id)
    assert (seen.adopted_by, seen.laid_down_in) == (None, None)
    assert legal_instrument(s, viewer, basis.id) is None
    s.expire_all()
    assert legal_instrument(s, SYSTEM, one.id).adopted_by.id == body.id
