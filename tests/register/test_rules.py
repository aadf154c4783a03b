"""Comparing two sets of cells."""

from __future__ import annotations

from portal.layouts.places import Written
from portal.register.rules import compared


def place(cell: str, shown: str, row: str = "meetings@5:12") -> Written:
    return Written("S", "S", cell, row, "meetings.name", "Meeting", shown)


def test_a_value_in_both_languages_is_compared_in_each() -> None:
    then = [place("B5", "Jednání"), place("C5", "Meeting")]
    told = compared(then, [place("B6", "Porada"), place("C6", "Meeting")])
    assert [(one.cell, one.then, one.now) for one in told] == [("B5", "Jednání", "Porada")], (
        "it moved a row down as well"
    )
    told = compared(then, [place("C5", "Meeting")])
    assert [(one.cell, one.then, one.now) for one in told] == [("B5", "Jednání", None)]
    assert compared([place("B5", "x", "project:1")], [place("C7", "x", "project:1")]) == [], (
        "a layout may move a column"
    )
