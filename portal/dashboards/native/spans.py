"""Bars over time: solid where the project surely ran, lighter where its date can mean so. By the days beside the dates."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from portal.dashboards.charts.spans import OPEN
from portal.dashboards.gallery.declared import Made
from portal.dashboards.native.pieces import BLUE, GAP, MOST, SOFT, chart, place, series, stacked, tall, titled
from portal.web.i18n import gettext as _
from portal.workbooks.cells import FIRST_DAY
from portal.workbooks.table import Table
from portal.workbooks.writer import Book


def spans(book: Book, ws: Any, table: Table, made: Made) -> None:
    from openpyxl.utils import get_column_letter

    left = len(table.letters) + 1 + GAP
    heads = (_("Begins (day)"), _("May have run (days)"), _("Surely ran (days)"), _("May have gone on (days)"))
    for n, head in enumerate(heads):
        book.text(ws, table.head, left + n, head, "head")
        ws.column_dimensions[get_column_letter(left + n)].width = 13
    years = []
    for n, row in enumerate(made.rows, table.first):
        for m, formula in enumerate(bars_of(row, n, table.letters)):
            saved = _computed(formula, row, table.letters)
            book.formula(ws, n, left + m, formula, "text" if m else "day", saved=saved)
        years += [day.year for day in (row.start_from, row.end_from) if day and day >= FIRST_DAY]
    last = min(table.last, table.first + MOST - 1)
    rows, names = (table.first, last), list(table.letters).index("name") + 1
    one = stacked(chart("bar", titled(made, len(made.rows))))
    for n, (name, colour) in enumerate(zip(heads, ("", SOFT, BLUE, SOFT), strict=True)):
        series(one, ws, rows, left + n, names, name, colour)
    one.legend = None
    one.y_axis.number_format, one.y_axis.majorUnit = "yyyy", 731
    one.y_axis.scaling.min = _serial(date(min(years) - 1, 1, 1)) if years else None
    one.height = tall(last - table.first + 1)
    place(ws, one, left + len(heads) + GAP, table.head + 1)


def _serial(day: date) -> int:
    """A day as Excel counts days."""
    return (day - date(1899, 12, 30)).days


_TERM = re.compile(r"([+-]?)(?:\$([A-Z]+)[0-9]+|([0-9]+))")


def _computed(formula: str, row: Any, letters: dict[str, str]) -> int:
    """What a formula of `bars_of` gives: days and numbers added and taken away."""
    days = {letter: key for key, letter in letters.items()}
    terms = _TERM.findall(formula)
    numbers = (_serial(getattr(row, days[letter])) if letter else int(number) for _sign, letter, number in terms)
    return sum(-one if sign == "-" else one for (sign, *_rest), one in zip(terms, numbers, strict=True))


def bars_of(row: Any, n: int, letters: dict[str, str]) -> list[str]:
    """From when, and how many days it may have run, surely ran, may have gone on, by the cells of the four days; nothing for
    a row without a date. As the drawing on the page does (`charts.spans.strips`)."""

    def cell(*keys: str) -> str | None:
        """The first of the days that the sheet holds as a date."""
        found = next((k for k in keys if getattr(row, k) and getattr(row, k) >= FIRST_DAY), None)
        return f"${letters[found]}{n}" if found else None

    first, begins = cell("start_from", "start_to"), cell("start_to", "start_from")
    ends, last = cell("end_from", "end_to"), cell("end_to", "end_from")
    if first is None and last is None:
        return []
    if first is None:
        return [f"{ends}-{OPEN.days}", f"{last}-{ends}+{OPEN.days}"]
    if last is None:
        return [first, f"{begins}-{first}+{OPEN.days}"]
    planned = row.planned_start or row.planned_end
    sure = not planned and (row.start_to or row.start_from) < (row.end_from or row.end_to)
    return (
        [first, f"{begins}-{first}", f"{ends}+1-{begins}", f"{last}-{ends}"] if sure else [first, f"{last}+1-{first}"]
    )
