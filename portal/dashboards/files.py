"""The data of charts as an Excel workbook or CSV: the rows of their frames, nothing added, nothing left out."""

from __future__ import annotations

from collections.abc import Sequence

from portal.dashboards.gallery.declared import Made
from portal.dashboards.native import draw
from portal.web.i18n import gettext as _
from portal.workbooks import separated
from portal.workbooks.paper import set_paper
from portal.workbooks.sending import Moment
from portal.workbooks.table import write_table
from portal.workbooks.writer import Book


def as_xlsx(title: str, charts: Sequence[Made], words: str, lang: str, moment: Moment) -> bytes:
    """The data of the charts as a formatted workbook, a sheet for each with Excel's own chart of it. `words` say what they were
    asked for. The same data and moment give the same bytes."""
    book = Book(title, lang, moment.at, subject=words, author=_("Portal of International Cooperation"))
    for one in charts:
        name = str(one.chart.name)
        ws = book.sheet(name)
        lines = [line for line in (words, moment.words, one.coverage, str(one.chart.native.note)) if line]
        table = write_table(book, ws, one.chart.sheet(), one.rows, title=name, lines=lines)
        set_paper(ws, left=name, right=moment.words, below=words, head_row=table.head, width=table.width)
        draw(book, ws, table, one)
    return book.save()


def as_csv(chart: Made, lang: str) -> bytes:
    """The chart's data as CSV."""
    return b"".join(separated.lines(chart.chart.sheet(), chart.rows, lang))
