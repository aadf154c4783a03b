"""What every chart in Excel is made of: the chart object, its series, its place on the sheet and on paper."""

from __future__ import annotations

from typing import Any

from portal.dashboards.gallery.declared import Made
from portal.web.i18n import gettext as _

BLUE, SOFT, GRID = "1B4F92", "B9CAE0", "E2E6EB"
COLOURS = ("1B4F92", "C4641A", "0F7F74", "8557A5", "9A7400", "5A6675", "5F8BC0", "AB231D")
GAP = 2
"""Empty columns between the table and what stands beside it."""
MOST = 25
"""Rows that one chart draws, so that it stays on one sheet of paper."""
WIDTH, LEAST, ROW = 24.0, 7.5, 0.55
"""cm: the width of a chart, its least height, the height of one lying bar."""
COLUMN, LINE = 1.6, 0.5
"""cm: a column and a row of the sheet at their least."""


def titled(made: Made, number: int, code: str = "") -> str:
    """The title of a chart: its name, its currency, how many of so many rows it draws."""
    name = f"{made.chart.name}{f' ({code})' if code else ''}"
    if number > MOST:
        return _("%(name)s: first %(shown)s rows of %(all)s", name=name, shown=MOST, all=number)
    return name


def chart(kind: str, title: str) -> Any:
    """An empty chart: "bar" lying, "col" standing, "line"."""
    from openpyxl.chart import BarChart, LineChart
    from openpyxl.chart.axis import ChartLines
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    made = LineChart() if kind == "line" else BarChart()
    made.title, made.style = title, 10
    if kind != "line":
        made.type, made.gapWidth = kind, 60
    made.width, made.height = WIDTH, 10.5
    made.x_axis.delete = made.y_axis.delete = False
    made.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill=GRID)))
    made.y_axis.scaling.min, made.y_axis.number_format = 0, "#,##0"
    made.legend.position = "b"
    if kind == "bar":
        made.x_axis.scaling.orientation = "maxMin"  # the first row at the top, as on the page
        made.x_axis.tickLblSkip = 1
    return made


def stacked(made: Any) -> Any:
    """The chart with its series one upon the other."""
    made.grouping, made.overlap = "stacked", 100
    return made


def series(made: Any, ws: Any, rows: tuple[int, int], column: int, names: int, title: str, colour: str) -> Any:
    """Add the cells of a column as a series, named by those of another one. Without a colour it is not seen."""
    from openpyxl.chart import Reference, Series

    one = Series(Reference(ws, column, rows[0], column, rows[1]), title=title)
    look = one.graphicalProperties
    if made.tagname == "lineChart":
        look.line.solidFill, look.line.width, one.smooth = colour, 28_000, False
        one.marker.symbol = "circle"
        one.marker.graphicalProperties.solidFill = one.marker.graphicalProperties.line.solidFill = colour
    elif colour:
        look.solidFill = colour
    else:
        look.noFill = True
    made.series.append(one)
    made.set_categories(Reference(ws, names, rows[0], names, rows[1]))
    return one


def tall(number: int) -> float:
    """The height of so many lying bars, in cm."""
    return max(LEAST, number * ROW + 2.5)


def place(ws: Any, made: Any, column: int, row: int) -> int:
    """Put a chart at a cell; the row below it."""
    from openpyxl.utils import get_column_letter

    ws.add_chart(made, f"{get_column_letter(column)}{row}")
    return row + int(made.height / LINE) + 2


def print_too(ws: Any) -> None:
    """Let the charts of a sheet be printed as well, each on a sheet of paper of its own."""
    from openpyxl.utils import get_column_letter

    areas = [ws.print_area.split("!")[-1]]
    for one in ws._charts:
        at = one.anchor if isinstance(one.anchor, str) else None
        column, row = _cell(at)
        last = get_column_letter(column + int(one.width / COLUMN))
        areas.append(f"{get_column_letter(column)}{row}:{last}{row + int(one.height / LINE)}")
    ws.print_area = ",".join(areas)


def _cell(at: str | None) -> tuple[int, int]:
    from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

    letters, row = coordinate_from_string(at)
    return column_index_from_string(letters), row
