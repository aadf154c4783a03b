"""How a sheet prints: paper, fit to width, repeated head, header and footer."""

from __future__ import annotations

from typing import Any

from portal.web.i18n import gettext as _
from portal.workbooks.looks import FONT, INK_SOFT
from portal.workbooks.text import HEADER_LIMIT, header_text
from portal.workbooks.writer import A3, A4, WIDE

# What the codes of font, size, colour and place take of the limit of a header, for each of its three parts.
_CODES = 30


def set_paper(
    ws: Any, *, left: str, right: str, below: str, head_row: int | None = None, width: int = 0, landscape: bool = True
) -> None:
    """Print the sheet fitted to the width of a page, with `left` and `right` above, `below` and the page number under it.

    `head_row` is repeated on each page; `width` (characters) chooses the paper.
    """
    ws.page_setup.orientation = "landscape" if landscape else "portrait"
    ws.page_setup.paperSize = A3 if width > WIDE else A4
    ws.page_setup.fitToWidth, ws.page_setup.fitToHeight = 1, 0
    ws.sheet_properties.pageSetUpPr.fitToPage = True
    ws.page_margins.left = ws.page_margins.right = 0.45
    ws.page_margins.top, ws.page_margins.bottom = 0.75, 0.7
    ws.page_margins.header = ws.page_margins.footer = 0.35
    if head_row:
        ws.print_title_rows = f"{head_row}:{head_row}"
    room = (HEADER_LIMIT - 2 * _CODES) // 2
    pages = _("Page %(page)s of %(pages)s", page="&P", pages="&N")
    _part(ws.oddHeader.left, header_text(left, room))
    _part(ws.oddHeader.right, header_text(right, room))
    _part(ws.oddFooter.left, header_text(below, HEADER_LIMIT - 2 * _CODES - len(pages)))
    _part(ws.oddFooter.right, pages)


def _part(part: Any, text: str) -> None:
    part.text, part.size, part.font, part.color = text, 8, f"{FONT},Regular", INK_SOFT[2:]
