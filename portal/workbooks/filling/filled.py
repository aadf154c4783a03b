"""The filling itself: what stands in the way is looked for first, then cells, saved values and marks are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from portal.workbooks.filling.book import Book
from portal.workbooks.filling.calculating import Lost, calculate
from portal.workbooks.filling.keeping import refresh
from portal.workbooks.filling.pivots import Pivots, Shown
from portal.workbooks.filling.refusals import Obstacle, Unfillable
from portal.workbooks.filling.sheet import Held, Sheet, Spot
from portal.workbooks.filling.tags import Unclear
from portal.workbooks.filling.values import Day, Unwritable, Value, outcome, spelt
from portal.workbooks.reading.cells import Place
from portal.workbooks.text import CELL_LIMIT

Cells = dict[tuple[str, Spot], Value]


class Left:
    """Stands for the value of a cell that stays as it is in the template."""


LEFT = Left()


@dataclass(frozen=True)
class Block:
    """Rows that the template has for repeated facts: `first` to `last` on a sheet; each line gives a value to each column, or
    `LEFT`."""

    sheet: str
    first: int
    last: int
    columns: Sequence[int]
    lines: Sequence[Sequence[Value | Day | Left]]

    def cells(self) -> Iterable[tuple[Place, Value | Day]]:
        """Every cell of the block but those that are left; those of rows without a line are emptied, so that nothing of an
        earlier filling stays."""
        for number, row in enumerate(range(self.first, self.last + 1)):
            line = self.lines[number] if number < len(self.lines) else [None] * len(self.columns)
            for column, value in zip(self.columns, line, strict=True):
                if not isinstance(value, Left):
                    yield Place(self.sheet, row, column), value


@dataclass(frozen=True)
class Filled:
    """The workbook, the cells written, and what became of the formulas that depend on them; `values`: their new values. What
    becomes of its `pivots`, the pivot tables; `in_words`: where a `Day` was written as its words. `adds`: of formulas that only
    add and subtract, the cells written or computed that they add."""

    data: bytes
    written: tuple[Place, ...]
    computed: tuple[Place, ...]
    lost: tuple[Lost, ...]
    parts: tuple[str, ...] = field(default=())
    values: Mapping[Place, Value] = field(default_factory=dict)
    pivots: tuple[Shown, ...] = ()
    in_words: tuple[Place, ...] = ()
    adds: Mapping[Place, tuple[Place, ...]] = field(default_factory=dict)


def fill(template: bytes, values: Mapping[Place, Value | Day], rows: Sequence[Block] = ()) -> Filled:
    """Write `values` and `rows` into the workbook. Raises Unfillable; the same input gives the same bytes."""
    book = Book(template)
    try:
        cells, in_words = _allowed(book, values, rows)
        computed = calculate(book, cells)
        for name in {sheet for sheet, _spot in (*cells, *computed.values, *(lost.key for lost in computed.lost))}:
            _write(book, name, cells, computed.values, {one.key[1] for one in computed.lost if one.key[0] == name})
        refresh(book, cells, computed)
    except Unclear as error:
        raise Unfillable([Obstacle("unclear", None, {"part": str(error)})]) from error
    return Filled(
        book.package.bytes(),
        tuple(sorted((_place(key) for key in cells), key=str)),
        tuple(sorted((_place(key) for key in computed.values), key=str)),
        computed.lost,
        tuple(sorted(book.package.replaced)),
        {_place(key): value for key, value in sorted(computed.values.items())},
        Pivots(book).become([*cells, *computed.values, *(one.key for one in computed.lost)]),
        tuple(in_words),
        {_place(key): tuple(map(_place, added)) for key, added in sorted(computed.adds.items())},
    )


def _place(key: tuple[str, Spot]) -> Place:
    return Place(key[0], *key[1])


def _allowed(book: Book, values: Mapping[Place, Value | Day], rows: Sequence[Block]) -> tuple[Cells, list[Place]]:
    """The cells to write, by the sheets' own names, and those in which a day is written in words. Raises Unfillable."""
    found: list[Obstacle] = [Obstacle("signed")] if book.signed else []
    wanted: list[tuple[Place, Value | Day]] = list(values.items())
    for block in rows:
        room = block.last - block.first + 1
        if len(block.lines) > room:
            place = Place(block.sheet, block.first, block.columns[0])
            found.append(Obstacle("overflow", place, {"room": room, "count": len(block.lines)}))
        else:
            wanted += block.cells()
    cells: Cells = {}
    in_words: list[Place] = []
    for place, given in wanted:
        sheet = book.named(place.sheet)
        if sheet is None:
            found.append(Obstacle("no_sheet", place, {"sheet": place.sheet}))
            continue
        key = sheet, (place.row, place.column)
        if key in cells:
            found.append(Obstacle("twice", place))
        value = given if not isinstance(given, Day) else given.on if book.shows_days(sheet, *key[1]) else given.words
        if isinstance(given, Day) and value == given.words:
            in_words.append(place)
        cells[key] = value
        found += _in_the_way(book, place, value)
    if found:
        raise Unfillable(found)
    return cells, in_words


