"""What of budgets is searched: their names, and the names of their lines."""

from __future__ import annotations

from sqlalchemy import select

from portal.budgets.models import BudgetLine
from portal.kernel.settling import searchable
from portal.kernel.words import BODY, NAME
from portal.partners.texts import names


def _budget(s, budgets):
    for one in budgets:
        yield from names(one.id, one, NAME)
    lines = s.scalars(select(BudgetLine).where(BudgetLine.budget_id.in_([one.id for one in budgets])))
    for line in lines:
        yield line.budget_id, line.budget_id, line.name_cs, "cs", BODY
        yield line.budget_id, line.budget_id, line.name_en, "en", BODY


searchable("budget", _budget)
