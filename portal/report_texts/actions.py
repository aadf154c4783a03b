"""Writing the texts of a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from portal.kernel.errors import InvalidInput, Refused
from portal.kernel.permission import Actor, need
from portal.kernel.settling import settle
from portal.obligations.models import DueReport
from portal.report_texts.models import ReportText
from portal.report_texts.queries import row
from portal.report_texts.rules import KINDS


def write_text(s: Session, actor: Actor, report: DueReport, code: str, values: Mapping[str, Any]) -> ReportText | None:
    """Write a text of a report in preparation. Units: text_cs, text_en; `in_step`: both say the same now, whichever was changed.

    Raises InvalidInput {"": code} for a text there is none of; Refused where the report is not in preparation.
    """
    need(actor, "due_report.edit", report)
    if not report.is_open:
        raise Refused("report_closed")
    if code not in KINDS:
        raise InvalidInput({"": "no_such_text"})
    held = row(s, report.id, code)
    if held is None:
        if not values.get("text_cs") and not values.get("text_en"):
            return None
        held = ReportText(due_report_id=report.id, code=code, text_cs="", text_en="")
        s.add(held)
    held.text_cs, held.text_en = values.get("text_cs", held.text_cs), values.get("text_en", held.text_en)
    held.in_step = bool(values.get("in_step"))
    settle(s, [report])
    return held
