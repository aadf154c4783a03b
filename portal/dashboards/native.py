"""Excel's own chart beside the table of a sheet, over the very cells of the table.

Where the cells do not stand as a chart needs them (several currencies, long rows of a stacked one), formulas beside the table
lay them out; no number is written twice.
"""

from __future__ import annotations

from typing import Any

from portal.dashboards.gallery.declared import Made
from portal.workbooks.table import Table
from portal.workbooks.writer import Book

BLUE = "1B4F92"
COLOURS = ("1B4F92", "C4641A", "0F7F74", "8557A5", "9A7400", "5A6675", "5F8BC0", "AB231D")
GAP = 2
"""Empty columns between the table and what stands beside it."""


def draw(book: Book, ws: Any, table: Table, made: Made) -> None:
    """Put the chart of a sheet on it; nothing where there are no rows."""
    native = made.chart.native
    if native.kind == "none" or table.last < table.first:
        return
    if native.kind == "stacked":
        _stacked(book, ws, table, made)
    else:
        _bars(book, ws, table, made)


def _bars(book: Book, ws: Any, table: Table, made: Made) -> None:
    """Lying bars of the first column, a chart for each currency."""
    letters = list(table.letters)
    values = letters.index(made.chart.native.values) + 1
    codes = _currencies(made)
    free = len(letters) + 1 + GAP
    for n, code in enumerate(codes):
        column = values
        if len(codes) > 1:
            column = free + n
            _beside(book, ws, table, column, made.chart.native.values, code)
        chart = _chart("bar", f"{made.chart.name}{f' ({code})' if code else ''}")
        _series(chart, ws, table, column, letters.index("name") + 1, code or str(made.chart.name), BLUE)
        chart.legend = None
        _place(ws, chart, free + len(codes) + GAP, table.head + n * 22)


def _currencies(made: Made) -> list[str]:
    """The currencies of a frame of money in their order; one without a name where it holds none."""
    frame: Any = made.frame
    return sorted({str(code) for code in frame["currency"].dropna()}) or [""] if "currency" in frame else [""]


def _beside(book: Book, ws: Any, table: Table, column: int, key: str, code: str) -> None:
    amount, currency = table.letters[key], table.letters[f"{key}_currency"]
    book.text(ws, table.head, column, code, "head")
    for row in range(table.first, table.last + 1):
        book.formula(ws, row, column, f'IF(${currency}{row}="{code}",${amount}{row},"")', "text")


def _stacked(book: Book, ws: Any, table: Table, made: Made) -> None:
    """Standing bars: a column for each group, a row for each moment."""
    from openpyxl.utils import get_column_letter

    number = table.letters[made.chart.native.values]
    moments, groups, cells = {}, {}, {}
    for n, row in enumerate(made.rows, table.first):
        moments.setdefault(str(row.moment), str(row.label))
        groups.setdefault(str(row.group), str(row.name))
        cells[str(row.moment), str(row.group)] = n
    left = len(table.letters) + 1 + GAP
    for n, name in enumerate(groups.values(), left + 1):
        book.text(ws, table.head, n, name, "head")
        ws.column_dimensions[get_column_letter(n)].width = 16
    for n, (moment, label) in enumerate(moments.items(), table.first):
        book.text(ws, n, left, label, "text")
        for column, group in enumerate(groups, left + 1):
            book.formula(ws, n, column, f"{number}{cells[moment, group]}", "text")
    chart = _chart("col", str(made.chart.name))
    chart.grouping, chart.overlap = "stacked", 100
    block = Table(ws, table.head, table.first, table.first + len(moments) - 1, {}, 0)
    for n, name in enumerate(groups.values()):
        _series(chart, ws, block, left + 1 + n, left, name, COLOURS[n % len(COLOURS)])
    chart.legend.position = "b"
    _place(ws, chart, left + len(groups) + GAP, table.head)


def _chart(kind: str, title: str) -> Any:
    from openpyxl.chart import BarChart

    chart = BarChart()
    chart.type, chart.title, chart.style = kind, title, 10
    chart.width, chart.height, chart.gapWidth = 24, 10.5, 60
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.majorGridlines.spPr = None
    chart.y_axis.scaling.min = 0
    if kind == "bar":
        chart.x_axis.scaling.orientation = "maxMin"  # the first row at the top, as on the page
    return chart


def _series(chart: Any, ws: Any, table: Table, column: int, names: int, title: str, colour: str) -> None:
    from openpyxl.chart import Reference, Series

    series = Series(Reference(ws, column, table.first, column, table.last), title=title)
    series.graphicalProperties.solidFill = colour
    chart.series.append(series)
    chart.set_categories(Reference(ws, names, table.first, names, table.last))


def _place(ws: Any, chart: Any, column: int, row: int) -> None:
    from openpyxl.utils import get_column_letter

    ws.add_chart(chart, f"{get_column_letter(column)}{row}")
