"""The data of charts as an Excel workbook or CSV: the rows of their frames, nothing added, nothing left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from portal.dashboards.frames import money
from portal.dashboards.queries import Chart
from portal.kernel import codes
from portal.web.formats import instant
from portal.web.i18n import gettext as _
from portal.workbooks import separated
from portal.workbooks.columns import Amount, Column, Sheet
from portal.workbooks.paper import set_paper
from portal.workbooks.table import write_table
from portal.workbooks.writer import Book

GROUPS = {
    "known_funding_by_instrument": ("Nástroj", "Instrument"),
    "known_funding_by_framework": ("Rámec", "Framework"),
    "projects_by_status": ("Stav", "Status"),
}


def sheet_of(chart: Chart) -> Sheet:
    """The columns of a chart's table."""
    group = Column("name", *GROUPS[chart.key], "text", lambda row, lang: str(row.name), 52)
    if chart.unit != "money":
        return Sheet(
            chart.key, chart.name, chart.name,
            (group, Column("number", "Projektů", "Projects", "count", lambda row, lang: int(row.number), 12)),
        )  # fmt: skip
    return Sheet(
        chart.key, chart.name, chart.name,
        (
            group,
            Column("amount", "Známá částka", "Known amount", "money", _amount, 20, total=True),
            Column("certainty", "Jistota", "Certainty", "text", _certainty, 30),
            Column("flows", "Toků", "Flows", "count", lambda row, lang: int(row.flows), 10),
            Column("known", "Projektů s částkou", "Projects with an amount", "count", lambda row, lang: int(row.known), 18),
            Column("within", "V rámci celku", "Within a whole", "count", lambda row, lang: int(row.within), 16),
            Column("unknown", "Bez částky", "Without an amount", "count", lambda row, lang: int(row.unknown), 16),
        ),
    )  # fmt: skip


def _amount(row, lang: str) -> Amount:
    return Amount(money(row), bool(row.approximate) if money(row) else False)


def _certainty(row, lang: str) -> str | None:
    import pandas as pd

    return None if pd.isna(row.certainty) else codes.label("certainties", str(row.certainty), lang)


def as_xlsx(title: str, charts: Sequence[Chart], words: str, lang: str, moment: datetime) -> bytes:
    """The data of the charts as a formatted workbook, a sheet for each. `words` say what they were asked for. The same data and
    moment give the same bytes."""
    made = _("Made on %(when)s", when=instant(moment))
    book = Book(title, lang, moment, subject=words, author=_("Portal of International Cooperation"))
    for chart in charts:
        ws = book.sheet(chart.name)
        table = write_table(book, ws, sheet_of(chart), chart.rows, title=chart.name, lines=[words, made])
        set_paper(ws, left=chart.name, right=made, below=words, head_row=table.head, width=table.width)
    return book.save()


def as_csv(chart: Chart, lang: str) -> bytes:
    """The chart's data as CSV."""
    return b"".join(separated.lines(sheet_of(chart), chart.rows, lang))
