"""A brief as a workbook: one sheet for each section, dates and amounts as such."""

from __future__ import annotations

from portal.reporting.brief.sections import Brief
from portal.web.i18n import gettext as _
from portal.workbooks.paper import set_paper
from portal.workbooks.sending import Moment
from portal.workbooks.table import write_table
from portal.workbooks.writer import Book


def workbook(brief: Brief, moment: Moment, known: str) -> bytes:
    """The file. `known`: the known money in words, with its coverage; it stands above the projects."""
    marks: dict[str, str | int] = {
        "portal_report": "brief",
        "portal_lang": brief.lang,
        "portal_record": brief.record.id,
    }
    title = f"{brief.kind}: {brief.title}"
    book = Book(
        title, brief.lang, moment.at, subject=moment.words, author=_("Portal of International Cooperation"), marks=marks
    )
    for section in brief.sections:
        name = section.sheet.title(brief.lang)
        ws = book.sheet(name)
        lines = [title, f"{moment.words}."]
        if section.sheet.key == "projects":
            lines.append(known)
        if not section.rows:
            lines.append(str(section.nothing))
        table = write_table(
            book, ws, section.sheet, section.rows, title=name, lines=lines, keys=False, totals_above=False
        )
        set_paper(ws, left=title, right=name, below=moment.words, head_row=table.head, width=table.width)
    return book.save()
