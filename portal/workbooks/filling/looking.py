"""What stands in a workbook, for whoever maps its cells: texts with their places, and which cells may be written.

A look is made once of a file that was checked (`process.look`), kept as JSON, and read again by `Look.of`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from portal.kernel.errors import N_
from portal.workbooks.filling.areas import Area
from portal.workbooks.filling.book import Book
from portal.workbooks.filling.sheet import Sheet, Spot
from portal.workbooks.filling.tags import elements
from portal.workbooks.filling.values import Value
from portal.workbooks.reading.cells import Place

TEXT, NUMBER, EMPTY, FORMULA = "text", "number", "empty", "formula"
MOST = 60_000
"""Cells of a workbook that are looked at, formatted empty ones included. A form has fewer; more is a table of data."""
RULED = 100
"""Cells of one rule for values that are each asked for; more of them are a list, of which only those that the sheet has are."""
LONGEST = 400
"""Characters of a cell's text that are kept."""
IN_THE_WAY = {
    "formula": N_("formula"),
    "merged": N_("within merged cells"),
    "locked": N_("locked"),
    "table_head": N_("head of a table"),
    "pivot": N_("pivot table"),
}
"""Why a cell is not written, as a mark beside it."""


class TooMany(ValueError):
    """More than MOST cells."""


@dataclass(frozen=True)
class Seen:
    """A cell: its text as saved (a number in digits), what it holds, whether people can write into it, and whether the
    workbook asks for a value there (a validation, or a cell that is open on a protected sheet)."""

    row: int
    column: int
    text: str
    kind: str = EMPTY
    locked: bool = False
    asked: bool = False


@dataclass(frozen=True)
class SheetLook:
    """One sheet. `heads`: the head rows of its tables; `pivots`: where its pivot tables stand."""

    name: str
    cells: dict[Spot, Seen]
    merged: tuple[Area, ...] = ()
    heads: tuple[Area, ...] = ()
    protected: bool = False
    hidden: bool = False
    pivots: tuple[Area, ...] = ()

    def hindrance(self, row: int, column: int) -> str | None:
        """Why this cell cannot be written: a key of IN_THE_WAY; None where it can."""
        here = self.cells.get((row, column))
        if here is not None and here.kind == FORMULA:
            return "formula"
        area = self.around(row, column)
        if area is not None and (row, column) != (area.top, area.left):
            return "merged"
        if any(head.holds(row, column) for head in self.heads):
            return "table_head"
        if any(area.holds(row, column) for area in self.pivots):
            return "pivot"
        if self.protected and (here is None or here.locked):
            return "locked"
        return None

    def around(self, row: int, column: int) -> Area | None:
        """The merged cells among which a cell lies."""
        return self._merged_at.get((row, column))

    def text(self, row: int, column: int) -> str:
        """What is read there: of merged cells all show the text of the first."""
        area = self.around(row, column)
        here = self.cells.get((area.top, area.left) if area else (row, column))
        return here.text if here is not None else ""

    @cached_property
    def _merged_at(self) -> dict[Spot, Area]:
        return {spot: area for area in self.merged for spot in area.cut(*self.end).cells()}

    @cached_property
    def end(self) -> Spot:
        """The last row and column in which something stands."""
        rows, columns = zip(*self.cells, strict=True) if self.cells else ((1,), (1,))
        return max(rows), max(columns)

    @cached_property
    def rows(self) -> dict[int, list[Seen]]:
        """Row → its cells from left to right; rows in their order."""
        found: dict[int, list[Seen]] = {}
        for spot in sorted(self.cells):
            found.setdefault(spot[0], []).append(self.cells[spot])
        return found


