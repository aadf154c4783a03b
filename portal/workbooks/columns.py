"""The declaration of a sheet's columns, once for both directions and both languages.

A feature's `sheet.py` declares `SHEET = Sheet("projects", "Projekty", "Projects", columns=[Column("name", …), …])`.
`value(row, lang)` gives plain data: str, int, date, When, Money, bool, or None for unknown. The writer shows unknown as
"neuvedeno" / "not stated", a When as a real date only where it is a full day, a Money as a number with its currency beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

KINDS = ("text", "long", "count", "day", "when", "money", "flag", "key", "address")
"""`long` wraps; `key` is the machine key of the row; `money` becomes two columns (amount, currency); `address` a link."""


@dataclass(frozen=True)
class Column:
    """One column: its stable machine key, heads in both languages, kind and width in characters."""

    key: str
    head_cs: str
    head_en: str
    kind: str
    value: Callable[[object, str], object]
    width: int = 18

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of column: {self.kind}")


@dataclass(frozen=True)
class Sheet:
    """One sheet: machine key, titles, columns in order."""

    key: str
    title_cs: str
    title_en: str
    columns: tuple[Column, ...]

    def __post_init__(self) -> None:
        keys = [c.key for c in self.columns]
        if len(keys) != len(set(keys)):
            raise ValueError(f"a column key stands twice in sheet {self.key}")

    def title(self, lang: str) -> str:
        return self.title_cs if lang == "cs" else self.title_en
