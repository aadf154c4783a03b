"""A small sheet with every kind of column, and how a written file is read back."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from openpyxl import load_workbook

from portal.kernel.money import Money
from portal.kernel.when import When
from portal.web.i18n import speaking
from portal.workbooks.columns import Amount, Column, Level, Planned, Sheet
from portal.workbooks.paper import set_paper
from portal.workbooks.table import Table, write_table
from portal.workbooks.writer import Book

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def of(key: str):
    return lambda row, lang: row.get(key)


SHEET = Sheet(
    "toys", "Hračky", "Toys",
    (
        Column("id", "Č. záznamu", "Record no.", "key", of("id"), 8),
        Column("name", "Název", "Name", "text", of("name"), 30),
        Column("start", "Začátek", "Start", "when", of("start"), 16, bounds=True),
        Column("day", "Den", "Day", "day", of("day"), 14),
        Column("number", "Počet", "Number", "count", of("number"), 10),
        Column("amount", "Částka", "Amount", "money", of("amount"), 18, total=True),
        Column("counts", "Započítává se", "Counts", "flag", of("counts"), 12),
        Column("web", "Web", "Website", "address", of("web"), 30),
        Column("text", "Popis", "Description", "long", of("text"), 40, detail=True),
        Column("note", "Poznámka", "Note", "long", of("note"), 40, empty="", detail=True),
    ),
    counted_by="counts",
)  # fmt: skip


def row(n: int = 1, **values: Any) -> dict[str, Any]:
    return {"id": n, "name": f"Hračka {n}", "counts": True, **values}


def eur(cents: int) -> Money:
    return Money(cents, "EUR")


ROWS = [
    row(1, start=When("2014-08-27"), amount=eur(60_000_000), number=3),
    row(2, start=When("2013-02"), amount=Amount(eur(360_000_000), approximate=True)),
    row(3, start=When("2013-02/.."), amount=Amount(eur(5_000), approximate=True), counts=False),
    row(4, start=Planned(When("2025-03-31")), amount=Amount(None, instead="v rámci iniciativy")),
    row(5, amount=Money(1_000, "JPY"), name=Level("Jen", 2, True, "Yen")),
    row(6, start=When("2012~")),
]


def written(rows: list, sheet: Sheet = SHEET, lang: str = "cs") -> tuple[bytes, Table]:
    """The file of a sheet and where its table stands."""
    with speaking(lang):
        book = Book(sheet.title(lang), lang, AT, subject="zkouška", author="Portál", marks={"portal_change": 7})
        ws = book.sheet(sheet.title(lang))
        table = write_table(book, ws, sheet, rows, title=sheet.title(lang), lines=["Celý seznam", "6 záznamů"])
        set_paper(ws, left="Hračky & věci", right="Vytvořeno 2026", below="Filtr: 10 & víc", head_row=table.head)
        return book.save(), table


def read(data: bytes, **options: Any):
    """The workbook as openpyxl reads it."""
    return load_workbook(io.BytesIO(data), **options)


def data_rows(data: bytes, table: Table) -> list[dict[str, Any]]:
    """The rows of the first sheet by machine key."""
    ws = read(data).worksheets[0]
    keys = [cell.value for cell in ws[table.head - 1]]
    return [dict(zip(keys, (cell.value for cell in line), strict=True)) for line in ws.iter_rows(min_row=table.first)]
