"""What was read: rows of cells with their addresses. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

Value = str | Decimal | bool | date | datetime | None


def letters(column: int) -> str:
    """The letters of a column counted from 1: A, Z, AA."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


@dataclass(frozen=True)
class Place:
    """An address counted from 1: the sheet, its row and column. In a CSV the sheet is "" and the row a line of the table."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        return f"{letters(self.column)}{self.row}"

    def __str__(self) -> str:
        return f"{self.sheet}, {self.cell}" if self.sheet else self.cell


@dataclass(frozen=True)
class Cell:
    """A value with its address. A number is exact: the shortest decimal that the file's binary number stands for."""

    value: Value
    place: Place

    @property
    def empty(self) -> bool:
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


@dataclass(frozen=True)
class Row:
    """One row that is not empty."""

    sheet: str
    number: int
    values: tuple[Value, ...]

    def cell(self, column: int) -> Cell:
        """The cell of a column counted from 0; an empty one where the row ends before it."""
        value = self.values[column] if column < len(self.values) else None
        return Cell(value, Place(self.sheet, self.number, column + 1))

    @property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(self.cell(n) for n in range(len(self.values)))
