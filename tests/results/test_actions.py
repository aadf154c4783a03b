"""Setting, measuring, revising: who may, what the statements keep, what is hidden with what."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from portal.kernel.errors import Forbidden, InvalidInput
from portal.kernel.permission import SYSTEM
from portal.kernel.settling import settle
from portal.kernel.when import When
from portal.results import actions, queries
from portal.sources.actions import Support
from portal.sources.facts import Pair
from portal.sources.queries import facts_of
from tests.factories import accounts, changing, frameworks, funding, results


def named(name: str, of, **values) -> dict:
    return {"name": Pair(name, ""), "of": of.id, **values}


def test_a_revised_target_leads_with_its_reason_and_the_old_one_stays(s: Session) -> None:
    project = funding.project(s, "Projekt")
    indicator = results.indicator(s, project, "Vyškolené osoby", baseline="0", target="40")
    with changing(s):
        with pytest.raises(InvalidInput) as refused:
            actions.edit_indicator(s, SYSTEM, indicator, {"target": Decimal("25.50")})
        assert refused.value.errors == {"source_reason": "revised_without_reason"}
        actions.edit_indicator(s, SYSTEM, indicator, {"target": Decimal("25.50")}, Support(reason="Partner odstoupil"))
        actions.edit_indicator(s, SYSTEM, indicator, {"target": Decimal("25.5"), "unit": Pair("lidí", "")})
    view = facts_of(s, SYSTEM, indicator)[indicator.id]["target"]
    assert indicator.target == Decimal("25.5")
    assert (view.lead.value, view.lead.statement.reason) == (Decimal("25.5"), "Partner odstoupil")
    assert [claim.value for claim in view.others] == [Decimal(40)]
    assert not view.disputed


def test_a_first_target_needs_no_reason(s: Session) -> None:
    indicator = results.indicator(s, funding.project(s, "Projekt"), "Osoby")
    with changing(s):
        actions.edit_indicator(s, SYSTEM, indicator, {"target": Decimal(0)})
        with pytest.raises(InvalidInput):
            actions.edit_indicator(s, SYSTEM, indicator, {"target": None})
    assert indicator.target == Decimal(0)


def test_a_value_is_written_only_where_the_unit_is_known(s: Session) -> None:
    indicator = results.indicator(s, funding.project(s, "Projekt"), "Osoby", unit="")
    with pytest.raises(InvalidInput) as refused:
        results.measured(s, indicator, "2015", "3")
    assert refused.value.errors == {"value": "unit_unknown"}
    with changing(s):
        actions.edit_indicator(s, SYSTEM, indicator, {"unit": Pair("", "people")})
    value = results.measured(s, indicator, "2015", "3.125")
    assert (value.value, value.period) == (Decimal("3.125"), When("2015"))
    with changing(s), pytest.raises(InvalidInput) as moved:
        other = results.indicator(s, funding.project(s, "Jiný"), "Jiný")
        actions.correct_value(s, SYSTEM, value, {"indicator": other.id})
    assert moved.value.errors == {"indicator": "of_another_indicator"}


def test_values_stand_the_latest_period_first(s: Session) -> None:
    indicator = results.indicator(s, funding.project(s, "Projekt"), "Osoby")
    made = {period: results.measured(s, indicator, period, "1").id for period in ("2014", "2013", "2015-06", "2014-01")}
    found = queries.values_of(s, SYSTEM, [indicator.id])[indicator.id]
    assert [one.id for one in found] == [made["2015-06"], made["2014"], made["2014-01"], made["2013"]]


def test_milestones_and_activities_are_of_projects_risks_and_indicators_of_frameworks_too(s: Session) -> None:
    framework = frameworks.framework(s, "Rámec")
    with changing(s):
        for add in (actions.set_milestone, actions.plan_activity):
            with pytest.raises(InvalidInput) as refused:
                add(s, SYSTEM, named("Něco", framework))
            assert refused.value.errors == {"of": "wrong_kind"}
    risk = results.risk(s, framework, "Riziko", "3", "5")
    indicator = results.indicator(s, framework, "Ukazatel")
    found = queries.results_of(s, SYSTEM, framework)
    assert (found.risks, [line.record for line in found.indicators]) == ([risk], [indicator])


def test_an_editor_writes_results_in_their_frameworks_and_no_others(s: Session) -> None:
    mine, other = frameworks.framework(s, "Můj"), frameworks.framework(s, "Cizí")
    project, elsewhere = funding.project(s, "Projekt", framework=mine), funding.project(s, "Jinde", framework=other)
    editor = accounts.actor(s, "editor", frameworks=[mine.id])
    adders = (actions.set_milestone, actions.plan_activity, actions.choose_indicator, actions.name_risk)
    with changing(s):
        made = [add(s, editor, named("Něco", project)) for add in adders]
        for add, record in zip(adders, made, strict=True):
            with pytest.raises(Forbidden):
                add(s, editor, named("Něco", elsewhere))
            with pytest.raises(Forbidden):
                actions.edit_result(s, editor, record, {"of": elsewhere.id})
    foreign = results.indicator(s, elsewhere, "Cizí")
    with changing(s), pytest.raises(Forbidden):
        actions.measure_indicator(s, editor, {"indicator": foreign.id, "period": When("2015"), "value": Decimal(1)})


def test_results_are_hidden_with_their_project(s: Session) -> None:
    project = funding.project(s, "Neveřejný")
    indicator = results.indicator(s, project, "Ukazatel")
    value = results.measured(s, indicator, "2015", "3")
    made = {
        "milestone": results.milestone(s, project, "Milník"),
        "activity": results.activity(s, project, "Aktivita"),
        "indicator": indicator,
        "risk": results.risk(s, project, "Riziko"),
    }
    viewer = accounts.actor(s, "viewer")
    assert all(queries.result(s, viewer, kind, one.id) is one for kind, one in made.items())
    assert queries.value(s, viewer, value.id) is value
    with changing(s):
        project.confidential = True
        settle(s, [project])
    assert [queries.result(s, viewer, kind, one.id) for kind, one in made.items()] == [None] * 4
    assert (queries.value(s, viewer, value.id), queries.values_of(s, viewer, [indicator.id])) == (None, {})
    assert not queries.results_of(s, viewer, project)


def test_risks_stand_the_open_and_weighty_ones_first(s: Session) -> None:
    project = funding.project(s, "Projekt")
    closed = results.risk(s, project, "Pominulo", "5", "5", state="closed")
    unknown = results.risk(s, project, "Neznámé", "5", None)
    small = results.risk(s, project, "Malé", "2", "2")
    great = results.risk(s, project, "Velké", "4", "5")
    assert queries.results_of(s, SYSTEM, project).risks == [great, small, unknown, closed]


def test_a_milestone_planned_for_about_a_day_is_not_overdue(s: Session) -> None:
    project = funding.project(s, "Projekt")
    late = results.milestone(s, project, "Po termínu", due="2013-05")
    for due, reached in (("2013-05~", None), ("2013-05?", None), ("2013-05", "2013-06"), (None, None), ("2090", None)):
        if due != "2090":
            results.milestone(s, project, f"Milník {due}", due=due, reached=reached)
    asked = queries.results(SYSTEM, type(late)).where(queries.overdue(queries.clock.today()))
    assert list(s.scalars(asked)) == [late]


def test_the_course_of_a_project_counts_what_is_reached(s: Session) -> None:
    project = funding.project(s, "Projekt", planned_start=When("2013-01"), planned_end=When("2014-12"))
    made = [
        results.milestone(s, project, "Jeden", due="2013-05", reached="2013-06"),
        results.milestone(s, project, "Dva", due="2014-05"),
    ]
    course = queries.course_of(project, made)
    assert (course.time.done, course.time.all, course.time.unit) == (24, 24, "months")
    assert (course.reached, course.milestones) == (1, 2)
    assert queries.course_of(funding.project(s, "Bez dat"), []) == queries.Course(None, 0, 0)
