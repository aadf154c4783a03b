"""Texts of reports for tests."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.kernel.permission import SYSTEM
from portal.obligations.models import DueReport
from portal.report_texts.actions import write_text
from tests.factories import changing


def text(
    s: Session, report: DueReport, code: str = "summary", cs: str = "", en: str = "", in_step: bool = False
) -> None:
    """A text of a report in preparation."""
    with changing(s):
        write_text(s, SYSTEM, report, code, {"text_cs": cs, "text_en": en, "in_step": in_step})
