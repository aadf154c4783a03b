"""The worked example of docs/financial-report.md: two periods, three regimes, a use of contingencies, an addendum. Its numbers
stand here as they stand there, worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from portal.budgets import actions
from portal.budgets.models import BudgetLine
from portal.budgets.queries import budget_in_force, checks, comparison, incurred
from portal.kernel.permission import SYSTEM
from portal.kernel.when import When
from tests.budgets.test_rules import cents
from tests.factories import accounts, budgets, changing, frameworks, funding, obligations, rates

MONTHS = {
    "2014-07": "27.40",
    "2014-08": "27.60",
    "2014-09": "27.70",
    "2014-10": "27.50",
    "2014-11": "27.65",
    "2014-12": "27.64",
}
FIRST = {"A": ("4 498.19", "2 843.13"), "B": ("4 492.75", "2 829.44"), "C": ("4 489.68", "2 837.75")}
SECOND = {"A": ("7 609.61", "-144.95"), "B": ("7 594.94", "-144.72"), "C": ("7 600.45", "-144.77")}
DIRECT = {"A": "16 941.32", "B": "16 922.19", "C": "16 927.43"}
TOTALS = {
    "A": ("17 941.32", "50 264.66", "68 205.98"), "B": ("17 922.19", "50 250.22", "68 172.41"),
    "C": ("17 927.43", "50 255.68", "68 183.11"),
}  # fmt: skip
TO_DATE = {"A": ("11 962.85", "-29.33"), "B": ("11 942.97", "-29.45"), "C": ("11 945.36", "-29.44")}


def load_rates(s) -> None:
    with changing(s):
        rates.load(s, accounts.person(s, "reporting_officer"), *(rates.line("CZK", m, r) for m, r in MONTHS.items()))


def contract_of(s, regime: str, **values):
    """A contract for the second half of 2014, with an interim report for its first quarter and a final one for its second."""
    project = funding.project(s, "ERIS", framework=frameworks.framework(s, "Pražský proces"))
    contract = funding.contract(
        s, project, f"MIGR/2014/{regime}", rate_regime=regime, end=When("2014-12-31"),
        **{"start": When("2014-07-01"), "currency": "EUR", "rounding": "nearest", **values},
    )  # fmt: skip
    periods = {"interim_financial": ("2014-07-01", "2014-09-30"), "final_financial": ("2014-10-01", "2014-12-31")}
    found = [
        obligations.due_report(s, contract, kind_code=kind, starts=When(first), ends=When(last), every=3)
        for kind, (first, last) in periods.items()
    ]
    with changing(s):
        for report in found:
            report.state = "in_preparation"
    return contract, *found


def scene(s, regime: str, rounding: str = "nearest"):
    """The contract with its three budgets and the money of both reports."""
    contract, one, two = contract_of(s, regime, rounding=rounding)
    first = budgets.budget(s, contract)
    used = changed(
        s, contract, "contingencies", "2014-09-15", first, {"2.1": {"number": "41"}, "10": {"value": "11522.60"}}
    )
    raised = {"6.1": {"number": "413"}, "8": {"value": "59245.06"}, "10": {"value": "11522.61"}}
    last = changed(s, contract, "addendum", "2014-10-01", used, raised, [("5.8", "1", "1247.66")])
    budgets.item(s, one, "1.1.1", "9600.00", paid="2014-09-30", document="payroll 3")
    budgets.item(s, one, "2.1", "124000.00", "CZK", "2014-08-15", "FA 17")
    budgets.item(s, one, "4.2", "78375.50", "CZK", "2014-09-30", "rent")
    budgets.item(s, one, "8", "1000.00", paid="2014-09-30", document="flat rate 3")
    budgets.say(s, one, "1.1.1", expected_units=Decimal(3), expected=budgets.euro("3200.00"))
    budgets.say(s, one, "2.1", expected_units=Decimal(15), expected=budgets.euro("412.90"))
    budgets.item(s, two, "1.1.1", "9600.00", paid="2014-12-31", document="payroll 4")
    budgets.item(s, two, "2.1", "210000.00", "CZK", "2014-11-20", "FA 31")
    budgets.item(s, two, "2.1", "-4000.00", "CZK", "2014-12-05", "D 2")
    budgets.item(s, two, "6.1", "30000.00", paid="2014-12-15", document="grants")
    budgets.item(s, two, "8", "3200.00", paid="2014-12-31", document="flat rate 4")
    return last, one, two


def in_crowns(s, regime: str):
    """A smaller contract of the same half-year in crowns, and the money of both its reports."""
    contract, one, two = contract_of(s, regime, currency="CZK")
    lines = (("1.1.1", "6", "90000.00"), ("2.1", "41", "10000.00"), ("8", "1", "66500.00"), ("10", "1", "47500.00"))
    budgets.budget(s, contract, lines=lines, currency="CZK")
    for report, paid, flat, travel in (
        (one, "2014-09-30", "1000.00", "124000.00"),
        (two, "2014-12-31", "3200.00", "206000.00"),
    ):
        budgets.item(s, report, "1.1.1", "9600.00", paid=paid, document="payroll")
        budgets.item(s, report, "2.1", travel, "CZK", paid, "travel")
        budgets.item(s, report, "8", flat, paid=paid, document="flat rate")
    return one, two


def changed(s, contract, kind: str, valid: str, copied, lines, added=()):
    made = budgets.budget(s, contract, kind_code=kind, valid=When(valid), copied=copied, lines=added, agreed=False)
    rows = {row.code: row for row in s.scalars(select(BudgetLine).where(BudgetLine.budget_id == made.id))}
    with changing(s):
        for code, values in lines.items():
            given = (
                {"number": Decimal(values["number"])}
                if "number" in values
                else {"value": budgets.euro(values["value"])}
            )
            actions.edit_line(s, SYSTEM, made, rows[code], given)
    budgets.agree(s, made)
    return made


@pytest.mark.parametrize("regime", ["A", "B", "C"])
def test_two_periods_add_up_to_the_cent(s, regime) -> None:
    load_rates(s)
    last, one, two = scene(s, regime)
    first, second = incurred(s, SYSTEM, one), incurred(s, SYSTEM, two)
    assert [item.amount for item in first.items[1:3]] == [cents(text) for text in FIRST[regime]]
    assert [item.amount for item in second.items[1:3]] == [cents(text) for text in SECOND[regime]]
    assert first.incurred[7] == cents(DIRECT[regime])
    assert (first.incurred[11], second.incurred[11], second.to_date[11]) == tuple(map(cents, TOTALS[regime]))
    assert [first.version.budget.edition, second.version.budget.edition] == [2, 3]
    travel = next(line for line in second.lines if line.code == "2.1")
    assert (travel.budget.total, travel.forecast.total) == (cents("16 928.90"), cents("6 193.50"))
    assert travel.before == cents(FIRST[regime][0]) and travel.to_date == cents(TO_DATE[regime][0])
    assert str(travel.variation.percent) == TO_DATE[regime][1]
    told = [(one.what, one.code) for one in checks(s, SYSTEM, second)]
    varied = [
        ("explanation", line)
        for line in ("1.1.1", "1.1.2", "1.3.1", "2.1", "3.2", "4.2", "5.7", "5.8", "6.1", "8", "10")
    ]
    expected = [("unsent_before", ""), *varied, ("doubt", "amount_negative")]
    assert told == expected, "a final report explains each variation"
    assert [(one.what, one.code) for one in checks(s, SYSTEM, first)] == [], "an interim one has nothing to explain"
    if regime == "A":
        assert travel.incurred == cents("7 464.66") and travel.against_forecast.amount == cents("1 271.16")
        assert second.to_date[7] == cents("64 005.98") and second.to_date[8] == cents("4 200.00")


CROWNS = {
    "A": (("264 640.00", "27 566.67", "416 206.67"), ("264 928.00", "88 309.33", "559 237.33"), "975 444.00"),
    "B": (("265 920.00", "27 700.00", "417 620.00"), ("265 344.00", "88 448.00", "559 792.00"), "977 412.00"),
    "C": (("265 141.38", "27 618.89", "416 760.27"), ("265 247.40", "88 415.80", "559 663.20"), "976 423.47"),
}


@pytest.mark.parametrize("regime", ["A", "B", "C"])
def test_a_contract_in_crowns_converts_euro_the_other_way_round(s, regime) -> None:
    load_rates(s)
    *quarters, to_date = CROWNS[regime]
    for report, (salaries, flat, total) in zip(in_crowns(s, regime), quarters, strict=True):
        found = incurred(s, SYSTEM, report)
        assert [item.amount for item in found.items][::2] == [cents(salaries), cents(flat)]
        assert found.incurred[11] == cents(total)
    assert found.to_date[11] == cents(to_date)


def test_a_template_that_cuts_down_has_its_own_cents(s) -> None:
    load_rates(s)
    _last, one, _two = scene(s, "A", "cut")
    assert [item.amount for item in incurred(s, SYSTEM, one).items[1:3]] == [cents("4 498.18"), cents("2 843.12")]


def test_each_step_from_crowns_to_euro_is_there_with_rate_month_and_source(s) -> None:
    load_rates(s)
    _last, one, _two = scene(s, "A")
    steps = incurred(s, SYSTEM, one).items[1].conversion.steps()
    assert [step.what for step in steps] == ["given", "rate", "rate", "rate", "mean", "exact", "rounded"]
    assert [str(step.rate.per_euro) for step in steps[1:4]] == ["27.40", "27.60", "27.70"] or [
        step.rate.per_euro for step in steps[1:4]
    ] == [Decimal("27.4"), Decimal("27.6"), Decimal("27.7")]
    assert {step.rate.source for step in steps[1:4]} == {"InforEuro"}


def test_the_addendum_adds_six_hundred_thousand_over_a_use_of_contingencies(s) -> None:
    load_rates(s)
    last, _one, _two = scene(s, "A")
    told = comparison(s, SYSTEM, last)
    assert told.difference[11] == cents("600 000.00") and told.new.totals[11] == cents("919 603.24")
    assert {one.code: one.used for one in told.lines if one.used} == {
        "2.1": cents("2 477.40"),
        "10": cents("-2 477.40"),
    }
    assert {one.code: one.difference for one in told.lines if one.difference and not one.used} == {
        "5.8": cents("1 247.66"), "6.1": cents("559 500.00"), "8": cents("39 252.33"),
    }  # fmt: skip
    assert (told.new.totals[7], told.new.totals[8], told.new.totals[10]) == (
        cents("848 835.57"), cents("59 245.06"), cents("11 522.61"),
    )  # fmt: skip
    assert told.new.over == [] and told.allowed_by_addendum and [one.heading for one in told.shifted] == [6, 8]
    assert budget_in_force(s, SYSTEM, last.contract_id, last.valid_from).budget is last
