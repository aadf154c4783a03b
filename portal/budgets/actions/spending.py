"""Claiming expenditure in a due report, and what the report says of each line."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy.orm import Session

from portal.budgets.models import Expenditure, ReportLine
from portal.budgets.queries import last_place, report_line
from portal.budgets.rules import CODE, LARGEST, MOST_UNITS, RESERVE, heading_of
from portal.funding.models import Contract
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, Refused
from portal.kernel.permission import Actor, need
from portal.kernel.settling import settle
from portal.obligations.models import DueReport
from portal.obligations.rules import ON_MONEY
from portal.sources.facts import NOTHING, Pair

UNITS = ("code", "document", "paid", "payee", "amount", "quantity", "explanation")
OF_LINE = ("expected_units", "expected")


def claim(s: Session, actor: Actor, report: DueReport, values: Mapping[str, object]) -> Expenditure:
    """Add an item to a report in preparation. Units: code (of the line), document, paid (date, None: not known), payee, amount
    (Money in the currency of the document), quantity (Decimal or None), explanation. What is only doubtful is taken and shown.

    Raises InvalidInput {unit: code}; Refused where the report is not in preparation, or not on the money of a contract.
    """
    need(actor, "due_report.edit", report)
    made = Expenditure(
        due_report_id=report.id, place=last_place(s, Expenditure.__table__, "due_report_id", report.id) + 1
    )
    _put(report, made, values)
    s.add(made)
    settle(s, [report])
    return made


def correct_claim(
    s: Session, actor: Actor, report: DueReport, row: Expenditure, values: Mapping[str, object]
) -> Expenditure:
    """Change units of an item of a report in preparation."""
    need(actor, "due_report.edit", report)
    _put(report, row, {unit: getattr(row, unit) for unit in UNITS} | dict(values))
    settle(s, [report])
    return row


def take_claim_away(s: Session, actor: Actor, report: DueReport, row: Expenditure) -> None:
    """Take an item out of a report in preparation; history keeps it."""
    need(actor, "due_report.edit", report)
    _need_open(report)
    s.delete(row)
    settle(s, [report])


def say_of_line(
    s: Session, actor: Actor, report: DueReport, code: str, values: Mapping[str, object], currency: str | None
) -> ReportLine | None:
    """Explain the variation of a line, and say what is expected of it in the period after: units `explanation` (Pair), `in_step`
    (whether both languages of it say the same), `expected_units` (Decimal or None) and `expected` (Money, the value of one unit,
    in the contract's `currency`). InvalidInput {unit: code}."""
    need(actor, "due_report.edit", report)
    _need_open(report)
    row = report_line(s, report.id, code)
    now: dict[str, object] = {}
    if row is not None:
        now = {unit: getattr(row, unit) for unit in OF_LINE} | {
            "explanation": Pair(row.explanation_cs, row.explanation_en)
        }
    said = {"explanation": NOTHING, "expected_units": None, "expected": None} | now | dict(values)
    units, value = said["expected_units"], said["expected"]
    if (units is None) != (value is None):
        raise InvalidInput({"expected" if value is None else "expected_units": "forecast_by_halves"})
    if value is not None and value.currency != currency:
        raise InvalidInput({"expected": "not_the_currency_of_the_budget"})
    if units is not None and (units < 0 or units > MOST_UNITS or value.minor < 0 or units * value.minor > LARGEST):
        raise InvalidInput({"expected_units": "units_impossible"})
    if not CODE.fullmatch(code):
        raise InvalidInput({"": "no_such_line"})
    if row is None:
        if not said["explanation"] and units is None:
            return None
        row = ReportLine(due_report_id=report.id, code=code)
        s.add(row)
    row.explanation_cs, row.explanation_en = said["explanation"].cs, said["explanation"].en
    row.expected_units, row.expected, row.in_step = units, value, bool(values.get("in_step"))
    settle(s, [report])
    return row


def _put(report: DueReport, row: Expenditure, values: Mapping[str, object]) -> None:
    _need_open(report)
    code, amount, quantity, paid = (values.get(unit) for unit in ("code", "amount", "quantity", "paid"))
    found = {}
    if not code or not CODE.fullmatch(str(code)):
        found["code"] = "no_such_line"
    elif heading_of(str(code)) == RESERVE:
        found["code"] = "reserve_is_not_spent"
    if not values.get("document"):
        found["document"] = "document_missing"
    if amount is None or amount.minor == 0:
        found["amount"] = "amount_missing"
    elif abs(amount.minor) > LARGEST:
        found["amount"] = "amount_too_large"
    if isinstance(quantity, Decimal) and abs(quantity) > MOST_UNITS:
        found["quantity"] = "units_impossible"
    if paid is not None and paid > clock.today():
        found["paid"] = "in_the_future"
    if found:
        raise InvalidInput(found)
    row.code, row.document, row.paid, row.amount, row.quantity = (
        str(code),
        str(values["document"]),
        paid,
        amount,
        quantity,
    )
    row.payee, row.explanation = str(values.get("payee") or ""), str(values.get("explanation") or "")


def _need_open(report: DueReport) -> None:
    if not isinstance(report.obligation.of, Contract) or report.obligation.kind_code not in ON_MONEY:
        raise Refused("not_on_money")
    if not report.is_open:
        raise Refused("report_closed")
