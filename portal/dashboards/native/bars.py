"""Lying bars of one column of the table, a chart for each currency."""

from __future__ import annotations

from typing import Any

from portal.dashboards.gallery.declared import Made
from portal.dashboards.native.blocks import block
from portal.dashboards.native.pieces import BLUE, GAP, MOST, chart, place, series, tall, titled
from portal.kernel.money import Money
from portal.workbooks.table import Table
from portal.workbooks.writer import Book


def bars(book: Book, ws: Any, table: Table, made: Made) -> None:
    """Of one currency over the cells of the table, so that a filter of the table filters the chart; of several over a block for
    each."""
    codes = _currencies(made)
    free, below = len(table.letters) + 1 + GAP, table.head + 1
    if len(codes) > 1:
        for code in codes:
            below = _block(book, ws, table, made, code, below)
        return
    letters, number = list(table.letters), table.last - table.first + 1
    rows = (table.first, min(table.last, table.first + MOST - 1))
    one = chart("bar", titled(made, number))
    values, names = letters.index(made.chart.native.values) + 1, letters.index("name") + 1
    series(one, ws, rows, values, names, codes[0] or str(made.chart.name), BLUE)
    one.legend, one.height = None, tall(rows[1] - rows[0] + 1)
    place(ws, one, free, below)


def _currencies(made: Made) -> list[str]:
    """The currencies of a frame of money in their order; one without a name where it holds none."""
    frame: Any = made.frame
    return sorted({str(code) for code in frame["currency"].dropna()}) or [""] if "currency" in frame else [""]


def _block(book: Book, ws: Any, table: Table, made: Made, code: str, below: int) -> int:
    """The names that have an amount in a currency, and its sum by the cells of the table; a chart of them. The row below."""
    import pandas as pd

    cells: dict[str, list[str]] = {}
    sums: dict[str, Money] = {}
    for n, row in enumerate(made.rows, table.first):
        if not pd.isna(row.minor) and row.currency == code:
            name, amount = str(row.name), Money(int(row.minor), code)
            cells.setdefault(name, []).append(f"{table.letters[made.chart.native.values]}{n}")
            sums[name] = sums[name] + amount if name in sums else amount
    left, shown = len(table.letters) + 1 + GAP, list(cells)[:MOST]
    formulas = {(n, 0): ("+".join(cells[name]), sums[name].decimal) for n, name in enumerate(shown)}
    rows = block(book, ws, below, left, shown, [code], formulas)
    one = chart("bar", titled(made, len(cells), code))
    one.visible_cells_only = False  # a filter of the table hides rows that the block beside it needs
    series(one, ws, rows, left + 1, left, code, BLUE)
    one.legend, one.height = None, tall(len(shown))
    return max(place(ws, one, left + 2 + GAP, below), rows[1] + 2)
