"""Which reports a rule gives: expected days written by hand from the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.when import When
from portal.obligations.rules import (
    MOST_REPORTS,
    MOVES,
    STATES,
    due_after,
    later,
    missing,
    moves_from,
    problems,
    slots,
)
from portal.sources.facts import Pair


def rule(starts: str, ends: str, every: int | None = None, **due) -> dict:
    return {"starts": When(starts), "ends": When(ends), "every": every, **(due or {"due_days": 60})}


def told(values: dict) -> list[tuple[str, str, str]]:
    return [(s.first.isoformat(), s.last.isoformat(), s.due.isoformat()) for s in slots(values)]


def test_a_contract_of_two_years_reports_each_year_sixty_days_after_it() -> None:
    assert told(rule("2014-01-01", "2015-12-31", 12)) == [
        ("2014-01-01", "2014-12-31", "2015-03-01"), ("2015-01-01", "2015-12-31", "2016-02-29"),
    ]  # fmt: skip


def test_the_last_period_ends_with_the_obligation_however_short() -> None:
    assert told(rule("2013-02-15", "2014-04-30", 6, due_months=3)) == [
        ("2013-02-15", "2013-08-14", "2013-11-14"), ("2013-08-15", "2014-02-14", "2014-05-14"),
        ("2014-02-15", "2014-04-30", "2014-07-31"),
    ]  # fmt: skip


def test_without_a_period_there_is_one_report_on_all_of_it() -> None:
    assert told(rule("2014-01-01", "2016-06-30", due_months=3)) == [("2014-01-01", "2016-06-30", "2016-09-30")]


@pytest.mark.parametrize(
    "values, lacking",
    [
        (rule("2014-01", "2015-12-31", 12), ["starts"]),
        (rule("2014-01-01", "2015", 12), ["ends"]),
        (rule("2014-01-01~", "2015-12-31", 12), ["starts"]),
        (rule("2014-01-01", "2015-12-31?", 12), ["ends"]),
        (rule("2014-01-01", "2015-12-31", 12, due_days=None), ["due_days"]),
        ({"starts": None, "ends": None, "every": 12, "due_days": 60}, ["starts", "ends"]),
    ],
)
def test_no_report_is_planned_from_what_names_no_day(values, lacking) -> None:
    assert slots(values) == []
    assert missing(values) == lacking


def test_months_end_with_the_month() -> None:
    assert later(date(2015, 12, 31), 2) == date(2016, 2, 29)
    assert due_after(date(2015, 2, 28), None, 3) == date(2015, 5, 31)
    assert due_after(date(2015, 2, 27), None, 3) == date(2015, 5, 27)
    assert due_after(date(2015, 2, 27), 0, None) == date(2015, 2, 27)
    assert due_after(date(2015, 2, 27), None, None) is None


NAMED = {"name": Pair("Zprávy", ""), "of": 1}


@pytest.mark.parametrize(
    "values, unit, code",
    [
        ({"ends": When("2013")}, "ends", "end_before_start"),
        ({"every": 0}, "every", "months_impossible"),
        ({"every": 121}, "every", "months_impossible"),
        ({"due_days": -1}, "due_days", "days_impossible"),
        ({"due_days": 30, "due_months": 1}, "due_months", "days_or_months"),
        ({"due_days": None, "due_months": 121}, "due_months", "months_impossible"),
        ({"ends": When("2044-12-31"), "every": 1}, "every", "too_many_reports"),
        ({"of": None}, "of", "obligation_of_nothing"),
        ({"name": Pair("", "")}, "name", "name_missing"),
    ],
)
def test_what_cannot_be_is_refused_where_it_stands(values, unit, code) -> None:
    whole = NAMED | rule("2014-01-01", "2015-12-31", 12)
    assert problems(whole) == {}
    assert problems(whole | values) == {unit: code}


@given(
    st.dates(date(1995, 1, 1), date(2040, 12, 31)), st.integers(0, 4000), st.integers(1, 120) | st.none(),
    st.integers(0, 400),
)  # fmt: skip
def test_periods_hold_every_day_once_and_fall_due_after_their_end(first, length, every, days) -> None:
    last = first + timedelta(days=length)
    found = slots(rule(first.isoformat(), last.isoformat(), every, due_days=days))
    if len(found) > MOST_REPORTS:
        return
    assert found[0].first == first and found[-1].last == last
    assert all(b.first - a.last == timedelta(days=1) for a, b in zip(found, found[1:], strict=False))
    assert all(one.first <= one.last and one.due == one.last + timedelta(days=days) for one in found)


def test_every_state_has_a_way_on_but_the_last() -> None:
    assert {state for state in STATES if not moves_from(state)} == {"accepted"}
    assert {after for _states, after in MOVES.values()} | {"planned"} == set(STATES)
