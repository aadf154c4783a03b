"""Reminding somebody of a report that is due."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.desk.actions import notify
from portal.kernel import clock
from portal.kernel.permission import Actor, need
from portal.obligations import queries
from portal.obligations.models import ReportNotice


def remind(s: Session, actor: Actor) -> int:
    """Notify whoever answers for a report that is due within a month, and once more when it is late. Where nobody who could be
    told sees it and wants to hear of it, the next run tries again. Returns of how many reports."""
    need(actor, "due_report.edit")
    told = 0
    for report, stage in queries.to_remind(s, clock.today()):
        notice = ReportNotice(due_report_id=report.id, stage=stage, due_on=report.due_to, told_at=clock.present())
        try:
            with s.begin_nested():
                s.add(notice)
        except IntegrityError:
            continue  # another worker was quicker
        if any(notify(s, actor, "report_due", group, record_id=report.id) for group in queries.answering(s, report)):
            told += 1
        else:
            s.delete(notice)
            s.flush()
    return told
