"""The rows of expenditure and of what reports say of lines, of reports that may be seen."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, func, inspect, select
from sqlalchemy.orm import Session

from portal.budgets.models import Budget, BudgetLine, Expenditure, ReportLine
from portal.kernel.db import Base
from portal.kernel.history import twin
from portal.kernel.money import Money
from portal.kernel.transaction import Change


def expenditure_of(s: Session, report_id: int, place: int) -> Expenditure | None:
    """One item of a report that may be seen."""
    return s.get(Expenditure, (report_id, place))


def unwritten_item(report_id: int, place: int, amount: Money, **columns: Any) -> Expenditure:
    """An item as it would be, in no session, so that nothing is written of it."""
    made = Expenditure(due_report_id=report_id, place=place, explanation="", **columns)
    made.amount = amount
    return made


def items_of(s: Session, report_ids: Collection[int]) -> list[Expenditure]:
    """The items of reports, in the order they were written."""
    asked = select(Expenditure).where(Expenditure.due_report_id.in_(report_ids))
    return list(s.scalars(asked.order_by(Expenditure.due_report_id, Expenditure.place)))


def report_line(s: Session, report_id: int, code: str) -> ReportLine | None:
    """What a report says of a line, where it says anything."""
    return s.get(ReportLine, (report_id, code))


def report_lines(s: Session, report_ids: Collection[int]) -> dict[int, dict[str, ReportLine]]:
    """By report, by code: what it says of its lines."""
    found: dict[int, dict[str, ReportLine]] = {i: {} for i in report_ids}
    for one in s.scalars(select(ReportLine).where(ReportLine.due_report_id.in_(report_ids))):
        if one.explanation_cs or one.explanation_en or one.expected_units is not None:
            found[one.due_report_id][one.code] = one
    return found


def last_place(s: Session, table, owner: str, owner_id: int) -> int:
    """The last place ever given out among the rows of one record: a place that was taken away is not given out again."""
    then = twin(table).c
    return s.scalar(select(func.max(then.place)).where(then[owner] == owner_id)) or 0


def was_line(s: Session, budget_id: int, place: int) -> bool:
    """Whether a budget ever had a line at a place."""
    return 0 < place <= last_place(s, BudgetLine.__table__, "budget_id", budget_id)


def was_item(s: Session, report_id: int, place: int) -> bool:
    """Whether a report ever had an item at a place."""
    return 0 < place <= last_place(s, Expenditure.__table__, "due_report_id", report_id)


def held_editions(s: Session, contract_id: int) -> int:
    """How many versions of a contract's budget were ever written, those the actor does not see among them."""
    return s.scalar(select(func.max(Budget.edition)).where(Budget.contract_id == contract_id)) or 0


def row_then(s: Session, row: Base, version: int) -> dict[str, Any] | None:
    """The columns of a row as it came to `version`, from where a form was drawn; None if it never rested there."""
    then = twin(row.__table__)
    asked = select(then).where(*_same(then, row), then.c.version == version).order_by(then.c.change_from).limit(1)
    found = s.execute(asked).mappings().one_or_none()
    return dict(found) if found else None


def last_written(s: Session, row: Base) -> tuple[str, datetime] | None:
    """(name, instant) of who wrote a row as it stands."""
    then = twin(row.__table__)
    asked = select(Change.actor_name, Change.at).join(then, then.c.change_from == Change.id)
    found = s.execute(asked.where(*_same(then, row), then.c.change_to.is_(None))).one_or_none()
    return (found.actor_name, found.at) if found else None


def _same(then: Table, row: Base) -> list[ColumnElement[bool]]:
    return [then.c[key.name] == getattr(row, key.name) for key in inspect(type(row)).primary_key]
