"""Standing bars: a column for each group, a bar for each moment."""

from __future__ import annotations

from typing import Any

from portal.dashboards.gallery.declared import Made
from portal.dashboards.native.blocks import block
from portal.dashboards.native.pieces import COLOURS, GAP, chart, place, series, stacked
from portal.workbooks.table import Table
from portal.workbooks.writer import Book


def stacks(book: Book, ws: Any, table: Table, made: Made) -> None:
    number = table.letters[made.chart.native.values]
    moments: dict[str, str] = {}
    groups: dict[str, str] = {}
    formulas = {}
    for n, row in enumerate(made.rows, table.first):
        moments.setdefault(str(row.moment), str(row.label))
        groups.setdefault(str(row.group), str(row.name))
        formulas[list(moments).index(str(row.moment)), list(groups).index(str(row.group))] = f"{number}{n}"
    left = len(table.letters) + 1 + GAP
    rows = block(book, ws, table.head, left, list(moments.values()), list(groups.values()), formulas)
    one = stacked(chart("col", str(made.chart.name)))
    one.visible_cells_only = False  # a filter of the table hides rows that the block beside it needs
    for n, name in enumerate(groups.values()):
        series(one, ws, rows, left + 1 + n, left, name, COLOURS[n % len(COLOURS)])
    place(ws, one, left + len(groups) + 1 + GAP, table.head + 1)
