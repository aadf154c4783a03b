"""CSV of a declared sheet: UTF-8 with a byte order mark, so that Excel reads it by a double click; no field is a formula.

Czech files use `;` and a decimal comma, English ones `,` and a decimal point, as Excel of that language expects. Full days
are ISO dates; what is less precise, and what is unknown, stands in words as on the page.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from portal.web.i18n import gettext as _
from portal.workbooks.cells import Cell, cells_of, fields_of
from portal.workbooks.columns import Sheet
from portal.workbooks.text import separated_text

MARK = "\ufeff"
SEPARATOR = {"cs": ";", "en": ","}
POINT = {"cs": ",", "en": "."}


class _Line:
    """What the csv module writes to: keeps one line."""

    def write(self, text: str) -> str:
        return text


def lines(sheet: Sheet, rows: Iterable[Any], lang: str) -> Iterator[bytes]:
    """The file line by line: one line of heads in both languages, then the rows."""
    writer = csv.writer(_Line(), delimiter=SEPARATOR[lang], lineterminator="\r\n")
    columns = sheet.ordered(lang)
    heads = [
        " / ".join(dict.fromkeys((f.head_cs, f.head_en) if lang == "cs" else (f.head_en, f.head_cs)))
        for f in fields_of(columns)
    ]
    yield (MARK + writer.writerow(heads)).encode("utf-8")
    for row in rows:
        line: str = writer.writerow([_field(cell, lang) for cell in cells_of(columns, row, lang)])
        yield line.encode("utf-8")


def _field(cell: Cell, lang: str) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return separated_text(f"{value} / {cell.second}" if cell.second else value)
    if isinstance(value, date):
        if cell.look == "disputed":
            return _("%(value)s (conflict)", value=value.isoformat())
        return _("planned: %(when)s", when=value.isoformat()) if cell.look == "planned" else value.isoformat()
    if isinstance(value, Decimal):
        return str(value).replace(".", POINT[lang])
    return str(value)
