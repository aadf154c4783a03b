"""Uploaded workbooks and CSV are read with addresses and exact numbers; hostile ones are refused, and the portal lives on."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from portal.web.i18n import say, speaking
from portal.workbooks.reading import LIMITS, Place, Unreadable, read
from portal.workbooks.reading.refusals import WORDS

SHEET = "xl/worksheets/sheet1.xml"


def workbook(*rows: list, hidden: str = "") -> bytes:
    """A workbook with one sheet „Kurzy“, and a hidden one where it has a value."""
    book = Workbook()
    book.active.title = "Kurzy"
    for row in rows:
        book.active.append(row)
    if hidden:
        aside = book.create_sheet("Skrytý")
        aside.sheet_state = "hidden"
        aside["A1"] = hidden
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def rewritten(parts: dict[str, bytes], data: bytes | None = None, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The workbook with some parts in place of its own, or beside them."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data or workbook(["a"]))) as old, zipfile.ZipFile(made, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name])
    return made.getvalue()


def sheet(cells: str, head: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?>{head}<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def directory_says(data: bytes, name: str, at: int, value: bytes) -> bytes:
    """The archive whose directory entry of a part has other bytes at an offset."""
    start = data.rindex(name.encode()) - 46
    assert data[start : start + 4] == b"PK\x01\x02"
    return data[: start + at] + value + data[start + at + len(value) :]


def twice() -> bytes:
    made = io.BytesIO(workbook(["a"]))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("XL/Workbook.xml", b"<workbook/>")
    return made.getvalue()


def children() -> set[str]:
    """The processes begun by this one that nobody waited for; a browser of other tests may be among them."""
    lists = list(Path("/proc/self/task").glob("*/children"))
    assert lists, "this kernel does not tell a process its children"
    return set(" ".join(one.read_text() for one in lists).split())


HUGE = b"<worksheet>" + b" " * (8 * 2**20) + b"</worksheet>"
HOSTILE = {
    "a bomb": (rewritten({SHEET: HUGE}), "inflated", "", "příliš velký"),
    "a bomb that lies about its size": (
        directory_says(rewritten({SHEET: HUGE}), SHEET, 24, struct.pack("<I", 1000)), "broken", "", "poškozený",
    ),
    "a cell at the end of the sheet": (
        rewritten({SHEET: sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')}), "far_cell",
        f"{SHEET} A1048576", "A1048576",
    ),
    "a cell far away, written in another way": (
        rewritten({SHEET: sheet("<row><c r='&#88;FD1'><v>1</v></c></row>")}), "far_cell", f"{SHEET} XFD1", "50000 řádků",
    ),
    "a wide and high sheet": (
        rewritten({SHEET: sheet('<row><c r="IV1"/></row><row><c r="A49999"/></row>')}), "many_cells", SHEET, "Rozdělte",
    ),
    "a document type": (
        rewritten({SHEET: sheet("", '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>')}), "dtd", SHEET, "do nového sešitu",
    ),
    "a document type in another alphabet": (
        rewritten({"docProps/core.xml": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><x/>'.encode("utf-16")}), "dtd",
        "docProps/core.xml", "do nového sešitu",
    ),
    "a reference that is none": (rewritten({SHEET: sheet('<row><c r="1A"/></row>')}), "broken", "", "poškozený"),
    "broken XML": (rewritten({SHEET: b"<worksheet><row></worksheet>"}), "broken", SHEET, "poškozený"),
    "a part outside": (rewritten({"../../etc/passwd": b"x"}), "path", "../../etc/passwd", "../../etc/passwd"),
    "a part twice": (twice(), "twice", "XL/Workbook.xml", "dvakrát"),
    "a locked part": (directory_says(workbook(["a"]), SHEET, 8, b"\x01\x00"), "encrypted", "", "bez hesla"),
    "too many parts": (rewritten({f"x/{n}": b"" for n in range(1001)}), "entries", "", "nového sešitu"),
    "half a workbook": (workbook(["a"])[:2000], "broken", "", "poškozený"),
    "nothing": (b" \n", "empty", "", "prázdný"),
    "another archive": (rewritten({}).replace(b"xl/workbook.xml", b"xl/workbooX.xml"), "kind", "", "xlsx"),
    "the old kind": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "old_excel", "", ".xlsx"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "kind", "", "CSV"),
    "text that is called a workbook": (b"a;b", "broken", "", "poškozený"),
    "text of an old alphabet": ("měna;kurz".encode("cp1250"), "encoding", "", "CSV UTF-8"),
    "an open quotation mark": (b'a;b\n"c;d', "csv", "2", "2"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_with_its_place_and_what_to_do(what: str) -> None:
    data, code, place, words = HOSTILE[what]
    name = "a.csv" if code in ("kind", "encoding", "csv") and not data.startswith(b"PK") else "a.xlsx"
    with pytest.raises(Unreadable) as refused:
        read(data, name)
    assert (refused.value.code, refused.value.place) == (code, place)
    with speaking("cs"):
        assert words in say(refused.value)
    with speaking("en"):
        assert say(refused.value).endswith((".", "there."))
    assert read(workbook(["žije"]), "a.xlsx")[0].values == ("žije",), "the process that asked lives on and reads"


def test_time_memory_and_size_end_a_reading() -> None:
    data, before = workbook(*([n, "x" * 50] for n in range(20_000))), children()
    for changed, code in (
        ({"seconds": 0.001}, "too_long"), ({"memory": 2**20}, "too_heavy"), ({"size": 1_000}, "too_big"),
        ({"unpacked": 10_000}, "inflated"), ({"rows": 19_999}, "far_cell"), ({"columns": 1}, "far_cell"),
        ({"cells": 39_999}, "many_cells"),
    ):  # fmt: skip
        try:
            code_given = f"{len(read(data, 'a.xlsx', replace(LIMITS, **changed)))} rows read"
        except Unreadable as refused:
            code_given = refused.code
        assert code_given == code, changed
    assert len(read(data, "a.xlsx")) == 20_000
    assert children() == before  # no process is left behind, not even one that ended


def test_numbers_days_and_texts_keep_what_they_are_with_their_address() -> None:
    data = workbook(
        ["měna", 24.3485, 0.1, 3, date(2026, 3, 1), True, None, "=1+1", "007"], [], [None, 1e20], hidden="x"
    )
    first, last = read(data, "kurzy.xlsx")
    assert first.values == (
        "měna",
        Decimal("24.3485"),
        Decimal("0.1"),
        Decimal(3),
        date(2026, 3, 1),
        True,
        None,
        None,
        "007",
    )
    assert (last.sheet, last.number, last.cell(1).value) == ("Kurzy", 3, Decimal("1e20"))
    assert first.cell(27).empty and first.cell(27).place == Place("Kurzy", 1, 28)
    assert str(first.cell(27).place) == "Kurzy, AB1"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_csv_is_text_of_any_separator_with_lines_counted(separator: str) -> None:
    text = "\ufeffměna,kurz\r\n\r\nCZK, 24.5 \r\n".replace(",", separator)
    head, row = read(text.encode(), "kurzy.csv")
    assert head.values == ("měna", "kurz") and row.values == ("CZK", "24.5")
    assert (row.number, str(row.cell(1).place)) == (3, "B3")


def test_every_refusal_has_words() -> None:
    assert {code for _d, code, _p, _w in HOSTILE.values()} <= WORDS.keys()
    assert {"too_big", "too_long", "too_heavy"} <= WORDS.keys()