def _in_the_way(book: Book, place: Place, value: Value) -> list[Obstacle]:
    """Why this cell cannot get this value."""
    sheet, found = book.sheet(place.sheet), []
    row, column = place.row, place.column
    arrays = [
        one.formula.area for one in sheet.cells.values() if one.formula and one.formula.kind in ("array", "dataTable")
    ]
    here = sheet.cells.get((row, column))
    if (here and here.formula) or any(area and area.holds(row, column) for area in arrays):
        found.append(Obstacle("formula", place))
    for area in sheet.merged:
        if area.holds(row, column) and (row, column) != (area.top, area.left):
            found.append(Obstacle("merged", place, {"first": Place("", area.top, area.left).cell}))
    if book.locked(sheet, row, column):
        found.append(Obstacle("locked", place))
    if any(one.sheet == book.named(place.sheet) and one.area.holds(row, column) for one in book.pivots):
        found.append(Obstacle("pivot", place))
    for table in book.tables.values():
        at_head = table.heads and table.area.top == row and table.area.holds(row, column)
        if table.sheet == book.named(place.sheet) and at_head:
            found.append(Obstacle("table_head", place))
    try:
        spelt(value, b"", book.since_1904)
    except Unwritable as error:
        found.append(Obstacle(str(error), place, {"most": CELL_LIMIT} if str(error) == "too_long" else {}))
    return found


def _write(book: Book, name: str, cells: Cells, computed: Mapping[tuple[str, Spot], Value], lost: set[Spot]) -> None:
    """Write one sheet: its cells, the new saved values of its formulas, and those that lose theirs."""
    sheet = book.sheet(name)
    new: list[tuple[Spot, bytes]] = []
    for (at, spot), value in cells.items():
        if at == name and not (value is None and spot not in sheet.cells):
            kind, inside = spelt(value, sheet.prefix, book.since_1904)
            new.append((spot, sheet.spelt(*spot, sheet.style(*spot), kind, inside)))
    for (at, spot), value in computed.items():
        if at == name and value != sheet.cells[spot].value:
            new.append((spot, _saved(sheet, spot, *outcome(value, sheet.prefix))))
    new += [(spot, _saved(sheet, spot, "", b"")) for spot in lost if sheet.cells[spot].written is not None]
    if new:
        book.package.replace(book.package.sheets[name], sheet.written(new))


def _saved(sheet: Sheet, spot: Spot, kind: str, value: bytes) -> bytes:
    """The element of a cell with its formula as it is and another saved value."""
    return sheet.spelt(*spot, sheet.cells[spot].style, kind, _formula(sheet, sheet.cells[spot]) + value)


def _formula(sheet: Sheet, cell: Held) -> bytes:
    """The bytes of a cell's formula; none where it is filled by the formula of another cell."""
    if cell.formula is None or cell.formula_element is None:
        return b""
    return sheet.data[cell.formula_element.start : cell.formula_element.after]
