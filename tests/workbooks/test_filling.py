"""Donors' workbooks are filled: values and totals are right by hand, and every byte that may not change is the same."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from portal.workbooks.filling import Block, Unfillable, fill
from portal.workbooks.reading import Place
from tests.machine import needs
from tests.workbooks import donors, pivots, sheets


@dataclass(frozen=True)
class Case:
    """A workbook, what is written into it, and by hand: the values its cells then hold, the parts that change."""

    made: Callable[[], bytes]
    values: dict[Place, Any]
    rows: tuple[Block, ...]
    holds: dict[tuple[str, str], Any]
    lost: dict[str, str] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    saved_parts: tuple[str, ...] = ()


BUDGET, SUMMARY = "1. Budget", "Shrnutí & více"
CASES = {
    "budget": Case(
        donors.budget,
        {
            Place(BUDGET, 3, 2): Decimal(5), Place(BUDGET, 4, 3): Decimal("1.005"),
            Place(BUDGET, 12, 1): " Poznámka <&> _x0041_", Place("1. BUDGET", 4, 5): True,
        },
        (),
        {
            (BUDGET, "B3"): 5, (BUDGET, "C4"): 1.005, (BUDGET, "E4"): True, (BUDGET, "D3"): 5002.5,
            (BUDGET, "D4"): 3.02, (BUDGET, "D7"): 5105.51, (BUDGET, "D8"): 357.39, (BUDGET, "D9"): 5462.9,
            (SUMMARY, "B1"): 5462.9, (SUMMARY, "B2"): "nad 5 000",
        },
        {f"{SUMMARY}, B3": "moment"},
        ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"),
        ("xl/charts/chart1.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"),
    ),
    "protected": Case(
        donors.protected,
        {},
        (Block("Costs", 2, 5, (1, 2, 3), (("Letenky", date(2026, 3, 1), Decimal("250.10")), ("Hotel", date(2026, 3, 9), 49.9))),),
        {("Costs", "A2"): "Letenky", ("Costs", "C2"): 250.1, ("Costs", "C4"): None, ("Costs", "F1"): 300,
         ("Costs", "F2"): (date(2026, 3, 9) - date(1904, 1, 1)).days, ("Costs", "B2"): date(2026, 3, 1)},
        {},
        ("xl/worksheets/sheet1.xml",),
        ("xl/workbook.xml", "xl/worksheets/sheet1.xml"),
    ),
    "shared": Case(
        donors.shared,
        {Place("List1", 3, 1): 7, Place("List1", 4, 2): Decimal("2.5"), Place("List1", 6, 2): "x", Place("List1", 5, 4): 1},
        (),
        {("List1", "C3"): 70, ("List1", "C4"): 10, ("List1", "C2"): 20, ("List1", "C7"): 100, ("List1", "B6"): "x",
         ("List1", "D5"): 1},
        {"List1, C8": "otherwise", "List1, D7": "array", "List1, D8": "array"},
        ("xl/workbook.xml", "xl/worksheets/sheet1.xml"),
    ),
    "macros": Case(
        donors.with_macros,
        {Place("Leden", 1, 1): 10, Place("Rok", 1, 1): 6},
        (),
        {("Leden", "A1"): 10, ("Rok", "C1"): 19},
        {"Rok, B1": "function"},
        ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet4.xml"),
    ),
    "pivot": Case(
        donors.with_pivot,
        {Place("Data", 2, 2): Decimal("5.5")},
        (),
        {("Data", "B2"): 5.5, ("Data", "B5"): 12.5},
        {"Data, C5": "circular", "Data, D5": "circular"},
        ("xl/pivotCache/pivotCacheDefinition1.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"),
    ),
    "pivots": Case(
        pivots.with_pivots,
        pivots.WRITTEN,
        (),
        {
            ("Costs", "B2"): 5, ("Costs", "A4"): "IOM", ("Costs", "D2"): 500, ("Costs", "D3"): 181.5, ("Costs", "D4"): 30,
            ("Costs", "D6"): 711.5, ("Costs", "D7"): 0.7027, ("Shown", "E3"): None, ("Shown", "E6"): 1423, ("Rates", "G4"): 99,
        },
        {"Shown, E3": "pivot", "Shown, E4": "pivot", "Shown, E5": "depends"},
        *[(
            "xl/pivotCache/pivotCacheDefinition1.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml",
            "xl/worksheets/sheet2.xml",
        )] * 2,
    ),
    "report": Case(
        donors.report,
        {
            Place("Information", 3, 2): "HOME/2014/001", Place("Information", 4, 2): "Příliš žluťoučký\nkůň",
            Place("Information", 6, 2): date(2026, 1, 1), Place("Information", 7, 2): date(2026, 12, 31),
        },
        (Block("Payments", 4, 9, (2, 3), ((date(2026, 3, 2), Decimal("300000.00")), (date(2026, 9, 1), Decimal("100000")))),),
        {
            ("Information", "B3"): "HOME/2014/001", ("Information", "B4"): "Příliš žluťoučký\nkůň",
            ("Information", "B7"): date(2026, 12, 31), ("Information", "B12"): 365, ("Payments", "C4"): 300000,
            ("Payments", "B5"): date(2026, 9, 1), ("Payments", "C6"): None, ("Payments", "C10"): 400000,
            ("Payments", "C11"): 0.75, ("Payments", "A6"): 3,
        },
        {},
        ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"),
        ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"),
    ),
}  # fmt: skip
SAVED = ("budget", "protected", "report", "pivots")
"""Filled also as LibreOffice saves them: with saved values, and with the values a chart keeps."""


def template(name: str, saved: bool, folder: Path) -> bytes:
    data = CASES[name].made()
    return sheets.converted(data, folder, "xlsx").read_bytes() if saved else data


each = pytest.mark.parametrize(
    ("name", "saved"),
    [*((name, False) for name in CASES), *(pytest.param(name, True, marks=needs("libreoffice")) for name in SAVED)],
    ids=[*CASES, *(f"{name} by LibreOffice" for name in SAVED)],
)


def filled(name: str, saved: bool, folder: Path):
    data = template(name, saved, folder)
    return data, fill(data, CASES[name].values, CASES[name].rows)


def at(workbook: Any, sheet: str, cell: str) -> Any:
    value = workbook[sheet][cell].value
    return value.date() if hasattr(value, "date") else value


ALLOWED = {
    "xl": re.compile(rb"<(?:\w+:)?calcPr[^>]*/>"),
    "charts": re.compile(rb"<c:pt .*?</c:pt>|<c:ptCount[^>]*>", re.DOTALL),
    "pivotCache": re.compile(rb' refreshOnLoad="[^"]*"'),
}
"""By folder: what may change in a part that is no sheet."""


def told(part: bytes, cell: str) -> tuple[bytes, list[bytes]] | None:
    """The style of a cell and its formula as they are written; None where the sheet does not have the cell.
    No style is style 0."""
    found = re.search(rb'<(?:\w+:)?c r="%s"([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)' % cell.encode(), part, re.DOTALL)
    if found is None:
        return None
    style = re.search(rb' s="(\d+)"', found[1])
    formula = rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)"
    return style[1] if style else b"0", re.findall(formula, found[2] or b"")


def kept(part: bytes, cells: set[str]) -> bytes:
    """A sheet without these cells and without rows that then hold nothing: what has to be the same."""
    for cell in cells:
        part = re.sub(
            rb'<(\w+:)?c r="%s"(?:[^>]*/>|[^>]*>.*?</(?:\w+:)?c>)' % cell.encode(), b"", part, flags=re.DOTALL
        )
    return re.sub(rb"<row( [^>]*)?(></row>|/>)", b"", part)


@each
def test_cells_and_totals_hold_what_was_worked_out_by_hand(name: str, saved: bool, tmp_path: Path) -> None:
    _data, done = filled(name, saved, tmp_path)
    workbook = load_workbook(io.BytesIO(done.data), data_only=True)
    found = {place: at(workbook, *place) for place in CASES[name].holds}
    assert found == {place: _near(value) for place, value in CASES[name].holds.items()}
    assert {str(one.place): one.reason for one in done.lost} == CASES[name].lost


def _near(value: Any) -> Any:
    """The number, give or take what adding binary fractions leaves."""
    return pytest.approx(value, abs=1e-9) if isinstance(value, float) else value


@each
def test_whatever_may_not_change_keeps_its_bytes(name: str, saved: bool, tmp_path: Path) -> None:
    data, done = filled(name, saved, tmp_path)
    before, after = (zipfile.ZipFile(io.BytesIO(one)) for one in (data, done.data))
    assert before.namelist() == after.namelist()
    changed = {part for part in before.namelist() if before.read(part) != after.read(part)}
    assert changed == set(CASES[name].saved_parts if saved else CASES[name].parts)
    moved = [*done.written, *done.computed, *(one.place for one in done.lost)]
    names = list(load_workbook(io.BytesIO(data)).sheetnames)
    for part in changed:
        if "worksheets" in part:
            sheet = names[int(re.findall(r"(\d+)\.xml", part)[0]) - 1]
            cells = {place.cell for place in moved if place.sheet.casefold() == sheet.casefold()}
            assert kept(before.read(part), cells) == kept(after.read(part), cells), part
            for cell in cells:
                was, now = (told(one.read(part), cell) for one in (before, after))
                assert was is None or was == now, (part, cell, "the style and the formula stay")
        else:
            assert ALLOWED[part.split("/")[-2]].sub(b"", before.read(part)) == ALLOWED[part.split("/")[-2]].sub(
                b"", after.read(part)
            ), part
    assert [entry.date_time for entry in before.infolist()] == [entry.date_time for entry in after.infolist()]


@each
def test_the_same_filling_gives_the_same_bytes(name: str, saved: bool, tmp_path: Path) -> None:
    data, done = filled(name, saved, tmp_path)
    assert fill(data, CASES[name].values, CASES[name].rows).data == done.data


@needs("libreoffice")
@each
def test_libreoffice_opens_it_and_computes_the_same(name: str, saved: bool, tmp_path: Path) -> None:
    folder = tmp_path / "again"
    folder.mkdir()
    _data, done = filled(name, saved, tmp_path)
    workbook = sheets.recalculated(done.data, folder)
    ours = load_workbook(io.BytesIO(done.data), data_only=True)
    for place in done.computed:
        theirs = at(workbook, place.sheet, place.cell)
        mine = at(ours, place.sheet, place.cell)
        assert theirs == (pytest.approx(mine) if isinstance(mine, (int, float)) else mine), str(place)


@needs("libreoffice")
def test_a_chart_keeps_the_new_values(tmp_path: Path) -> None:
    data, done = filled("budget", True, tmp_path)
    chart = zipfile.ZipFile(io.BytesIO(done.data)).read("xl/charts/chart1.xml").decode()
    numbers = re.findall(r"<c:numCache>.*?</c:numCache>", chart, re.DOTALL)
    assert [re.findall(r"<c:v>([^<]*)</c:v>", one) for one in numbers] == [["5002.5", "3.02", "99.99"]]
    untouched = zipfile.ZipFile(io.BytesIO(data)).read("xl/charts/chart1.xml").decode()
    assert re.sub(r"<c:pt .*?</c:pt>|<c:ptCount[^>]*>", "", chart) == re.sub(
        r"<c:pt .*?</c:pt>|<c:ptCount[^>]*>", "", untouched
    )


@pytest.mark.parametrize(
    ("made", "place", "value", "code"),
    [
        (donors.budget, Place(BUDGET, 3, 4), 1, "formula"),
        (donors.budget, Place(BUDGET, 1, 2), "x", "merged"),
        (donors.budget, Place("Nikde", 1, 1), 1, "no_sheet"),
        (donors.budget, Place(BUDGET, 12, 1), "a" * 32_768, "too_long"),
        (donors.budget, Place(BUDGET, 12, 1), "a\x07", "control"),
        (donors.budget, Place(BUDGET, 12, 1), date(1899, 1, 1), "too_early"),
        (donors.budget, Place(BUDGET, 12, 1), Decimal("NaN"), "not_a_number"),
        (donors.protected, Place("Costs", 9, 9), 1, "locked"),
        (donors.protected, Place("Costs", 1, 1), "Položka", "table_head"),
        (donors.shared, Place("List1", 8, 4), 1, "formula"),
        (pivots.with_pivots, Place("Shown", 4, 2), 500, "pivot"),
    ],
)
def test_what_stands_in_the_way_is_named_with_its_place(made, place: Place, value: Any, code: str) -> None:
    with pytest.raises(Unfillable) as refused:
        fill(made(), {place: value})
    assert (code, place) in [(one.code, one.place) for one in refused.value.obstacles]


def test_all_obstacles_are_told_at_once_and_an_overflow_with_its_count() -> None:
    lines = [("x", date(2026, 1, 1), 1)] * 5
    with pytest.raises(Unfillable) as refused:
        fill(donors.protected(), {Place("Costs", 9, 9): 1}, [Block("Costs", 2, 5, (1, 2, 3), lines)])
    assert [one.code for one in refused.value.obstacles] == ["overflow", "locked"]
    assert refused.value.obstacles[0].params == {"room": 4, "count": 5}


def test_two_values_for_one_cell_are_refused() -> None:
    with pytest.raises(Unfillable) as refused:
        fill(donors.budget(), {Place(BUDGET, 12, 1): 1, Place(BUDGET.upper(), 12, 1): 2})
    assert [one.code for one in refused.value.obstacles] == ["twice"]


def test_a_signed_workbook_is_not_touched() -> None:
    with zipfile.ZipFile(io.BytesIO(donors.shared())) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with pytest.raises(Unfillable) as refused:
        fill(donors.packed({**parts, "_xmlsignatures/sig1.xml": b"<s/>"}), {Place("List1", 3, 1): 1})
    assert [one.code for one in refused.value.obstacles] == ["signed"]
