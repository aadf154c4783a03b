"""Areas of cells as workbooks write them: "B7", "$A$1:C9", "A:C", "2:4". Rows and columns counted from 1, ends included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

ROWS, COLUMNS = 1_048_576, 16_384
"""How far a sheet reaches."""
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})$")
_COLUMN = re.compile(r"\$?([A-Za-z]{1,3})$")
_ROW = re.compile(r"\$?([0-9]{1,7})$")


def column_of(letters: str) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for one in letters.upper():
        number = number * 26 + ord(one) - 64
    return number


def cell_of(text: str) -> tuple[int, int]:
    """(row, column) of an address such as B7; ValueError."""
    found = _CELL.match(text)
    if found is None:
        raise ValueError(text)
    return int(found[2]), column_of(found[1])


@dataclass(frozen=True)
class Area:
    """A rectangle of cells."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def of(cls, text: str) -> Area:
        """The area of its text; ValueError for anything else, as for what lies beyond a sheet."""
        first, _, last = text.partition(":")
        last = last or first
        if _CELL.match(first) and _CELL.match(last):
            (top, left), (bottom, right) = cell_of(first), cell_of(last)
        elif ":" in text and (one := _COLUMN.match(first)) and (other := _COLUMN.match(last)):
            top, left, bottom, right = 1, column_of(one[1]), ROWS, column_of(other[1])
        elif ":" in text and (one := _ROW.match(first)) and (other := _ROW.match(last)):
            top, left, bottom, right = int(one[1]), 1, int(other[1]), COLUMNS
        else:
            raise ValueError(text)
        top, bottom, left, right = min(top, bottom), max(top, bottom), min(left, right), max(left, right)
        if top < 1 or left < 1 or bottom > ROWS or right > COLUMNS:
            raise ValueError(text)
        return cls(top, left, bottom, right)

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def meets(self, other: Area) -> bool:
        """Whether they have a cell in common."""
        return (
            self.top <= other.bottom and other.top <= self.bottom
            and self.left <= other.right and other.left <= self.right
        )  # fmt: skip

    def cut(self, bottom: int, right: int) -> Area:
        """The same area where a sheet ends there; its first cell at least."""
        return Area(
            self.top, self.left, max(self.top, min(self.bottom, bottom)), max(self.left, min(self.right, right))
        )

    def cells(self) -> Iterator[tuple[int, int]]:
        """(row, column) of each cell, row by row."""
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield row, column

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.bottom - self.top + 1, self.right - self.left + 1
