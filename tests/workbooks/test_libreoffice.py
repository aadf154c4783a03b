"""A table opened by another program: no error, the totals as we would add them, text still text."""

from __future__ import annotations

from pathlib import Path

from tests.machine import needs
from tests.workbooks import sheets, toy

pytestmark = needs("libreoffice")


def test_totals_leave_out_what_does_not_count_and_never_mix_currencies(tmp_path: Path):
    data, table = toy.written(toy.ROWS)
    workbook = sheets.recalculated(data, tmp_path)
    ws = workbook.worksheets[0]
    letter, mark = table.letters["amount"], table.letters["amount_about"]
    assert ws[f"{letter}4"].value == 4_200_000  # 600 000 + 3 600 000; the 50 do not count
    assert (ws[f"{mark}4"].value, ws[f"{mark}5"].value or "") == ("≈", "")
    assert ws[f"{letter}5"].value == 1000
    assert sheets.errors(workbook) == []
    assert sheets.compared(data, workbook) == 4, "whoever does not compute reads the same"


def test_text_stays_text(tmp_path: Path):
    typed = ["=1+1", "@SUM(A1)", "-1", "_x0041_", " začátek"]
    data, table = toy.written([toy.row(n, name=name) for n, name in enumerate(typed, 1)])
    ws = sheets.recalculated(data, tmp_path).worksheets[0]
    assert [ws[f"{table.letters['name']}{table.first + n}"].value for n in range(len(typed))] == typed


@needs("poppler")
def test_every_page_repeats_head_title_and_number(tmp_path: Path):
    data, _table = toy.written([toy.row(n) for n in range(1, 121)])
    printed = sheets.pages(data, tmp_path)
    assert len(printed) >= 3
    for number, page in enumerate(printed, 1):
        assert "Započítává se" in page and "Hračky & věci" in page
        assert f"Strana {number} z {len(printed)}" in page
        assert "start_from" not in page and "Poznámka" not in page
