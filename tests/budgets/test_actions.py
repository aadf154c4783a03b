"""Versions of a budget, who may change what, and expenditure that is frozen with its report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from portal.accounts.actions.secrecy import set_secrecy
from portal.budgets import actions
from portal.budgets.models import Budget, BudgetLine
from portal.budgets.queries import budget_in_force, budgets_of, checks, comparison, incurred, items_of, versions
from portal.funding.actions import edit_contract
from portal.kernel.errors import Forbidden, InvalidInput, Refused
from portal.kernel.history import twin
from portal.kernel.permission import SYSTEM, Actor
from portal.kernel.settling import settle
from portal.kernel.standing import WITHDRAWN
from portal.kernel.when import When
from portal.obligations.actions import move_report
from portal.obligations.rules import PREPARED
from portal.sources.facts import Pair
from portal.standing.actions import set_standing
from tests.factories import accounts, budgets, changing, frameworks, funding, obligations


@pytest.fixture
def contract(s):
    project = funding.project(s, "ERIS", framework=frameworks.framework(s, "Pražský proces"))
    return funding.contract(s, project, "MIGR/2012/284", currency="EUR", rate_regime="B", rounding="nearest")


def reader(s) -> Actor:
    return Actor(accounts.person(s, "viewer", login="ctenar").id, "ctenar", "viewer")


def move(s, report, name, actor=SYSTEM, **given):
    with changing(s):
        move_report(s, actor, report, name, report.version, **given)


def test_versions_follow_each_other_and_hold_from_their_day(s, contract) -> None:
    first = budgets.budget(s, contract)
    assert first.name_cs == "MIGR/2012/284, rozpočet 1"
    top_up = funding.addendum(s, contract, number="1", kind_code="top_up")
    second = budgets.budget(
        s, contract, kind_code="addendum", addendum=top_up.id, valid=When("2015-06"), copied=first,
        lines=[("5.8", "1", "1247.66")],
    )  # fmt: skip
    draft = budgets.budget(s, contract, kind_code="contingencies", copied=second, lines=(), agreed=False)
    assert [(v.budget.edition, v.totals[11]) for v in versions(s, SYSTEM, contract.id)] == [
        (1, 31960324), (2, 32085090), (3, 32085090),
    ]  # fmt: skip
    for day, edition in ((date(2015, 6, 29), 1), (date(2015, 6, 30), 2), (None, 2)):
        assert budget_in_force(s, SYSTEM, contract.id, day).budget.edition == edition
    assert draft.state == "draft"
    moved = {one.code: one.difference for one in comparison(s, SYSTEM, second).lines if one.difference}
    assert moved == {"5.8": 124766}
    assert comparison(s, SYSTEM, first) is None


@pytest.mark.parametrize(
    ("valid", "held"), [("2014-02/..", 2), ("2014-02", 2), ("2014-02-27", 2), ("../2014-02", 1), (None, 1)]
)
def test_a_version_holds_from_the_last_day_its_date_can_begin_and_without_one_on_none(s, contract, valid, held) -> None:
    first = budgets.budget(s, contract)
    budgets.budget(
        s, contract, kind_code="addendum", copied=first, lines=(), valid=When(valid) if valid else None,
    )  # fmt: skip
    days = (date(2014, 1, 31), date(2014, 2, 26), date(2014, 2, 28), date(2015, 12, 31))
    told = [budget_in_force(s, SYSTEM, contract.id, day).budget.edition for day in days]
    assert told == [1, 1, held, held] and budget_in_force(s, SYSTEM, contract.id).budget.edition == 2
    report = obligations.due_report(s, contract)
    undated = [one.number for one in checks(s, SYSTEM, incurred(s, SYSTEM, report)) if one.what == "undated"]
    assert undated == ([] if held == 2 else [2])


def test_the_original_holds_from_the_beginning_though_one_before_it_was_withdrawn(s, contract) -> None:
    wrong = budgets.budget(s, contract)
    with changing(s):
        set_standing(s, SYSTEM, wrong, WITHDRAWN, "omyl")
    assert budget_in_force(s, SYSTEM, contract.id) is None
    right = budgets.budget(s, contract, lines=[("2.1", "1", "7.00")], valid=When("2014-06-01"))
    assert budget_in_force(s, SYSTEM, contract.id, date(2014, 1, 31)).totals[11] == 700
    with pytest.raises(InvalidInput) as refused:
        set_standing(s, SYSTEM, wrong, None, "přece ne")
    assert refused.value.errors == {"standing": "original_again"}
    with changing(s):
        set_standing(s, SYSTEM, right, WITHDRAWN, "také omyl")
        set_standing(s, SYSTEM, wrong, None, "byl to on")
    assert budget_in_force(s, SYSTEM, contract.id).budget is wrong


def test_a_use_of_contingencies_moves_the_reserve_and_changes_no_total(s, contract) -> None:
    first = budgets.budget(s, contract)
    use = budgets.budget(s, contract, kind_code="contingencies", copied=first, lines=(), agreed=False)
    rows = {row.code: row for row in s.scalars(select(BudgetLine).where(BudgetLine.budget_id == use.id))}
    with pytest.raises(Refused, match="contingencies_unbalanced"):
        budgets.agree(s, use)
    with changing(s):
        actions.edit_line(s, SYSTEM, use, rows["10"], {"value": budgets.euro("11522.60")})
        actions.edit_line(s, SYSTEM, use, rows["2.1"], {"number": Decimal(41)})
    budgets.agree(s, use)
    addendum = budgets.budget(s, contract, kind_code="addendum", copied=use, lines=[("5.8", "1", "100.00")])
    told = comparison(s, SYSTEM, addendum)
    assert {one.code: (one.used, one.difference) for one in told.lines if one.used or one.difference} == {
        "2.1": (247740, 247740), "5.8": (0, 10000), "10": (-247740, -247740),
    }  # fmt: skip
    assert told.old.budget is first and told.used[11] == 0 and told.difference[11] == 10000


def test_what_is_agreed_is_not_edited_and_comes_back_to_a_draft_only_as_the_last(s, contract) -> None:
    first = budgets.budget(s, contract)
    with pytest.raises(Refused, match="budget_agreed"):
        budgets.line(s, first, "5.8")
    with pytest.raises(InvalidInput) as refused, changing(s):
        actions.edit_budget(s, SYSTEM, first, {"currency": "CZK"})
    assert refused.value.errors["currency"]
    with changing(s):
        actions.reopen_budget(s, SYSTEM, first, first.version, "překlep")
    budgets.line(s, first, "5.8")
    budgets.agree(s, first)
    budgets.budget(s, contract, kind_code="addendum", copied=first, lines=(), agreed=False)
    with pytest.raises(Refused, match="budget_followed"), changing(s):
        actions.reopen_budget(s, SYSTEM, first, first.version, "překlep")


def test_no_version_is_agreed_below_one_that_holds_already(s, contract) -> None:
    first, second = (budgets.budget(s, contract, lines=[("2.1", "1", "10.00")], agreed=False) for _ in range(2))
    budgets.agree(s, second)
    with pytest.raises(Refused, match="later_agreed"):
        budgets.agree(s, first)
    third = budgets.budget(s, contract, lines=[("2.1", "1", "12.00")], agreed=False)
    with pytest.raises(Refused, match="original_twice"):
        budgets.agree(s, third)
    assert [one.state for one in budgets_of(s, SYSTEM, contract.id)] == ["draft", "agreed", "draft"]


@pytest.mark.parametrize(
    ("unit", "value", "code"),
    [
        ("code", "7", "no_such_line"), ("code", "2.1", "line_twice"), ("code", "2", "line_within_line"),
        ("number", Decimal(-1), "units_impossible"), ("name", Pair("", ""), "name_missing"), ("value", None, "value_missing"),
        ("value", budgets.euro("1.00", "CZK"), "not_the_currency_of_the_budget"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_is_refused_at_its_unit(s, contract, unit, value, code) -> None:
    draft = budgets.budget(s, contract, agreed=False)
    given = {
        "code": "5.8",
        "name": Pair("Viditelnost", ""),
        "unit": "",
        "number": Decimal(1),
        "value": budgets.euro("5.00"),
    }
    with pytest.raises(InvalidInput) as refused, changing(s):
        actions.write_line(s, SYSTEM, draft, given | {unit: value})
    assert refused.value.errors == {unit: code}


def test_a_line_taken_away_stays_in_history_and_its_place_is_not_given_again(s, contract) -> None:
    draft = budgets.budget(s, contract, agreed=False, lines=[("1.1", "1", "5.00"), ("2.1", "1", "7.00")])
    row = s.get(BudgetLine, (draft.id, 2))
    with changing(s):
        actions.take_line_away(s, SYSTEM, draft, row)
    budgets.line(s, draft, "2.2")
    assert [r.place for r in s.scalars(select(BudgetLine).where(BudgetLine.budget_id == draft.id))] == [1, 3]
    then = twin(BudgetLine.__table__).c
    assert s.scalars(select(then.code).where(then.budget_id == draft.id, then.place == 2)).all() == ["2.1"]


def test_who_does_not_write_the_contract_writes_no_budget_and_hidden_addenda_hide_theirs(s, contract) -> None:
    first, viewer = budgets.budget(s, contract), reader(s)
    with pytest.raises(Forbidden), changing(s):
        actions.draw_up_budget(s, viewer, {"contract": contract.id, "kind_code": "addendum"})
    addendum = funding.addendum(s, contract, number="tajný")
    budgets.budget(s, contract, kind_code="addendum", addendum=addendum.id, copied=first, lines=[("5.8", "1", "9.00")])
    assert len(budgets_of(s, viewer, contract.id)) == 2
    with changing(s):
        set_secrecy(s, SYSTEM, addendum, {"confidential": True, "readers": []})
        settle(s, [addendum])
    assert [one.edition for one in budgets_of(s, viewer, contract.id)] == [1]
    assert budget_in_force(s, viewer, contract.id).totals[11] == 31960324


def test_expenditure_is_written_while_its_report_is_prepared_and_frozen_when_it_is_sent(s, contract) -> None:
    budgets.budget(s, contract)
    report = obligations.due_report(s, contract)
    with pytest.raises(Refused, match="report_closed"):
        budgets.item(s, report, "2.1", "10.00")
    move(s, report, "prepare")
    row = budgets.item(s, report, "2.1", "412.90", quantity=Decimal(1))
    with pytest.raises(InvalidInput) as refused:
        budgets.item(s, report, "10", "10.00")
    assert refused.value.errors == {"code": "reserve_is_not_spent"}
    move(s, report, "check")
    move(s, report, "send", on=When("2015-02-20"), how="poštou")
    for act in (
        lambda: actions.correct_claim(s, SYSTEM, report, row, {"code": "2.2"}),
        lambda: actions.take_claim_away(s, SYSTEM, report, row),
        lambda: actions.say_of_line(s, SYSTEM, report, "2.1", {"explanation": Pair("x", "")}, "EUR"),
    ):
        with pytest.raises(Refused, match="report_closed"), changing(s):
            act()
    move(s, report, "return", reason="chybí doklad")
    move(s, report, "prepare")
    with changing(s):
        actions.correct_claim(s, SYSTEM, report, row, {"amount": budgets.euro("400.00")})
    assert [one.amount_minor for one in items_of(s, [report.id])] == [40000]


def test_a_report_that_is_on_no_money_claims_nothing(s, contract) -> None:
    report = obligations.due_report(s, contract, kind_code="scoreboard")
    move(s, report, "prepare")
    with pytest.raises(Refused, match="not_on_money"):
        budgets.item(s, report, "2.1", "10.00")
    assert incurred(s, SYSTEM, report) is None


def test_an_amount_that_cannot_be_converted_is_in_no_sum_and_counted(s, contract) -> None:
    budgets.budget(s, contract)
    report = obligations.due_report(s, contract)
    move(s, report, "prepare")
    budgets.item(s, report, "2.1", "400.00")
    budgets.item(s, report, "2.1", "5000.00", "CZK", None, "FA 2")
    told = incurred(s, SYSTEM, report)
    assert told.incurred[2] == 40000 and told.absent == 1
    assert told.items[1].conversion.reason == "day_unknown" and told.items[1].doubts == ["paid_unknown"]
    assert s.scalar(select(Budget.state)) == "agreed"


def test_a_final_report_follows_the_last_interim_one_though_its_obligation_was_laid_down_first(s, contract) -> None:
    budgets.budget(s, contract)
    final = obligations.due_report(s, contract, kind_code="final_financial", every=None)
    first, second = obligations.reports(s, obligations.obligation(s, contract))
    with changing(s):
        final.state = first.state = second.state = PREPARED
    budgets.item(s, first, "2.1", "100.00")
    budgets.item(s, second, "2.1", "200.00", paid="2015-05-01", document="FA 2")
    budgets.say(s, second, "2.1", expected_units=Decimal(1), expected=budgets.euro("50.00"))
    told = incurred(s, SYSTEM, final)
    assert (told.before[2], told.to_date[11], told.forecast[2]) == (30000, 30000, 5000)
    assert [one.id for one in incurred(s, SYSTEM, second).earlier] == [first.id]


def test_a_forecast_in_another_currency_is_not_known_and_that_is_said(s, contract) -> None:
    """It was written before the currency of the contract was corrected, and before there was a budget."""
    first, second = obligations.reports(s, obligations.obligation(s, contract))
    with changing(s):
        first.state = second.state = PREPARED
    budgets.say(s, first, "2.1", expected_units=Decimal(2), expected=budgets.euro("100.00"))
    budgets.item(s, second, "2.1", "150.00", "CZK", "2015-05-01")
    with changing(s):
        edit_contract(s, SYSTEM, contract, {"currency": "CZK"})
    told = incurred(s, SYSTEM, second)
    (line,) = told.lines
    assert (line.forecast, line.against_forecast, told.forecast[11]) == (None, None, 0)
    assert ("forecast", "2.1") in [(one.what, one.code) for one in checks(s, SYSTEM, told)]
    own = incurred(s, SYSTEM, first)
    assert (own.lines[0].expected, own.expected[11]) == (None, 0)
    assert ("expected", "2.1") in [(one.what, one.code) for one in checks(s, SYSTEM, own)]
