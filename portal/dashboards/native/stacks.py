"""Standing bars: a column for each group, a bar for each moment; paler what was last told earlier and by nobody since."""

from __future__ import annotations

from typing import Any

from portal.dashboards.charts.stacks import soft
from portal.dashboards.gallery.declared import Made
from portal.dashboards.native.blocks import block
from portal.dashboards.native.pieces import COLOURS, GAP, chart, place, series, stacked
from portal.web.i18n import gettext as _
from portal.workbooks.table import Table
from portal.workbooks.writer import Book


def stacks(book: Book, ws: Any, table: Table, made: Made) -> None:
    number, held = table.letters[made.chart.native.values], table.letters["held"]
    silent = {str(row.group) for row in made.rows if row.held}
    moments: dict[str, str] = {}
    columns: dict[tuple[str, bool], str] = {}
    formulas = {}
    for n, row in enumerate(made.rows, table.first):
        moments.setdefault(str(row.moment), str(row.label))
        group = str(row.group)
        columns.setdefault((group, False), str(row.name))
        if group in silent:
            columns.setdefault((group, True), _("%(group)s (last told earlier)", group=row.name))
        down, across = list(moments).index(str(row.moment)), list(columns)
        told, quiet = int(row.number), int(row.held)
        whole = (f"{number}{n}-{held}{n}", told - quiet) if group in silent else (f"{number}{n}", told)
        formulas[down, across.index((group, False))] = whole
        if group in silent:
            formulas[down, across.index((group, True))] = f"{held}{n}", quiet
    left = len(table.letters) + 1 + GAP
    rows = block(book, ws, table.head, left, list(moments.values()), list(columns.values()), formulas)
    one = stacked(chart("col", str(made.chart.name)))
    one.visible_cells_only = False  # a filter of the table hides rows that the block beside it needs
    groups = list(dict.fromkeys(group for group, _held in columns))
    for n, ((group, silently), name) in enumerate(columns.items()):
        colour = COLOURS[groups.index(group) % len(COLOURS)]
        drawn = series(one, ws, rows, left + 1 + n, left, name, soft(f"#{colour}")[1:] if silently else colour)
        drawn.graphicalProperties.line.solidFill = colour
    place(ws, one, left + len(columns) + 1 + GAP, table.head + 1)
