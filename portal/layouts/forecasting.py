"""Forecast and follow-up of a financial report: what was forecast of the period beside what it cost, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping

from portal.budgets.queries import Incurred, IncurredLine
from portal.budgets.rules import Line, parts_of
from portal.kernel.money import decimals_of
from portal.layouts.grid import SUM, Formula, Grid, GridColumn, GridRow, Value
from portal.layouts.prag import LABEL, amount, difference, headings, heads, leave_unknown, names_of, planned
from portal.web.formats import unknown_text
from portal.web.i18n import gettext as _


def forecast(found: Incurred, lang: str, records: tuple[int, ...], final: bool = False) -> Grid:
    """What was forecast of the period beside what it cost, and the forecast of the next one; a final report has none."""
    currency = found.currency or ""
    past, coming = _("This period"), _("The next period")
    columns = (
        *LABEL, GridColumn("forecast", *heads("Předpověď", "Forecast", currency), 16, band=past),
        GridColumn("real", *heads("Skutečnost", "Real", currency), 16, band=past),
        GridColumn("difference", *heads("Rozdíl", "Difference", currency), 16, band=past),
    )  # fmt: skip
    after = () if final else (
        GridColumn("next_number", "Počet jednotek", "# of units", 11, "number", coming),
        GridColumn("next_value", *heads("Jednotková cena", "Unit cost", currency), 15, band=coming),
        GridColumn("next_total", *heads("Náklady", "Costs", currency), 16, band=coming),
    )  # fmt: skip
    lines = {line.code: line for line in found.lines}

    def made(code: str) -> dict[str, Value]:
        line: IncurredLine = lines[code]
        told: Mapping[str, Value] = {"forecast": amount(line.forecast.total, currency)} if line.forecast else {}
        gap = Formula(difference("real", "forecast"), amount(_less(line.incurred, line.forecast), currency))
        return {
            **told, "real": amount(line.incurred, currency), "difference": gap if line.forecast else None,
            **({} if final else planned(line.expected, currency, "next_")),
        }  # fmt: skip

    sums = {"forecast": found.forecast, "real": found.incurred} | ({} if final else {"next_total": found.expected})
    rows = headings(lines, made, sums, currency, names_of({c: one.row for c, one in lines.items()}, lang), records)
    leave_unknown(rows, found, found.unsaid.incurred, "real", ("difference",))
    _leave_unforecast(rows, "forecast", {line.code for line in found.lines if line.forecast})
    _leave_unforecast(rows, "next_total", {line.code for line in found.lines if line.expected})
    title = "Předpověď a skutečnost", "Forecast and follow-up"
    return Grid(
        "forecast", *title, (*columns, *after), rows, decimals_of(currency),
        [_("A sum of a forecast adds the lines of which one is written.")],
    )  # fmt: skip


def _leave_unforecast(rows: list[GridRow], column: str, codes_: set[str]) -> None:
    """Say of the sums over no line with a forecast that none is known: it is not one of nothing."""
    known = {f"heading:{heading}" for code in codes_ for heading in parts_of(code)}
    for row in rows:
        if row.key not in known and isinstance(row.values.get(column), Formula) and row.kind == SUM:
            row.values[column] = unknown_text()


def _less(real: int, forecast: Line | None) -> int:
    return real - (forecast.total if forecast else 0)
