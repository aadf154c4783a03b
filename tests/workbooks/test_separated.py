"""CSV of the same columns."""

from __future__ import annotations

import csv
import io

from portal.web.i18n import speaking
from portal.workbooks import separated
from tests.workbooks import toy


def written(rows, lang="cs") -> list[list[str]]:
    with speaking(lang):
        data = b"".join(separated.lines(toy.SHEET, rows, lang))
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separated.SEPARATOR[lang]))


def test_a_czech_file_has_semicolons_and_decimal_commas():
    head, first, *_rest = written(toy.ROWS)
    assert head[:3] == ["Č. záznamu / Record no.", "Název / Name", "Začátek / Start"]
    assert first[:5] == ["1", "Hračka 1", "2014-08-27", "2014-08-27", "2014-08-27"]
    assert first[7:11] == ["", "600000,00", "EUR", "ano"]


def test_an_english_file_has_commas_and_decimal_points():
    head, first, second, *_rest = written(toy.ROWS, "en")
    assert head[1] == "Name / Název"
    assert first[7:11] == ["", "600000.00", "EUR", "yes"]
    assert second[2] == "February\u00a02013" and second[7] == "≈"


def test_what_is_not_known_is_said():
    rows = written(toy.ROWS)
    assert rows[4][2] == "plán: 2025-03-31"
    assert rows[4][8:10] == ["v rámci iniciativy", ""]
    assert rows[6][8:10] == ["neuvedeno", "neuvedeno"]
    assert rows[6][-1] == "", "a note that nobody wrote is nothing"


def test_no_field_is_a_formula_and_every_line_end_is_kept_inside():
    row = written([toy.row(name="=1+1", text="první\ndruhý; třetí", note="@x")])[1]
    assert (row[1], row[-2], row[-1]) == ("'=1+1", "první\ndruhý; třetí", "'@x")


def test_a_yen_has_no_decimals():
    assert written(toy.ROWS)[5][8:10] == ["1000", "JPY"]
