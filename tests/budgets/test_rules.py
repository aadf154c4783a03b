"""The worked example of docs/budget.md: its numbers stand here as they stand there, in euro, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.budgets.rules import (
    DIRECT,
    Item,
    Limits,
    Line,
    Over,
    Variation,
    doubts,
    order,
    over_limits,
    problems_of_line,
    share,
    shifted,
    totals,
)


def cents(amount: str) -> int:
    return int(Decimal(amount.replace(" ", "")) * 100)


def line(code: str, number: str, value: str) -> Line:
    return Line(code, Decimal(number), cents(value))


SIGNED = [
    line("1.1.1", "24", "3 200.00"), line("1.1.2", "12.5", "1 850.40"), line("1.3.1", "140", "172.35"),
    line("2.1", "35", "412.90"), line("3.2", "6", "1 133.33"), line("4.2", "24", "950.00"), line("5.7", "7", "8 214.29"),
    line("6.1", "40", "1 500.00"), line("8", "1", "19 992.73"), line("10", "1", "14 000.00"),
]  # fmt: skip
TOPPED_UP = [
    *(one for one in SIGNED if one.code not in ("6.1", "8", "10")), line("5.8", "1", "1 247.66"),
    line("6.1", "413", "1 500.00"), line("8", "1", "59 245.06"), line("10", "1", "14 000.01"),
]  # fmt: skip


def test_lines_add_up_to_headings_and_these_to_the_budget() -> None:
    assert [one.total for one in SIGNED] == [
        cents(text)
        for text in (
            "76 800.00", "23 130.00", "24 129.00", "14 451.50", "6 799.98", "22 800.00", "57 500.03", "60 000.00", "19 992.73",
            "14 000.00",
        )
    ]  # fmt: skip
    assert totals(SIGNED) == {
        1: cents("124 059.00"), 2: cents("14 451.50"), 3: cents("6 799.98"), 4: cents("22 800.00"), 5: cents("57 500.03"),
        6: cents("60 000.00"), 7: cents("285 610.51"), 8: cents("19 992.73"), 9: cents("305 603.24"), 10: cents("14 000.00"),
        11: cents("319 603.24"),
    }  # fmt: skip


def test_half_a_cent_goes_up() -> None:
    assert line("2.1", "2.5", "33.33").total == cents("83.33")
    assert line("2.1", "0.5", "0.01").total == 1


def test_indirect_costs_and_reserve_keep_to_their_share_of_direct_costs_to_the_cent() -> None:
    by_heading = totals(SIGNED)
    assert over_limits(by_heading) == []
    assert over_limits(by_heading | {8: cents("19 992.74")}) == [Over(8, cents("19 992.74"), cents("19 992.73"))]
    assert over_limits(by_heading | {10: cents("14 280.52")}) == []
    assert over_limits(by_heading | {10: cents("14 280.53")}) == [Over(10, cents("14 280.53"), cents("14 280.52"))]
    assert over_limits(by_heading, Limits(indirect=Decimal("5.5"))) == [Over(8, cents("19 992.73"), cents("15 708.57"))]


def test_a_heading_moves_by_a_quarter_of_itself_and_no_cent_further() -> None:
    old = totals(SIGNED)
    assert shifted(old, old | {2: cents("18 064.37"), 10: cents("10 500.00")}) == []
    assert shifted(old, old | {2: cents("18 064.38")}) == [Over(2, cents("3 612.88"), cents("3 612.87"))]
    assert shifted(old, old | {2: cents("10 838.62")}) == [Over(2, cents("3 612.88"), cents("3 612.87"))]
    assert shifted(old, old | {2: cents("16 619.22")}, Limits(shift=Decimal(15))) == []
    assert shifted(old, old | {2: cents("16 619.23")}, Limits(shift=Decimal(15))) == [
        Over(2, cents("2 167.73"), cents("2 167.72"))
    ]
    assert shifted(old | {3: 0}, old) == [Over(3, cents("6 799.98"), 0)]


def test_a_use_of_the_reserve_is_no_shift_but_what_moves_beside_it_is() -> None:
    """All 14 000.00 of it go to travel, of which a quarter is 3 612.87."""
    old = totals(SIGNED)
    use = old | {2: cents("28 451.50"), 10: 0}
    assert shifted(old, use, kind="contingencies") == []
    assert shifted(old, use) == [
        Over(2, cents("14 000.00"), cents("3 612.87")), Over(10, cents("14 000.00"), cents("3 500.00")),
    ]  # fmt: skip
    beside = use | {2: cents("32 064.38"), 4: cents("19 187.12")}
    assert shifted(old, beside, kind="contingencies") == [Over(2, cents("3 612.88"), cents("3 612.87"))]
    taken = use | {2: cents("31 251.50"), 3: cents("3 999.98")}
    assert shifted(old, taken, kind="contingencies") == [Over(3, cents("2 800.00"), cents("1 699.99"))]


def test_each_part_of_the_reserve_goes_to_one_heading() -> None:
    """Both headings need 50 000 more than their quarter, and the reserve has 50 000."""
    old = dict.fromkeys(range(1, 12), 0) | {1: 100_000, 2: 100_000, 3: 400_000, 10: 50_000}
    new = old | {1: 175_000, 2: 175_000, 3: 300_000, 10: 0}
    assert shifted(old, new, kind="contingencies") == [Over(2, 75_000, 25_000)]
    assert shifted(old, new | {1: 150_000, 2: 150_000, 3: 350_000}, kind="contingencies") == [], (
        "25 000 for each, and a quarter"
    )


def test_the_addendum_adds_six_hundred_thousand_and_shows_where() -> None:
    old, new = totals(SIGNED), totals(TOPPED_UP)
    assert (new[7], new[8], new[9], new[10]) == (
        cents("846 358.17"), cents("59 245.06"), cents("905 603.23"), cents("14 000.01"),
    )  # fmt: skip
    assert new[11] == cents("919 603.24") and new[11] - old[11] == cents("600 000.00")
    assert over_limits(new) == []
    assert shifted(old, new) == [
        Over(6, cents("559 500.00"), cents("15 000.00")), Over(8, cents("39 252.33"), cents("4 998.18")),
    ]  # fmt: skip


def test_lines_stand_by_their_numbers() -> None:
    assert sorted(["10", "1.10", "8", "1.2", "1.1.10", "1.1.2"], key=order) == [
        "1.1.2",
        "1.1.10",
        "1.2",
        "1.10",
        "8",
        "10",
    ]


@pytest.mark.parametrize("code", ["7", "9", "11", "0.1", "1.0", "1.01", "8.1", "12", "1.", "", "x", "1.1.1.1.1"])
def test_what_is_no_line_is_refused(code) -> None:
    assert problems_of_line(line(code, "1", "1")) == {"code": "no_such_line"}


def test_a_line_stands_once_and_is_not_negative() -> None:
    held = [one.code for one in SIGNED]
    assert all(problems_of_line(one, [code for code in held if code != one.code]) == {} for one in SIGNED)
    assert problems_of_line(line("2.1", "1", "1"), held) == {"code": "line_twice"}
    assert problems_of_line(line("2", "1", "1"), held) == {"code": "line_within_line"}
    assert problems_of_line(line("2.2", "-1", "1"), held) == {"number": "units_impossible"}
    assert problems_of_line(line("2.2", "1", "-1"), held) == {"value": "line_negative"}


def test_a_variation_is_told_in_money_and_per_cent_and_not_of_nothing() -> None:
    assert Variation(cents("14 451.50"), cents("15 000.00")).amount == cents("548.50")
    assert Variation(cents("14 451.50"), cents("15 000.00")).percent == Decimal("3.80")
    assert Variation(cents("14 451.50"), 0).percent == Decimal("-100.00")
    assert Variation(0, 100).percent is None


PAID = Item("2.1", "FA 2014/0017", date(2014, 3, 31), "CZK", cents("12 400.00"))


def doubted(item: Item, *others: Item, start=date(2014, 1, 1), end=date(2015, 12, 31)) -> list[str]:
    return doubts(item, others, [one.code for one in SIGNED], start, end)


def test_expenditure_is_doubted_outside_the_budget_the_period_and_when_its_document_stands_twice() -> None:
    assert doubted(PAID) == []
    assert doubted(replace(PAID, code="5.8")) == ["line_unknown"]
    assert doubted(replace(PAID, paid=date(2013, 12, 31))) == ["before_start"]
    assert doubted(replace(PAID, paid=date(2016, 1, 1))) == ["after_end"]
    assert doubted(replace(PAID, paid=date(2016, 1, 1)), end=None) == []
    assert doubted(replace(PAID, amount=-1)) == ["amount_negative"]
    assert doubted(PAID, PAID) == []
    assert doubted(PAID, replace(PAID, document="fa2014-0017", code="4.2")) == ["document_twice"]
    assert doubted(PAID, replace(PAID, amount=PAID.amount + 1), replace(PAID, currency="EUR")) == []


amounts = st.integers(0, 10**11)


@given(st.dictionaries(st.sampled_from([*DIRECT, 8, 10]), amounts), st.dictionaries(st.sampled_from(DIRECT), amounts))
def test_totals_hold_whatever_is_entered_and_moving_nothing_shifts_nothing(given_amounts, other) -> None:
    lines = [Line(f"{h}.1" if h < 7 else str(h), Decimal(1), a) for h, a in given_amounts.items()]
    found = totals(lines)
    assert found[7] == sum(a for h, a in given_amounts.items() if h < 7)
    assert found[11] == sum(given_amounts.values())
    assert shifted(found, found) == []
    assert all(one.allowed == share(found[7], Decimal(7 if one.heading == 8 else 5)) for one in over_limits(found))
