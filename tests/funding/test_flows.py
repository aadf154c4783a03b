"""Booking and editing flows: what is kept, what is refused, what a person is asked to look at again."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.funding import actions, queries
from portal.funding.models import Flow
from portal.kernel.errors import Forbidden, InvalidInput
from portal.kernel.money import Money
from portal.kernel.permission import SYSTEM
from portal.kernel.when import When
from portal.sources.actions import Support, choose_leading, state
from portal.sources.facts import Pair
from portal.sources.models import Statement
from portal.sources.queries import facts_of
from tests.factories import accounts, changing, funding
from tests.factories.frameworks import framework
from tests.factories.funding import eur


def refused(s: Session, values: dict, actor=SYSTEM) -> dict[str, str]:
    """{unit: code} of what booking the values is refused for; nothing is left of it."""
    before = s.scalars(select(Flow.id)).all()
    with pytest.raises(InvalidInput) as caught, changing(s):
        actions.book_flow(s, actor, values)
    assert s.scalars(select(Flow.id)).all() == before
    return caught.value.errors


def test_a_booked_flow_keeps_its_facts_with_their_source(s: Session) -> None:
    initiative, commission = funding.project(s, "Cílená iniciativa"), funding.organisation(s)
    backed = funding.support(s, quotation="podpořila dodatečně 600 000 EUR")
    values = {
        "booked": initiative.id, "amount": eur(600000), "provider": commission.id, "receiver": initiative.id,
        "valued": When("2013-12"), "purpose": Pair("umožní další 3 projekty", ""), "type_code": "11",
    }  # fmt: skip
    with changing(s):
        flow = actions.book_flow(s, SYSTEM, values, backed)
    assert (flow.amount, flow.amount_mark, flow.unknown_reason, flow.certainty) == (
        eur(600000),
        "exact",
        None,
        "document",
    )
    assert (flow.name_cs, flow.valued) == ("Evropská komise → Cílená iniciativa", When("2013-12"))
    stated = facts_of(s, SYSTEM, flow)[flow.id]
    assert {field: view.lead.statement.precision for field, view in stated.by_field.items()} == {
        "amount": "exact", "booked": "exact", "provider": "exact", "receiver": "exact", "valued": "month",
        "purpose": "exact", "type_code": "exact",
    }  # fmt: skip
    [mark] = stated["amount"].lead.cited
    assert (mark.citation.quotation, mark.number) == ("podpořila dodatečně 600 000 EUR", 1)


def test_an_unknown_amount_has_a_reason_and_is_no_zero(s: Session) -> None:
    eris = funding.project(s, "ERIS")
    flow = funding.flow(s, eris, None, unknown_reason="not_found")
    assert (flow.amount, flow.amount_minor, flow.unknown_reason) == (None, None, "not_found")
    assert (flow.certainty, facts_of(s, SYSTEM, flow)[flow.id]["amount"].lead.value) == ("document", None)
    assert refused(s, {"booked": eris.id}) == {"amount": "amount_or_reason"}


def test_a_rounded_amount_keeps_its_mark_and_the_mark_alone_can_change(s: Session) -> None:
    place = funding.project(s, "Gruzie")
    flow = funding.flow(s, place, 3000000, amount_mark="rounded")
    assert (flow.amount_mark, facts_of(s, SYSTEM, flow)[flow.id]["amount"].lead.statement.precision) == (
        "rounded",
        "rounded",
    )
    with changing(s):
        actions.edit_flow(s, SYSTEM, flow, {"amount_mark": "estimated"})
    [claim] = facts_of(s, SYSTEM, flow)[flow.id]["amount"].claims
    assert (flow.amount_mark, claim.statement.precision, flow.certainty) == ("estimated", "estimated", "document")


def test_an_edited_amount_leads_and_the_old_one_stays_beside_it(s: Session) -> None:
    flow = funding.flow(s, funding.project(s, "ERIS"), 1000, certainty="public")
    with changing(s):
        actions.edit_flow(s, SYSTEM, flow, {"amount": eur(1200)}, funding.support(s, "document"))
    amount = facts_of(s, SYSTEM, flow)[flow.id]["amount"]
    assert [(c.value, c.leading, c.statement.certainty) for c in amount.claims] == [
        (eur(1200), True, "document"), (eur(1000), False, "public"),
    ]  # fmt: skip
    assert flow.certainty == "document"
    with changing(s):
        choose_leading(s, SYSTEM, amount.others[0].statement, "novější stránka platí")
    assert (flow.amount, flow.certainty) == (eur(1000), "public")


def test_a_typing_mistake_and_its_correction_take_no_source_away(s: Session) -> None:
    flow = funding.flow(s, funding.project(s, "Celek"), "600000")
    with changing(s):
        actions.edit_flow(s, SYSTEM, flow, {"amount": eur(700_000)})
    assert flow.certainty == "uncited"
    with changing(s):
        actions.edit_flow(s, SYSTEM, flow, {"amount": eur(600_000)})
    amounts = select(Statement).where(Statement.record_id == flow.id, Statement.field == "amount")
    assert [(st.value, st.certainty, st.leading) for st in s.scalars(amounts.order_by(Statement.position))] == [
        ("EUR 60000000", "document", True), ("EUR 70000000", "uncited", False),
    ]  # fmt: skip
    assert flow.certainty == "document"
    with changing(s):
        actions.edit_flow(s, SYSTEM, flow, {"amount": eur(700_000)})
        actions.edit_flow(s, SYSTEM, flow, {"amount": eur(600_000), "amount_mark": "rounded"})
    assert (flow.certainty, flow.amount_mark) == ("uncited", "rounded"), "no source says it is rounded"


def test_an_amount_can_become_unknown_again(s: Session) -> None:
    flow = funding.flow(s, funding.project(s, "ERIS"), 1000)
    with changing(s):
        actions.edit_flow(s, SYSTEM, flow, {"amount": None, "unknown_reason": "not_split"}, funding.support(s))
    assert (flow.amount, flow.unknown_reason, flow.amount_mark) == (None, "not_split", "not_stated")
    with changing(s):
        actions.edit_flow(s, SYSTEM, flow, {"amount": eur(5)})
    assert (flow.amount, flow.unknown_reason, flow.certainty) == (eur(5), None, "uncited")


def test_references_must_exist_be_visible_and_of_the_right_kind(s: Session) -> None:
    place, viewer_only = funding.project(s, "ERIS"), funding.organisation(s, "Důvěrný dárce", confidential=True)
    editor = accounts.actor(s, "editor", everywhere=True)
    values = {"booked": place.id, "amount": eur(1)}
    assert refused(s, values | {"provider": 10**9}) == {"provider": "no_such_record"}
    assert refused(s, values | {"instrument": place.id}) == {"instrument": "wrong_kind"}
    assert refused(s, values | {"provider": viewer_only.id}, editor) == {"provider": "no_such_record"}
    assert refused(s, {"booked": viewer_only.id, "amount": eur(1)}) == {"booked": "wrong_kind"}
    assert refused(s, {"booked": None, "amount": eur(1)}) == {"booked": "booked_nowhere"}
    assert refused(s, values | {"type_code": "99"}) == {"type_code": "no_such_code"}
    assert refused(s, values | {"amount_mark": "derived"}) == {"amount_mark": "no_such_code"}


def test_an_addendum_brings_its_contract_and_must_belong_to_it(s: Session) -> None:
    place = funding.project(s, "Iniciativa")
    contract, other = funding.contract(s, place), funding.contract(s, place, "2/2012")
    addendum = funding.addendum(s, contract, kind_code="top_up")
    assert funding.flow(s, place, 600000, addendum=addendum.id).contract_id == contract.id
    values = {"booked": place.id, "amount": eur(1), "addendum": addendum.id, "contract": other.id}
    assert refused(s, values) == {"addendum": "of_another_contract"}


def test_a_flow_has_the_instrument_of_its_contract_or_none(s: Session) -> None:
    place, programme, fund = funding.project(s, "ERIS"), funding.instrument(s), funding.instrument(s, "Jiný fond")
    contract = funding.contract(s, place, instrument=programme.id)
    values = {"booked": place.id, "amount": eur(1), "contract": contract.id}
    assert refused(s, values | {"instrument": fund.id}) == {"instrument": "not_of_its_contract"}
    assert funding.flow(s, place, 1, contract=contract.id, instrument=programme).instrument is programme


class TestInclusion:
    """A flow included in another lies at the same record or below it, fits into it, and never in itself."""

    def test_it_may_lie_at_a_part_of_the_umbrella_or_under_the_framework(self, s: Session) -> None:
        prague = framework(s, "Pražský proces")
        umbrella = funding.project(s, "Celek", framework=prague)
        part = funding.project(s, "Část", umbrella=umbrella)
        top = funding.flow(s, prague, 9000)
        whole = funding.flow(s, umbrella, 5000, included_in=top)
        inner = funding.flow(s, part, 700, included_in=whole)
        assert queries.chain_above(s, inner.id) == [whole.id, top.id]
        assert funding.flow(s, part, 800, included_in=top).included_in is top
        assert [f.id for f in queries.included_flows(s, SYSTEM, whole.id)] == [inner.id]

    def test_a_whole_does_not_lie_in_its_part_nor_elsewhere(self, s: Session) -> None:
        umbrella, elsewhere = funding.project(s, "Celek"), funding.project(s, "Jinde")
        of_part = funding.flow(s, funding.project(s, "Část", umbrella=umbrella), 700)
        for place in (umbrella, elsewhere):
            values = {"booked": place.id, "amount": eur(5), "included_in": of_part.id}
            assert refused(s, values) == {"included_in": "included_elsewhere"}

    def test_it_is_not_more_than_the_whole_nor_in_another_currency(self, s: Session) -> None:
        place = funding.project(s, "ERIS")
        whole = funding.flow(s, place, 600000)
        values = {"booked": place.id, "included_in": whole.id}
        assert refused(s, values | {"amount": eur(600001)}) == {"included_in": "included_in_less"}
        assert refused(s, values | {"amount": Money(5, "CZK")}) == {"included_in": "included_in_another_currency"}

    def test_a_chain_never_closes(self, s: Session) -> None:
        place = funding.project(s, "ERIS")
        outer = funding.flow(s, place, 100)
        middle = funding.flow(s, place, 100, included_in=outer)
        inner = funding.flow(s, place, 100, included_in=middle)
        for flow in (outer, middle, inner):
            with pytest.raises(InvalidInput) as caught, changing(s):
                actions.edit_flow(s, SYSTEM, outer, {"included_in": flow.id})
            assert caught.value.errors == {"included_in": "included_in_itself"}

    def test_a_whole_cannot_shrink_below_or_move_away_from_what_it_includes(self, s: Session) -> None:
        place, elsewhere = funding.project(s, "ERIS"), funding.project(s, "Jinde")
        whole = funding.flow(s, place, 1000)
        funding.flow(s, place, 900, included_in=whole)
        for values, unit in (({"amount": eur(899)}, "amount"), ({"booked": elsewhere.id}, "booked")):
            with pytest.raises(InvalidInput) as caught, changing(s):
                actions.edit_flow(s, SYSTEM, whole, values)
            assert caught.value.errors == {unit: "contradicts_an_included_flow"}
        with changing(s):
            actions.edit_flow(s, SYSTEM, whole, {"amount": eur(900)})
        assert whole.amount == eur(900)

    def test_its_certainty_is_its_own(self, s: Session) -> None:
        place = funding.project(s, "ERIS")
        whole = funding.flow(s, place, 3600000, certainty="public", amount_mark="rounded")
        flow = funding.flow(s, place, 600000)
        inferred = funding.support(s, "unsure", precision="inferred")
        with changing(s):
            actions.edit_flow(s, SYSTEM, flow, {"included_in": whole.id}, inclusion=inferred)
        assert (flow.included_certainty, flow.certainty, flow.amount_mark) == ("unsure", "document", "exact")
        assert facts_of(s, SYSTEM, flow)[flow.id]["included_in"].lead.statement.precision == "inferred"


class TestDoubts:
    """What is allowed and still worth a second look."""

    def codes(self, s: Session, flow: Flow) -> list[tuple[str, int]]:
        return [(code, other.id) for code, other in queries.doubts(s, SYSTEM, flow)]

    def test_the_umbrella_s_sum_booked_at_a_part(self, s: Session) -> None:
        umbrella = funding.project(s, "Celek")
        part = funding.project(s, "Část", umbrella=umbrella)
        whole = funding.flow(s, umbrella, 600000)
        copied = funding.flow(s, part, 600000)
        assert self.codes(s, copied) == [("same_amount_at_umbrella", whole.id)]
        assert self.codes(s, whole) == [("same_amount_at_part", copied.id)]
        with changing(s):
            actions.edit_flow(s, SYSTEM, copied, {"included_in": whole.id})
        assert self.codes(s, copied) == []

    def test_the_same_sum_twice_at_one_record(self, s: Session) -> None:
        place = funding.project(s, "ERIS")
        first = funding.flow(s, place, 500)
        assert self.codes(s, funding.flow(s, place, 500)) == [("same_amount_booked", first.id)]
        assert self.codes(s, funding.flow(s, place, Money(50000, "CZK"))) == []

    def test_parts_that_are_more_than_their_whole(self, s: Session) -> None:
        place = funding.project(s, "ERIS")
        whole = funding.flow(s, place, 1000)
        assert self.codes(s, funding.flow(s, place, 600, included_in=whole)) == []
        assert self.codes(s, funding.flow(s, place, 500, included_in=whole)) == [("parts_exceed_whole", whole.id)]


def test_the_name_made_of_the_parties_follows_them_and_a_given_one_stays(s: Session) -> None:
    place, commission = funding.project(s, "ERIS"), funding.organisation(s)
    plain = funding.flow(s, place, 1)
    given = funding.flow(s, place, 2, name=Pair("Příspěvek 2013", ""))
    with changing(s):
        for flow in (plain, given):
            actions.edit_flow(s, SYSTEM, flow, {"provider": commission.id})
    assert (plain.name_cs, given.name_cs) == ("Evropská komise → ERIS", "Příspěvek 2013")


def test_a_flow_is_written_by_who_may_edit_the_record_it_is_booked_at(s: Session) -> None:
    prague, georgia = framework(s, "Pražský proces"), framework(s, "Gruzie")
    here, there = funding.project(s, "ERIS", framework=prague), funding.project(s, "TIG", framework=georgia)
    editor = accounts.actor(s, "editor", frameworks=[prague.id])
    flow = funding.flow(s, here, 10, actor=editor)
    assert funding.flow(s, prague, 10, actor=editor).booked is prague
    for actor in (editor, accounts.actor(s, "viewer")):
        with pytest.raises(Forbidden):
            funding.flow(s, there, 10, actor=actor)
    with pytest.raises(Forbidden), changing(s):
        actions.edit_flow(s, editor, flow, {"booked": there.id})
    with pytest.raises(Forbidden), changing(s):
        actions.edit_flow(s, accounts.actor(s, "viewer"), flow, {"amount": eur(11)})
    with changing(s):
        actions.edit_flow(s, editor, flow, {"amount": eur(11)})
    assert flow.amount == eur(11)


def test_what_is_unsupported_stays_uncited(s: Session) -> None:
    place = funding.project(s, "ERIS")
    with changing(s):
        flow = actions.book_flow(s, SYSTEM, {"booked": place.id, "amount": eur(1)}, Support("document"))
    assert flow.certainty == "uncited"
    assert s.scalars(select(Statement.certainty).where(Statement.record_id == flow.id)).all() == ["uncited", "uncited"]


@pytest.mark.parametrize("mark", ["inferred", "derived"])
def test_an_amount_that_is_inferred_or_derived_stays_so_until_somebody_says_otherwise(s: Session, mark: str) -> None:
    flow = funding.flow(s, funding.project(s, "ERIS"), 1000)
    with changing(s):
        state(s, SYSTEM, flow, "amount", eur(1100), Support("unsure", (), precision=mark))
    assert flow.amount_mark == mark
    with changing(s):
        actions.edit_flow(s, SYSTEM, flow, {"amount": eur(1100), "amount_mark": mark, "purpose": Pair("účel", "")})
        actions.edit_flow(s, SYSTEM, flow, {"amount": eur(1200)})
    assert (flow.amount, flow.amount_mark) == (eur(1200), mark)
    with changing(s):
        actions.edit_flow(s, SYSTEM, flow, {"amount_mark": "exact"})
    assert flow.amount_mark == "exact"
