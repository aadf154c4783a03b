"""Pure rules of projects: dates as sure as they are, umbrellas, a stated status."""

from __future__ import annotations

import pytest

from portal.kernel.when import When
from portal.projects.rules import problems
from portal.sources.facts import Pair


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2016", "2013", [("actual_end", "end_before_start")]),
        ("2016-02", "2016-01", [("actual_end", "end_before_start")]),
        ("2016", "2016", []),  # within one year the order is not known
        ("2016", "2016-01", []),
        ("2016~", "2013", []),  # about 2016 may be earlier
        ("2016", "2013?", []),
        ("2016/..", "2017", []),
    ],
)
def test_a_project_ends_no_earlier_than_it_starts_as_far_as_that_is_sure(start: str, end: str, found: list) -> None:
    assert problems({"actual_start": When(start), "actual_end": When(end)}) == found


def test_planned_and_actual_dates_are_compared_each_with_its_own() -> None:
    assert problems({"planned_start": When("2016"), "actual_end": When("2013")}) == []


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"name": Pair("", "")}, [("name", "name_missing")]),
        ({"name": Pair("", "ERIS")}, []),
        ({"umbrella": 7, "id": 7}, [("umbrella", "part_of_itself")]),
        ({"status": None, "status_basis": "stated"}, [("status", "status_missing")]),
        ({"status": None, "status_basis": "ambiguous"}, []),
    ],
)
def test_names_umbrellas_and_statuses(values: dict, found: list) -> None:
    assert problems(values) == found
