"""Writing the lines of a draft."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy.orm import Session

from portal.budgets.models import Budget, BudgetLine
from portal.budgets.queries import last_place, lines
from portal.budgets.rules import DRAFT, Line, problems_of_line
from portal.kernel.errors import InvalidInput, Refused
from portal.kernel.permission import Actor, need
from portal.kernel.settling import settle
from portal.sources.facts import Pair


def write_line(s: Session, actor: Actor, budget: Budget, values: Mapping[str, object]) -> BudgetLine:
    """Add a line to a draft. Units: code, name (Pair), unit, number (Decimal), value (Money in the budget's currency). Raises
    InvalidInput {unit: code}; Refused where the budget is agreed."""
    need(actor, "budget.edit", budget)
    place = last_place(s, BudgetLine.__table__, "budget_id", budget.id) + 1
    made = BudgetLine(budget_id=budget.id, place=place)
    _put(s, budget, made, values)
    s.add(made)
    settle(s, [budget])
    return made


def edit_line(s: Session, actor: Actor, budget: Budget, row: BudgetLine, values: Mapping[str, object]) -> BudgetLine:
    """Change units of a line of a draft."""
    need(actor, "budget.edit", budget)
    now = {
        "code": row.code,
        "name": Pair(row.name_cs, row.name_en),
        "unit": row.unit,
        "number": row.number,
        "value": row.value,
    }
    _put(s, budget, row, now | dict(values))
    settle(s, [budget])
    return row


def take_line_away(s: Session, actor: Actor, budget: Budget, row: BudgetLine) -> None:
    """Take a line out of a draft; history keeps it."""
    need(actor, "budget.edit", budget)
    _need_draft(budget)
    s.delete(row)
    settle(s, [budget])


def _put(s: Session, budget: Budget, row: BudgetLine, values: Mapping[str, object]) -> None:
    _need_draft(budget)
    found, value, number = {}, values.get("value"), values.get("number")
    name = values.get("name")
    if not (name and (name.cs or name.en)):
        found["name"] = "name_missing"
    if value is None:
        found["value"] = "value_missing"
    elif value.currency != budget.currency:
        found["value"] = "not_the_currency_of_the_budget"
    if not isinstance(number, Decimal):
        found["number"] = "units_missing"
    others = [one.code for one in lines(s, budget.id)[budget.id] if one is not row]
    line = Line(str(values.get("code") or ""), number or Decimal(0), value.minor if value else 0)
    found = problems_of_line(line, others) | found
    if found:
        raise InvalidInput(found)
    row.code, row.number, row.value = line.code, number, value
    row.name_cs, row.name_en, row.unit = name.cs, name.en, values.get("unit") or ""


def _need_draft(budget: Budget) -> None:
    if budget.state != DRAFT:
        raise Refused("budget_agreed")
