"""Known funding: what counts, what is inside already, what is unknown, and for how many projects it is known."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from portal.figures import FIGURES, NOT_STATED, Coverage, Scope, frame
from portal.figures.coverage import gaps, twins, units
from portal.figures.funding import by_place, records
from portal.kernel.money import Money
from portal.kernel.permission import SYSTEM
from tests.factories import changing, funding
from tests.factories.funding import eur
from tests.figures.scene import targeted_initiative

DOCUMENTS, PUBLIC = Scope(), Scope(certainty="public")
TOTAL, BY_INSTRUMENT = FIGURES["known_funding"], FIGURES["known_funding_by_instrument"]
BY_FRAMEWORK = FIGURES["known_funding_by_framework"]


def total(s: Session, scope: Scope = DOCUMENTS, actor=SYSTEM) -> dict[str, Money]:
    return {currency: one.total for currency, one in TOTAL.value(s, actor, scope).sums.items()}


def amounts(breakdown) -> dict[str, Money | None]:
    """{name of the group, or its key: total in euros, None for unknown}"""
    return {g.name_cs or g.key: g.funding.sums["EUR"].total if g.funding.known else None for g in breakdown.groups}


def test_by_the_documents_the_600_000_count_once_at_the_level_of_the_umbrella(s: Session) -> None:
    scene = targeted_initiative(s)
    value = TOTAL.value(s, SYSTEM, DOCUMENTS)
    assert value.sums["EUR"].exact == eur(600000)
    assert value.sums["EUR"].rounded is None
    assert not value.sums["EUR"].approximate
    assert [r.flow for r in TOTAL.records(s, SYSTEM, DOCUMENTS) if r.reason is None] == [scene.top_up]
    places = by_place(s, SYSTEM, DOCUMENTS, [scene.initiative.id, *(p.id for p in scene.parts)])
    assert {place: found.sums["EUR"].total for place, found in places.items()} == {scene.initiative.id: eur(600000)}


def test_with_public_sources_the_included_sum_does_not_add(s: Session) -> None:
    scene = targeted_initiative(s)
    value = TOTAL.value(s, SYSTEM, PUBLIC)
    assert value.sums["EUR"].total == eur(6600000)
    assert value.sums["EUR"].approximate
    assert value.sums["EUR"].exact is None
    assert value.included["EUR"].exact == eur(600000)
    assert value.left_out == {"included": 1, "unknown_amount": 1}
    assert {r.flow.id: r.reason for r in records(s, SYSTEM, PUBLIC)} == {
        scene.whole.id: None, scene.tig.id: None, scene.top_up.id: "included", scene.eris_flow.id: "unknown_amount",
    }  # fmt: skip


def test_by_instrument_the_600_000_stand_under_instrument_not_stated(s: Session) -> None:
    targeted_initiative(s)
    value = BY_INSTRUMENT.value(s, SYSTEM, DOCUMENTS)
    assert amounts(value) == {"Tematický program": None, "none": eur(600000)}
    assert value.coverage == Coverage(known=0, unknown=1)
    assert amounts(BY_INSTRUMENT.value(s, SYSTEM, PUBLIC)) == {"Tematický program": None, "none": eur(6600000)}


def test_by_framework_a_part_without_a_framework_stands_under_that_of_its_umbrella(s: Session) -> None:
    targeted_initiative(s)
    value = BY_FRAMEWORK.value(s, SYSTEM, DOCUMENTS)
    assert amounts(value) == {"Partnerství pro mobilitu s Gruzií": None, "Pražský proces": eur(600000)}
    assert {g.name_cs: g.coverage for g in value.groups} == {
        "Partnerství pro mobilitu s Gruzií": Coverage(unknown=2),
        "Pražský proces": Coverage(known=1, within=7, unknown=1),
    }
    public = BY_FRAMEWORK.value(s, SYSTEM, PUBLIC)
    assert amounts(public) == {
        "Partnerství pro mobilitu s Gruzií": eur(3000000), "Pražský proces": eur(3600000), "none": None,
    }  # fmt: skip


def test_coverage_tells_known_within_and_unknown_apart(s: Session) -> None:
    scene = targeted_initiative(s)
    assert TOTAL.coverage(s, SYSTEM, DOCUMENTS) == Coverage(known=1, within=7, unknown=3)
    assert TOTAL.coverage(s, SYSTEM, PUBLIC) == Coverage(known=2, within=7, unknown=3)
    assert [u.state for u in units(s, SYSTEM, DOCUMENTS)] == ["known"] + ["within"] * 7 + ["unknown"] * 3
    assert [(u.name_cs, u.reasons) for u in gaps(s, SYSTEM, DOCUMENTS)] == [
        ("ERIS", ("not_stated",)), ("Podpora reintegrace", ()), ("Vlajkový projekt", ()),
    ]  # fmt: skip
    assert {u.umbrella_id for u in units(s, SYSTEM, DOCUMENTS) if u.state == "within"} == {scene.initiative.id}


def test_no_row_of_a_frame_draws_a_zero_for_an_unknown(s: Session) -> None:
    targeted_initiative(s)
    rows = frame(BY_INSTRUMENT.value(s, SYSTEM, DOCUMENTS))
    assert [(r.key if r.record_id is None else r.name_cs, r.amount, r.certainty, r.approximate) for r in rows] == [
        ("Tematický program", None, None, None), ("none", eur(600000), "document", False),
    ]  # fmt: skip
    assert [(r.known, r.within, r.unknown) for r in rows] == [(0, 0, 1), (1, 7, 2)]
    empty = frame(TOTAL.value(s, SYSTEM, Scope(framework=scene_less_framework(s))))
    assert [(r.key, r.amount) for r in empty] == [("total", None)]


def scene_less_framework(s: Session) -> int:
    from tests.factories.frameworks import framework

    return framework(s, "Tichý dialog").id


def test_projects_that_may_be_one_are_a_warning_once_both_carry_money(s: Session) -> None:
    scene = targeted_initiative(s)
    [pair] = twins(s, SYSTEM, PUBLIC)
    assert (pair.first.record_id, pair.second.record_id) == (scene.flagship.id, scene.reintegration.id)
    assert not pair.both_carry_money
    funding.flow(s, scene.flagship, 3000000, certainty="public", amount_mark="rounded")
    [pair] = twins(s, SYSTEM, PUBLIC)
    assert pair.both_carry_money
    assert total(s, PUBLIC) == {"EUR": eur(9600000)}


def test_currencies_are_never_added_to_one_another(s: Session) -> None:
    scene = targeted_initiative(s)
    funding.flow(s, scene.eris, Money.of("1250000.50", "CZK"))
    assert total(s) == {"CZK": Money(125000050, "CZK"), "EUR": eur(600000)}


def test_exact_and_rounded_amounts_stay_apart_within_a_total(s: Session) -> None:
    scene = targeted_initiative(s)
    funding.flow(s, scene.flagship, "150000.25", amount_mark="estimated")
    one = TOTAL.value(s, SYSTEM, DOCUMENTS).sums["EUR"]
    assert (one.exact, one.rounded, one.total, one.flows) == (eur(600000), eur("150000.25"), eur("750000.25"), 2)
    assert one.approximate


def test_a_flow_is_as_sure_as_the_statement_of_its_amount(s: Session) -> None:
    scene = targeted_initiative(s)
    doubtful = funding.flow(s, scene.eris, 70000, certainty="uncited")
    assert doubtful.certainty == "uncited"
    assert total(s, PUBLIC) == {"EUR": eur(6600000)}
    assert total(s, Scope(certainty="all")) == {"EUR": eur(6670000)}


def test_an_instrument_stated_by_a_public_source_only_is_not_stated_by_the_documents(s: Session) -> None:
    from portal.sources.actions import state

    scene = targeted_initiative(s)
    with changing(s):
        state(s, SYSTEM, scene.top_up, "instrument", scene.programme.id, funding.support(s, "public"))
    assert amounts(BY_INSTRUMENT.value(s, SYSTEM, DOCUMENTS)) == {"Tematický program": None, "none": eur(600000)}
    assert total(s, Scope(instrument=scene.programme.id)) == {}
    assert total(s, Scope(instrument=NOT_STATED)) == {"EUR": eur(600000)}
    everything = Scope(certainty="public", instrument=scene.programme.id)
    assert total(s, everything) == {"EUR": eur(600000)}  # its whole has no instrument, so it is not in this selection


def test_a_contract_lends_its_instrument_to_the_flows_under_it(s: Session) -> None:
    scene = targeted_initiative(s)
    signed = funding.contract(s, scene.eris, instrument=scene.programme.id)
    flow = funding.flow(s, scene.eris, 5000, contract=signed.id)
    assert amounts(BY_INSTRUMENT.value(s, SYSTEM, Scope(certainty="all")))["Tematický program"] == eur(5000)
    part = BY_INSTRUMENT.records(s, SYSTEM, Scope(certainty="all"), part=str(scene.programme.id))
    assert [(r.flow.id, r.reason) for r in part] == [(flow.id, None), (scene.eris_flow.id, "unknown_amount")]


@pytest.mark.parametrize(
    ("type_code", "counts", "reason"),
    [(None, 1000, None), ("2", 1000, None), ("11", 1000, None), ("1", 0, "other_stage"), ("3", 0, "other_stage"),
     ("12", 0, "other_stage"), ("13", 0, "other_stage"), ("4", 0, "spent"), ("7", 0, "refunded")],
)  # fmt: skip
def test_beside_a_commitment_only_further_commitments_add(s: Session, type_code, counts, reason) -> None:
    scene = targeted_initiative(s)
    funding.flow(s, scene.eris, 50000, type_code="2", provider=scene.commission.id)
    beside = funding.flow(s, scene.eris, 1000, type_code=type_code, provider=scene.commission.id)
    assert total(s) == {"EUR": eur(650000 + counts)}
    assert {r.flow.id: r.reason for r in records(s, SYSTEM, DOCUMENTS)}[beside.id] == reason


def test_a_payment_counts_where_no_commitment_is_known_and_from_another_provider(s: Session) -> None:
    scene = targeted_initiative(s)
    funding.flow(s, scene.eris, 1000, type_code="3", provider=scene.commission.id)
    assert total(s) == {"EUR": eur(601000)}
    other = funding.organisation(s, "Ministerstvo vnitra")
    funding.flow(s, scene.eris, 50000, type_code="2", provider=other.id)
    assert total(s) == {"EUR": eur(651000)}
    funding.flow(s, scene.parts[0], 70000, type_code="3", provider=scene.commission.id)  # the umbrella's commitment
    assert total(s) == {"EUR": eur(651000)}


def test_money_passed_on_inside_the_selection_is_not_counted_again(s: Session) -> None:
    scene = targeted_initiative(s)
    funding.flow(s, scene.eris, 40000, type_code="2", provider=scene.initiative.id, receiver=scene.eris.id)
    assert total(s) == {"EUR": eur(600000)}
    assert TOTAL.value(s, SYSTEM, DOCUMENTS).left_out == {"inside": 1, "unknown_amount": 1}
    assert total(s, Scope(framework=scene.prague.id)) == {"EUR": eur(600000)}
    assert total(s, Scope(framework=scene.georgia.id)) == {}


def test_money_booked_at_a_framework_counts_and_is_told_apart_in_the_coverage(s: Session) -> None:
    scene = targeted_initiative(s)
    funding.flow(s, scene.prague, 90000)
    assert total(s) == {"EUR": eur(690000)}
    assert TOTAL.coverage(s, SYSTEM, DOCUMENTS) == Coverage(known=1, within=7, unknown=3, elsewhere=1)
    assert amounts(BY_FRAMEWORK.value(s, SYSTEM, DOCUMENTS))["Pražský proces"] == eur(690000)
    assert total(s, Scope(statuses=("none",))) == {"EUR": eur(600000)}  # a framework has no status of a project


def test_filters_of_the_place_choose_what_counts(s: Session) -> None:
    scene = targeted_initiative(s)
    assert total(s, Scope(certainty="public", framework=scene.georgia.id)) == {"EUR": eur(3000000)}
    assert total(s, Scope(certainty="public", framework=scene.prague.id)) == {"EUR": eur(3600000)}
    assert total(s, Scope(certainty="public", provider=scene.commission.id)) == {"EUR": eur(3600000)}
    covered = TOTAL.coverage(s, SYSTEM, Scope(framework=scene.prague.id))
    assert covered == Coverage(known=1, within=7, unknown=1)
    assert TOTAL.coverage(s, SYSTEM, Scope(certainty="public", provider=scene.commission.id)).total == 8
    assert TOTAL.coverage(s, SYSTEM, Scope(certainty="public", framework=NOT_STATED)) == Coverage(unknown=1)


def test_years_take_what_may_fall_into_them_and_leave_out_the_undated(s: Session) -> None:
    from portal.kernel.when import When

    scene = targeted_initiative(s)
    funding.flow(s, scene.eris, 1000, valued=When("2013-12"))
    funding.flow(s, scene.eris, 20, valued=When("2010/2013"))
    funding.flow(s, scene.eris, 3, valued=When("2014-06-01/.."))
    assert total(s, Scope(years=(2013, 2013))) == {"EUR": eur(1020)}
    assert total(s, Scope(years=(2014, 2016))) == {"EUR": eur(3)}
    assert total(s, Scope(years=(2009, 2009))) == {}


def test_a_part_of_a_payment_does_not_add_beside_the_commitment_of_the_payment(s: Session) -> None:
    scene = targeted_initiative(s)
    funding.flow(s, scene.eris, 50000, type_code="2", provider=scene.commission.id)
    payment = funding.flow(s, scene.eris, 50000, type_code="3", provider=scene.commission.id)
    part = funding.flow(s, scene.eris, 7000, included_in=payment)
    assert total(s) == {"EUR": eur(650000)}
    assert {r.flow.id: r.reason for r in records(s, SYSTEM, DOCUMENTS)}[part.id] == "included"


def test_a_payment_counts_where_its_commitment_is_out_of_the_selection(s: Session) -> None:
    """No money vanishes under a filter; sums of years therefore need not add up to that of all years."""
    from portal.kernel.when import When

    scene = targeted_initiative(s)
    funding.flow(s, scene.eris, 500, type_code="2", provider=scene.commission.id, valued=When("2014"))
    funding.flow(s, scene.eris, 400, type_code="3", provider=scene.commission.id, valued=When("2016"))
    assert total(s) == {"EUR": eur(600500)}
    assert total(s, Scope(years=(2014, 2014))) == {"EUR": eur(500)}
    assert total(s, Scope(years=(2016, 2016))) == {"EUR": eur(400)}
    funding.flow(s, scene.parts[0], 300, type_code="3", provider=scene.commission.id)
    only_the_part = funding.flow(s, scene.initiative, 900, type_code="2", provider=scene.commission.id)
    assert {r.flow.id for r in records(s, SYSTEM, DOCUMENTS) if r.reason is None} >= {only_the_part.id}


def test_a_payment_in_another_currency_is_the_same_money_only_from_the_same_provider(s: Session) -> None:
    scene = targeted_initiative(s)
    funding.flow(s, scene.eris, 10, type_code="2", provider=scene.commission.id)
    nobody = funding.flow(s, scene.eris, Money.of("999999", "CZK"), type_code="3")
    assert total(s) == {"CZK": Money.of("999999", "CZK"), "EUR": eur(600010)}
    same = funding.flow(s, scene.eris, Money.of("250", "CZK"), type_code="3", provider=scene.commission.id)
    assert {r.flow.id: r.reason for r in records(s, SYSTEM, DOCUMENTS) if r.flow.id in (nobody.id, same.id)} == {
        nobody.id: None, same.id: "other_stage",
    }  # fmt: skip


@pytest.mark.parametrize("type_code", ["4", "7"])
def test_money_spent_or_given_back_makes_no_funding_known(s: Session, type_code: str) -> None:
    scene = targeted_initiative(s)
    funding.flow(s, scene.eris, 1000, type_code=type_code)
    funding.flow(s, scene.prague, 1000, type_code=type_code)
    assert TOTAL.coverage(s, SYSTEM, DOCUMENTS) == Coverage(known=1, within=7, unknown=3)
    assert BY_INSTRUMENT.value(s, SYSTEM, DOCUMENTS).coverage == Coverage(known=0, unknown=1)
    [row] = [g for g in BY_FRAMEWORK.value(s, SYSTEM, DOCUMENTS).groups if g.name_cs == "Pražský proces"]
    assert row.coverage == Coverage(known=1, within=7, unknown=1)
