"""The optional last sheet: where the figures of a workbook come from: cells, keys, records, figures, sources and rates."""

from __future__ import annotations

from collections.abc import Sequence

from portal.layouts.places import Written
from portal.web.i18n import gettext as _
from portal.workbooks.columns import Column, Sheet
from portal.workbooks.paper import set_paper
from portal.workbooks.table import write_table
from portal.workbooks.writer import Book

SHEET = Sheet(
    "explanation", "Vysvětlení", "Explanation",
    (
        Column("tab", "List", "Sheet", "text", lambda p, lang: p.tab, 18),
        Column("cells", "Buňky", "Cells", "text", lambda p, lang: p.cells, 14),
        Column("row", "Klíč řádku", "Key of the row", "text", lambda p, lang: p.row, 26),
        Column("records", "Záznamy v portálu", "Records in the portal", "long", lambda p, lang: p.records, 30, empty=""),
        Column("figure", "Údaj portálu", "Figure of the portal", "text", lambda p, lang: p.figure, 20, empty=""),
        Column("notes", "Zdroje", "Sources", "long", lambda p, lang: p.notes, 60, empty=""),
    ),
)  # fmt: skip


class Line:
    """One row of a sheet with all that explains it."""

    def __init__(self, places: Sequence[Written], documents: dict[int, str]) -> None:
        first = places[0]
        self.tab, self.row, self.figure = first.tab, first.row, first.figure
        self.cells = first.cell if len(places) == 1 else f"{first.cell}:{places[-1].cell}"
        self.records = ", ".join(map(str, first.records))
        self.notes = "\n".join(f"{n}: {documents[n]}" for n in first.notes if n in documents)


def write(
    book: Book,
    places: Sequence[Written],
    documents: Sequence[tuple[int, str]],
    rates: Sequence[str],
    title: str,
    about: str,
) -> None:
    """Write the sheet. It says nothing that the other sheets do not rest on."""
    rows: dict[tuple[str, str], list[Written]] = {}
    for place in places:
        rows.setdefault((place.sheet, place.row), []).append(place)
    ws = book.sheet(SHEET.title(book.lang))
    lines = [about, _("Rates: %(rates)s", rates="; ".join(rates)) if rates else _("No amount was converted.")]
    known = dict(documents)
    table = write_table(
        book, ws, SHEET, [Line(found, known) for found in rows.values()],
        title=f"{title}: {SHEET.title(book.lang)}", lines=lines, keys=False,
    )  # fmt: skip
    set_paper(ws, left=title, right=ws.title, below=about, head_row=table.head, width=table.width)
