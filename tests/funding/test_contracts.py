"""Instruments, contracts and their addenda: written, refused, read."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from portal.funding import actions, queries
from portal.kernel.errors import Forbidden, InvalidInput
from portal.kernel.permission import SYSTEM
from portal.kernel.when import When
from portal.sources.facts import Pair
from tests.factories import accounts, changing, funding
from tests.factories.frameworks import framework
from tests.factories.funding import eur


def test_an_instrument_keeps_its_envelope_with_the_mark_of_its_source(s: Session) -> None:
    commission = funding.organisation(s)
    programme = funding.instrument(
        s, owner=commission.id, envelope=eur(380_000_000), envelope_mark="rounded", period=When("2007/2013"),
    )  # fmt: skip
    assert (programme.envelope, programme.envelope_mark, programme.period) == (
        eur(380_000_000),
        "rounded",
        When("2007/2013"),
    )
    with changing(s):
        actions.edit_instrument(s, SYSTEM, programme, {"envelope": eur(205_000_000), "envelope_mark": "exact"})
    assert (programme.envelope, programme.envelope_mark) == (eur(205_000_000), "exact")
    with pytest.raises(InvalidInput) as caught, changing(s):
        actions.edit_instrument(s, SYSTEM, programme, {"name": Pair("", ""), "owner": programme.id})
    assert caught.value.errors == {"name": "name_missing", "owner": "wrong_kind"}


def test_instruments_say_how_many_of_their_flows_have_a_known_amount(s: Session) -> None:
    programme, silent = funding.instrument(s), funding.instrument(s, "Bez toků")
    place = funding.project(s, "ERIS")
    funding.flow(s, place, None, instrument=programme)
    funding.flow(s, place, 10, instrument=programme)
    rows = {i.id: (flows, known) for i, flows, known in s.execute(queries.instruments(SYSTEM))}
    assert rows == {programme.id: (2, 1), silent.id: (0, 0)}


def test_a_contract_without_a_title_is_called_by_its_number(s: Session) -> None:
    contract = funding.contract(s, funding.project(s, "Iniciativa"), signed=When("2012-08-02"))
    assert (contract.name_cs, contract.name_en) == ("MIGR/2012/284", "MIGR/2012/284")
    assert queries.contracts_of(s, SYSTEM, contract.for_id) == [contract]


def test_a_top_up_is_a_dated_row_and_leaves_the_contract_as_it_was(s: Session) -> None:
    contract = funding.contract(s, funding.project(s, "Iniciativa"), signed=When("2012-08-02"))
    version = contract.version
    undated = funding.addendum(s, contract)
    top_up = funding.addendum(
        s, contract, kind_code="top_up", signed=When("2013-12"), subject=Pair("tři další projekty", "")
    )
    assert contract.version == version
    assert queries.addenda_of(s, SYSTEM, contract.id) == [top_up, undated]
    assert (top_up.name_cs, undated.name_cs, undated.name_en) == (
        "tři další projekty", "MIGR/2012/284, dodatek", "MIGR/2012/284, addendum",
    )  # fmt: skip


def test_an_addendum_with_money_stays_at_its_contract(s: Session) -> None:
    place = funding.project(s, "Iniciativa")
    contract, other = funding.contract(s, place), funding.contract(s, place, "2/2012")
    addendum = funding.addendum(s, contract)
    funding.flow(s, place, 600000, addendum=addendum.id)
    with pytest.raises(InvalidInput) as caught, changing(s):
        actions.edit_addendum(s, SYSTEM, addendum, {"contract": other.id})
    assert caught.value.errors == {"contract": "has_flows_under_its_contract"}
    assert [f.amount for f in queries.flows_under(s, SYSTEM, contract.id)] == [eur(600000)]


def test_a_contract_keeps_the_instrument_of_its_flows(s: Session) -> None:
    place, programme, fund = funding.project(s, "ERIS"), funding.instrument(s), funding.instrument(s, "Jiný fond")
    contract = funding.contract(s, place)
    flow = funding.flow(s, place, 10, contract=contract.id, instrument=programme)
    with pytest.raises(InvalidInput) as caught, changing(s):
        actions.edit_contract(s, SYSTEM, contract, {"instrument": fund.id})
    assert caught.value.errors == {"instrument": "its_flows_have_another"}
    with changing(s):
        actions.edit_contract(s, SYSTEM, contract, {"instrument": programme.id})
    assert queries.flows_of_instrument(s, SYSTEM, programme.id) == [flow]
    assert queries.contracts_of_instrument(s, SYSTEM, programme.id) == [contract]


def test_contracts_are_written_where_the_record_they_are_for_is(s: Session) -> None:
    prague, georgia = framework(s, "Pražský proces"), framework(s, "Gruzie")
    here, there = funding.project(s, "ERIS", framework=prague), funding.project(s, "TIG", framework=georgia)
    editor = accounts.actor(s, "editor", frameworks=[prague.id])
    with changing(s):
        mine = actions.sign_contract(s, editor, {"number": "1", "for": here.id})
        actions.add_addendum(s, editor, {"contract": mine.id})
    theirs = funding.contract(s, there)
    with pytest.raises(Forbidden), changing(s):
        actions.sign_contract(s, editor, {"number": "2", "for": there.id})
    with pytest.raises(Forbidden), changing(s):
        actions.add_addendum(s, editor, {"contract": theirs.id})
    with pytest.raises(Forbidden), changing(s):
        actions.edit_contract(s, editor, mine, {"for": there.id})


def test_what_touches_a_confidential_record_is_in_no_list(s: Session) -> None:
    place, donor = funding.project(s, "ERIS"), funding.organisation(s, "Dárce", confidential=True)
    programme = funding.instrument(s)
    contract = funding.contract(s, place, authority=donor.id)
    addendum = funding.addendum(s, contract)
    hidden = funding.flow(s, place, 10, provider=donor.id, instrument=programme)
    shown = funding.flow(s, place, 20, instrument=programme)
    viewer = accounts.actor(s, "viewer")
    assert queries.flows_of(s, viewer, place.id) == [shown]
    assert queries.flow(s, viewer, hidden.id) is None
    assert queries.contract(s, viewer, contract.id) is None
    assert queries.addendum(s, viewer, addendum.id) is None
    assert queries.flows_of_instrument(s, viewer, programme.id) == [shown]
    assert [(flows, known) for _, flows, known in s.execute(queries.instruments(viewer))] == [(1, 1)]
    assert len(queries.flows_of(s, SYSTEM, place.id)) == 2


def test_a_contract_called_by_its_number_follows_it_when_the_form_sends_the_name_back(s: Session) -> None:
    contract = funding.contract(s, funding.project(s, "ERIS"), "MIGR/1")
    with changing(s):
        actions.edit_contract(s, SYSTEM, contract, {"name": Pair("MIGR/1", "MIGR/1"), "number": "MIGR/2"})
        assert (contract.name_cs, contract.name_en) == ("MIGR/2", "MIGR/2")
        with pytest.raises(InvalidInput) as caught:
            actions.edit_contract(s, SYSTEM, contract, {"name": Pair("MIGR/2", "MIGR/2"), "number": None})
        assert caught.value.errors == {"name": "name_or_number"}
        actions.edit_contract(s, SYSTEM, contract, {"name": Pair("Dohoda", ""), "number": "MIGR/3"})
        actions.edit_contract(s, SYSTEM, contract, {"name": Pair("Dohoda", ""), "number": "MIGR/4"})
    assert (contract.name_cs, contract.number) == ("Dohoda", "MIGR/4")


def test_an_addendum_called_by_its_subject_follows_it_when_the_form_sends_the_name_back(s: Session) -> None:
    contract = funding.contract(s, funding.project(s, "ERIS"), "MIGR/1")
    addendum = funding.addendum(s, contract, number="1", subject=Pair("Prodloužení", ""))
    with changing(s):
        sent = {"name": Pair(addendum.name_cs, addendum.name_en)}
        actions.edit_addendum(s, SYSTEM, addendum, sent | {"subject": Pair("Prodloužení do června", "")})
    assert addendum.name_cs == "Prodloužení do června"
