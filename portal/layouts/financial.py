"""The financial report of a contract as Annex VI of PRAG lays it out: a layout of our own, with live formulas.

Sheets: information, report by cost headings, forecast and follow-up, sources of funding, addenda and contingencies, expenditure.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from portal.budgets import wording
from portal.budgets.queries import (
    Claimed,
    Comparison,
    Incurred,
    Version,
    comparison,
    incurred,
    nothing_of,
)
from portal.budgets.rules import BY_ADDENDUM, HEADINGS, ORIGINAL, Variation
from portal.budgets.rules import order as by_number
from portal.funding.queries import sees_all_under
from portal.kernel import codes
from portal.kernel.errors import InvalidInput
from portal.kernel.money import Money, decimals_of
from portal.layouts import prag
from portal.layouts.draft import Draft, Row, Table
from portal.layouts.financing import sources_of_funding
from portal.layouts.forecasting import forecast
from portal.layouts.grid import At, Formula, Grid, GridColumn, Value
from portal.layouts.material import in_language
from portal.layouts.order import Order
from portal.layouts.prag import LABEL, amount, headings, heads, leave_unknown, names_of, planned
from portal.rates.rules import Conversion
from portal.rates.wording import absent_text, rate_text, rates_named
from portal.web.formats import number, when_text
from portal.web.i18n import gettext as _
from portal.workbooks.columns import Column, Sheet

FINAL = "final_financial"


@dataclass
class Fact:
    label: str
    value: str


INFORMATION = Sheet(
    "information", "Informace", "Information",
    (
        Column("label", "Údaj", "Fact", "text", lambda one, lang: one.label, 40),
        Column("value", "Hodnota", "Value", "long", lambda one, lang: one.value, 80),
    ),
)  # fmt: skip
SPENT = Sheet(
    "expenditure", "Výdaje", "Expenditure",
    (
        Column("line", "Řádek", "Line", "text", lambda one, lang: one.row.code, 8),
        Column("document", "Doklad", "Document", "text", lambda one, lang: one.row.document, 20),
        Column("paid", "Zaplaceno", "Paid on", "day", lambda one, lang: one.row.paid, 13),
        Column("payee", "Komu", "To whom", "text", lambda one, lang: one.row.payee, 26),
        Column("amount", "Částka dokladu", "Amount of the document", "money", lambda one, lang: one.row.amount, 16),
        Column("rate", "Kurz za 1 EUR", "Rate for 1 EUR", "text", lambda one, lang: _rate(one), 18, empty=""),
        Column("claimed", "V měně smlouvy", "In the currency of the contract", "money", lambda one, lang: _claimed(one), 16),
        Column("steps", "Jak se přepočetlo", "How it was converted", "long", lambda one, lang: _steps(one), 44, empty=""),
        Column("explanation", "Poznámka", "Note", "long", lambda one, lang: one.row.explanation, 30, empty=""),
    ),
)  # fmt: skip


def draft(order: Order) -> tuple[Draft, list[tuple[int, str]]]:
    """InvalidInput {layout} where the report is none on the money of a contract, or no agreed budget holds at its end."""
    found = incurred(order.s, order.actor, order.report)
    if found is None:
        raise InvalidInput({"layout": "layout_needs_contract"})
    if found.version is None or found.currency is None:
        raise InvalidInput({"layout": "layout_needs_budget"})
    shown = _shown(order, found.version)
    records = found.records
    tables: list[Table | Grid] = [
        Table(INFORMATION, _information(order, found)), report(found, shown, order.lang, records),
        forecast(found, order.lang, records, _final(order)), sources_of_funding(order, found),
        *([prag.compared(shown, order.lang)] if shown else []),
        Table(SPENT, [_item(one, records) for one in found.items]),
    ]  # fmt: skip
    name = found.contract.name(order.lang)
    about = f"{name}; {when_text(order.report.period)}"
    cs, en = ("Závěrečná finanční zpráva", "Final financial report") if _final(order) else (
        "Průběžná finanční zpráva", "Interim financial report"
    )  # fmt: skip
    return Draft(cs, en, about, tables, _rates(found)), []


def stops(order: Order) -> list[str]:
    """What the report must not be sent with: amounts that are in no sum, a period of which nothing is written down, sums that are
    short of what the sender may not see."""
    found = incurred(order.s, order.actor, order.report)
    if found is None or found.version is None:
        return []
    unseen = not sees_all_under(order.s, order.actor, found.contract.id)
    return list(dict.fromkeys([*([_(wording.UNSEEN)] if unseen else []), *wording.stops(found)]))


def stops_of_budget(order: Order) -> list[str]:
    """That a version of the budget may be hidden from the sender, so that another would be told as the one in force."""
    found = incurred(order.s, order.actor, order.report)
    return [] if found is None or found.whole() else [_(wording.UNSEEN)]


def budget(order: Order) -> tuple[Draft, list[tuple[int, str]]]:
    """The budget in force at the end of the period, and what it changed. InvalidInput {layout} as `draft`."""
    found = incurred(order.s, order.actor, order.report)
    if found is None:
        raise InvalidInput({"layout": "layout_needs_contract"})
    if found.version is None:
        raise InvalidInput({"layout": "layout_needs_budget"})
    shown = _shown(order, found.version)
    tables: list[Table | Grid] = [prag.budget(found.version, order.lang)]
    tables += [prag.compared(shown, order.lang)] if shown else []
    return Draft("Rozpočet akce", "Budget of the action", found.contract.name(order.lang), tables), []


def _final(order: Order) -> bool:
    return order.report.obligation.kind_code == FINAL


def _shown(order: Order, now: Version) -> Comparison | None:
    return comparison(order.s, order.actor, now.budget)


def _information(order: Order, found: Incurred) -> list[Row]:
    c, lang = found.contract, order.lang
    period = [when_text(one) for one in (c.start, c.end) if one]
    recipient = order.report.obligation.recipient
    told = (
        ("number", _("Contract number"), c.number or ""), ("title", _("Title of the action"), c.name(lang)),
        ("coordinator", _("Coordinator"), c.coordinator.name(lang) if c.coordinator else ""),
        ("recipient", _("Who gets it"), recipient.name(lang) if recipient else ""),
        ("implementation", _("Implementation period"), " – ".join(period) if len(period) == 2 else ""),
        ("period", _("Period of the report"), when_text(order.report.period)),
        ("currency", _("Currency"), found.currency or ""),
        ("regime", _("Exchange rates"), codes.label("rate_regimes", c.rate_regime, lang) if c.rate_regime else ""),
        ("share", _("Share of the Union"), f"{c.eu_share.normalize():f} %" if c.eu_share is not None else ""),
        ("absent", _("Items without an amount in this currency, in no sum"), str(found.absent + found.absent_before)),
    )  # fmt: skip
    ids = {"coordinator": c.coordinator_id, "recipient": order.report.obligation.recipient_id}
    return [
        Row(f"fact:{key}", Fact(label, value), tuple(i for i in (c.id, ids.get(key)) if i is not None))
        for key, label, value in told
    ]


def report(found: Incurred, shown: Comparison | None, lang: str, records: tuple[int, ...]) -> Grid:
    """Budget as per contract or last addendum, use of contingencies, this period, before, to date, variation, explanation."""
    currency, now = found.currency or "", found.version
    assert now is not None
    moved = shown is not None and now.budget.kind_code not in (ORIGINAL, BY_ADDENDUM)
    base = shown.old if shown and moved else now
    held = {line.code: line for line in base.lines}
    used = {line.code: line.used for line in shown.lines} if shown and moved else {}
    agreed, spent, variation = (
        _("Budget by the contract or its last addendum"),
        _("Incurred"),
        _("Variation from the budget"),
    )
    columns = (
        *LABEL, GridColumn("unit", "Jednotka", "Unit", 12, "text", agreed),
        GridColumn("number", "Počet jednotek", "# of units", 11, "number", agreed),
        GridColumn("value", *heads("Jednotková cena", "Unit value", currency), 14, band=agreed),
        GridColumn("total", *heads("Celkem", "Total", currency), 16, band=agreed),
        GridColumn("used", *heads("Přesun a rezerva", "Reallocation and contingencies", currency), 15),
        GridColumn("units", "Počet jednotek", "# of units", 11, "number", spent),
        GridColumn("incurred", *heads("V období", "In the period", currency), 16, band=spent),
        GridColumn("before", *heads("Dříve", "Before", currency), 16, band=spent),
        GridColumn("to_date", *heads("Dosud", "To date", currency), 16, band=spent),
        GridColumn("variation", *heads("Odchylka", "Amount", currency), 16, band=variation),
        GridColumn("percent", "V %", "In %", 10, "percent", variation),
        GridColumn("explanation", "Vysvětlení odchylky", "Explanation of the variation", 40, "long"),
    )  # fmt: skip
    # a line that a use of contingencies took away is in the sums of the old budget, so it is among the lines as well
    gone = {code: nothing_of(code, row) for code, row in base.by_code.items()}
    lines = gone | {line.code: line for line in found.lines}

    def made(code: str) -> dict[str, Value]:
        line = lines[code]
        row = base.by_code.get(code)
        return {
            "unit": (row.unit or None) if row else None, **planned(held.get(code), currency),
            "used": amount(used[code], currency) if used.get(code) else None, "units": line.units,
            "incurred": amount(line.incurred, currency), "before": amount(line.before, currency),
            "to_date": Formula(_both, amount(line.to_date, currency)),
            "variation": Formula(_varied, amount(line.variation.amount, currency)),
            "percent": Formula(_percent, _share(line.variation)),
            "explanation": in_language(line.explanation.cs, line.explanation.en, lang) or None,
        }  # fmt: skip

    zero = dict.fromkeys(HEADINGS, 0)
    sums = {
        "total": base.totals, "used": shown.used if shown and moved else zero, "incurred": found.incurred, "before": found.before,
    }  # fmt: skip
    names = names_of({code: one.row for code, one in lines.items()}, lang)
    rows = headings(sorted(lines, key=by_number), made, sums, currency, names, records)
    for row in rows:
        if row.key.startswith("heading:") and "to_date" not in row.values:
            told = found.variation(heading := int(row.key.split(":")[1]))
            row.values |= {
                "to_date": Formula(_both, amount(found.to_date[heading], currency)),
                "variation": Formula(_varied, amount(told.amount, currency)), "percent": Formula(_percent, _share(told)),
            }  # fmt: skip
    leave_unknown(rows, found, found.unsaid.incurred, "incurred", ("units", "to_date", "variation", "percent"))
    leave_unknown(rows, found, found.unsaid.before, "before", ("to_date", "variation", "percent"))
    return Grid("report", "Zpráva", "Report", columns, rows, decimals_of(currency), [_budget_words(now, lang)])


def _budget_words(now: Version, lang: str) -> str:
    held = now.budget
    return _("Budget in force at the end of the period: version %(n)s, %(name)s", n=held.edition, name=held.name(lang))


def _both(at: At) -> str:
    return f"{at('before')}+{at('incurred')}"


def _varied(at: At) -> str:
    return f"{at('to_date')}-{at('total')}-{at('used')}"


def _percent(at: At) -> str:
    planned_ = f"({at('total')}+{at('used')})"
    return f'IF({planned_}=0,"",ROUND({at("variation")}/{planned_}*100,2))'


def _share(told: Variation) -> Decimal | str:
    return "" if told.percent is None else told.percent


def _item(one: Claimed, records: tuple[int, ...]) -> Row:
    return Row(f"expenditure:{one.row.due_report_id}:{one.row.place}", one, records)


def _claimed(one: Claimed) -> Money | None:
    return one.conversion.amount if isinstance(one.conversion, Conversion) else None


def _rate(one: Claimed) -> str:
    made = one.conversion
    return rate_text(made.rate) if isinstance(made, Conversion) and made.used != "none" else ""


def _steps(one: Claimed) -> str:
    """Every rate in an amount with its source, or why there is no amount."""
    made = one.conversion
    if not isinstance(made, Conversion):
        return absent_text(made)
    if made.used == "none":
        return ""
    return "\n".join(
        [*rates_named(made), _("before rounding: %(amount)s", amount=f"{number(made.exact)} {made.amount.currency}")]
    )


def _rates(found: Incurred) -> list[str]:
    """The rates in the file, each once."""
    told = [
        text for item in found.items if isinstance(item.conversion, Conversion) for text in rates_named(item.conversion)
    ]
    return list(dict.fromkeys(told))
