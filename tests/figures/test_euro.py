"""Figures in euro: every amount by the rate of its month, what has none named and left out."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from portal.figures import Scope
from portal.figures.euro import in_euro
from portal.figures.measures import COMMITMENTS
from portal.kernel.money import Money
from portal.kernel.permission import SYSTEM, Actor
from portal.kernel.transaction import unit
from portal.kernel.when import When
from tests.factories import accounts, changing, funding, rates
from tests.factories.funding import eur

READER = Actor(None, "everybody", "viewer")


def czk(amount: str) -> Money:
    return Money.of(amount, "CZK")


@pytest.fixture
def booked(engine: Engine) -> None:
    with unit(engine) as s, changing(s):
        person = accounts.person(s, "administrator")
        rates.load(s, person, rates.line("CZK", "2013-02", "25.000"), rates.line("CZK", "2013-03", "26.000"))
        project = funding.project(s, "Návraty")
        for amount, valued, mark in (
            (czk("1000.00"), "2013-02", "exact"),
            (czk("100.01"), "2013-02-11", "exact"),
            (czk("100.01"), "2013-03", "exact"),
            (czk("500.00"), "2013", "exact"),
            (czk("7.00"), None, "exact"),
            (eur("10.00"), None, "rounded"),
        ):
            funding.flow(s, project, amount, valued=valued and When(valued), amount_mark=mark, type_code="2")


def test_amounts_are_converted_by_their_month_rounded_each_and_then_added(engine: Engine, booked) -> None:
    with unit(engine) as s:
        found = in_euro(s, READER, Scope())
    # 1,000.00 / 25 = 40.00; 100.01 / 25 = 4.0004 -> 4.00; 100.01 / 26 = 3.8465 -> 3.85; EUR 10.00 needs no rate
    assert found.total.amount == eur("57.85") and found.approximate
    assert [(c.flows, c.original, c.euro) for c in found.converted] == [
        (2, czk("1100.01"), eur("44.00")), (1, czk("100.01"), eur("3.85")), (1, eur("10.00"), eur("10.00")),
    ]  # fmt: skip
    assert [c.approximate for c in found.converted] == [False, False, True]
    assert [r.month for r in found.total.rates] == [date(2013, 2, 1), date(2013, 3, 1)]
    assert [(left.flows, left.original, left.why.reason) for left in found.left] == [(2, czk("507.00"), "day_unknown")]


def test_a_group_is_converted_by_itself_and_nothing_makes_nothing(engine: Engine, booked) -> None:
    with unit(engine) as s:
        one = in_euro(s, SYSTEM, Scope(), COMMITMENTS, "year", "2013")
        assert one.total.amount == eur("47.85") and not one.approximate
        assert in_euro(s, SYSTEM, Scope(), COMMITMENTS, "year", "1999").total.amount is None
        with pytest.raises(ValueError, match="no such group"):
            in_euro(s, SYSTEM, Scope(), COMMITMENTS, "year", "letos")
