"""Keeping what was sent. Nothing else writes the register, and nothing changes what is in it."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from portal.kernel.errors import InvalidInput, Refused
from portal.kernel.permission import Actor, need
from portal.kernel.transaction import open_change
from portal.kernel.when import When
from portal.layouts.order import Choices
from portal.layouts.places import Made, kept
from portal.layouts.registry import LAYOUTS
from portal.obligations.actions import move_report
from portal.obligations.models import DueReport
from portal.obligations.queries import checked_by
from portal.obligations.rules import ACCEPTED, CHECKED, RETURNED, SENT, day_of
from portal.register.making.program import made_with
from portal.register.making.template import Template
from portal.register.models import SentContent, SentFile
from portal.register.rules import digest


def send_file(
    s: Session, actor: Actor, report: DueReport, version: int, made: Made, choices: Choices | Template, moment_id: int, *,
    unseen: Collection[int], on: When | None, reference: str, recipient: str, file_name: str,
) -> SentFile:  # fmt: skip
    """Keep a file that the portal made for somebody from whom the records `unseen` were hidden, and move its report on from
    checked to sent: both or neither. Raises as `move_report` does; Refused where the report is not checked (any more), or where
    the file is made from the portal as it stood before the report was checked: what was checked is what is sent."""
    need(actor, "sent_file.add", report)
    if before_check(s, report, moment_id):
        raise Refused("file_before_check")
    move_report(s, actor, report, "send", version, on=on, reference=reference, filed=True)
    one = _kept(s, report, made.data, file_name, recipient)
    filled = isinstance(choices, Template)
    one.moment_id, one.layout = moment_id, choices.layout
    one.layout_version = choices.number if isinstance(choices, Template) else LAYOUTS[choices.layout].version
    one.language, one.choices = choices.lang, choices.written()
    one.made_with, one.rates = _json(made_with(filled)), _json(made.rates)
    s.add(one)
    s.flush()
    s.add(SentContent(
        sent_file_id=one.id, data=made.data, cells=_json(kept(made.places)), drawn=_json(list(made.drawn)),
        unseen=_json(sorted(unseen)), told=_json(made.told),
    ))  # fmt: skip
    s.flush()
    return one


def before_check(s: Session, report: DueReport, moment_id: int) -> bool:
    """Whether a change is older than the one by which the report became checked; never where it is not checked."""
    checked = checked_by(s, report)
    return checked is not None and moment_id < checked


def keep_file(
    s: Session, actor: Actor, report: DueReport, version: int, data: bytes, *, on: When | None, reference: str,
    recipient: str, file_name: str,
) -> SentFile:  # fmt: skip
    """Keep a file that was made elsewhere. A checked report is moved on to sent; of one that was sent, the file is added to its
    edition. Refused where the report was moved meanwhile; InvalidInput {file | on: code}."""
    need(actor, "sent_file.add", report)
    if not data:
        raise InvalidInput({"file": "file_empty"})
    if report.state == CHECKED:
        move_report(s, actor, report, "send", version, on=on, reference=reference, filed=True)
    elif report.version != version or report.state not in (SENT, ACCEPTED, RETURNED):
        raise Refused("due_report_moved")
    elif report.sent is None:
        raise InvalidInput({"on": "day_missing"})
    one = _kept(s, report, data, file_name, recipient, reference)
    s.add(one)
    s.flush()
    s.add(SentContent(sent_file_id=one.id, data=data, drawn=_json([report.id])))
    s.flush()
    return one


def _kept(s: Session, report: DueReport, data: bytes, file_name: str, recipient: str, reference: str = "") -> SentFile:
    change, sent = open_change(s), day_of(report.sent)
    assert change is not None and isinstance(sent, date)
    return SentFile(
        due_report_id=report.id, edition=report.edition, change_id=change.id, sent_on=sent, recipient=recipient.strip(),
        reference=reference.strip() or report.reference or "", file_name=file_name[:200], size=len(data), sha256=digest(data),
    )  # fmt: skip


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
