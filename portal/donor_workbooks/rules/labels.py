"""What the workbook calls a cell: the label beside it and the head above it. Texts compared without capitals and accents."""

from __future__ import annotations

import re
from collections.abc import Collection

from portal.kernel.text import fold
from portal.workbooks.filling.looking import EMPTY, FORMULA, NUMBER, TEXT, Look, Seen, SheetLook
from portal.workbooks.filling.sheet import Spot
from portal.workbooks.reading.cells import Place

_NUMBERED = re.compile(r"\(?([0-9]{1,2}(?:\.[0-9]{1,2})*(?=[.)\s]|$)|[a-z](?=[.)]))[.)]*(?:\s+|$)", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_DIGITS = re.compile(r"[0-9]+")
_YEAR = re.compile(r"(19|20)[0-9]{2}")
_IN_CURRENCY = re.compile(r"(?:\b(?:in|v|ve) |[(\[/] ?(?:in |v )?)([A-Z]{3})(?![A-Za-z])")
_OFTEN = re.compile(r"(?<![A-Za-z])(?:EUR|CZK|USD)(?![A-Za-z])")
_NAMES = {
    "EUR": re.compile(r"€|\beur(?:o|os|ech|a)?\b"), "CZK": re.compile(r"\bkc\b|\bkorun(?:a|y|ach)?\b"),
    "USD": re.compile(r"\$|\bus dol"),
}  # fmt: skip
FAR = 12
"""Columns to the left in which a label is looked for."""


def plain(text: str) -> str:
    """A label to compare: folded, spaces made one, without the marks at its end."""
    return " ".join(fold(text).split()).strip(" :*.…?")


def number(text: str) -> str:
    """The number a label begins with: "1.1.1" of "1.1.1 Technical"; "" where it has none."""
    found = _NUMBERED.match(text.strip())
    return found[1].lower() if found else ""


def numbers_in(look: Look) -> list[str]:
    """The numbers that labels of a file begin with, each once, without those that begin others: of lines, not of groups."""
    said = {number(cell.text) for sheet in look.sheets for cell in sheet.cells.values() if is_label(cell)}
    return sorted(one for one in said if one and not any(other.startswith(f"{one}.") for other in said))


def bare(text: str) -> str:
    """A label without its number and without what stands in brackets at its end."""
    words = plain(text)
    found = _NUMBERED.match(words)
    words = words[found.end() :] if found else words
    return plain(_BRACKETS.sub("", words)) or plain(text)


def without_digits(text: str) -> str:
    return _DIGITS.sub("#", plain(text))


def says_year(text: str) -> bool:
    """Whether a year or a day stands in it."""
    return bool(_YEAR.search(text))


def currencies(text: str) -> set[str]:
    """The currencies a label says it is in: by code after "in" or in brackets ("Amount (in EUR)"), euros and crowns anywhere and
    by their signs and names as well."""
    found = {one.upper() for one in _IN_CURRENCY.findall(text)} | set(_OFTEN.findall(text))
    words = fold(text)
    return found | {code for code, pattern in _NAMES.items() if pattern.search(words)}


def is_label(cell: Seen, inputs: Collection[Spot] = ()) -> bool:
    """Whether a cell says something of others: text nobody is asked for, or a year."""
    if cell.asked or (cell.row, cell.column) in inputs:
        return False
    return cell.kind == TEXT or (cell.kind == NUMBER and bool(re.fullmatch(r"(19|20)[0-9]{2}", cell.text)))


def is_labelled(sheet: SheetLook, seen: Seen) -> bool:
    """Whether an empty cell stands right of a label, on a sheet that is not protected."""
    before = sheet.cells.get((seen.row, seen.column - 1))
    return not sheet.protected and seen.kind == EMPTY and before is not None and is_label(before)


def token(cell: Seen | None) -> str:
    """What a cell is, where its text says nothing: to be filled in, computed, or nothing."""
    if cell is None:
        return ""
    if cell.kind == FORMULA:
        return "ƒ"
    return "□" if cell.asked or cell.kind in (EMPTY, NUMBER) else ""


def beside(sheet: SheetLook, row: int, column: int, inputs: Collection[Spot] = ()) -> tuple[str, Spot | None]:
    """The nearest label to the left, and where it stands. A number of its own in front of it is told too: "1.1.1 Technical"."""
    found: tuple[str, Spot | None] = "", None
    for at in range(column - 1, max(0, column - FAR), -1):
        here = _shown(sheet, row, at, inputs)
        if here is None:
            continue
        if found[1] is None:
            found = here.text, (here.row, here.column)
        elif (here.row, here.column) != found[1] and number(here.text) and not bare(here.text).strip(".0123456789"):
            return f"{here.text} {found[0]}", found[1]
    return found


def above(sheet: SheetLook, row: int, column: int, inputs: Collection[Spot] = ()) -> tuple[str, Spot | None]:
    """The nearest label above, and where it stands; one that stands directly over it in another row is told before it."""
    found: tuple[str, Spot | None] = "", None
    for at in range(row - 1, 0, -1):
        here = _shown(sheet, at, column, inputs)
        if found[1] is not None:
            if here is not None and (here.row, here.column) != found[1]:
                return f"{here.text} / {found[0]}", found[1]
            if here is None:
                return found
        elif here is not None:
            found = here.text, (here.row, here.column)
    return found


def names_of(
    sheet: SheetLook, row: int, column: int, inputs: Collection[Spot] = (), rows: bool = False
) -> tuple[str, str]:
    """(label beside, head above) of a cell; "" for none. A title that spans label and cell alike is no head of the cell's column;
    a column of repeated rows (`rows`) has a head alone."""
    (label, at), (head, over) = beside(sheet, row, column, inputs), above(sheet, row, column, inputs)
    if rows:
        return "", head
    area = sheet.around(*over) if over is not None else None
    spans = area is not None and at is not None and area.left <= at[1] <= area.right
    return label, "" if spans else head


def label_at(look: Look, place: Place, rows: bool = False) -> str:
    """What stands beside and above a cell, in one line; "" where nothing does."""
    sheet = look.sheet(place.sheet)
    return " / ".join(text for text in names_of(sheet, place.row, place.column, rows=rows) if text) if sheet else ""


def _shown(sheet: SheetLook, row: int, column: int, inputs: Collection[Spot]) -> Seen | None:
    area = sheet.around(row, column)
    here = sheet.cells.get((area.top, area.left) if area else (row, column))
    return here if here is not None and is_label(here, inputs) else None
