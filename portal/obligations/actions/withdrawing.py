"""Withdrawing reports that were planned and that nobody is going to write, many at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from portal.desk.actions import notify_no_more
from portal.kernel.errors import InvalidInput, Refused
from portal.kernel.permission import Actor, need
from portal.kernel.settling import settle
from portal.kernel.standing import WITHDRAWN
from portal.obligations.models import DueReport, Obligation
from portal.obligations.queries import untouched


def withdraw_planned(
    s: Session, actor: Actor, obligation: Obligation, before: date, reason: str, shown: Collection[int]
) -> list[DueReport]:
    """Withdraw all reports of an obligation that are due before a day and that nobody worked on, for one reason. Each can be put
    back by itself. `shown`: the ids that were read before; returns the reports.

    Refused where there is none (any more), or where they are others by now; InvalidInput {reason: code}.
    """
    need(actor, "obligation.edit", obligation)
    found = untouched(s, actor, obligation.id, before)
    for one in found:
        need(actor, "due_report.edit", one)
    if not found:
        raise Refused("nothing_to_withdraw")
    if {one.id for one in found} != set(shown):
        raise Refused("others_to_withdraw")
    if not reason.strip():
        raise InvalidInput({"reason": "withdrawal_reason_missing"})
    for one in found:
        one.standing, one.standing_reason = WITHDRAWN, reason.strip()
    settle(s, found)
    notify_no_more(s, "report_due", [one.id for one in found])
    return found
