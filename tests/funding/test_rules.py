"""What a contract, an addendum and a flow may say, told apart by pure rules."""

from __future__ import annotations

from datetime import date

import pytest

from portal.funding import rules
from portal.kernel.money import Money
from portal.kernel.when import When
from portal.sources.facts import Pair
from tests.factories.funding import eur

TODAY = date(2026, 11, 28)
KNOWN = {"booked": 1, "amount": eur(600000)}


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, {}),
        ({"amount": None}, {"amount": "amount_or_reason"}),
        ({"amount": None, "unknown_reason": "not_stated"}, {}),
        ({"unknown_reason": "not_stated"}, {"unknown_reason": "amount_and_reason"}),
        ({"amount": Money(0, "EUR")}, {"amount": "amount_not_positive"}),
        ({"amount": Money(-1, "EUR")}, {"amount": "amount_not_positive"}),
        ({"amount": Money(10**15, "EUR")}, {}),
        ({"amount": Money(10**15 + 1, "EUR")}, {"amount": "amount_too_large"}),
        ({"provider": 5, "receiver": 5}, {"receiver": "to_itself"}),
        ({"provider": None, "receiver": None}, {}),
        ({"id": 9, "included_in": 9}, {"included_in": "included_in_itself"}),
        ({"booked": None}, {"booked": "booked_nowhere"}),
        ({"valued": When("2026-11-29"), "type_code": "3"}, {"valued": "in_the_future"}),
        ({"valued": When("2026"), "type_code": "3"}, {}),
        ({"valued": When("2027"), "type_code": "2"}, {}),
        ({"valued": When("2057"), "type_code": None}, {"valued": "too_far_ahead"}),
    ],
)
def test_a_flow_breaks_the_rules_it_breaks(values: dict, found: dict) -> None:
    assert rules.problems_of_flow(KNOWN | values, TODAY) == found


@pytest.mark.parametrize(
    ("part", "part_mark", "whole", "whole_mark", "code"),
    [
        (eur(600000), "exact", eur(3600000), "rounded", None),
        (eur(600000), "exact", eur(600000), "exact", None),
        (eur(600001), "exact", eur(600000), "exact", "included_in_less"),
        (eur(600001), "exact", eur(600000), "rounded", None),
        (eur(600001), "estimated", eur(600000), "exact", None),
        (eur(1), "exact", Money(100, "CZK"), "exact", "included_in_another_currency"),
        (None, None, eur(1), "exact", None),
        (eur(1), "exact", None, None, None),
    ],
)
def test_only_what_fits_is_included(part, part_mark, whole, whole_mark, code) -> None:
    assert rules.problem_of_inclusion(part, part_mark, whole, whole_mark) == code


def test_a_contract_is_called_something_and_does_not_end_before_it_starts() -> None:
    assert rules.problems_of_contract({}) == {"name": "name_or_number"}
    assert rules.problems_of_contract({"number": "1/2012"}) == {}
    spans = {"name": Pair("Grant", ""), "start": When("2013-02"), "end": When("2013")}
    assert rules.problems_of_contract(spans) == {}  # the year may end after the month
    assert rules.problems_of_contract(spans | {"end": When("2012")}) == {"end": "end_before_start"}
    assert rules.problems_of_contract(spans | {"authority": 4, "coordinator": 4}) == {
        "coordinator": "contracts_with_itself"
    }


def test_an_addendum_is_not_signed_before_its_contract() -> None:
    signed = When("2012-08-02")
    assert rules.problems_of_addendum({"contract": 1, "signed": When("2013-12")}, signed) == {}
    assert rules.problems_of_addendum({"contract": 1, "signed": When("2012-08")}, signed) == {}
    assert rules.problems_of_addendum({"contract": 1, "signed": When("2012-07")}, signed) == {
        "signed": "before_its_contract"
    }
    assert rules.problems_of_addendum({}, None) == {"contract": "contract_missing"}


def test_every_type_of_flow_is_a_stage_or_is_none_on_purpose() -> None:
    from portal.funding.models import FLOW_TYPES

    assert set(FLOW_TYPES) - set(rules.STAGES) == {"4", "7"}
    assert set(rules.STAGES) - {None} <= set(FLOW_TYPES)
