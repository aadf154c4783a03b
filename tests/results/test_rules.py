"""The rules of results: what may be written, and what follows from it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from portal.kernel.number import canonical
from portal.kernel.when import When
from portal.results import rules
from portal.results.rules import Elapsed, Way
from portal.sources.facts import Pair, fact
from portal.sources.facts import decode as read_back
from portal.sources.facts import encode as written

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"name": Pair("", ""), "of": 1}, {"name": "name_missing"}),
        ({}, {"of": "of_missing"}),
        ({"of": 1, "reached": When("2026-11-29")}, {"reached": "in_the_future"}),
        ({"of": 1, "reached": When("2026-11")}, {}),
        ({"of": 1, "due": When("2057")}, {"due": "too_far_ahead"}),
    ],
)
def test_a_milestone_is_reached_by_today_and_planned_within_reach(values: dict, found: dict) -> None:
    assert rules.problems_of_milestone(values, TODAY) == found


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2015-06", "2015-05", {"end": "end_before_start"}),
        ("2015", "2015-05", {}),
        (None, "2015", {}),
        ("2015", None, {}),
    ],
)
def test_an_activity_ends_after_it_began(start, end, found) -> None:
    values = {"of": 1, "start": When(start) if start else None, "end": When(end) if end else None}
    assert rules.problems_of_activity(values, TODAY) == found


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"target": Decimal(5)}, {"unit": "unit_missing"}),
        ({"baseline": Decimal(0)}, {"unit": "unit_missing"}),
        ({}, {}),
        ({"unit": Pair("osob", ""), "target": Decimal(5), "baseline": Decimal(9), "direction": "less"}, {}),
        (
            {"unit": Pair("osob", ""), "target": Decimal(5), "baseline": Decimal(9), "direction": "more"},
            {"target": "target_the_other_way"},
        ),
        ({"baseline_on": When("2027")}, {"baseline_on": "in_the_future"}),
    ],
)
def test_a_number_has_its_unit_and_a_target_lies_where_the_direction_says(values: dict, found: dict) -> None:
    assert rules.problems_of_indicator({"of": 1, **values}, TODAY) == found


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, {"period": "period_missing", "value": "number_missing"}),
        ({"period": When("2015"), "value": Decimal(0), "unit": "osob"}, {}),
        ({"period": When("2015"), "value": Decimal(-1), "unit": "osob"}, {"value": "number_negative"}),
        ({"period": When("2015"), "value": Decimal(4), "unit": ""}, {"value": "unit_unknown"}),
        ({"period": When("2027"), "value": Decimal(4), "unit": "osob"}, {"period": "in_the_future"}),
    ],
)
def test_a_value_has_a_period_that_has_begun_and_an_indicator_with_a_unit(values: dict, found: dict) -> None:
    assert rules.problems_of_value(values, TODAY) == found


@pytest.mark.parametrize(("degree", "found"), [("0", True), ("1", False), ("5", False), ("6", True), (None, False)])
def test_likelihood_and_impact_go_from_one_to_five(degree, found) -> None:
    expected = {"likelihood": "no_such_code", "impact": "no_such_code"} if found else {}
    assert rules.problems_of_risk({"of": 1, "likelihood": degree, "impact": degree}, TODAY) == expected


@pytest.mark.parametrize(
    ("due", "reached", "state"),
    [
        ("2026-11-27", None, "overdue"), ("2026-11-28", None, "open"), ("2026-11", None, "open"), ("2026-10", None, "overdue"),
        ("2026-10~", None, "open"), (None, None, "open"), ("2020", "2021", "reached"), (None, "2021", "reached"),
    ],
)  # fmt: skip
def test_a_milestone_is_overdue_once_every_day_it_can_mean_has_passed(due, reached, state) -> None:
    assert rules.milestone_state(When(due) if due else None, When(reached) if reached else None, TODAY) == state


@pytest.mark.parametrize(
    ("likelihood", "impact", "level"),
    [
        ("1", "4", "low"),
        ("1", "5", "medium"),
        ("3", "3", "medium"),
        ("2", "5", "high"),
        ("5", "5", "high"),
        (None, "5", None),
    ],
)
def test_the_level_of_a_risk_is_likelihood_times_impact(likelihood, impact, level) -> None:
    assert rules.risk_level(likelihood, impact) == level


def test_every_pair_of_degrees_has_one_level() -> None:
    pairs = [pair for level in rules.LEVELS for pair in rules.pairs_of(level)]
    assert sorted(pairs) == [(a, b) for a in "12345" for b in "12345"]


@pytest.mark.parametrize(
    ("baseline", "actual", "target", "direction", "expected"),
    [
        ("10", "25", "40", "more", Way(500, False)),
        ("0", "1", "3", "more", Way(333, False)),
        ("40", "10", "20", "less", Way(1000, True)),
        ("10", "5", "40", "more", Way(0, False)),
        ("10", "41", "40", "more", Way(1000, True)),
        (None, "25", "40", "more", None),
        ("10", None, "40", "more", None),
        ("10", "25", None, "more", None),
        ("10", "25", "40", None, None),
        ("10", "10", "10", "more", None),
        ("10", "25", "40", "less", None),
    ],
)
def test_there_is_a_way_to_the_target_only_where_all_of_it_is_known(
    baseline, actual, target, direction, expected
) -> None:
    numbers = (Decimal(n) if n is not None else None for n in (baseline, actual, target))
    assert rules.way(*numbers, direction) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-01-15", "2026-12-31", Elapsed(10, 12, "months")),
        ("2025-12", "2027-11", Elapsed(11, 24, "months")),
        ("2025", "2027", Elapsed(1, 3, "years")),
        ("2025-06", "2027", Elapsed(1, 3, "years")),
        ("2013-02", "2014-01", Elapsed(12, 12, "months")),
        ("2027-01", "2027-06", Elapsed(0, 6, "months")),
        (None, "2027", None), ("2025", None, None), ("2025~", "2027", None), ("2025", "2027?", None),
        ("201X", "2027", None), ("2025/2026", "2027", None), ("2027", "2025", None),
    ],
)  # fmt: skip
def test_time_passes_as_finely_as_both_ends_are_known(start, end, expected) -> None:
    assert rules.elapsed(When(start) if start else None, When(end) if end else None, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "kept"),
    [("12.50", "12.5"), ("100", "100"), ("1E+2", "100"), ("-0.0", "0"), ("0.100", "0.1"), ("999999999999999.999",) * 2],
)
def test_a_number_is_kept_in_one_way_and_comes_back_exactly(text: str, kept: str) -> None:
    f = fact("indicator", "target")
    assert canonical(Decimal(text)) == kept
    assert written(f, Decimal(text)) == (kept, "", "")
    assert read_back(f, kept) == Decimal(text)


@pytest.mark.parametrize("text", ["", "abc", "1e5", "NaN", "Infinity", "1,5", "--1", "١"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no number"):
        read_back(fact("indicator", "target"), text)
