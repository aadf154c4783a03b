"""A draft as a workbook, and what stands in each of its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from portal.kernel.money import Money, decimals_of
from portal.layouts import explanation
from portal.layouts.draft import Draft, Row, Table, Total
from portal.layouts.grid import Grid, Standing, write_grid
from portal.layouts.numbers import in_digits
from portal.layouts.order import Order
from portal.layouts.places import Made, Written
from portal.web.formats import day, instant, money_text, number
from portal.web.i18n import gettext as _
from portal.workbooks.cells import APPROXIMATE, Cell, Field, cells_of, fields_of
from portal.workbooks.paper import set_paper
from portal.workbooks.table import Table as Laid
from portal.workbooks.table import write_table
from portal.workbooks.text import units
from portal.workbooks.writer import Book

UPRIGHT = 120
"""A grid no wider than this many characters is printed upright."""
AUTHOR = {"cs": "Ministerstvo vnitra České republiky", "en": "Ministry of the Interior of the Czech Republic"}


def as_of_words(order: Order) -> str:
    """`Jak portál zaznamenal do 3. 12. 2026 v 9.00, změna 812`."""
    when = instant(order.moment.at)
    return _("As recorded in the portal up to %(when)s, change %(number)s", when=when, number=order.moment.id)


def write(draft: Draft, order: Order, documents: Sequence[tuple[int, str]] = ()) -> Made:
    """The file of a draft. `documents`: (number, words) of the footnotes, for the sheet that explains it."""
    title, as_of = draft.title(order.lang), as_of_words(order)
    ours = _("Layout of the portal, not a template of the Commission.")
    book = Book(
        title, order.lang, order.moment.at, subject=f"{draft.about}. {as_of}", author=AUTHOR[order.lang],
        marks={"portal_layout": order.choices.layout, "portal_change": order.moment.id, **order.marks},
    )  # fmt: skip
    about = _("Report: %(name)s; edition %(n)s", name=order.report.name(order.lang), n=order.report.edition)
    places: list[Written] = []
    for table in draft.tables:
        head = table.title(order.lang)
        ws = book.sheet(head)
        other = draft.title("en" if order.lang == "cs" else "cs")
        lines = [other, about, f"{draft.about}. {as_of}.", ours, *table.lines]
        if not table.rows and not table.lines:
            lines.append(_("There is nothing here by the sources chosen."))
        called = title if table is draft.tables[0] else f"{title}: {head}"
        if isinstance(table, Grid):
            standing = write_grid(book, ws, table, called, lines)
            places += _grid_places(table, ws.title, standing, order.lang)
            width = table.width
        else:
            standing = write_table(
                book, ws, table.sheet, [row.of for row in table.rows], title=called, lines=lines, keys=False, totals_above=False,
            )  # fmt: skip
            places += _places(book, table, standing, order.lang)
            width = standing.width
        set_paper(
            ws, left=title, right=ws.title, below=f"{as_of}. {ours}", head_row=standing.head, width=width,
            landscape=not isinstance(table, Grid) or width > UPRIGHT,
        )  # fmt: skip
    if order.choices.explained:
        explanation.write(book, places, documents, draft.rates, title, f"{draft.about}. {as_of}.")
    drawn = sorted({i for place in places for i in place.records})
    return Made(book.save(), places, tuple(drawn), list(draft.rates))


def said(cell: Cell, currency: object = None) -> str:
    """The value of a cell in words, in the language spoken; an amount with its `currency`."""
    value = cell.value
    if isinstance(value, Decimal) and isinstance(currency, str):
        return money_text(Money.of(str(value), currency))
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{_('planned')}: {day(value)}" if cell.look == "planned" else day(value)
    if isinstance(value, Decimal):
        return number(value)
    return str(value)


def _places(book: Book, table: Table, laid: Laid, lang: str) -> list[Written]:
    """What stands in the cells of a table; writes its checks and totals on the way."""
    columns = table.sheet.ordered(lang)
    fields = fields_of(columns)
    found: list[Written] = []
    rows: list[dict[str, Cell]] = []
    for n, row in enumerate(table.rows, laid.first):
        cells = dict(zip((f.key for f in fields), cells_of(columns, row.of, lang), strict=True))
        if table.fits:
            cells[table.fits[2]] = _fit(book, laid, table, cells, n)
        rows.append(cells)
        found += [
            _place(
                table,
                laid,
                field,
                n,
                said(cells[field.key], _currency(cells, field)),
                row,
                lang,
                number=_digits(cells, field),
            )
            for field in fields
            if cells[field.key].value is not None
        ]
    found += _totals(book, table, laid, rows, fields, lang)
    return found


def _grid_places(grid: Grid, tab: str, standing: Standing, lang: str) -> list[Written]:
    """What stands in the cells of a grid; a head says under which band it is."""
    return [
        Written(
            grid.key, tab, cell, row.key, column.key, ", ".join(text for text in (column.band, column.head(lang)[0]) if text),
            shown, row.records, number=digits,
        )
        for row, column, cell, shown, digits in standing.cells
    ]  # fmt: skip


def _currency(cells: Mapping[str, Cell], field: Field) -> object:
    """The currency beside an amount."""
    beside = cells.get(f"{field.key}_currency")
    return beside.value if beside else None


def _digits(cells: Mapping[str, Cell], field: Field) -> tuple[str, str]:
    """The number of a cell and the currency beside it; whole numbers are counts and keys, which every language writes alike."""
    value, currency = cells[field.key].value, _currency(cells, field)
    if not isinstance(value, Decimal):
        return "", ""
    return in_digits(value, decimals_of(currency) if isinstance(currency, str) else None), str(currency or "")


def _place(
    table: Table, laid: Laid, field: Field, n: int, shown: str, row: Row, lang: str, figure: str = "",
    number: tuple[str, str] = ("", ""),
) -> Written:  # fmt: skip
    return Written(
        table.sheet.key, laid.ws.title, f"{laid.letters[field.key]}{n}", row.key, field.key,
        field.head_cs if lang == "cs" else field.head_en, shown, row.records, row.notes, figure,
        number=number[0], currency=number[1],
    )  # fmt: skip


def _fit(book: Book, laid: Laid, table: Table, cells: Mapping[str, Cell], n: int) -> Cell:
    """Whether a text fits into its limit, by formula; saved is what Excel finds, whose LEN takes a rare sign (😀) for two."""
    assert table.fits is not None
    text, limit, place = table.fits
    fits, long = _("fits"), _("too long")
    letters = laid.letters
    value = cells[limit].value
    answer = fits if units(str(cells[text].value or "")) <= (value if isinstance(value, int) else 0) else long
    formula = f'IF(LEN({letters[text]}{n})<={letters[limit]}{n},"{fits}","{long}")'
    book.formula(laid.ws, n, _number(letters[place]), formula, "words", saved=answer)
    return Cell(answer, "words")


def _totals(
    book: Book, table: Table, laid: Laid, rows: list[dict[str, Cell]], fields: list[Field], lang: str
) -> list[Written]:
    """The lines under a table: formula, the portal's figure, and whether they agree; each with its value saved."""
    found: list[Written] = []
    ws, n = laid.ws, max(laid.last, laid.head) + 2
    by_key = {field.key: field for field in fields}
    for total in table.totals:
        place = _number(laid.letters[total.over])
        tests = ",".join(f'{laid.range(key)},"{text}"' for key, text in total.where)
        formula, value, rounded = _summed(total, tests, laid, rows)
        decimals = decimals_of(total.told.currency) if not isinstance(total.told, int) else 0
        told = total.told if isinstance(total.told, int) else total.told.decimal
        agree, differ = _("agrees"), _("DIFFERS")
        letter = laid.letters[total.over]
        lines: tuple[tuple[str, str], ...] = (
            (total.words, "sum"), (_("The same by the portal’s figure"), "told"), (_("Check"), "check"),
        )  # fmt: skip
        for words, what in lines:
            for column in range(1, place + 2):
                book.text(ws, n, column, "", "label").value = None
            book.text(ws, n, 1, words, "label").value = words
            if what == "sum":
                book.formula(ws, n, place, formula, decimals=decimals, saved=value)
                shown = (APPROXIMATE + " " if rounded else "") + _amount(value, total.told)
                if not isinstance(total.told, int):
                    marks = f'COUNTIFS({tests},{laid.range(f"{total.over}_about")},"{APPROXIMATE}")'
                    mark = f'IF({marks}>0,"{APPROXIMATE}","")'
                    book.formula(ws, n, place - 1, mark, saved=APPROXIMATE if rounded else "")
                    book.text(ws, n, place + 1, total.told.currency, "label")
            elif what == "told":
                cell = ws.cell(n, place)
                book.looks.give(cell, "total", decimals)
                cell.value = told
                shown = _amount(told, total.told)
            else:
                shown = agree if value == told else differ
                test = f'IF(ROUND({letter}{n - 2}-{letter}{n - 1},{decimals})=0,"{agree}","{differ}")'
                book.formula(ws, n, place, test, "total", saved=shown)
            row = Row(f"total:{total.figure}:{total.where[0][1]}:{what}", None, total.records)
            amount = value if what == "sum" else told
            digits = ("", "") if what == "check" else (in_digits(amount, decimals), getattr(total.told, "currency", ""))
            found.append(_place(table, laid, by_key[total.over], n, shown, row, lang, total.figure, digits))
            n += 1
        n += 1
    if table.totals:
        last = list(laid.letters.values())[len(fields_of(table.sheet.main(lang))) - 1]
        ws.print_area = f"A1:{last}{n - 2}"
    return found


def _amount(value: int | Decimal, like: Money | int) -> str:
    """A total in words: an amount in the currency of `like`, or a number."""
    return number(value) if isinstance(like, int) else money_text(Money.of(str(value), like.currency))


def _summed(total: Total, tests: str, laid: Laid, rows: list[dict[str, Cell]]) -> tuple[str, int | Decimal, bool]:
    """(formula, its value, whether a rounded amount is in it)."""
    chosen = [cells for cells in rows if all(_meets(cells[key].value, text) for key, text in total.where)]
    if isinstance(total.told, int):
        return f"COUNTIFS({tests})", len(chosen), False
    amounts = [cells[total.over].value for cells in chosen]
    value = sum((a for a in amounts if isinstance(a, Decimal)), Decimal(0).quantize(total.told.decimal))
    mark = f"{total.over}_about"
    return (
        f"SUMIFS({laid.range(total.over)},{tests})", value, any(c[mark].value == APPROXIMATE for c in chosen),
    )  # fmt: skip


def _meets(value: object, text: str) -> bool:
    """As Excel compares: "*" is any text."""
    return bool(value) if text == "*" else str(value or "") == text


def _number(letter: str) -> int:
    from openpyxl.utils import column_index_from_string

    return int(column_index_from_string(letter))
