"""The overview as a workbook: cover, tables, funding with its totals and coverage by formula, footnotes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from portal.kernel.money import Money, decimals_of
from portal.reporting.overview import cover, sheets
from portal.reporting.overview.rows import Overview
from portal.web.i18n import gettext as _
from portal.workbooks.cells import APPROXIMATE, yes_or_no
from portal.workbooks.columns import Column, Sheet
from portal.workbooks.looks import size_of
from portal.workbooks.measure import height, lines_of
from portal.workbooks.paper import set_paper
from portal.workbooks.table import Table, write_table
from portal.workbooks.text import web_address
from portal.workbooks.writer import Book

GAPS = Sheet(
    "gaps", "Projekty bez známé částky", "Projects without a known amount",
    (
        Column("code", "Č.", "No.", "text", lambda row, lang: row.code, 5),
        Column("name", "Projekt", "Project", "text", lambda row, lang: row.name, 34),
        Column("why", "Proč", "Why", "text", lambda row, lang: row.why, 32),
    ),
)  # fmt: skip


def workbook(overview: Overview, at: datetime, moment: str, change_id: int | None = None) -> bytes:
    """The file. `at` is the moment it speaks of, `moment` the same in words ("Made on …", "As recorded …")."""
    lang = overview.lang
    marks: dict[str, str | int] = {"portal_report": "commission-overview", "portal_lang": lang}
    marks["portal_certainty"] = overview.scope.certainty
    if change_id is not None:
        marks["portal_change"] = change_id
    title = cover.title(lang)
    scope = cover.scope_words(overview)
    book = Book(title, lang, at, subject=f"{scope}. {moment}", author=cover.department(lang), marks=marks)
    front = book.sheet(_("Cover"))
    tables = {
        sheet.key: _table(book, sheet, rows, f"{scope}. {moment}.")
        for sheet, rows in (
            (sheets.FRAMEWORKS, overview.frameworks),
            (sheets.PROJECTS_WITH_REPORTS if overview.reports else sheets.PROJECTS, overview.projects),
            (sheets.MILESTONES, overview.milestones),
            (sheets.INDICATORS, overview.indicators),
            (sheets.EVENTS, overview.events),
            (sheets.LEGAL, overview.legal),
            (sheets.PARTNERS, overview.partners),
            (sheets.FUNDING, overview.flows),
            (sheets.CONTRADICTIONS, overview.claims),
            (sheets.SOURCE_LIST, overview.footnotes),
        )
    }
    for table in tables.values():
        set_paper(
            table.ws,
            left=title,
            right=table.ws.title,
            below=f"{moment}. {scope}",
            head_row=table.head,
            width=table.width,
        )
    _link_sources(book, tables["sources"], overview)
    sums = _funding_below(book, overview, tables)
    cover.write(book, front, overview, tables, sums, moment)
    set_paper(front, left=title, right=cover.department(lang), below=f"{moment}. {scope}", landscape=False)
    return book.save()


def _table(book: Book, sheet: Sheet, rows: list, line: str) -> Table:
    ws = book.sheet(sheet.title(book.lang))
    own, other = (sheet.title_cs, sheet.title_en) if book.lang == "cs" else (sheet.title_en, sheet.title_cs)
    lines = [other, line]
    if not rows:
        lines.append(_("There is nothing here by the sources chosen."))
    return write_table(book, ws, sheet, rows, title=own, lines=lines, keys=False, totals_above=False)


def _link_sources(book: Book, table: Table, overview: Overview) -> None:
    """The number of a footnote opens its document. (Linked text does not wrap in LibreOffice, so addresses stay plain.)"""
    for row, note in enumerate(overview.footnotes, table.first):
        if link := web_address(note.document.address or ""):
            cell = table.ws.cell(row, 1)
            book.looks.give(cell, "number_link")
            cell.hyperlink = link


def _funding_below(book: Book, overview: Overview, tables: dict[str, Table]) -> dict[str, Any]:
    """Totals, coverage and gaps under the table of flows. Gives the addresses the cover refers to."""
    funding = tables["funding"]
    ws, row = funding.ws, max(funding.last, funding.head) + 2
    sums: dict[str, Any] = {"ws": ws, "totals": {}}
    amount, currency, counts, mark = (funding.range(k) for k in ("amount", "amount_currency", "counts", "amount_about"))
    place = {k: _number(funding.letters[k]) for k in ("amount_about", "amount", "amount_currency")}
    codes = sorted({r.amount.money.currency for r in overview.flows if r.amount.money is not None})
    included = "included" in overview.funding.left_out
    for code in codes:
        for words, answer in ((_("Counted in total"), True), (_("Included in other flows, not added"), False)):
            if not answer and not included:
                continue
            _label(book, ws, row, f"{words}, {code}", place["amount_currency"])
            why = f',{funding.range("why")},"{_("included in another flow")}"' if not answer else ""
            tests = f'{currency},"{code}",{counts},"{yes_or_no(answer)}"{why}'
            money, about = _added(overview, code, answer)
            book.formula(
                ws, row, place["amount"], f"SUMIFS({amount},{tests})", saved=money.decimal, decimals=decimals_of(code)
            )
            book.formula(ws, row, place["amount_about"], f'IF(COUNTIFS({tests},{mark},"≈")>0,"≈","")', saved=about)
            book.text(ws, row, place["amount_currency"], code, "label")
            if answer:
                sums["totals"][code] = f"{funding.letters['amount']}{row}", money
            row += 1
    if not codes:
        book.text(ws, row, 1, _("No amount is known by the sources chosen."), "label")
        row += 1
    row = _coverage(book, ws, row + 1, overview, tables, sums)
    _gaps(book, ws, row + 1, overview)
    ws.print_area = f"A1:{funding.letters['sources']}{ws.max_row}"
    return sums


def _added(overview: Overview, code: str, counting: bool) -> tuple[Money, str]:
    """What the flows of a currency that count add up to, or those included in others, with the mark of what is about."""
    amounts = [
        row.amount
        for row in overview.flows
        if row.amount.money is not None
        and row.amount.money.currency == code
        and (row.counts if counting else not row.counts and row.why == _("included in another flow"))
    ]
    added = sum((one.money for one in amounts), Money(0, code))
    return added, APPROXIMATE if any(one.approximate for one in amounts) else ""


def _coverage(book: Book, ws: Any, row: int, overview: Overview, tables: dict[str, Table], sums: dict[str, Any]) -> int:
    """For how many projects an amount is known, counted by formula on the sheet of projects."""
    funding, projects = tables["funding"], tables["projects"]
    book.text(ws, row, 1, _("For how many projects an amount is known"), "section")
    where = f"'{projects.ws.title}'!{projects.range('money')}"
    letter = funding.letters["amount"]
    place, first, last = _number(letter), row + 1, row + 4
    stated, numbers = [project.money or _("not stated") for project in overview.projects], []
    for n, (words, state) in enumerate(
        (
            (_("an amount of their own is known"), _("known")),
            (_("lie within a project whose amount is known"), _("within the initiative")),
            (_("the amount is not stated"), _("not stated")),
        ),
        first,
    ):
        numbers.append(stated.count(state))
        _label(book, ws, n, words, place)
        book.formula(ws, n, place, f'COUNTIF({where},"{state}")', saved=numbers[-1], decimals=0)
    _label(book, ws, last, _("projects in total"), place)
    book.formula(ws, last, place, f"SUM({letter}{first}:{letter}{last - 1})", saved=sum(numbers), decimals=0)
    known, within, _unknown = numbers
    sums["coverage"] = (
        (f"{letter}{first}", known),
        (f"{letter}{first + 1}", within),
        (f"{letter}{last}", sum(numbers)),
    )
    return last + 1


def _gaps(book: Book, ws: Any, row: int, overview: Overview) -> None:
    """The projects behind "not stated", each with what is known of why."""
    if not overview.gaps:
        return
    book.text(ws, row, 1, GAPS.title(book.lang), "section")
    size = size_of("text")
    for n, gap in enumerate(overview.gaps, row + 1):
        for column, text in enumerate((gap.code, gap.name, gap.why), 1):
            book.text(ws, n, column, text, "text")
        book.fit(ws, n, height(max(lines_of(gap.name, 34, size), lines_of(gap.why, 32, size)), size))


def _label(book: Book, ws: Any, row: int, text: str, last: int) -> None:
    """A labelled line under a table: the text in the first column, the line drawn up to column `last`."""
    for column in range(1, last + 1):
        book.text(ws, row, column, "", "label").value = None
    cell = book.text(ws, row, 1, text, "label")
    cell.value = text


def _number(letter: str) -> int:
    from openpyxl.utils import column_index_from_string

    return int(column_index_from_string(letter))
