"""The first sheet: what this is, what it rests on, what is known, what is not in it, how to read the marks."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from portal.figures import Funding, Scope
from portal.kernel import codes
from portal.kernel.money import decimals_of
from portal.reporting.overview.rows import Overview
from portal.reporting.overview.voice import MARKS
from portal.web.i18n import gettext as _
from portal.web.i18n import lang, ngettext
from portal.workbooks.looks import AMOUNT, size_of
from portal.workbooks.measure import height, lines_of
from portal.workbooks.table import Table
from portal.workbooks.writer import Book

TITLE = {
    "cs": "Přehled mezinárodní spolupráce v oblasti azylu a migrace",
    "en": "Overview of international cooperation in asylum and migration",
}
FOR = {"cs": "pro Evropskou komisi", "en": "for the European Commission"}
DEPARTMENT = {
    "cs": "Ministerstvo vnitra České republiky, odbor azylové a migrační politiky",
    "en": "Ministry of the Interior of the Czech Republic, Department for Asylum and Migration Policy",
}
LABEL, TEXT = 2, 3
WIDTHS = {1: 2, 2: 30, 3: 78}


def title(lang: str) -> str:
    return TITLE[lang]


def department(lang: str) -> str:
    return DEPARTMENT[lang]


def certainty_words(scope: Scope) -> str:
    """What the overview relies on."""
    return {
        "documents": _("only what documents of the ministry state"),
        "public": _("documents of the ministry and public sources"),
        "all": _("documents, public sources, and what is unsure or without a source"),
    }[scope.certainty]


def scope_words(overview: Overview) -> str:
    """What the overview covers, for headers: `Celé portfolio; jen to, co uvádějí dokumenty ministerstva`."""
    return f"{overview.filter or _('The whole portfolio')}; {certainty_words(overview.scope)}"


def write(book: Book, ws: Any, overview: Overview, tables: dict[str, Table], sums: dict[str, Any], moment: str) -> None:
    """Fill the cover."""
    for column, width in WIDTHS.items():
        ws.column_dimensions["ABC"[column - 1]].width = width
    own, other = ("cs", "en") if overview.lang == "cs" else ("en", "cs")
    row = 2
    for text, look, points in (
        (TITLE[own], "title", 30), (FOR[own], "title", 30), (f"{TITLE[other]} {FOR[other]}", "subtitle", 20),
        ("", "subtitle", 8), (DEPARTMENT[own], "section", 18), (DEPARTMENT[other], "note", 15),
    ):  # fmt: skip
        cell = book.text(ws, row, LABEL, text, look)
        cell.alignment = _one_line()
        ws.row_dimensions[row].height = points
        row += 1
    c = Cover(book, ws, row + 1)
    c.section(_("What this is"))
    c.line(_("Moment"), moment)
    c.line(_("Scope"), overview.filter or _("The whole portfolio"))
    c.line(_("Relies on"), certainty_words(overview.scope))
    c.line(_("Layout"), _("The department's own; this is not a form of the Commission."))
    c.section(_("What is in it"))
    for sheet, words in _contents(overview, tables):
        c.line(sheet.ws.title, words, link=sheet)
    c.section(_("Known funding"))
    _known(c, overview.funding, sums)
    c.section(_("What is not in it"))
    for text in _missing(overview):
        c.prose(text)
    c.section(_("How to read it"))
    for label, text in _legend():
        c.line(label, text)
    ws.print_area = f"A1:C{c.row}"


def _one_line() -> Any:
    from openpyxl.styles import Alignment

    return Alignment(horizontal="left", vertical="center", wrap_text=False)


class Cover:
    """The cover being written, line by line."""

    def __init__(self, book: Book, ws: Any, row: int) -> None:
        self.book, self.ws, self.row = book, ws, row

    def section(self, text: str) -> None:
        self.row += 1
        self.book.text(self.ws, self.row, LABEL, text, "section")
        self.ws.row_dimensions[self.row].height = 20
        self.row += 1

    def line(self, label: str, text: str, link: Table | None = None) -> None:
        cell = self.book.text(self.ws, self.row, LABEL, label, "cover_link" if link else "cover")
        if link:
            self.book.inner_link(cell, link.ws, "A1")
        self.book.text(self.ws, self.row, TEXT, text, "prose")
        self._fit(text, WIDTHS[TEXT], label)

    def prose(self, text: str) -> None:
        """A point over the whole width."""
        self.ws.merge_cells(start_row=self.row, start_column=LABEL, end_row=self.row, end_column=TEXT)
        self.book.text(self.ws, self.row, LABEL, f"•  {text}", "prose")
        self._fit(text, WIDTHS[LABEL] + WIDTHS[TEXT])

    def formula(
        self, label: str, formula: str, saved: Decimal | str, number_format: str = "General", about: str = ""
    ) -> None:
        """A line whose value the workbook computes, with what it gives; `about` is about as long as that will be."""
        self.book.text(self.ws, self.row, LABEL, label, "cover")
        cell = self.book.formula(self.ws, self.row, TEXT, formula, "prose", saved=saved, strong=True)
        cell.number_format = number_format
        self._fit(about, WIDTHS[TEXT] * 0.93, label)

    def _fit(self, text: str, width: int, label: str = "") -> None:
        size = size_of("prose")
        self.book.fit(
            self.ws,
            self.row,
            height(max(lines_of(text, width, size), lines_of(label, WIDTHS[LABEL], size, bold=True)), size),
        )
        self.row += 1


def _contents(overview: Overview, tables: dict[str, Table]) -> list[tuple[Table, str]]:
    o = overview
    parts = sum(p.part for p in o.projects)
    projects = ngettext("%(num)s project", "%(num)s projects", len(o.projects))
    if parts:
        projects += ngettext(
            ", %(num)s of them a part of an umbrella project", ", %(num)s of them parts of umbrella projects", parts
        )
    if o.placeholders:
        projects += ngettext(
            "; %(num)s is counted by a source and not named",
            "; %(num)s are counted by a source and not named",
            o.placeholders,
        )
    return [
        (
            tables["frameworks"],
            ngettext("%(num)s framework, as a tree", "%(num)s frameworks, as a tree", len(o.frameworks)),
        ),
        (tables["projects"], projects),
        (tables["milestones"], ngettext("%(num)s milestone", "%(num)s milestones", len(o.milestones))),
        (tables["indicators"], ngettext("%(num)s indicator", "%(num)s indicators", len(o.indicators))),
        (tables["events"], ngettext("%(num)s event", "%(num)s events", len(o.events))),
        (tables["legal"], ngettext("%(num)s document", "%(num)s documents", len(o.legal))),
        (tables["partners"], ngettext("%(num)s partner", "%(num)s partners", len(o.partners))),
        (tables["funding"], ngettext("%(num)s flow of money", "%(num)s flows of money", len(o.flows))),
        (tables["contradictions"], _("statements that do not agree, side by side") if o.claims else _("none found")),
        (tables["sources"], ngettext("%(num)s footnote", "%(num)s footnotes", len(o.footnotes))),
    ]


def _known(c: Cover, funding: Funding, sums: dict[str, Any]) -> None:
    """Totals and coverage, taken by formula from the sheet of funding."""
    sheet = sums["ws"].title.replace("'", "''")
    for code, (amount, money) in sums["totals"].items():
        about = '"≈\u00a0"' if funding.sums[code].approximate else ""
        c.formula(
            _("In total, %(currency)s", currency=code),
            f"'{sheet}'!{amount}",
            money.decimal,
            f'{about}{AMOUNT[decimals_of(code)]}"\u00a0{code}"',
        )
    if not sums["totals"]:
        c.line(_("In total"), _("not stated"))
    known, within, total = (f"'{sheet}'!{place}" for place, _number in sums["coverage"])
    numbers = dict(zip(("known", "within", "total"), (number for _place, number in sums["coverage"]), strict=True))
    words = _("an amount is known for {known} of {total} projects; {within} more lie within such a project")
    spelled = _spelled(words, known=known, total=total, within=within)
    c.formula(_("Coverage"), spelled, words.format(**numbers), about=words)
    c.line("", _("Each amount counts once, where it was given. Currencies are not converted; unknown is not zero."))


def _spelled(words: str, **places: str) -> str:
    """A sentence with cells in it as a formula: `"known for "&A1&" of "&A2`."""
    parts = re.split(r"\{(\w+)\}", words)
    quoted = [places[part] if n % 2 else '"' + part.replace('"', '""') + '"' for n, part in enumerate(parts)]
    return "&".join(part for part in quoted if part != '""')


def _missing(overview: Overview) -> list[str]:
    found = [
        _("Activities and risks of projects: the overview does not hold them."),
        _("Amounts that no source states. They are written as “not stated”, never as zero."),
        _("The Czech share of joint money: no source states it."),
        _("Records the person who made the file may not see."),
    ]
    if overview.scope.certainty == "documents":
        found.insert(0, _("What only public sources state, and what is unsure."))
    elif overview.scope.certainty == "public":
        found.insert(0, _("What is unsure or has no source."))
    return found


def _legend() -> list[tuple[str, str]]:
    marks = [(f"{MARKS[code]}1", codes.label("certainties", code, lang())) for code in ("document", "public", "unsure")]
    return [
        *((mark, _("footnote 1, %(certainty)s", certainty=certainty)) for mark, certainty in marks),
        ("≈", _("rounded or estimated by its source; so is every total that holds such an amount")),
        (_("not stated"), _("no source that this overview relies on says it; it is not zero")),
        (
            _("within the initiative"),
            _("the money was given to the umbrella project as a whole and no source divides it"),
        ),
        (_("planned: …"), _("only a planned date is known")),
    ]
