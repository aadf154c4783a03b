"""What a report that was sent said of the costs to date, beside what is recorded of the same time now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.budgets.queries.incurred import Incurred, incurred
from portal.budgets.rules import TOTAL
from portal.kernel import clock
from portal.kernel.permission import Actor
from portal.obligations.models import DueReport
from portal.obligations.queries import as_sent


@dataclass(frozen=True)
class ToldBefore:
    """Costs to date in minor units of `currency`: as the report before said when it was sent, and as is recorded now."""

    report: DueReport
    sent: int
    now: int
    currency: str


def told_before(s: Session, engine: Engine, actor: Actor, found: Incurred) -> ToldBefore | None:
    """That the report just before was sent with other costs to date than what is recorded of them now (a rate or an item was
    corrected since), so that two reports would not go together. None where they do, or one of them is not known whole."""
    last = found.just_before
    if last is None or clock.looking_back() or found.absent_before or TOTAL in found.unsaid.before:
        return None
    with as_sent(s, engine, actor, last) as (then_session, told, moment):
        then = incurred(then_session, actor, told) if told is not None and moment is not None else None
        if then is None or then.currency is None or then.absent or then.absent_before or TOTAL in then.unsaid.to_date:
            return None
        currency, sent = then.currency, then.to_date[TOTAL]
    now = found.before[TOTAL]
    return ToldBefore(last, sent, now, currency) if currency == found.currency and sent != now else None
