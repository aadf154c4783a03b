"""A table on a sheet: title, totals by formula, hidden machine keys, two-language heads, rows; filter, frozen head, print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.kernel.money import decimals_of
from portal.web.i18n import gettext as _
from portal.workbooks.cells import APPROXIMATE, Field, cells_of, fields_of, totals, yes_or_no
from portal.workbooks.columns import Amount, Sheet
from portal.workbooks.looks import size_of
from portal.workbooks.measure import height, lines_of
from portal.workbooks.writer import Book

BODY = size_of("text")


@dataclass(frozen=True)
class Table:
    """Where a table stands: `head` row, `first` and `last` row of data (last < first when empty), letters by field key.

    `width`: characters of what is printed.
    """

    ws: Any
    head: int
    first: int
    last: int
    letters: dict[str, str]
    width: int

    def range(self, key: str) -> str:
        """The data cells of a field, `$F$7:$F$20`; of an empty table its first row."""
        letter = self.letters[key]
        return f"${letter}${self.first}:${letter}${max(self.last, self.first)}"


def write_table(
    book: Book,
    ws: Any,
    sheet: Sheet,
    rows: Sequence[Any],
    *,
    title: str,
    lines: Sequence[str] = (),
    keys: bool = True,
    totals_above: bool = True,
) -> Table:
    """Write `rows` under the heads of `sheet` on an empty worksheet.

    `lines` stand under the title (filter, moment). Totals (`totals_above`) are summed over the rows that a filter in Excel
    leaves in sight; what they give of all rows is saved with them, for readers that do not compute.
    With `keys` a hidden row above the head holds the machine keys, which name the columns whatever the language.
    """
    from openpyxl.utils import get_column_letter

    columns = sheet.ordered(book.lang)
    fields = fields_of(columns)
    main = fields_of(sheet.main(book.lang))
    letters = {field.key: get_column_letter(n) for n, field in enumerate(fields, 1)}
    book.text(ws, 1, 1, title, "title")
    ws.row_dimensions[1].height = 27
    for n, line in enumerate(lines, 2):
        book.text(ws, n, 1, line, "subtitle" if n == 2 else "note").alignment = _unwrapped()
    sums: dict[str, dict[str, Amount]] = {}
    for c in columns if totals_above else ():
        for code, amount in totals(columns, rows, c.key, sheet.counted_by, book.lang).items() if c.total else ():
            sums.setdefault(code, {})[c.key] = amount
    row = 1 + len(lines)
    head = row + len(sums) + (2 if keys else 1)
    table = Table(ws, head, head + 1, head + len(rows), letters, sum(f.width for f in main if not f.group))
    for n, code in enumerate(sorted(sums), row + 1):
        _total(book, sheet, fields, table, n, sums[code], code)
    _heads(book, fields, table, keys)
    printed = {field.key for field in main if not field.group}
    for n, record in enumerate(rows, table.first):
        tallest = 1
        for column, (field, cell) in enumerate(zip(fields, cells_of(columns, record, book.lang), strict=True), 1):
            book.put(ws, n, column, cell)
            if isinstance(cell.value, str) and field.key in printed:
                room = field.width - 1.5 * cell.indent
                second = lines_of(cell.second, room, BODY) if cell.second else 0
                tallest = max(tallest, lines_of(cell.value, room, BODY, cell.strong) + second)
        book.fit(ws, n, height(tallest, BODY))
    _settle(fields, table)
    ws.print_area = f"A1:{get_column_letter(len(main))}{max(table.last, table.head)}"
    return table


def _unwrapped() -> Any:
    from openpyxl.styles import Alignment

    return Alignment(horizontal="left", vertical="top", wrap_text=False)


def _heads(book: Book, fields: Sequence[Field], table: Table, keys: bool) -> None:
    ws = table.ws
    for n, field in enumerate(fields, 1):
        own, other = (field.head_cs, field.head_en) if book.lang == "cs" else (field.head_en, field.head_cs)
        book.head(
            ws,
            table.head,
            n,
            own,
            other,
            "right" if field.key == field.column.key and field.column.kind == "money" else "",
            indent=int(field.key == f"{field.column.key}_currency"),
        )
        if keys:
            book.text(ws, table.head - 1, n, field.key, "note")
    tallest = max(
        sum(lines_of(h, f.width, BODY, bold=True) for h in {f.head_cs, f.head_en}) for f in fields if not f.group
    )
    book.fit(ws, table.head, height(tallest, BODY) + 3)
    if keys:
        ws.row_dimensions[table.head - 1].hidden = True


def _total(
    book: Book, sheet: Sheet, fields: Sequence[Field], table: Table, row: int, sums: dict[str, Amount], code: str
) -> None:
    """One row of totals in one currency: over the rows in sight, of those that add."""
    ws, letters = table.ws, list(table.letters)
    for n in range(1, len(fields) + 1):
        book.text(ws, row, n, "", "label").value = None
    book.text(ws, row, 1, _("Total of the rows shown, %(currency)s", currency=code), "label").alignment = _unwrapped()
    for key, amount in sums.items():
        amounts = table.range(key)
        corner = amounts.split(":")[0]
        in_sight = f"SUBTOTAL(109,OFFSET({corner},ROW({amounts})-ROW({corner}),0))"
        tests = [f'({table.range(f"{key}_currency")}="{code}")']
        if sheet.counted_by:
            tests.append(f'({table.range(sheet.counted_by)}="{yes_or_no(True)}")')
        place = letters.index(key) + 1
        added, saved = f"SUMPRODUCT({in_sight},{'*'.join(tests)}*1)", amount.money.decimal if amount.money else None
        book.formula(ws, row, place, added, saved=saved, decimals=decimals_of(code))
        book.text(ws, row, place + 1, code, "label")
        approximate = "*".join([f'({table.range(f"{key}_about")}="≈")', *tests])
        mark = APPROXIMATE if amount.approximate else ""
        book.formula(ws, row, place - 1, f'IF(SUMPRODUCT({approximate}*1)>0,"≈","")', saved=mark)


def _settle(fields: Sequence[Field], table: Table) -> None:
    """Widths, closed groups, frozen head with the first columns, filter."""
    from openpyxl.utils import get_column_letter

    ws = table.ws
    for n, field in enumerate(fields, 1):
        ws.column_dimensions[get_column_letter(n)].width = field.width
    ws.sheet_properties.outlinePr.summaryRight = False
    for n, field in enumerate(fields, 1):
        if field.group and field.key.endswith("_from"):
            first, last = get_column_letter(n), get_column_letter(n + 1)
            ws.column_dimensions.group(first, last, outline_level=1, hidden=True)
            ws.column_dimensions.max_outline = 1  # without it Excel shows no button to open the group
    named = next((n for n, f in enumerate(fields, 1) if f.column.kind not in ("key", "count")), 1)
    ws.freeze_panes = f"{get_column_letter(named + 1)}{table.first}"
    ws.auto_filter.ref = f"A{table.head}:{get_column_letter(len(fields))}{max(table.last, table.head)}"
