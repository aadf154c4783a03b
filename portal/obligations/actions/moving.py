"""Moving a report on: prepared, handed over, checked by another person, sent, returned or accepted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts.actions.secrecy import set_secrecy
from portal.desk.actions import notify, notify_no_more
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, Refused
from portal.kernel.permission import Actor, need
from portal.kernel.settling import settle
from portal.kernel.transaction import open_change
from portal.kernel.when import When, certainly_before
from portal.obligations.models import DueReport
from portal.obligations.queries import checkers, handed_over, writers
from portal.obligations.rules import MOVES, PREPARED, RETURNED, day_of, moves_from
from portal.sources.actions import PLAIN, set_plain

NEEDS_REASON = ("reopen", "return")


def move_report(
    s: Session, actor: Actor, report: DueReport, move: str, version: int, *,
    on: When | None = None, reference: str = "", reason: str = "", how: str = "", filed: bool = False,
) -> DueReport:  # fmt: skip
    """Do one of `rules.MOVES` with a report; `version` is the one that was read. Sending takes the day (`on`), the number of
    the letter (`reference`) and, unless a file of it is registered with it (`filed`), `how` it was sent; its being returned, and
    taking it back to preparation, a reason. Who may not check it anyhow takes back without one what was handed over.

    Handing over asks whoever may check for that. Preparing a returned report begins its next edition. Forbidden where the actor
    may not, or would check what they prepared themselves; Refused where it was moved meanwhile, where they would check what they
    wrote in it, or nobody could check what is handed over; InvalidInput {on, how, reason: code}.
    """
    need(actor, "due_report.check" if move == "check" else "due_report.edit", report)
    handed, after = handed_over(s, [report.id]).get(report.id), MOVES[move][1]
    if report.version != version or move not in moves_from(report.state, handed is not None):
        raise Refused("due_report_moved")
    own = {report.prepared_by_id, *writers(s, report)} - {None}
    if move == "check" and actor.person_id in own:
        raise Refused("due_report_own_writing")
    taken_back = move == "reopen" and report.state == PREPARED and actor.person_id in own
    if move in NEEDS_REASON and not reason.strip() and not taken_back:
        raise InvalidInput({"reason": "move_reason_missing"})
    asked = checkers(s, report) if move == "hand_over" else []
    if move == "hand_over" and not asked:
        raise Refused("nobody_may_check")
    if move == "prepare":
        if report.state == RETURNED:
            report.edition += 1
            report.reference = None  # that of the letter with the edition before; history keeps it
        report.prepared_by_id, report.checked_by_id, report.sent, report.sent_how = actor.person_id, None, None, ""
    elif move == "check":
        report.checked_by_id = actor.person_id
    elif move == "reopen":
        report.checked_by_id = None
    elif move == "send":
        _send(report, on, reference, "" if filed else how, filed)
    if reason.strip() and move in NEEDS_REASON:
        report.returned_for = "\n\n".join(filter(None, (reason.strip(), report.returned_for)))  # newest first
    elif move == "send":
        report.returned_for = ""  # until then all of it stands before whoever prepares the next edition
    if move in ("prepare", "hand_over", "reopen"):
        report.handed_over_at = _moment(s) if move == "hand_over" else None
    report.state = after
    settle(s, [report])
    notify_no_more(s, "check_asked", [report.id])
    if move == "send":
        notify_no_more(s, "report_due", [report.id])
    notify(s, actor, "check_asked", asked, record_id=report.id)
    told = {**dict.fromkeys(NEEDS_REASON, "returned"), "check": "checked"}.get(move)
    if told:
        whose = {report.prepared_by_id, handed.person_id if handed else None} - {None}
        notify(s, actor, told, [one for one in whose if one is not None], record_id=report.id)
    return report


def edit_report(s: Session, actor: Actor, report: DueReport, values: Mapping[str, object]) -> DueReport:
    """Change who answers for a report, its note and numbers, and who may know of it (`PLAIN`, confidential and readers); the
    rest follows from its obligation and from what is done with it."""
    need(actor, "due_report.edit", report)
    set_plain(report, PLAIN, values)
    set_secrecy(s, actor, report, values)
    settle(s, [report])
    return report


def _moment(s: Session) -> datetime:
    change = open_change(s)
    assert change is not None
    return change.at


def _send(report: DueReport, on: When | None, reference: str, how: str, filed: bool) -> None:
    found = {} if filed or how.strip() else {"how": "way_missing"}
    if day_of(on) is None:
        found["on"] = "day_missing"
    elif certainly_before(When(clock.today().isoformat()), on):
        found["on"] = "in_the_future"
    elif certainly_before(on, When(report.period_from.isoformat())):
        found["on"] = "sent_before_its_period"
    if found:
        raise InvalidInput(found)
    report.sent, report.sent_how = on, how.strip()
    report.reference = reference.strip() or report.reference
