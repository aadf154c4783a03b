"""Two measures by year, and both added up: for each currency standing bars, and below them lines."""

from __future__ import annotations

from typing import Any

from portal.dashboards.charts.years import axis
from portal.dashboards.gallery.declared import Made
from portal.dashboards.native.blocks import block
from portal.dashboards.native.pieces import COLOURS, GAP, chart, place, series
from portal.kernel.money import Money
from portal.web.i18n import gettext as _
from portal.workbooks.table import Table
from portal.workbooks.writer import Book


def years(book: Book, ws: Any, table: Table, made: Made) -> None:
    left, below = len(table.letters) + 1 + GAP, table.head + 1
    numbered = list(enumerate(made.rows, table.first))
    measures = dict.fromkeys(str(row.name) for row in made.rows)
    right = left + 2 * len(measures) + 1 + GAP
    for code in sorted({str(row.currency) for row in made.rows}):
        mine = [(n, row) for n, row in numbered if str(row.currency) == code]
        places = axis([row for _n, row in mine])
        formulas = {}
        for n, row in mine:
            at, of = list(places).index(str(row.year)), list(measures).index(str(row.name))
            formulas[at, of] = f"{table.letters['amount']}{n}", Money(int(row.minor), code).decimal
            if row.year.isdigit():
                added = Money(int(row.cumulative), code).decimal
                formulas[at, len(measures) + of] = f"{table.letters['cumulative']}{n}", added
        _run_on(formulas, [at for at, key in enumerate(places) if key.isdigit()], len(measures))
        names = [_("%(measure)s, added up", measure=name) for name in measures]
        heads = [f"{name} ({code})" for name in (*measures, *names)]
        rows = block(book, ws, below, left, list(places.values()), heads, formulas)
        bars, lines = (
            chart("col", f"{made.chart.name} ({code})"),
            chart("line", _("%(chart)s, added up", chart=f"{made.chart.name} ({code})")),
        )
        whole = sum(1 for key in places if key.isdigit())
        for n, name in enumerate(measures):
            series(bars, ws, rows, left + 1 + n, left, name, COLOURS[n])
            if whole:
                series(
                    lines, ws, (rows[0], rows[0] + whole - 1), left + 1 + len(measures) + n, left, names[n], COLOURS[n]
                )
        lines.display_blanks = "span"
        under = place(ws, bars, right, below)
        for one in (bars, lines):
            one.visible_cells_only = False
        under = place(ws, lines, right, under) if whole else under
        below = max(under, rows[1] + 2)


def _run_on(formulas: dict[tuple[int, int], Any], years: list[int], measures: int) -> None:
    """What is added up holds until the last year shown: the cells after the last own one repeat it."""
    for column in range(measures, 2 * measures):
        held = None
        for at in years:
            held = formulas.get((at, column), held)
            if held is not None:
                formulas[at, column] = held
