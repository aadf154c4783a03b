"""A newer file of the recipient against the mapped one: what moved is found, and no cell is proposed that is not the one."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from portal.donor_workbooks.rules.drift import (
    ADDED,
    BLOCKED,
    GONE,
    MOVED,
    PERIOD,
    REMOVED,
    RENAMED,
    SAME,
    UNCLEAR,
    Cell,
    compare,
)  # fmt: skip
from portal.workbooks.filling.areas import Area
from portal.workbooks.filling.looking import Look
from tests.donor_workbooks.grids import FORM, at, copy, look, sheet

MAPPED = {name: Cell(at(name)) for name in ("B2", "B3", "C3", "B7", "C7", "D7", "C8", "C10", "C11")}
BLOCK = {name: Cell(at(name), 17) for name in ("A15", "B15", "C15")}


def drifted(change: Callable[[list[list]], None], cells=MAPPED | BLOCK):
    """(changes as tuples, what became of each mapped cell)."""
    grid = copy(FORM)
    change(grid)
    found = compare(look(FORM), look(grid), list(cells.values()))
    told = dict(zip(cells, found.carries, strict=True))
    return {(c.kind, c.state, c.old, c.new) for c in found.changes}, told


def places(told, state) -> dict[str, str]:
    return {name: one.new.place.cell for name, one in told.items() if one.state == state and one.new}


def row(*held):
    return [*held, *[None] * (5 - len(held))]


def test_the_same_file_has_not_drifted():
    changes, told = drifted(lambda grid: None)
    assert changes == set()
    assert {one.state for one in told.values()} == {SAME}
    assert all(one.new == one.old for one in told.values())


def test_an_added_row_moves_what_stands_below():
    changes, told = drifted(lambda grid: grid.insert(7, row("1.1.3 Interpreters", "_", "_", "_", "=")))
    assert changes == {("row", ADDED, "", "8")}
    assert places(told, SAME) == {n: n for n in ("B2", "B3", "C3", "B7", "C7", "D7")}
    assert places(told, MOVED) == {"C8": "C9", "C10": "C11", "C11": "C12", "A15": "A16", "B15": "B16", "C15": "C16"}
    assert told["A15"].new.last == 18 and told["A15"].room is None


def test_a_removed_row_takes_its_mapping_with_it():
    changes, told = drifted(lambda grid: grid.pop(7))
    assert changes == {("row", REMOVED, "8", "")}
    assert told["C8"].state == GONE and told["C8"].new is None
    assert places(told, MOVED)["C10"] == "C9"


def test_a_row_that_moved_is_told_and_followed():
    changes, told = drifted(lambda grid: grid.insert(10, grid.pop(6)))
    assert changes == {("row", MOVED, "7", "11")}
    assert places(told, MOVED) | {"x": ""} == {
        "B7": "B11", "C7": "C11", "D7": "D11", "C8": "C7", "C10": "C9", "C11": "C10", "x": "",
    }  # fmt: skip


def test_a_renamed_row_and_head_are_proposed_with_both_names():
    def rename(grid):
        grid[6][0] = "1.1.1 Technical staff"
        grid[4][2] = "Number of units"

    changes, told = drifted(rename)
    assert changes == {("row", RENAMED, "7", "7"), ("row", RENAMED, "5", "5")}
    assert places(told, RENAMED) == {"B7": "B7", "C7": "C7", "D7": "D7", "C8": "C8", "C10": "C10", "C11": "C11"}
    assert told["C7"].labels == ("1.1.1 Technical", "# of units")
    assert told["C7"].new_labels == ("1.1.1 Technical staff", "Number of units")


def test_another_number_before_the_same_words_is_a_new_name_of_that_row():
    def renumber(grid):
        grid[6][0], grid[7][0] = "1.1.2 Technical", "1.1.1 Administrative"

    _changes, told = drifted(renumber)
    assert places(told, RENAMED) == {"B7": "B7", "C7": "C7", "D7": "D7", "C8": "C8"}


def test_a_changed_period_is_told_as_such():
    def next_year(grid):
        grid[4][4] = "Total 2027 (EUR)"

    changes, told = drifted(next_year)
    assert changes == {("row", PERIOD, "5", "5")}
    assert {one.state for one in told.values()} == {SAME}


def test_an_added_column_moves_what_stands_right_of_it_and_is_no_change_of_rows():
    def add(grid):
        for n, held in enumerate(grid):
            held.insert(1, {4: "Reference", 6: "_", 7: "_", 9: "_", 10: "_"}.get(n))

    changes, told = drifted(add, MAPPED)
    assert changes == {("column", ADDED, "", "B")}
    assert places(told, MOVED)["C7"] == "D7" and places(told, MOVED)["D7"] == "E7"
    assert places(told, MOVED)["B2"] == "C2"


def test_a_removed_and_a_moved_column_are_told():
    def remove(grid):
        for held in grid:
            held.pop(3)

    changes, told = drifted(remove, MAPPED)
    assert changes == {("column", REMOVED, "D", "")}
    assert told["D7"].state == GONE and told["C7"].state == SAME

    def move(grid):
        for held in grid:
            held.insert(3, held.pop(1))

    changes, told = drifted(move, {name: MAPPED[name] for name in ("B7", "C7", "D7")})
    assert changes == {("column", MOVED, "B", "D")}
    assert places(told, MOVED) == {"B7": "D7", "C7": "B7", "D7": "C7"}


def test_heads_that_changed_places_are_left_to_a_person():
    def swap(grid):
        grid[4][1], grid[4][3] = grid[4][3], grid[4][1]

    _changes, told = drifted(swap, {name: MAPPED[name] for name in ("B7", "C7", "D7")})
    assert (told["B7"].state, [p.cell for p in told["B7"].candidates]) == (UNCLEAR, ["B7", "D7"])
    assert (told["D7"].state, told["C7"].state) == (UNCLEAR, SAME)


def test_repeated_rows_follow_their_head_and_tell_their_new_room():
    def more(grid):
        grid[15:15] = [row("_", "_", "_"), row("_", "_", "_")]

    _changes, told = drifted(more)
    assert (told["B15"].new.place.cell, told["B15"].new.last, told["B15"].room) == ("B15", 19, (3, 5))


def test_two_rows_of_one_name_are_left_to_a_person():
    def double(grid):
        grid.insert(9, row("2.1 International", "_", "_", "_", "="))

    _changes, told = drifted(double)
    assert told["C10"].state == UNCLEAR and told["C10"].new is None
    assert [place.cell for place in told["C10"].candidates] == ["C10", "C11"]


def test_what_cannot_be_written_any_more_is_not_proposed():
    def compute(grid):
        grid[6][2], grid[7][2] = "=", "see annex"

    _changes, told = drifted(compute)
    assert (told["C7"].state, told["C7"].new, told["C7"].why) == (BLOCKED, None, "formula")
    assert (told["C8"].state, told["C8"].new, told["C8"].why) == (BLOCKED, None, "text")
    merged = Look((sheet(FORM, merged=(Area(2, 1, 2, 3),)),))
    found = compare(look(FORM), merged, [MAPPED["B2"]]).carries[0]
    assert (found.state, found.why, found.new) == (BLOCKED, "merged", None)


def test_a_renamed_sheet_is_told_and_one_that_went_takes_its_cells():
    renamed = Look((sheet(FORM, "Report 2027"),))
    found = compare(Look((sheet(FORM, "Report 2026"),)), renamed, [Cell(at("B2", "Report 2026"))])
    assert [(c.kind, c.state, c.old, c.new) for c in found.changes] == [("sheet", PERIOD, "Report 2026", "Report 2027")]
    assert (found.carries[0].state, found.carries[0].new.place.sheet) == (MOVED, "Report 2027")
    found = compare(look(FORM), Look((sheet([["Rates", "_"]], "Rates"),)), [MAPPED["B2"]])
    assert {c.state for c in found.changes} == {REMOVED, ADDED} and found.carries[0].state == GONE


@pytest.mark.parametrize("seed", range(40))
def test_whatever_moves_no_cell_is_proposed_that_is_another_one(seed: int):
    """Each cell of the form carries a mark through random changes; a proposal must lead to the cell with the same mark."""
    chance = random.Random(seed)
    marks = [[(r, c) for c in range(5)] for r in range(len(FORM))]
    grid = copy(FORM)
    for _step in range(chance.randint(1, 6)):
        _change_at_random(chance, grid, marks)
    cells = [Cell(at(name)) for name in MAPPED]
    found = compare(look(FORM), look(grid), cells)
    for carry in found.carries:
        if carry.new is None:
            continue
        place, old = carry.new.place, carry.old.place
        if carry.state in (SAME, MOVED):
            assert marks[place.row - 1][place.column - 1] == (old.row - 1, old.column - 1), (seed, carry)
        assert place.row <= len(grid)


def _change_at_random(chance: random.Random, grid: list[list], marks: list[list]) -> None:
    kind = chance.choice(
        ("add row", "double", "remove row", "move row", "rename", "add column", "remove column", "move column")
    )
    n, width = chance.randrange(len(grid)), len(grid[0])
    c = chance.randrange(1, width) if width > 2 else 1
    if kind == "add row":
        grid.insert(n, [f"Another {chance.randrange(10_000)}", *["_"] * (width - 1)])
        marks.insert(n, [None] * width)
    elif kind == "double":
        to = chance.randrange(len(grid))
        grid.insert(to, list(grid[n])), marks.insert(to, [None] * width)
    elif kind == "remove row" and len(grid) > 5:
        grid.pop(n), marks.pop(n)
    elif kind == "move row":
        to = chance.randrange(len(grid))
        grid.insert(to, grid.pop(n)), marks.insert(to, marks.pop(n))
    elif kind == "rename":
        words = [at for at, held in enumerate(grid[n]) if isinstance(held, str) and held[0] not in "_="]
        if words:
            grid[n][chance.choice(words)] += " (revised)"
    elif kind == "add column":
        for r, held in enumerate(grid):
            held.insert(c, f"Column {r}" if held[0] == "Costs" else "_" if r > 4 else None)
            marks[r].insert(c, None)
    elif kind == "remove column" and width > 3:
        for r in range(len(grid)):
            grid[r].pop(c), marks[r].pop(c)
    elif kind == "move column":
        to = chance.randrange(1, width)
        for r in range(len(grid)):
            grid[r].insert(to, grid[r].pop(c)), marks[r].insert(to, marks[r].pop(c))


def test_a_title_across_the_sheet_that_is_another_one_moves_no_cell():
    rest = [
        row("Contract number", "_"),
        row("Title", "_", "_", "_"),
        row("Coordinator", "_"),
        row("Remark", "_", "_", "_"),
    ]
    wide = [Area(1, 1, 1, 4)]
    before, after = (look([row(f"Financial report{year}"), *rest], merged=wide) for year in ("", " 2025"))
    found = compare(before, after, [Cell(at(name)) for name in ("B2", "B3", "B4", "C5")])
    assert {(c.kind, c.state) for c in found.changes} == {("row", RENAMED)}
    assert {one.state for one in found.carries} == {SAME}
