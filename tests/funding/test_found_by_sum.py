"""A sum finds its flow, the project and the contract it is booked at, and never those who may not see it."""

from __future__ import annotations

from sqlalchemy import select

from portal.funding import actions
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.search import SearchWord
from portal.kernel.settling import index
from portal.portfolio.queries.search import found
from portal.sources.facts import Pair
from tests.factories import accounts, changing, funding
from tests.factories.funding import eur


def test_a_sum_finds_what_it_is_booked_at_for_those_who_see_it(s) -> None:
    first, second = funding.project(s, "První"), funding.project(s, "Druhý")
    grant = funding.contract(s, first)
    flow = funding.flow(s, first, eur("1234567.80"), contract=grant.id, name=Pair("Dotace", ""))
    funding.flow(s, second, 918_000, name=Pair("Tajná", ""), confidential=True)
    programme = funding.instrument(s, "Program", envelope=eur(7_500_000))
    viewer = accounts.actor(s)

    def names(text: str, actor=viewer) -> set[str]:
        return {record.name_cs for record in found(s, actor, text, "cs").records}

    both = {"Dotace", "První", grant.name_cs}
    for text in ("1234567", "1 234 567,80", "€ 1,234,567.80", "1.234.567 eur", "1234567.8 EUR"):
        assert names(text) == both, text
    assert names("1 234 567 CZK") == names("1 234 567,81") == names("1 234") == set()
    assert names("7 500 000") == {programme.name_cs}
    assert names("918 000") == set() and names("918 000", SYSTEM) == {"Tajná", "Druhý"}
    with changing(s):
        actions.edit_flow(s, SYSTEM, flow, {"amount": eur(2_000_000), "booked": second.id})
    assert names("1 234 567") == set() and names("2 000 000 EUR") == {"Dotace", "Druhý", grant.name_cs}
    kept = {tuple(row) for row in s.execute(select(SearchWord.__table__))}
    index(s, s.scalars(select(Record)).all())
    assert kept == {tuple(row) for row in s.execute(select(SearchWord.__table__))}, "as if made anew"
