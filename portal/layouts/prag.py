"""Budget and comparison of budgets by the cost headings of PRAG Annex III, with live formulas: a layout of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from portal.budgets.models import BudgetLine
from portal.budgets.queries import Codes, Comparison, Incurred, Version
from portal.budgets.rules import (
    DIRECT,
    HEADINGS,
    INDIRECT,
    RESERVE,
    SUBTOTAL,
    TOTAL,
    WITHOUT_RESERVE,
    Line,
    heading_of,
    share,
)
from portal.budgets.wording import heading_text
from portal.kernel.money import Money, decimals_of
from portal.layouts.grid import LINE, SUM, At, Formula, Grid, GridColumn, GridRow, Value
from portal.web.formats import unknown_text
from portal.web.i18n import gettext as _

SINGLE = (INDIRECT, RESERVE)
"""Headings that are one line each; the line stands at the heading itself."""
LABEL = (
    GridColumn("code", "Č.", "No.", 8, "text"),
    GridColumn("name", "Náklady", "Costs", 44, "text"),
)


def amount(minor: int, currency: str) -> Decimal:
    """Minor units as the number a cell holds."""
    return Money(minor, currency).decimal


def heads(words_cs: str, words_en: str, currency: str) -> tuple[str, str]:
    """The head of a column of amounts names their currency."""
    return f"{words_cs} ({currency})", f"{words_en} ({currency})"


def headings(
    codes: Iterable[str], made: Callable[[str], dict[str, Value]], sums: Mapping[str, Mapping[int, int]], currency: str,
    names: Mapping[str, str], records: tuple[int, ...],
) -> list[GridRow]:  # fmt: skip
    """The rows of all eleven headings with their lines. `made(code)` gives the cells of a line; `sums` by column: minor units by
    heading, which the formulas of the headings must give."""
    by_heading: dict[int, list[str]] = {heading: [] for heading in HEADINGS}
    for code in codes:
        by_heading[heading_of(code)].append(code)
    rows: list[GridRow] = []
    for heading in HEADINGS:
        mine = by_heading[heading]
        values: dict[str, Value] = {"code": str(heading), "name": heading_text(heading).split("\u00a0", 1)[1]}
        if heading in SINGLE and mine:
            values |= {k: v for k, v in made(mine[0]).items() if k not in ("code", "name")}
        else:
            values |= {
                column: Formula(_sum(column, heading, mine), amount(by[heading], currency))
                for column, by in sums.items()
            }
        rows.append(GridRow(f"heading:{heading}", SUM, values, records))
        if heading not in SINGLE:
            for code in mine:
                told = made(code)
                rows.append(GridRow(f"line:{code}", LINE, {"code": code, "name": names.get(code, ""), **told}, records))
    return rows


def _sum(column: str, heading: int, lines: Sequence[str]) -> Callable[[At], str]:
    """The formula of a heading: of its lines, or of the headings it adds up."""
    parts = {SUBTOTAL: DIRECT, WITHOUT_RESERVE: (SUBTOTAL, INDIRECT), TOTAL: (WITHOUT_RESERVE, RESERVE)}.get(heading)
    rows = [f"heading:{h}" for h in parts] if parts else [f"line:{code}" for code in lines]
    return lambda at: f"SUM({at.all(column, rows)})"


def leave_unknown(rows: Iterable[GridRow], found: Incurred, open_: Codes, spent: str, made: tuple[str, ...]) -> None:
    """Say in the column `spent` where it is not known what was spent (`open_`), and leave the columns `made` of it empty."""
    said = {f"line:{line.code}" for line in found.lines if line.code not in open_}
    said |= {f"heading:{heading}" for heading in HEADINGS if heading not in open_}
    for row in rows if open_ else ():
        if row.key not in said:  # a line that the budget does not have any more is in no list of the report
            row.values |= {spent: unknown_text(), **dict.fromkeys(made)}


def difference(new: str, old: str) -> Callable[[At], str]:
    """The formula of one column less another."""
    return lambda at: f"{at(new)}-{at(old)}"


def product(number: str, value: str, decimals: int) -> Callable[[At], str]:
    """The formula of a line: so many units at a value each, to the nearest minor unit of a currency with so many decimals."""
    return lambda at: f"ROUND({at(number)}*{at(value)},{decimals})"


def planned(line: Line | None, currency: str, prefix: str = "") -> dict[str, Value]:
    """The cells of a planned line: number of units, value of a unit, total by formula; none where there is no such line."""
    if line is None:
        return {}
    number, value, total = f"{prefix}number", f"{prefix}value", f"{prefix}total"
    return {
        number: line.number, value: amount(line.unit_value, currency),
        total: Formula(product(number, value, decimals_of(currency)), amount(line.total, currency)),
    }  # fmt: skip


def names_of(rows: Mapping[str, BudgetLine | None], lang: str) -> dict[str, str]:
    """By code: what a line is called."""
    return {code: row.name(lang) for code, row in rows.items() if row is not None}


def budget(version: Version, lang: str) -> Grid:
    """A version of a budget as Annex III lays it out, with the checks of its limits under it."""
    currency = version.currency
    columns = (
        *LABEL, GridColumn("unit", "Jednotka", "Unit", 14, "text"),
        GridColumn("number", "Počet jednotek", "# of units", 11, "number"),
        GridColumn("value", *heads("Jednotková cena", "Unit value", currency), 16),
        GridColumn("total", *heads("Náklady celkem", "Total cost", currency), 18),
    )  # fmt: skip
    by_code = {line.code: line for line in version.lines}

    def made(code: str) -> dict[str, Value]:
        return {"unit": version.by_code[code].unit or None, **planned(by_code[code], currency)}

    records = tuple(sorted({version.budget.id, version.budget.contract_id, version.budget.addendum_id} - {None}))
    rows = headings(by_code, made, {"total": version.totals}, currency, names_of(version.by_code, lang), records)
    rows += [*_limits(version, records), *_check(version, records)]
    return Grid("budget", "Rozpočet", "Budget", columns, rows, decimals_of(currency), [_which(version, lang)])


def _which(version: Version, lang: str) -> str:
    one = version.budget
    return _("Version %(n)s: %(name)s", n=one.edition, name=one.name(lang))


def _limits(version: Version, records: tuple[int, ...]) -> list[GridRow]:
    """What heading 8 and heading 10 are of heading 7, the most they may be, and whether they are within it."""
    within, over = _("within the limit"), _("OVER THE LIMIT")
    found = []
    for heading, percent in ((INDIRECT, version.limits.indirect), (RESERVE, version.limits.reserve)):
        allowed = share(version.totals[SUBTOTAL], percent)
        key, ten = f"limit:{heading}", f"heading:{heading}"
        words = _(
            "Heading %(heading)s may be at most %(percent)s %% of heading 7", heading=heading, percent=_plain(percent)
        )
        found.append(GridRow(key, SUM, {
            "name": words, "number": percent,
            "total": Formula(_most(key, decimals_of(version.currency)), amount(allowed, version.currency)),
        }, records))  # fmt: skip
        said = over if version.totals[heading] > allowed else within
        found.append(GridRow(f"{key}:told", SUM, {
            "name": _("Heading %(heading)s", heading=heading), "total": Formula(_said(ten, key, within, over), said),
        }, records))  # fmt: skip
    return found


def _most(key: str, decimals: int) -> Callable[[At], str]:
    return lambda at: f"ROUNDDOWN({at('total', 'heading:7')}*{at('number', key)}/100,{decimals})"


def _said(heading: str, limit: str, within: str, over: str) -> Callable[[At], str]:
    return lambda at: f'IF({at("total", heading)}>{at("total", limit)},"{over}","{within}")'


def _check(version: Version, records: tuple[int, ...]) -> list[GridRow]:
    """The sum of the file beside the sum of the portal."""
    told, agrees, differs = amount(version.totals[TOTAL], version.currency), _("agrees"), _("DIFFERS")
    decimals = decimals_of(version.currency)
    return [
        GridRow("told", SUM, {"name": _("The same by the portal’s figure"), "total": told}, records),
        GridRow("check", SUM, {"name": _("Check"), "total": Formula(
            lambda at: f'IF(ROUND({at("total", "heading:11")}-{at("total", "told")},{decimals})=0,"{agrees}","{differs}")',
            agrees,
        )}, records),
    ]  # fmt: skip


def _plain(percent: Decimal) -> str:
    return f"{percent.normalize():f}"


def compared(found: Comparison, lang: str) -> Grid:
    """Old budget, use of contingencies, new budget, line by line, as the sheet of addenda of Annex VI has them."""
    currency = found.new.currency
    old, use, new = _("Old budget"), _("Use of contingencies"), _("New budget")
    columns = (
        *LABEL,
        GridColumn("old_number", "Počet jednotek (a)", "# of units (a)", 11, "number", old),
        GridColumn("old_value", *heads("Jednotková cena (b)", "Unit value (b)", currency), 16, band=old),
        GridColumn("old_total", *heads("Celkem (a)×(b)", "Total (a)×(b)", currency), 17, band=old),
        GridColumn("used", *heads("Přesunuto", "Moved", currency), 24, band=use),
        GridColumn("new_number", "Počet jednotek (a)", "# of units (a)", 11, "number", new),
        GridColumn("new_value", *heads("Jednotková cena (b)", "Unit value (b)", currency), 16, band=new),
        GridColumn("new_total", *heads("Celkem (a)×(b)", "Total (a)×(b)", currency), 17, band=new),
        GridColumn("difference", *heads("Rozdíl", "Difference", currency), 17),
    )
    by_code = {line.code: line for line in found.lines}

    def made(code: str) -> dict[str, Value]:
        line = by_code[code]
        return {
            **planned(line.old, currency, "old_"), "used": amount(line.used, currency) if line.used else None,
            **planned(line.new, currency, "new_"),
            "difference": Formula(difference("new_total", "old_total"), amount(line.difference, currency)),
        }  # fmt: skip

    both = (found.old.budget, found.new.budget, *(one.budget for one in found.uses))
    records = tuple(sorted({i for one in both for i in (one.id, one.contract_id, one.addendum_id) if i is not None}))
    sums = {
        "old_total": found.old.totals, "used": found.used, "new_total": found.new.totals, "difference": found.difference,
    }  # fmt: skip
    rows = headings(by_code, made, sums, currency, names_of({c: one.row for c, one in by_code.items()}, lang), records)
    lines = [f"{old}: {_which(found.old, lang)}", f"{new}: {_which(found.new, lang)}"]
    return Grid(
        "comparison", "Dodatky a rezerva", "Addenda and contingencies", columns, rows, decimals_of(currency), lines
    )
