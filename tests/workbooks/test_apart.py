"""Looking through and filling in a process of their own: the same as here, and a bad file is a clear refusal."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from portal.workbooks.filling import Block, Unfillable, fill, process
from portal.workbooks.filling.looking import Look, look
from portal.workbooks.reading import Place, Unreadable
from tests.workbooks import donors, pivots

REPORT = donors.report()


def test_a_look_tells_what_can_be_written_and_is_kept_as_it_is():
    found = process.look_apart(REPORT, "form.xlsx")
    assert found == look(REPORT) == Look.of(found.kept)
    told = {
        "Information, B3": None, "Information, A3": "locked", "Information, C4": "merged", "Information, B12": "formula",
        "Information, H40": "locked", "Payments, C4": None, "Payments, C10": "formula", "Nowhere, A1": "no_sheet",
    }  # fmt: skip
    for place, why in told.items():
        sheet, _, cell = place.partition(", ")
        at = Place(sheet, int(cell[1:]), ord(cell[0]) - 64)
        assert found.hindrance(at) == why, place
    assert [(one.name, one.protected, one.hidden) for one in found.sheets] == [
        ("Information", True, False), ("Payments", False, False), ("Lists", False, True),
    ]  # fmt: skip
    table = look(donors.protected())
    assert table.hindrance(Place("Costs", 1, 1)) == "table_head"
    assert look(donors.with_macros()).macros
    shown = look(pivots.with_pivots())
    assert (shown.hindrance(Place("Shown", 6, 2)), shown.hindrance(Place("Shown", 7, 2))) == ("pivot", None)
    assert Look.of(shown.kept) == shown and Look.of(shown.kept.replace('"pivots"', '"then_unknown"')).sheets


def test_a_cell_that_only_a_rule_for_its_values_names_is_asked_for_and_a_list_is_not():
    book = Workbook()
    ws = book.active
    ws["A1"] = "Approved?"
    for area in ("D1", "E2:E3", "A1", "F1:F900"):
        rule = DataValidation(type="list", formula1='"yes,no"')
        rule.add(area)
        ws.add_data_validation(rule)
    book.save(told := io.BytesIO())
    (sheet,) = look(told.getvalue()).sheets
    assert {spot for spot, seen in sheet.cells.items() if seen.asked} == {(1, 1), (1, 4), (2, 5), (3, 5)}
    assert (sheet.text(1, 4), sheet.end) == ("", (3, 5))


def test_filling_apart_gives_the_same_as_here():
    values = {Place("Information", 3, 2): "X/1"}
    rows = [Block("Payments", 4, 9, (2, 3), [(None, Decimal("12.50"))])]
    assert process.fill_apart(REPORT, values, rows) == fill(REPORT, values, rows)
    with pytest.raises(Unfillable) as refused:
        process.fill_apart(REPORT, {Place("Information", 12, 2): 1, Place("Information", 3, 1): 2})
    assert [(one.code, str(one.place)) for one in refused.value.obstacles] == [
        ("formula", "Information, B12"), ("locked", "Information, B12"), ("locked", "Information, A3"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"PK\x03\x04 torn", "broken"), (b"a;b\n1;2\n", "no_workbook"), (b"", "empty"), (REPORT[:-200], "broken")],
)
def test_what_is_no_workbook_is_refused(data, code):
    with pytest.raises(Unreadable) as refused:
        process.look_apart(data, "form.xlsx" if code == "broken" else "form.csv")
    assert refused.value.code == code


def test_a_child_that_dies_is_a_refusal(monkeypatch):
    monkeypatch.setattr(process, "MEMORY", 2**20)
    with pytest.raises(Unfillable) as refused:
        process.fill_apart(REPORT, {Place("Information", 3, 2): "X"})
    assert refused.value.obstacles[0].code == "too_heavy"
    monkeypatch.setattr(process, "SECONDS", 0.01)
    with pytest.raises(Unfillable) as refused:
        process.look_apart(REPORT, "x.xlsx")
    assert refused.value.obstacles[0].code in ("too_slow", "too_heavy")
