"""A sheet laid out line by line, as forms of the Commission are: bands over the columns, rows of lines and sums, formulas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from portal.layouts.numbers import in_digits
from portal.web.formats import number
from portal.workbooks.looks import size_of
from portal.workbooks.measure import height, lines_of

if TYPE_CHECKING:
    from portal.workbooks.writer import Book

BODY = size_of("text")
LINE, SUM = "line", "sum"
WORDS = ("text", "long")


@dataclass(frozen=True)
class GridColumn:
    """One column. `look`: text, long, number (of units, exact), money or percent; `band`: the words over it, the same for
    neighbours that stand under one."""

    key: str
    head_cs: str
    head_en: str
    width: int
    look: str = "money"
    band: str = ""

    def head(self, lang: str) -> tuple[str, str]:
        """(in the language of the file, in the other one)."""
        return (self.head_cs, self.head_en) if lang == "cs" else (self.head_en, self.head_cs)


@dataclass(frozen=True)
class Formula:
    """A formula written for the place it stands at: `text(at)` without `=`, and what it gives."""

    text: Callable[[At], str]
    saved: Decimal | str


Value = Formula | Decimal | int | str | None


@dataclass
class GridRow:
    """One row: `kind` LINE or SUM; `values` by column; None is an empty cell. `records`: the ids it draws on."""

    key: str
    kind: str
    values: dict[str, Value]
    records: tuple[int, ...] = ()


@dataclass
class Grid:
    """A sheet: `lines` stand under its title. `fixed`: how many columns stay in sight."""

    key: str
    title_cs: str
    title_en: str
    columns: Sequence[GridColumn]
    rows: list[GridRow]
    decimals: int = 2
    lines: list[str] = field(default_factory=list)
    fixed: int = 2

    def title(self, lang: str) -> str:
        return self.title_cs if lang == "cs" else self.title_en

    @property
    def width(self) -> int:
        return sum(column.width for column in self.columns)


class At:
    """Where cells stand: `at("total")` in this row, `at("total", "line:1.1")` in another, `at.all("total", keys)` of several."""

    def __init__(self, letters: dict[str, str], places: dict[str, int], row: int) -> None:
        self.letters, self.places, self.row = letters, places, row

    def __call__(self, column: str, row: str | None = None) -> str:
        return f"{self.letters[column]}{self.row if row is None else self.places[row]}"

    def all(self, column: str, rows: Sequence[str]) -> str:
        """The cells of neighbouring rows as a range, of others one by one; without any the number 0."""
        numbers = [self.places[row] for row in rows]
        letter = self.letters[column]
        if numbers and numbers == list(range(numbers[0], numbers[-1] + 1)):
            return f"{letter}{numbers[0]}:{letter}{numbers[-1]}"
        return ",".join(f"{letter}{n}" for n in numbers) or "0"


@dataclass(frozen=True)
class Standing:
    """Where a grid stands on its sheet; `cells`: (row, column, address, value in words, number in digits), but empty ones."""

    head: int
    cells: list[tuple[GridRow, GridColumn, str, str, str]]


def write_grid(book: Book, ws: Any, grid: Grid, title: str, lines: Sequence[str]) -> Standing:
    """Write a grid on an empty worksheet."""
    from openpyxl.utils import get_column_letter

    letters = {column.key: get_column_letter(n) for n, column in enumerate(grid.columns, 1)}
    book.text(ws, 1, 1, title, "title")
    ws.row_dimensions[1].height = 27
    for n, line in enumerate(lines, 2):
        book.text(ws, n, 1, line, "subtitle" if n == 2 else "note").alignment = _aligned("left")
    head = len(lines) + 3
    _heads(book, ws, grid, head)
    places = {row.key: n for n, row in enumerate(grid.rows, head + 1)}
    found = []
    for row in grid.rows:
        n, tallest = places[row.key], 1
        for column in grid.columns:
            value = row.values.get(column.key)
            _put(book, ws, grid, row, column, value, At(letters, places, n))
            if isinstance(value, str):
                tallest = max(tallest, lines_of(value, column.width, BODY, row.kind == SUM))
            if value is not None:
                found.append((row, column, f"{letters[column.key]}{n}", *_words(grid, value, column)))
        book.fit(ws, n, height(tallest, BODY))
    for column in grid.columns:
        ws.column_dimensions[letters[column.key]].width = column.width
    ws.freeze_panes = f"{get_column_letter(grid.fixed + 1)}{head + 1}"
    ws.print_area = f"A1:{get_column_letter(len(grid.columns))}{head + max(len(grid.rows), 1)}"
    return Standing(head, found)


def _heads(book: Book, ws: Any, grid: Grid, head: int) -> None:
    start = 1
    for n, column in enumerate(grid.columns, 1):
        last = n == len(grid.columns) or grid.columns[n].band != column.band
        book.text(ws, head - 1, n, column.band if n == start else "", "head" if column.band else "note")
        if last:
            if column.band and n > start:
                ws.merge_cells(start_row=head - 1, end_row=head - 1, start_column=start, end_column=n)
            start = n + 1
        own, other = column.head(book.lang)
        book.head(ws, head, n, own, other, "" if column.look in WORDS else "right", indent=_indent(grid, n))
    lines = max(
        sum(lines_of(words, c.width, BODY, bold=True) for words in set(c.head(book.lang))) for c in grid.columns
    )
    book.fit(ws, head, height(lines, BODY) + 3)


def _put(book: Book, ws: Any, grid: Grid, row: GridRow, column: GridColumn, value: Value, at: At) -> None:
    n, place = at.row, list(at.letters).index(column.key) + 1
    strong, decimals = row.kind == SUM, 2 if column.look == "percent" else grid.decimals
    words = isinstance(value.saved if isinstance(value, Formula) else value, str)
    if words:
        look = "label" if strong else "long" if column.look in WORDS else "words"
    elif column.look in WORDS:
        look = "label" if strong else "long"
    else:
        look = "number" if column.look == "number" else "total" if strong else "money"
    if isinstance(value, Formula):
        cell = book.formula(ws, n, place, value.text(at), look, saved=value.saved, decimals=decimals)
    elif isinstance(value, str):
        cell = book.text(ws, n, place, value, look, indent=_indent(grid, place))
    else:
        cell = ws.cell(n, place)
        book.looks.give(cell, look, decimals, strong=strong and look == "number")
        if value is not None:
            cell.value = value
    if words and strong:
        in_words = column.look in WORDS
        cell.alignment = _aligned("left" if in_words else "right", in_words, _indent(grid, place))


def _words(grid: Grid, value: Value, column: GridColumn) -> tuple[str, str]:
    """A value as people read it, and its number; an amount without its currency, which stands in the head."""
    value = value.saved if isinstance(value, Formula) else value
    if isinstance(value, str) or value is None:
        return value or "", ""
    return number(value), in_digits(value, grid.decimals if column.look == "money" else None)


def _indent(grid: Grid, n: int) -> int:
    """Words in column `n` (from 1) keep off the number at their left."""
    before = grid.columns[n - 2].look if n > 1 else "text"
    return int(grid.columns[n - 1].look in WORDS and before not in WORDS)


def _aligned(side: str, wrapped: bool = False, indent: int = 0) -> Any:
    from openpyxl.styles import Alignment

    return Alignment(horizontal=side, vertical="top", wrap_text=wrapped, indent=indent)
