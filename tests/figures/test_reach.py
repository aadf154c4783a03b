"""The worked example of docs/four-totals.md: its numbers stand here as they stand there."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.figures import FIGURES, Scope
from portal.figures.scope import REACHES
from portal.funding.actions import edit_flow
from portal.kernel.permission import SYSTEM
from portal.partners.models import Organisation
from portal.sources.models import Statement
from tests.factories import accounts, changing, funding, partners
from tests.factories.funding import eur

EXAMPLE = {"all": 1480000, "led": 1050000, "through": 1000000, "own": 80000}
PAGE = Path(__file__).parents[2] / "docs" / "four-totals.md"


@pytest.fixture
def example(s: Session) -> dict:
    us, commission, iom = (funding.organisation(s, name) for name in ("Ministerstvo vnitra", "Evropská komise", "IOM"))
    with changing(s):
        s.get(Organisation, us.id).key = "mv-cr"
        s.flush()
    returns, training = funding.project(s, "Návraty"), funding.project(s, "Školení")
    partners.role(s, returns, us, "lead")
    partners.role(s, training, iom, "lead")
    ends = {"provider": commission.id, "receiver": us.id, "type_code": "2"}
    first = funding.flow(s, returns, 1000000, **ends)
    funding.flow(s, returns, 200000, included_in=first, **ends)
    for project in (returns, training):
        amount = 50000 if project is returns else 30000
        funding.flow(s, project, amount, provider=us.id, receiver=iom.id, type_code="2")
    funding.flow(s, training, 400000, receiver=iom.id, type_code="2")
    funding.flow(s, returns, 300000, provider=us.id, receiver=iom.id, type_code="2", included_in=first)
    supplier = funding.organisation(s, "Dodavatel")
    funding.flow(s, returns, 250000, provider=us.id, receiver=supplier.id, type_code="4", included_in=first)
    return {"first": first, "us": us}


def total(s: Session, reach: str, actor=SYSTEM, key: str = "known_funding", **asked):
    sums = FIGURES[key].value(s, actor, Scope(reach=reach, **asked)).sums
    return sums["EUR"].total if sums else None


@pytest.mark.parametrize("key", ["known_funding", "commitments"])
def test_the_four_totals_are_those_of_the_worked_example(s: Session, example, key: str) -> None:
    assert {reach: total(s, reach, key=key) for reach in REACHES} == {r: eur(n) for r, n in EXAMPLE.items()}
    text = PAGE.read_text(encoding="utf-8")
    for amount in EXAMPLE.values():
        assert f"EUR {amount:,} |" in text and f"{amount:,} EUR |".replace(",", " ") in text


def test_what_the_state_leads_and_gives_is_ours_unless_the_setting_says_otherwise(s: Session, example) -> None:
    state, eris = partners.country(s, "Česká republika", "CZ", "country-cz"), funding.project(s, "ERIS")
    partners.role(s, eris, state, "lead")
    funding.flow(s, eris, 7, provider=state.id, type_code="2")
    assert [total(s, reach) for reach in ("led", "own")] == [eur(1050007), eur(80007)]
    alone = {"ours": ("mv-cr",)}
    assert [total(s, reach, **alone) for reach in ("led", "own")] == [eur(1050000), eur(80000)]
    assert Scope.read({"reach": "led"}, ("mv-cr",)).ours == ("mv-cr",) and "ours" not in Scope(**alone).args()
    text = PAGE.read_text(encoding="utf-8")
    assert text.count("`mv-cr,country-cz`") == 2 and text.count("ERIS") == 2


def test_what_goes_out_goes_through_us_where_we_spend_it_and_is_our_own_unless_another_gave_it(
    s: Session, example
) -> None:
    spent = {reach: total(s, reach, key="expenditure") for reach in REACHES}
    assert spent == {"all": eur(250000), "led": eur(250000), "through": eur(250000), "own": None}
    [share] = FIGURES["absorption"].value(s, SYSTEM, Scope(reach="through")).cells
    assert (share.part, share.whole, str(share.percent)) == (eur(250000), eur(1000000), "25.0")
    text = PAGE.read_text(encoding="utf-8")
    assert text.count("250 000 EUR |") == 3 == text.count("EUR 250,000 |")


def test_without_the_wider_sum_the_included_one_counts_and_nobody_else_learns_of_it(s: Session, example) -> None:
    viewer = accounts.actor(s, "viewer")
    with changing(s):
        edit_flow(s, SYSTEM, example["first"], {"confidential": True})
    assert {reach: total(s, reach, viewer) for reach in REACHES} == {
        "all": eur(980000), "led": eur(550000), "through": eur(200000), "own": eur(380000),
    }  # fmt: skip
    assert FIGURES["known_funding"].value(s, viewer, Scope()).left_out == {
        "spent": 1
    }  # no word of a sum that holds others


def test_role_and_currency_narrow_a_total(s: Session, example) -> None:
    us = example["us"].id
    assert total(s, "all", organisation=us, role="lead") == eur(1050000)
    assert total(s, "all", organisation=us, role="partner") is None
    assert total(s, "own", currency="EUR") == eur(80000)
    assert total(s, "own", currency="CZK") is None


def test_where_nothing_says_who_we_are_the_totals_about_us_are_unknown(s: Session) -> None:
    funding.flow(s, funding.project(s, "Jiný"), 1000, provider=funding.organisation(s, "Jiná").id)
    assert [total(s, reach) for reach in REACHES] == [eur(1000), None, None, None]


def test_a_provider_is_asked_for_as_the_chosen_sources_state_it(s: Session, example) -> None:
    first = example["first"]
    asked = {"provider": first.provider_id}
    assert total(s, "all", **asked) == eur(1000000)
    with changing(s):
        stated = s.scalars(
            select(Statement).where(Statement.record_id == first.id, Statement.field == "provider")
        ).one()
        stated.certainty = "public"
        s.flush()
    groups = FIGURES["known_funding_by_provider"].value(s, SYSTEM, Scope()).groups
    assert {g.key: g.funding.known for g in groups}[str(first.provider_id)] is False
    assert total(s, "all", **asked) == eur(200000)
    assert total(s, "all", certainty="public", **asked) == eur(1000000)
