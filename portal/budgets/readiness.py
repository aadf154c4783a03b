"""What the readiness of a report on money asks besides: limits, explanations, costs outside its period, documents twice."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from portal.budgets.queries import checks, incurred
from portal.kernel.permission import Actor
from portal.obligations.models import DueReport
from portal.obligations.readiness import THERE, Item, also_needed


def money_needed(s: Session, actor: Actor, report: DueReport) -> Iterator[Item]:
    """Each thing of `queries.checks`; that the money stands as it should, where there is none."""
    found = incurred(s, actor, report)
    if found is None:
        return
    told = checks(s, actor, found)
    for one in told:
        of = (
            found.version.budget
            if found.version and one.what in ("indirect_limit", "reserve_limit", "moved")
            else report
        )
        yield Item(of, "money", one.state, details=(one, found))
    if not told:
        yield Item(report, "money", THERE)


also_needed(money_needed)
