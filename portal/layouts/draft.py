"""What a layout gives: tables of plain rows, before they are written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from portal.kernel.money import Money
from portal.layouts.grid import Grid
from portal.workbooks.columns import Sheet


@dataclass(frozen=True)
class Row:
    """One row. `key` names it within its table whatever the order (`project:12`); `of` is what the columns take; `records` are
    the ids of what it says something of; `notes` the numbers of the footnotes it rests on."""

    key: str
    of: Any
    records: tuple[int, ...] = ()
    notes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Total:
    """A line under a table: a live formula over the field `over`, of the rows whose fields hold the texts of `where` ("*": any).
    Money is summed, anything else counted. `told` is what the portal says by its figure `figure`: the two must agree."""

    words: str
    over: str
    where: tuple[tuple[str, str], ...]
    told: Money | int
    figure: str
    records: tuple[int, ...] = ()


@dataclass
class Table:
    """One sheet of the workbook. `fits`: (field with a text, field with its limit, field that says by formula whether the text
    fits)."""

    sheet: Sheet
    rows: list[Row]
    totals: list[Total] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    fits: tuple[str, str, str] | None = None

    def title(self, lang: str) -> str:
        return self.sheet.title(lang)


@dataclass
class Draft:
    """A workbook to be written: `title` in both languages, `about` says what it covers."""

    title_cs: str
    title_en: str
    about: str
    tables: list[Table | Grid]
    rates: list[str] = field(default_factory=list)

    def title(self, lang: str) -> str:
        return self.title_cs if lang == "cs" else self.title_en
