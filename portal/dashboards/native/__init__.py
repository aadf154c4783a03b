"""Excel's own charts beside the table of a sheet, over its very cells; where these do not stand as a chart needs them,
formulas beside the table lay them out, so that no number is written twice.

A chart of many rows draws the first ones and says so in its title. Every chart has its place in the print area, on sheets
of its own after the table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from portal.dashboards.gallery.declared import Made
from portal.dashboards.native.bars import bars
from portal.dashboards.native.pieces import print_too
from portal.dashboards.native.spans import spans
from portal.dashboards.native.stacks import stacks
from portal.dashboards.native.ways import ways
from portal.dashboards.native.years import years
from portal.workbooks.table import Table
from portal.workbooks.writer import Book

KINDS: dict[str, Callable[[Book, Any, Table, Made], None]] = {
    "bar": bars, "stacked": stacks, "spans": spans, "years": years, "ways": ways,
}  # fmt: skip


def draw(book: Book, ws: Any, table: Table, made: Made) -> None:
    """Put the charts of a sheet on it; nothing where there are no rows."""
    if table.last < table.first:
        return
    KINDS[made.chart.native.kind](book, ws, table, made)
    print_too(ws)
