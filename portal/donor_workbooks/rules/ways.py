"""Where something is mended: what is opened, of which record, row or file, and the field or row on it."""

from __future__ import annotations

from dataclasses import dataclass

FACT, RECORD, UPDATE = "fact", "record", "update"
"""What is stated of a fact (`of` a record, `at` the fact); a record's page (`at` a part of it); its status report."""
MONEY, LINE, EXPLANATION, ITEM, SPENDING, RATE, TEXT = (
    "money", "line", "explanation", "item", "spending", "rate", "text",
)  # fmt: skip
"""Of the report that is filled: its money; a line beside the budget and its explanation (`at` the number); an item (`of`
its place, `at` a field); a new item; exchange rates (`at` as CZK/2014-03); a text of its own (`at` its code)."""
CELL, MAPPING, CARRY, FILL = "cell", "mapping", "carry", "fill"
"""Of a recipient's file: a mapped cell (`of` it, `at` a field); its mapping (`at` a part of the page); a cell of the file before,
beside it (`at` that cell's id); filling another file."""
UPLOAD, PURPOSE, WITHDRAWAL = "upload", "purpose", "withdrawal"
"""Of a workbook: a newer file of it; what it is for (`at` a field); using it again."""


@dataclass(frozen=True)
class Way:
    to: str
    of: int = 0
    at: str = ""
