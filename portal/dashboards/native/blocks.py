"""A block beside the table: names down, names across, and in its cells formulas that look into the table."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from portal.workbooks.writer import Book


def block(
    book: Book,
    ws: Any,
    row: int,
    column: int,
    down: Sequence[str],
    across: Sequence[str],
    formulas: dict[tuple[int, int], tuple[str, int | Decimal]],
) -> tuple[int, int]:
    """Write a block with its heads at a cell. `formulas[(n, m)]` is the formula in row n, column m, and what it gives, for
    readers that do not compute; what is missing stays empty. The first and last row of its values."""
    from openpyxl.utils import get_column_letter

    ws.column_dimensions[get_column_letter(column)].width = 24
    for m, name in enumerate(across, column + 1):
        book.text(ws, row, m, name, "head")
        ws.column_dimensions[get_column_letter(m)].width = 16
    for n, name in enumerate(down, row + 1):
        book.text(ws, n, column, name, "text")
    for (n, m), (formula, saved) in formulas.items():
        book.formula(ws, row + 1 + n, column + 1 + m, formula, "text", saved=saved)
    return row + 1, row + len(down)
