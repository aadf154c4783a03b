"""One list as a file: an Excel workbook or CSV, in the language spoken."""

from __future__ import annotations

from portal.web.i18n import gettext as _
from portal.web.i18n import ngettext
from portal.web.listing import View
from portal.workbooks import separated
from portal.workbooks.columns import Sheet
from portal.workbooks.paper import set_paper
from portal.workbooks.sending import Moment
from portal.workbooks.table import write_table
from portal.workbooks.writer import Book

ROWS_OF_WORKBOOK = 5_000
"""About ten seconds and 150 MB while it is made. A longer list is taken as CSV."""
ROWS_OF_CSV = 100_000


def filter_words(v: View) -> str:
    """The filter in words: what is in force and what of the address could not be read."""
    chosen = "; ".join(f"{chip.label}: {chip.value.strip()}" for chip in v.active)
    words = _("Filter: %(filters)s", filters=chosen) if chosen else _("The whole list, without a filter")
    return ". ".join([words, *(notice.rstrip(".") for notice in v.notices)])


def order_words(v: View) -> str:
    """How the list is ordered."""
    if v.descending:
        return _("ordered by: %(column)s, descending", column=v.sort.label)
    return _("ordered by: %(column)s", column=v.sort.label)


def workbook(sheet: Sheet, rows: list, v: View, moment: Moment, unstated: object = "") -> bytes:
    """The list as a formatted workbook. `unstated`: a line of it where documents of a day speak."""
    title, lang = sheet.title(v.lang), v.lang
    counted = ngettext("%(num)s record", "%(num)s records", len(rows))
    marks: dict[str, str | int] = {"portal_sheet": sheet.key, "portal_lang": lang}
    if moment.stated is not None:
        marks["portal_stated"] = moment.stated.isoformat()
    elif moment.change_id is not None:
        marks["portal_change"] = moment.change_id
    book = Book(
        title, lang, moment.at, subject=filter_words(v), author=_("Portal of International Cooperation"), marks=marks
    )
    ws = book.sheet(title)
    lines = [filter_words(v), f"{counted}, {order_words(v)}. {moment.words}."]
    if unstated and moment.stated is not None:
        lines.append(str(unstated))
    table = write_table(book, ws, sheet, rows, title=title, lines=lines)
    set_paper(ws, left=title, right=moment.words, below=filter_words(v), head_row=table.head, width=table.width)
    return book.save()


def csv(sheet: Sheet, rows: list, v: View) -> bytes:
    """The list as CSV."""
    return b"".join(separated.lines(sheet, rows, v.lang))
