"""The money of a report: totals of the cost headings, usual lines of PRAG Annex III, and all lines of the budget as rows.

A line or heading stands where a row that begins with its number crosses a column of budget, period or cumulated costs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from portal.budgets import wording
from portal.budgets.models import ReportLine
from portal.budgets.queries import Claimed, Incurred, IncurredLine, incurred, report_lines
from portal.budgets.rules import CODE, HEADINGS, parts_of
from portal.donor_workbooks.catalogue.reading import NOT_STATED, doubts, in_language, in_words
from portal.donor_workbooks.catalogue.registry import (
    Asked,
    Found,
    Offer,
    about,
    known,
    known_money,
    nothing,
    numbered,
    offer,
    source,
    unknown,
)
from portal.donor_workbooks.rules.ways import EXPLANATION as EXPLAINED
from portal.donor_workbooks.rules.ways import FACT, ITEM, LINE, MONEY, RATE, RECORD, SPENDING, Way
from portal.funding.models import Contract
from portal.funding.queries import sees_all_under
from portal.kernel.errors import N_
from portal.kernel.money import Money
from portal.kernel.pairs import older_of
from portal.kernel.when import When
from portal.rates.rules import Conversion
from portal.rates.wording import rates_named
from portal.web.formats import money_text, unknown_text
from portal.web.i18n import gettext, speaking

LINES = (
    "1.1.1", "1.1.2", "1.2", "1.3.1", "1.3.2", "1.3.3", "2.1", "2.2", "3.1", "3.2", "3.3", "3.4", "3.5", "4.1", "4.2", "4.3",
    "4.4", "5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "5.7", "5.8",
)  # fmt: skip
"""The lines that public copies of Annex III have. A contract may have others: these are offered where the file names them."""
NO_MONEY = N_("the report is not on the money of a contract")
NO_BUDGET = N_("no agreed budget holds at the end of the period")
UNWRITTEN = N_("no expenditure of the period is written down")
UNWRITTEN_BEFORE = N_("no expenditure of a period before this one is written down")
NO_LINE = N_("the budget has no such line")
ABSENT = N_("some expenditure has no amount in the currency of the contract and is not in it")
COLUMNS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("budget", N_("total by the budget"), (
        "Total cost", "Total cost (in EUR)", "Total (a)×(b)", "Budget", "Rozpočet", "Náklady celkem",
    )),
    ("incurred", N_("costs of the period"), (
        "Costs incurred in the period", "Incurred in the period", "In the period", "Náklady v období", "V období",
        "Spent this period", "Spent in this period", "Spent in the period", "Spent in the reporting period", "Costs this period",
        "This period.", "Náklady za období", "Čerpáno v období", "Vynaloženo v období",
    )),
    ("before", N_("costs before the period"), (
        "Cumulated before", "Cumulated costs before present report", "Before", "Dříve",
        "Cumulative before", "Cumulative costs before", "Spent before", "Spent previously", "Previously spent",
        "Spent in previous periods", "Čerpáno dříve", "Vynaloženo dříve", "Čerpáno v předchozích obdobích",
    )),
    ("to_date", N_("costs to date"), (
        "Cumulated to date", "Cumulated costs to date", "To date", "Dosud", "Celkem dosud",
        "Cumulative to date", "Cumulative costs to date", "Cumulative costs.", "Cumulative.", "Cumulated.", "Spent to date",
        "Total spent to date", "Kumulativně.", "Čerpáno celkem.", "Čerpáno dosud", "Vynaloženo celkem.", "Vynaloženo dosud",
    )),
)  # fmt: skip
SPENT = ("incurred", "before", "to_date")
"""The columns that are sums of what was spent."""


def _money(asked: Asked) -> Incurred | None:
    return asked.once("money", lambda: incurred(asked.s, asked.actor, asked.report))


def _of(asked: Asked, read: Callable[[Incurred, str], Found]) -> Found:
    """A value of the money of the report, in the currency of its budget."""
    found = _money(asked)
    if found is None:
        return unknown(NO_MONEY)
    asked.says(*found.records)
    if found.version is None or found.currency is None:
        asked.mended(RECORD, found.contract.id, "budget")
        return unknown(NO_BUDGET)
    return read(found, found.currency)


def _amount(
    asked: Asked, found: Incurred, of: str | int, minor: int, column: str, within: Callable[[str], bool]
) -> Found:
    """An amount of a line or heading (`of`), with the items that it adds, those `within`, and the rates by which they were
    converted. Where one of them could not be, that is told beside it."""
    if column in ("incurred", "to_date") and of in found.unsaid.incurred:
        return unknown(UNWRITTEN)
    if column in ("before", "to_date") and of in found.unsaid.before:
        return unknown(UNWRITTEN_BEFORE)
    items = {"incurred": found.items, "before": found.items_before, "to_date": [*found.items_before, *found.items]}
    mine = [one for one in items.get(column, ()) if within(one.row.code)]
    for one in mine:
        made = one.conversion
        if isinstance(made, Conversion):
            told = f"{one.row.document or '–'} ({one.row.code}), {_paid(one, asked.language)}: "
            told += money_text(one.row.amount, asked.language)
            if made.used != "none":
                asked.behind.rates |= dict.fromkeys(rates_named(made))
                told += f" = {money_text(made.amount, asked.language)}"
            asked.behind.items.append(told)  # two of the same words are two amounts
    absent = any(not isinstance(one.conversion, Conversion) for one in mine)
    told = [doubt for fact in _converting(mine) for doubt in doubts(asked, found.contract, fact)]
    return known_money(Money(minor, str(found.currency)), ABSENT if absent else "", *told)


def _converting(items: Iterable[Claimed]) -> list[str]:
    """The facts of the contract by which any of these amounts were converted."""
    used = {one.conversion.used for one in items if isinstance(one.conversion, Conversion)} - {"none"}
    terms = ["rate_regime", "rounding"] if used else []
    return [*terms, "fixed_rate", "fixed_currency"] if "fixed" in used else terms


def _paid(one: Claimed, language: str) -> str:
    """The day an item was paid, or that it is not stated."""
    if one.row.paid is not None:
        return in_words(When(one.row.paid.isoformat()), language)
    with speaking(language):
        return unknown_text()


def stops(asked: Asked, keys: Iterable[str]) -> list[tuple[str, Way | None]]:
    """Why these values cannot be written, in words, each with where it is mended: amounts are missing in them, nothing is
    written down of the period, or what they rest on is hidden from the actor."""
    mine = [key for key in keys if key.startswith(("money.", "lines."))]
    held = asked.report.obligation.of
    unseen = (
        isinstance(held, Contract)
        and any(key.startswith("payments.") for key in keys)
        and not sees_all_under(asked.s, asked.actor, held.id)
    )
    found = _money(asked) if mine else None
    if found is None or found.version is None:
        return [(gettext(wording.UNSEEN), None)] if unseen else []
    if not any(key.rpartition(".")[2] in SPENT for key in mine):  # what is budgeted rests on the versions alone
        return [(gettext(wording.UNSEEN), None)] if unseen or not found.whole() else []
    told = [(one.text, _way(one, found)) for one in wording.stopping(found)]
    return told if not unseen or not found.whole() else [(gettext(wording.UNSEEN), None), *told]


def _way(one: wording.Stop, found: Incurred) -> Way | None:
    """Where it is mended; nowhere by whoever may not see what the sums rest on."""
    return {
        "unseen": None, "silent": Way(SPENDING), "rate": Way(RATE, at=one.at), "contract": Way(FACT, found.contract.id, one.at),
        "item": Way(ITEM, one.place, one.at), "before": Way(MONEY, at="lines"),
    }[one.what]  # fmt: skip


def _heading(heading: int, column: str) -> Callable[[Asked], Found]:
    def value(asked: Asked) -> Found:
        def of(found: Incurred, _currency: str) -> Found:
            asked.mended(MONEY, at="lines")
            return _amount(
                asked, found, heading, getattr(found, column)[heading], column, lambda code: heading in parts_of(code)
            )

        return _of(asked, of)

    return value


Reader = Callable[[Asked, Incurred, IncurredLine], Found]


def _line(code: str, read: Reader) -> Callable[[Asked], Found]:
    def value(asked: Asked) -> Found:
        def of(found: Incurred, _currency: str) -> Found:
            line = next((one for one in found.lines if one.code == code), None)
            return nothing(NO_LINE) if line is None else read(asked, found, line)

        return _of(asked, of)

    return value


def _cell(column: str) -> Reader:
    def read(asked: Asked, found: Incurred, line: IncurredLine) -> Found:
        asked.mended(LINE, at=line.code)
        if column == "budget":
            return (
                nothing(NO_LINE) if line.budget is None else known_money(Money(line.budget.total, str(found.currency)))
            )
        return _amount(asked, found, line.code, getattr(line, column), column, lambda code: code == line.code)

    return read


def _explained(asked: Asked, _found: Incurred, line: IncurredLine) -> Found:
    """Why a line varies, in the language asked for; nothing to say of one that does not have to be explained."""
    asked.mended(EXPLAINED, at=line.code)
    row = asked.once(("said", asked.report.id), lambda: _said(asked)).get(line.code)
    if row is None or not line.explanation:
        return unknown(NOT_STATED) if line.varies else nothing()
    ages = asked.once(("ages", asked.report.id), lambda: _ages(asked))
    return in_language(line.explanation, asked.language, ages.get((asked.report.id, line.code)))


def _said(asked: Asked) -> dict[str, ReportLine]:
    return report_lines(asked.s, [asked.report.id])[asked.report.id]


def _ages(asked: Asked) -> dict[tuple, str | None]:
    return older_of(asked.s, list(_said(asked).values()), "explanation")


def lines(asked: Asked) -> list[IncurredLine] | None:
    """All lines of the budget and of what was spent, by their numbers; None of a report that is not on money."""
    found = _money(asked)
    return None if found is None or found.version is None else list(found.lines)


def _row(read: Reader) -> Callable[[Asked, IncurredLine], Found]:
    return lambda asked, line: _of(asked, lambda found, _c: read(asked, found, line))


def _planned(part: Callable[[Any], Any]) -> Reader:
    return lambda _asked, found, line: nothing(NO_LINE) if line.budget is None else known(part(line.budget))


EXPLANATION = (
    "Explanation",
    "Explanation of variation",
    "Explanation for all variations",
    "Vysvětlení",
    "Vysvětlení odchylky",
)
about("money", N_("Money"))
for _n in HEADINGS:
    for _column, _label, _heads in COLUMNS:
        _key = f"money.heading{_n}.{_column}"
        offer(_key, _label, (str(_n),), _heading(_n, _column), heads=_heads, number=str(_n))


def _of_line(code: str) -> list[Offer]:
    """The values of a line of the budget, whichever a contract has; none of what is no number of a line, or that of a group."""
    if not CODE.fullmatch(code) or "." not in code or any(one.startswith(f"{code}.") for one in LINES):
        return []
    columns = [
        Offer(f"money.{code}.{column}", label, (code,), _line(code, _cell(column)), heads, number=code)
        for column, label, heads in COLUMNS
    ]
    why = N_("explanation of the variation")
    return [
        *columns,
        Offer(f"money.{code}.explanation", why, (code,), _line(code, _explained), EXPLANATION, number=code),
    ]


numbered(LINES, _of_line)
source("lines", N_("Lines of the budget"), lines, lambda one: one.code)
offer(
    "lines.code", N_("Number of the line"), ("No.", "No", "Č."), _row(lambda _a, _f, one: known(one.code)), rows="lines"
)
offer(
    "lines.name", N_("Name of the line"), ("Costs", "Cost heading", "Náklady"),
    _row(lambda asked, _f, one: known(one.row.name(asked.language)) if one.row else unknown(NOT_STATED)), rows="lines",
)  # fmt: skip
offer(
    "lines.unit", N_("Unit"), ("Unit", "Jednotka"),
    _row(lambda _a, _f, one: known(one.row.unit) if one.row and one.row.unit else unknown(NOT_STATED)), rows="lines",
)  # fmt: skip
offer(
    "lines.number", N_("Number of units"), ("# of units", "Number of units", "Počet jednotek"),
    _row(_planned(lambda one: one.number)), rows="lines",
)  # fmt: skip
offer(
    "lines.value", N_("Value of a unit"), ("Unit value", "Unit value (in EUR)", "Unit cost", "Jednotková cena"),
    _row(
        lambda _a, f, one: nothing(NO_LINE) if one.budget is None
        else known_money(Money(one.budget.unit_value, str(f.currency)))
    ),
    rows="lines",
)  # fmt: skip
for _column, _label, _heads in COLUMNS:
    offer(f"lines.{_column}", _label, _heads, _row(_cell(_column)), rows="lines")
offer("lines.explanation", N_("explanation of the variation"), EXPLANATION, _row(_explained), rows="lines")
