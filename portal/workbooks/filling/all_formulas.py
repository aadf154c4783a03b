"""The formulas of a workbook and how they hang together, before any is computed."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping
from functools import cached_property

from portal.workbooks.filling.areas import Area
from portal.workbooks.filling.book import Book
from portal.workbooks.filling.pivots import Pivots
from portal.workbooks.filling.references import References, references
from portal.workbooks.filling.sheet import Spot
from portal.workbooks.filling.values import Value
from portal.workbooks.reading.cells import Place

Key = tuple[str, Spot]
SMALL = 64
"""Cells of an area that are looked up one by one."""


class Formulas:
    """All formulas of a workbook and what they refer to."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.text: dict[Key, str] = {}
        self.arrays: dict[Key, Key] = {}
        self.refers: dict[Key, References] = {}
        self.pivots = Pivots(book)
        self.anew: set[str] = set()
        self._near: dict[Key, list[Key]] = defaultdict(list)
        self._far: dict[str, list[tuple[Area, Key]]] = defaultdict(list)
        self.reaching: list[Key] = []
        for name in book.package.sheets:
            self._of_sheet(name)

    def _of_sheet(self, name: str) -> None:
        sheet = self.book.sheet(name)
        shared: dict[str, tuple[str, Spot]] = {}
        for spot, cell in sheet.cells.items():
            one = cell.formula
            if one is None:
                continue
            text = one.text
            if one.kind == "shared":
                if text:
                    shared[one.shared] = text, spot
                elif one.shared in shared:
                    text = _moved(*shared[one.shared], spot)
            if one.kind in ("array", "dataTable") and one.area is not None and one.area.shape != (1, 1):
                self.arrays |= {(name, at): (name, spot) for at in one.area.cells() if at in sheet.cells}
            self._add((name, spot), text)

    def _add(self, key: Key, text: str) -> None:
        self.text[key] = text
        found = self.refers[key] = references(self.book, key[0], text)
        if found.anything:
            self.reaching.append(key)
        for sheet, area in found.areas:
            rows, columns = area.shape
            if rows * columns <= SMALL:
                for spot in area.cells():
                    self._near[sheet, spot].append(key)
            else:
                self._far[sheet].append((area, key))

    def of(self, key: Key) -> list[Key]:
        """The formulas that refer to a cell."""
        sheet, (row, column) = key
        return self._near.get(key, []) + [other for area, other in self._far[sheet] if area.holds(row, column)]

    def affected(self, cells: Mapping[Key, Value]) -> set[Key]:
        """Every formula that depends on these cells, however far."""
        found: set[Key] = set(self.reaching) if cells else set()
        front = deque([*cells, *found])
        while front:
            one = front.popleft()
            for other in self.of(one):
                if other not in found:
                    found.add(other)
                    front.append(other)
                    front.extend(at for at, master in self.arrays.items() if master == other and at != other)
            new = self._shown_anew(one) - found
            found |= new
            front += new
        return found

    def _shown_anew(self, key: Key) -> set[Key]:
        """The formulas that refer to pivot tables made from this cell, those not met before."""
        new = self.pivots.made_from([key]) - self.anew
        self.anew |= new
        return {one for one, refers in self.refers.items() if self.pivots.shown(new, refers.areas)} if new else set()

    def inputs(self, key: Key, among: set[Key]) -> set[Key]:
        """Those of `among` to which a formula refers."""
        areas = self.refers[key].areas
        return {
            other
            for other in among
            if any(sheet == other[0] and area.holds(*other[1]) for sheet, area in areas)
        }  # fmt: skip

    def added(self, key: Key, among: Mapping[Key, Value]) -> list[Key]:
        """Those of `among` that a formula adds, if it does nothing else."""
        refers, found = self.refers.get(key), []
        for sheet, area in refers.areas if refers and refers.adds else ():
            rows, columns = area.shape
            if rows * columns <= SMALL:
                found += [(sheet, spot) for spot in area.cells() if (sheet, spot) in among]
            else:
                found += [other for other in among if other[0] == sheet and area.holds(*other[1])]
        return found

    def without_value(self, of: set[Key]) -> set[Key]:
        """Formulas without a saved value to which some of these refer, however far: computed to go on with, not written."""
        empty = {key for key in self.text if self.book.sheet(key[0]).cells[key[1]].value is None}
        found: set[Key] = set()
        front = [*of]
        while front:
            new = self.inputs(front.pop(), empty - found - of)
            found |= new
            front += new
        return found

    @cached_property
    def ends(self) -> dict[str, Spot]:
        return {name: self.book.sheet(name).end for name in self.book.package.sheets}


def _moved(text: str, origin: Spot, to: Spot) -> str:
    """A shared formula as it stands in another of its cells."""
    from openpyxl.formula.translate import Translator

    here, there = Place("", *origin).cell, Place("", *to).cell
    return str(Translator("=" + text, origin=here).translate_formula(there)).removeprefix("=")