@dataclass(frozen=True)
class Look:
    """A workbook. `macros`: it holds a project of macros."""

    sheets: tuple[SheetLook, ...]
    macros: bool = False
    signed: bool = False

    def sheet(self, name: str) -> SheetLook | None:
        return next((one for one in self.sheets if one.name.casefold() == name.casefold()), None)

    def hindrance(self, place: Place) -> str | None:
        """Why a place cannot be written: a key of IN_THE_WAY, "no_sheet", or None."""
        sheet = self.sheet(place.sheet)
        return sheet.hindrance(place.row, place.column) if sheet is not None else "no_sheet"

    @property
    def kept(self) -> str:
        """As JSON text."""
        return json.dumps(
            {
                "macros": self.macros,
                "signed": self.signed,
                "sheets": [
                    {
                        "name": one.name, "protected": one.protected, "hidden": one.hidden,
                        "merged": [(a.top, a.left, a.bottom, a.right) for a in one.merged],
                        "heads": [(a.top, a.left, a.bottom, a.right) for a in one.heads],
                        "pivots": [(a.top, a.left, a.bottom, a.right) for a in one.pivots],
                        "cells": [(c.row, c.column, c.text, c.kind, c.locked, c.asked) for c in one.cells.values()],
                    }
                    for one in self.sheets
                ],
            },
            ensure_ascii=False, separators=(",", ":"),
        )  # fmt: skip

    @classmethod
    def of(cls, kept: str) -> Look:
        """The look of its JSON text."""
        told = json.loads(kept)
        return cls(
            tuple(
                SheetLook(
                    one["name"], {(c[0], c[1]): Seen(*c) for c in one["cells"]},
                    tuple(Area(*a) for a in one["merged"]), tuple(Area(*a) for a in one["heads"]),
                    one["protected"], one["hidden"],
                    tuple(Area(*a) for a in one.get("pivots", ())),  # a look kept before they were looked for
                )
                for one in told["sheets"]
            ),
            told["macros"], told["signed"],
        )  # fmt: skip


def look(data: bytes) -> Look:
    """Look through a workbook that was checked before. Raises Unclear (a part in an unusual encoding), TooMany."""
    book = Book(data)
    left = MOST
    sheets = []
    for name in book.package.sheets:
        seen = _sheet(book, name, left)
        left -= len(seen.cells)
        sheets.append(seen)
    macros = any(name.endswith("vbaProject.bin") for name in book.package.names)
    return Look(tuple(sheets), macros, book.signed)


def _sheet(book: Book, name: str, most: int) -> SheetLook:
    sheet = book.sheet(name)
    asked = _validated(sheet)
    cells: dict[Spot, Seen] = {}
    arrays = [
        one.formula.area for one in sheet.cells.values() if one.formula and one.formula.kind in ("array", "dataTable")
    ]
    for (row, column), held in sheet.cells.items():
        locked = book.locked(sheet, row, column)
        formula = held.formula is not None or any(area is not None and area.holds(row, column) for area in arrays)
        wanted = not formula and ((sheet.protected and not locked) or any(area.holds(row, column) for area in asked))
        kind = FORMULA if formula else _kind(held.value)
        if kind == EMPTY and not held.style and not wanted:
            continue
        cells[row, column] = Seen(row, column, _text(held.value), kind, locked, wanted)
        if len(cells) > most:
            raise TooMany(name)
    cells |= {spot: seen for spot, seen in _open(book, sheet, most - len(cells)) if spot not in cells}
    cells |= {spot: seen for spot, seen in _ruled(book, sheet, asked) if spot not in cells}
    if len(cells) > most:
        raise TooMany(name)
    heads = tuple(
        Area(one.area.top, one.area.left, one.area.top + one.heads - 1, one.area.right)
        for one in book.tables.values()
        if one.sheet == name and one.heads
    )
    pivots = tuple(one.area for one in book.pivots if one.sheet == name)
    return SheetLook(
        name, dict(sorted(cells.items())), tuple(sheet.merged), heads, sheet.protected, book.hidden(name), pivots
    )  # fmt: skip


def _open(book: Book, sheet: Sheet, most: int) -> Iterator[tuple[Spot, Seen]]:
    """Cells of a protected sheet that the part does not name, and that are open by the style of their row or column."""
    rows, columns = sheet.end
    if not sheet.protected or rows * columns > most:
        return
    for row in range(1, rows + 1):
        for column in range(1, columns + 1):
            if (row, column) not in sheet.cells and not book.locked(sheet, row, column):
                yield (row, column), Seen(row, column, "", asked=True)


def _ruled(book: Book, sheet: Sheet, asked: list[Area]) -> Iterator[tuple[Spot, Seen]]:
    """Cells that the part does not name, and for which the sheet says which values it takes, unless they are many."""
    for area in asked:
        rows, columns = area.shape
        for row, column in area.cells() if rows * columns <= RULED else ():
            if (row, column) not in sheet.cells:
                yield (row, column), Seen(row, column, "", locked=book.locked(sheet, row, column), asked=True)


def _validated(sheet: Sheet) -> list[Area]:
    """The areas for which the sheet says which values it takes."""
    found = []
    for one in elements(sheet.data, "dataValidation"):
        for text in one.attributes.get("sqref", "").split():
            try:
                found.append(Area.of(text))
            except ValueError:
                continue
    return found


def _kind(value: Value) -> str:
    if value is None or (isinstance(value, str) and not value.strip()):
        return EMPTY
    return TEXT if isinstance(value, str) else NUMBER


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return str(value).strip()[:LONGEST]
