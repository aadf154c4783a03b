"""A day in the recipient's file: a number where the format of the cell shows it as a day, words elsewhere."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from portal.workbooks.filling import fill
from portal.workbooks.filling.values import Day
from portal.workbooks.reading import Place
from tests.workbooks import donors


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("General", False), ("0.00", False), ("@", False), ("h:mm", False), ("[h]:mm:ss", False), ('0" days"', False),
        ("#,##0.00\\ [$Kč-405];[Red]-#,##0.00", False), ("dd/mm/yyyy", True), ("mmm\\-yy", True), ("mmmm", True),
        ("mm-dd-yy", True), ("[$-405]d/\\ mmmm\\ yyyy;@", True), ("yyyy\\-mm\\-dd hh:mm", True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("made", [donors.budget, donors.protected], ids=["1900", "1904"])
def test_a_day_is_a_number_only_where_the_format_shows_it_as_a_day(made, code, shown) -> None:
    book = load_workbook(io.BytesIO(made()))
    sheet = book.worksheets[0]
    sheet["B3"].number_format = code
    template = io.BytesIO()
    book.save(template)
    place = Place(sheet.title, 3, 2)
    done = fill(template.getvalue(), {place: Day(date(2014, 1, 1), "1. 1. 2014")})
    value = load_workbook(io.BytesIO(done.data)).worksheets[0]["B3"].value
    assert (value.date() if shown else value) == (date(2014, 1, 1) if shown else "1. 1. 2014")
    assert done.in_words == (() if shown else (place,)) and "xl/styles.xml" not in done.parts
