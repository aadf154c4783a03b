"""The declaration of a sheet's columns, once for a workbook and a CSV file, in both languages.

A feature's `sheet.py` declares `SHEET = Sheet("projects", "Projekty", "Projects", columns=(Column("name_cs", …), …))`.
`value(row, lang)` gives plain data: str, int, date, When, Money, Amount, bool, or None for unknown. The writer shows
unknown as "neuvedeno" / "not stated" (an empty text too), a When as a real date only where it is a full day, money as a
number with its currency beside it, and text always as text.

Keys are the names of the model's attributes without their endings: `status`, `name_cs`, `planned_start` (for the three
columns of a date), `framework` (for `framework_id`), `amount` (for both columns of money).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from portal.kernel.money import Money
from portal.kernel.when import When

KINDS = ("text", "long", "count", "number", "day", "when", "money", "flag", "key", "address")
"""`long` wraps; `key` is the record's number in the portal; `money` becomes mark, amount and currency; `flag` yes or no;
`address` a link."""


@dataclass(frozen=True)
class Amount:
    """Money as its source gives it. `approximate`: shown with ≈ beside it. `instead`: the words in place of an amount
    that is not there for a reason ("within the initiative"), else it is "not stated"."""

    money: Money | None
    approximate: bool = False
    instead: str = ""


@dataclass(frozen=True)
class Planned:
    """A date that is only planned; it says so wherever it is written."""

    when: When


@dataclass(frozen=True)
class Disputed:
    """A date on which sources disagree; it says so wherever it is written."""

    when: When


@dataclass(frozen=True)
class Level:
    """A text at its place in a tree: indented by `depth`, bold where `strong`; `second` stands below it, lighter (the name
    in the other language)."""

    text: str
    depth: int = 0
    strong: bool = False
    second: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Column:
    """One column: its stable machine key, heads in both languages, kind and width in characters.

    `bounds` (of a `when`): the earliest and latest day it can mean stand beside it in a closed group, to sort and filter by.
    `total` (of `money`): summed by formula above the head, per currency.
    `empty`: the words (lazy) where there is no value and that is not "not stated": "not rated"; "" for nothing at all (a note).
    `detail`: stands after the main columns and is not printed; so does, in the file of the other language, a column with a
    `tongue` ("cs", "en").
    """

    key: str
    head_cs: str
    head_en: str
    kind: str
    value: Callable[[Any, str], object]
    width: int = 18
    bounds: bool = False
    total: bool = False
    empty: object = None
    detail: bool = False
    tongue: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of column: {self.kind}")
        if self.bounds and self.kind != "when":
            raise ValueError(f"only dates have bounds, not {self.key}")
        if self.total and self.kind != "money":
            raise ValueError(f"only money has a total, not {self.key}")

    def head(self, lang: str) -> str:
        return self.head_cs if lang == "cs" else self.head_en

    def on(self, of: Callable[[Any], Any]) -> Column:
        """This column for rows that hold its record: `column.on(lambda row: row.project)`."""
        value = self.value
        return replace(self, value=lambda row, lang: value(of(row), lang))


@dataclass(frozen=True)
class Sheet:
    """One sheet: machine key, titles, columns in order. `counted_by` is the key of a `flag` column: rows without yes in it
    (a flow included in another) stay out of the totals."""

    key: str
    title_cs: str
    title_en: str
    columns: tuple[Column, ...]
    counted_by: str | None = None

    def __post_init__(self) -> None:
        keys = [c.key for c in self.columns]
        if len(keys) != len(set(keys)):
            raise ValueError(f"a column key stands twice in sheet {self.key}")
        if self.counted_by is not None and self.column(self.counted_by).kind != "flag":
            raise ValueError(f"{self.counted_by} of sheet {self.key} is no flag")

    def title(self, lang: str) -> str:
        return self.title_cs if lang == "cs" else self.title_en

    def main(self, lang: str) -> tuple[Column, ...]:
        """The columns that stand first in a file of that language, and are printed."""
        return tuple(c for c in self.columns if not c.detail and c.tongue in ("", lang))

    def ordered(self, lang: str) -> tuple[Column, ...]:
        """All columns as a file of that language has them: the main ones, then the details."""
        first = self.main(lang)
        return (*first, *(c for c in self.columns if c not in first))

    def column(self, key: str) -> Column:
        """The column of that key. KeyError where there is none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(f"sheet {self.key} has no column {key}")
