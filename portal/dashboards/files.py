"""The data of charts as an Excel workbook or CSV: the rows of their frames, nothing added, nothing left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.dashboards.gallery.declared import Made
from portal.dashboards.native import draw
from portal.dashboards.sheet import CHART, Line, Said, with_said
from portal.web.i18n import gettext as _
from portal.workbooks import separated
from portal.workbooks.columns import Sheet
from portal.workbooks.paper import set_paper
from portal.workbooks.sending import Moment
from portal.workbooks.table import write_table
from portal.workbooks.writer import Book


@dataclass(frozen=True)
class Listed:
    """A sheet without a chart: its columns, its rows, the line of coverage above them."""

    sheet: Sheet
    rows: Sequence
    line: str


def as_xlsx(
    title: str, charts: Sequence[Made], words: str, lang: str, moment: Moment, first: Listed | None = None,
    last: Listed | None = None,
) -> bytes:  # fmt: skip
    """The data of the charts as a formatted workbook, a sheet for each with Excel's own chart of it, with sheets before and after
    them. `words` say what they were asked for. The same data and moment give the same bytes."""
    book = Book(title, lang, moment.at, subject=words, author=_("Portal of International Cooperation"))
    if first:
        _list(book, first, words, moment)
    for one in charts:
        name = str(one.chart.name)
        ws = book.sheet(name)
        lines = [words, str(one.chart.definition), moment.words, one.coverage, str(one.chart.native.note)]
        table = write_table(book, ws, one.chart.sheet(), one.rows, title=name, lines=[line for line in lines if line])
        set_paper(ws, left=name, right=moment.words, below=words, head_row=table.head, width=table.width)
        draw(book, ws, table, one)
    if last:
        _list(book, last, words, moment)
    return book.save()


def _list(book: Book, one: Listed, words: str, moment: Moment) -> None:
    name = one.sheet.title(book.lang)
    ws = book.sheet(name)
    lines = [line for line in (words, moment.words, one.line) if line]
    table = write_table(book, ws, one.sheet, one.rows, title=name, lines=lines)
    set_paper(ws, left=name, right=moment.words, below=words, head_row=table.head, width=table.width)


def records_xlsx(sheet: Sheet, rows: Sequence[Line], said: Said, lang: str, moment: Moment) -> bytes:
    """The records behind a figure as a formatted workbook, with the definition, the selection and the moment above them."""
    book = Book(said.figure, lang, moment.at, subject=said.asked, author=_("Portal of International Cooperation"))
    ws = book.sheet(sheet.title(lang))
    above = [said.asked, said.definition, said.moment]
    table = write_table(book, ws, sheet, rows, title=said.figure, lines=above)
    set_paper(ws, left=said.figure, right=said.moment, below=said.asked, head_row=table.head, width=table.width)
    return book.save()


def records_csv(sheet: Sheet, rows: Sequence[Line], said: Said, lang: str) -> bytes:
    """The records behind a figure as CSV; each row says what it is of."""
    return b"".join(separated.lines(with_said(sheet, said), rows, lang))


def as_csv(chart: Made, asked: str, moment: Moment, lang: str) -> bytes:
    """The chart's data as CSV; each row says what it is of: the chart, its definition, the selection `asked` for, the moment."""
    said = Said(str(chart.chart.name), str(chart.chart.definition), asked, moment.words)
    return b"".join(separated.lines(with_said(chart.chart.sheet(), said, CHART), chart.rows, lang))
