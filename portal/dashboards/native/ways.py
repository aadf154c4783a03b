"""The ways of money, of which Excel has no chart: what it can draw of them, providers by instruments, for each currency."""

from __future__ import annotations

from typing import Any

from portal.dashboards.gallery.declared import Made
from portal.dashboards.native.blocks import block
from portal.dashboards.native.pieces import COLOURS, GAP, chart, place, series, stacked, tall
from portal.kernel.money import Money
from portal.web.i18n import gettext as _
from portal.workbooks.table import Table
from portal.workbooks.writer import Book


def ways(book: Book, ws: Any, table: Table, made: Made) -> None:
    from openpyxl.utils import get_column_letter

    left, below = len(table.letters) + 1 + GAP, table.head + 1
    widest = max(len({row.instrument for row in made.rows if row.currency == code}) for code in _codes(made))
    provider, instrument, currency, amount = (
        table.range(key) for key in ("provider", "instrument", "amount_currency", "amount")
    )
    for code in _codes(made):
        mine = [row for row in made.rows if row.currency == code]
        down = list(dict.fromkeys(str(row.provider) for row in mine))
        across = list(dict.fromkeys(str(row.instrument) for row in mine))
        formulas = {}
        for n, m in {(down.index(str(row.provider)), across.index(str(row.instrument))) for row in mine}:
            name, head = f"${get_column_letter(left)}{below + 1 + n}", f"{get_column_letter(left + 1 + m)}${below}"
            tests = f'({provider}={name})*({instrument}={head})*({currency}="{code}")'
            added = sum(
                int(row.minor) for row in mine if (str(row.provider), str(row.instrument)) == (down[n], across[m])
            )
            formulas[n, m] = f"SUMPRODUCT({tests},{amount})", Money(added, code).decimal
        rows = block(book, ws, below, left, down, across, formulas)
        one = stacked(chart("bar", _("%(currency)s: providers by instruments", currency=code)))
        one.visible_cells_only, one.height = False, tall(len(down)) + 1
        for n, name in enumerate(across):
            series(one, ws, rows, left + 1 + n, left, name, COLOURS[n % len(COLOURS)])
        below = max(place(ws, one, left + widest + 1 + GAP, below), rows[1] + 2)


def _codes(made: Made) -> list[str]:
    return sorted({str(row.currency) for row in made.rows})
