"""Archiving, withdrawing and restoring a record."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.budgets.actions import is_replaced
from portal.budgets.models import Budget
from portal.desk.actions import notify_no_more
from portal.kernel.errors import InvalidInput
from portal.kernel.permission import Actor, need
from portal.kernel.record import Record
from portal.kernel.standing import KINDS, STANDINGS, WITHDRAWN
from portal.obligations.actions.planning import is_outdated
from portal.obligations.models import DueReport
from portal.standing.queries import holds_others


def set_standing(s: Session, actor: Actor, record: Record, standing: str | None, reason: str | None) -> None:
    """Let a record be archived or withdrawn, with the reason why; None puts it back in force.

    InvalidInput: {standing_reason: standing_reason_missing}; {standing: no_such_code}, also for a kind that has no
    standing; {standing: standing_same} where it stands so already; {standing: standing_holds_others} where a framework
    would leave what stands in it without a place; {standing: standing_by_rule} for a report whose period its obligation does not
    give any more; {standing: original_again} for an original budget where the contract has another.
    """
    need(actor, f"{record.kind}.edit", record)
    reason = (reason or "").strip()
    if record.kind not in KINDS or standing not in (None, *STANDINGS):
        raise InvalidInput({"standing": "no_such_code"})
    if standing == record.standing:
        raise InvalidInput({"standing": "standing_same"})
    if not reason:
        raise InvalidInput({"standing_reason": "standing_reason_missing"})
    if standing != WITHDRAWN and isinstance(record, DueReport) and is_outdated(record):
        raise InvalidInput({"standing": "standing_by_rule"})
    if standing != WITHDRAWN and isinstance(record, Budget) and is_replaced(s, record):
        raise InvalidInput({"standing": "original_again"})
    if standing == WITHDRAWN and record.kind == "framework" and holds_others(s, record.id):
        raise InvalidInput({"standing": "standing_holds_others"})
    if standing == WITHDRAWN and isinstance(record, DueReport):
        notify_no_more(s, "report_due", [record.id])
    record.standing = standing
    record.standing_reason = reason if standing else None
    s.flush()
