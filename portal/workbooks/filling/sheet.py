"""One sheet of a workbook: what stands in its cells, and its bytes with some cells written anew."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass

from portal.workbooks.filling.areas import Area, cell_of
from portal.workbooks.filling.tags import Element, scan, spliced
from portal.workbooks.filling.values import Value, held
from portal.workbooks.reading.cells import letters

Spot = tuple[int, int]
"""(row, column), counted from 1."""


@dataclass
class Formula:
    """What a cell computes. `area` where one formula fills several cells (an array) or is shared; `text` without "="."""

    text: str
    kind: str = "normal"
    area: Area | None = None
    shared: str = ""


@dataclass
class Held:
    """A cell that the sheet has: its element, its style, what it computes, and its saved value as the part spells it."""

    element: Element
    style: int
    kind: str
    formula: Formula | None
    formula_element: Element | None
    written: Element | None
    value: Value


class Sheet:
    """The part of one sheet. `texts` are the workbook's shared texts."""

    def __init__(self, data: bytes, texts: list[str]) -> None:
        self.data, self.texts = data, texts
        self.cells: dict[Spot, Held] = {}
        self.rows: dict[int, Element] = {}
        self.merged: list[Area] = []
        self.protected = False
        self._columns: list[tuple[int, int, int]] = []
        self._row, self._column = 0, 0
        self._parts: list[Element] = []
        self._body: Element | None = None
        scan(data, self._closed)
        for spot, cell in self.cells.items():
            if cell.formula and cell.formula.kind == "array" and cell.formula.area is None:
                cell.formula.area = Area(*spot, *spot)

    # ---- reading

    def _closed(self, one: Element) -> None:
        given = one.attributes
        if one.name in ("f", "v", "is", "t"):
            self._parts.append(one)
        elif one.name == "c" and one.under("row", "sheetData"):
            self._cell(one)
            self._parts = []
        elif one.name == "row" and one.under("sheetData"):
            self._row = int(given.get("r", self._row + 1))
            self.rows[self._row], self._column = one, 0
        elif one.name == "sheetData":
            self._body = one
        elif one.name == "mergeCell":
            self.merged.append(Area.of(given["ref"]))
        elif one.name == "sheetProtection":
            self.protected = given.get("sheet") in ("1", "true")
        elif one.name == "col" and "style" in given:
            self._columns.append((int(given["min"]), int(given["max"]), int(given["style"])))

    def _cell(self, one: Element) -> None:
        row = int(one.parent.attributes.get("r", self._row + 1)) if one.parent else 0
        if "r" in one.attributes:
            row, self._column = cell_of(one.attributes["r"])
        else:
            self._column += 1
        by_name = {part.name: part for part in self._parts}
        formula, written, kind = None, by_name.get("v"), one.attributes.get("t", "n")
        if (found := by_name.get("f")) is not None:
            reach = found.attributes.get("ref")
            formula = Formula(
                held(self.data, found), found.attributes.get("t", "normal"), Area.of(reach) if reach else None,
                found.attributes.get("si", ""),
            )  # fmt: skip
        text = "".join(held(self.data, part) for part in self._parts if part.name == "t" and not part.under("rPh"))
        style = int(one.attributes.get("s", 0))
        self.cells[row, self._column] = Held(
            one, style, kind, formula, found, written, self._value(kind, written, text)
        )

    def _value(self, kind: str, written: Element | None, text: str) -> Value:
        """A saved value: a number, a text, a truth, an error as its text; None for none."""
        if kind == "inlineStr":
            return text
        raw = held(self.data, written) if written is not None else ""
        if not raw and kind != "str":
            return None
        if kind == "s":
            return self.texts[int(raw)]
        if kind == "b":
            return raw == "1"
        return float(raw) if kind == "n" else raw

    @property
    def end(self) -> Spot:
        """The last row and the last column in which something stands."""
        rows, columns = zip(*self.cells, strict=True) if self.cells else ((1,), (1,))
        return max(rows), max(columns)

    def style(self, row: int, column: int) -> int:
        """The style a cell has, or would get from its row or column."""
        if (row, column) in self.cells:
            return self.cells[row, column].style
        line = self.rows.get(row)
        if line is not None and line.attributes.get("customFormat") in ("1", "true"):
            return int(line.attributes.get("s", 0))
        return next((style for first, last, style in self._columns if first <= column <= last), 0)

    # ---- writing

    def written(self, cells: Iterable[tuple[Spot, bytes]]) -> bytes:
        """The sheet with these cells, each given as the bytes of its element. Every other byte stays as it was."""
        changes: list[tuple[int, int, bytes]] = []
        added: dict[int, list[tuple[int, bytes]]] = {}
        for (row, column), new in sorted(cells):
            if (row, column) in self.cells:
                old = self.cells[row, column].element
                changes.append((old.start, old.after, new))
            else:
                added.setdefault(row, []).append((column, new))
        new_rows: dict[int, bytes] = {}
        for row, ones in added.items():
            if row in self.rows:
                changes += self._into_row(row, ones)
            else:
                inside = b"".join(new for _column, new in ones)
                new_rows[row] = b'<%srow r="%d">%s</%srow>' % (self.prefix, row, inside, self.prefix)
        return spliced(self.data, changes + self._between_rows(new_rows))

    @property
    def prefix(self) -> bytes:
        """The prefix of the namespace, where the part spells one: b"x:"."""
        assert self._body is not None
        name = self.data[self._body.start + 1 : self._body.inside].split(b">")[0].split()[0].rstrip(b"/")
        return name.removesuffix(b"sheetData")

    def spelt(self, row: int, column: int, style: int, kind: str, inside: bytes) -> bytes:
        """The element of a cell. An existing one keeps what else its start tag says."""
        name = b"%sc" % self.prefix
        more = b""
        if (old := self.cells.get((row, column))) is not None:
            kept = {k: v for k, v in old.element.attributes.items() if k not in ("r", "s", "t")}
            more = b"".join(f' {key}="{value}"'.encode() for key, value in kept.items() if value.isalnum())
        tag = f' r="{letters(column)}{row}"' + (f' s="{style}"' if style else "") + (f' t="{kind}"' if kind else "")
        start = b"<%s%s%s" % (name, tag.encode(), more)
        return b"%s>%s</%s>" % (start, inside, name) if inside else start + b"/>"

    def _into_row(self, row: int, ones: list[tuple[int, bytes]]) -> list[tuple[int, int, bytes]]:
        line = self.rows[row]
        if line.closed:
            inside = b"".join(new for _column, new in ones)
            return [(line.inside - 2, line.inside, b">%s</%srow>" % (inside, self.prefix))]
        here = sorted(column for at, column in self.cells if at == row)
        at = {column: self.cells[row, column].element.start for column in here}
        changes = []
        for column, new in ones:
            later = here[bisect(here, column) :]
            place = at[later[0]] if later else line.end
            changes.append((place, place, new))
        return _joined(changes)

    def _between_rows(self, rows: dict[int, bytes]) -> list[tuple[int, int, bytes]]:
        body = self._body
        if not rows or body is None:
            return []
        if body.closed:
            inside = b"".join(rows[row] for row in sorted(rows))
            return [(body.inside - 2, body.inside, b">%s</%ssheetData>" % (inside, self.prefix))]
        here = sorted(self.rows)
        changes = []
        for row in sorted(rows):
            later = here[bisect(here, row) :]
            place = self.rows[later[0]].start if later else body.end
            changes.append((place, place, rows[row]))
        return _joined(changes)


def _joined(changes: list[tuple[int, int, bytes]]) -> list[tuple[int, int, bytes]]:
    """Insertions at one place as one, in their order."""
    at: dict[int, bytes] = {}
    for start, _end, new in changes:
        at[start] = at.get(start, b"") + new
    return [(start, start, new) for start, new in at.items()]
