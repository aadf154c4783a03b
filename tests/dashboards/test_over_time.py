"""What holds when: ends of bars, values told once, the moments that are looked at."""

from __future__ import annotations

from datetime import date

from portal.dashboards.charts.spans import PLANNED, SURE, strips
from portal.dashboards.gallery.moments import moments, quiet
from portal.dashboards.queries.moments import Told, at


class Dated:
    planned_start = False

    def __init__(self, *ends, planned: bool = False) -> None:
        self.start_from, self.start_to, self.end_from, self.end_to = ends
        self.planned_end = planned


def test_an_end_is_as_soft_as_its_date() -> None:
    exact = strips(Dated(date(2013, 2, 1), date(2013, 2, 1), date(2014, 8, 27), date(2014, 8, 27)))
    assert exact == [(date(2013, 2, 1), date(2014, 8, 28), SURE)]
    planned = strips(Dated(date(2013, 2, 1), date(2013, 2, 1), date(2014, 8, 27), date(2014, 8, 27), planned=True))
    assert planned == [(date(2013, 2, 1), date(2014, 8, 28), PLANNED)], "nothing runs surely until a day that is a plan"
    year = strips(Dated(date(2010, 1, 1), date(2010, 12, 31), date(2013, 1, 1), date(2013, 1, 1)))
    assert min(begin for begin, _e, _n in year) == date(2010, 1, 1)
    assert [(b, e) for b, e, n in year if n == -1] == [(date(2010, 12, 31), date(2013, 1, 2))]
    doubtful = strips(Dated(date(2013, 1, 1), date(2013, 12, 31), date(2013, 1, 1), date(2013, 12, 31)))
    assert doubtful and all(n >= 0 for _b, _e, n in doubtful), "nothing is sure, so nothing is solid"
    open_end = strips(Dated(date(2013, 1, 1), date(2013, 1, 1), None, None))
    assert open_end and all(n >= 0 and b >= date(2013, 1, 1) for b, _e, n in open_end)
    assert strips(Dated(None, None, None, None)) == []


def test_a_value_holds_from_its_day_until_another_is_told() -> None:
    told = [Told(1, date(2014, 3, 1), "ok"), Told(2, date(2014, 6, 1), "bad"), Told(1, date(2014, 9, 1), "warn")]
    days = [date(2014, 1, 1), date(2014, 6, 30), date(2014, 12, 31)]
    assert at(told, days) == {days[0]: {}, days[1]: {1: "ok", 2: "bad"}, days[2]: {1: "warn", 2: "bad"}}


def test_what_nobody_tells_again_is_not_drawn_as_sure_in_later_quarters_and_years() -> None:
    told = [Told(1, date(2014, 3, 1), "ok"), Told(2, date(2014, 6, 1), "bad"), Told(1, date(2014, 9, 1), "warn")]
    quarters = moments(date(2014, 3, 1), date(2014, 11, 5))
    assert [quiet(told, day, quarters) for day in quarters] == [set(), set(), {2}, {1, 2}]
    years = [date(2014, 12, 31), date(2015, 12, 31), date(2016, 5, 1)]
    assert [quiet(told, day, years) for day in years] == [set(), {1, 2}, {1, 2}]
    assert quiet(told, date(2016, 5, 1), [date(2016, 5, 1)]) == {1, 2}, "of a year chosen alone, too"


def test_a_long_time_is_looked_at_by_years_and_a_short_one_by_quarters() -> None:
    short = moments(date(2013, 2, 1), date(2013, 11, 5))
    assert short == [date(2013, 3, 31), date(2013, 6, 30), date(2013, 9, 30), date(2013, 11, 5)]
    long = moments(date(1980, 1, 1), date(2026, 5, 1))
    assert len(long) == 30 and long[-2:] == [date(2025, 12, 31), date(2026, 5, 1)]
