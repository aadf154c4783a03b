"""A brief as a Word document: headings, tables with repeated heads, on A4."""

from __future__ import annotations

import io
from typing import Any

from portal.reporting.brief.sections import Brief, Section
from portal.reporting.brief.words import said
from portal.web.i18n import gettext as _
from portal.workbooks.cells import cell_text
from portal.workbooks.sending import Moment

FONT = "Calibri"
TONGUES = {"cs": "cs-CZ", "en": "en-GB"}


def document(brief: Brief, moment: Moment, known: str) -> bytes:
    """The file. `known`: the known money in words, with its coverage; it stands under the heading of the projects."""
    from docx import Document
    from docx.shared import Cm, Pt

    doc = Document()
    normal = doc.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10)
    _language(normal, TONGUES[brief.lang])
    page = doc.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(1.8)
    page.top_margin = page.bottom_margin = Cm(1.8)
    properties = doc.core_properties
    properties.title, properties.author = f"{brief.kind}: {brief.title}", _("Portal of International Cooperation")
    properties.language = TONGUES[brief.lang]
    properties.created = properties.modified = moment.at.replace(tzinfo=None, microsecond=0)
    doc.add_heading(cell_text(brief.title), 0)
    doc.add_paragraph(f"{brief.kind}. {moment.words}.")
    for section in brief.sections:
        doc.add_heading(section.sheet.title(brief.lang), 1)
        if section.sheet.key == "projects":
            doc.add_paragraph(known)
        if section.rows:
            _table(doc, section, brief.lang)
        else:
            doc.add_paragraph(str(section.nothing))
    out = io.BytesIO()
    doc.save(out)
    return out.getvalue()


def _table(doc: Any, section: Section, lang: str) -> None:
    from docx.oxml.ns import qn
    from docx.oxml.shared import OxmlElement
    from docx.shared import Cm

    columns = section.sheet.columns
    room = 17.4 / sum(c.width for c in columns)
    table = doc.add_table(rows=1, cols=len(columns))
    table.style = "Light Grid Accent 1"
    table.autofit = False
    head = table.rows[0]
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    head._tr.get_or_add_trPr().append(mark)
    for cell, column in zip(head.cells, columns, strict=True):
        cell.text = column.head(lang)
    for row in section.rows:
        for cell, text in zip(table.add_row().cells, said(section, row, lang), strict=True):
            cell.text = cell_text(text)
    for n, column in enumerate(columns):
        for cell in table.columns[n].cells:
            cell.width = Cm(column.width * room)


def _language(style: Any, tongue: str) -> None:
    """The language of the text, so that spelling and a screen reader follow it."""
    from docx.oxml.ns import qn
    from docx.oxml.shared import OxmlElement

    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), tongue)
    style.element.get_or_add_rPr().append(mark)
