"""Moving a report on: prepared, checked by another person, sent, returned or accepted."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from portal.accounts.actions.secrecy import set_secrecy
from portal.desk.actions import notify
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, Refused
from portal.kernel.permission import Actor, need
from portal.kernel.settling import settle
from portal.kernel.when import When, certainly_before
from portal.obligations.models import DueReport
from portal.obligations.queries import writers
from portal.obligations.rules import MOVES, RETURNED, day_of
from portal.sources.actions import PLAIN, set_plain

NEEDS_REASON = ("reopen", "return")


def move_report(
    s: Session, actor: Actor, report: DueReport, move: str, version: int, *,
    on: When | None = None, reference: str = "", reason: str = "",
) -> DueReport:  # fmt: skip
    """Do one of `rules.MOVES` with a report; `version` is the one that was read. Sending takes the day (`on`) and the number of
    the letter (`reference`); taking it back to preparation, and its being returned, a reason.

    Preparing a returned report begins its next edition. Forbidden where the actor may not, or would check what they prepared
    themselves; Refused where it was moved meanwhile, or they would check what they wrote in it; InvalidInput {on, reason: code}.
    """
    need(actor, "due_report.check" if move == "check" else "due_report.edit", report)
    states, after = MOVES[move]
    if report.version != version or report.state not in states:
        raise Refused("due_report_moved")
    if move == "check" and actor.person_id in writers(s, report):
        raise Refused("due_report_own_writing")
    if move in NEEDS_REASON and not reason.strip():
        raise InvalidInput({"reason": "move_reason_missing"})
    if move == "prepare":
        if report.state == RETURNED:
            report.edition += 1
            report.reference = None  # that of the letter with the edition before; history keeps it
        report.prepared_by_id, report.checked_by_id, report.sent = actor.person_id, None, None
    elif move == "check":
        report.checked_by_id = actor.person_id
    elif move == "reopen":
        report.checked_by_id = None
    elif move == "send":
        _send(report, on, reference)
    if move in NEEDS_REASON:
        report.returned_for = "\n\n".join(filter(None, (reason.strip(), report.returned_for)))  # newest first
    elif move == "send":
        report.returned_for = ""  # until then all of it stands before whoever prepares the next edition
    report.state = after
    settle(s, [report])
    if move in NEEDS_REASON and report.prepared_by_id not in (None, actor.person_id):
        notify(s, actor, "returned", [report.prepared_by_id], record_id=report.id)
    return report


def edit_report(s: Session, actor: Actor, report: DueReport, values: Mapping[str, object]) -> DueReport:
    """Change who answers for a report, its note and numbers, and who may know of it (`PLAIN`, confidential and readers); the
    rest follows from its obligation and from what is done with it."""
    need(actor, "due_report.edit", report)
    set_plain(report, PLAIN, values)
    set_secrecy(s, actor, report, values)
    settle(s, [report])
    return report


def _send(report: DueReport, on: When | None, reference: str) -> None:
    if day_of(on) is None:
        raise InvalidInput({"on": "day_missing"})
    if certainly_before(When(clock.today().isoformat()), on):
        raise InvalidInput({"on": "in_the_future"})
    if certainly_before(on, When(report.period_from.isoformat())):
        raise InvalidInput({"on": "sent_before_its_period"})
    report.sent = on
    report.reference = reference.strip() or report.reference
