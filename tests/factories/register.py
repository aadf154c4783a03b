"""Files sent, for tests."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.kernel.permission import SYSTEM
from portal.kernel.transaction import open_change
from portal.kernel.when import When
from portal.layouts.order import Choices
from portal.layouts.places import Made, Written
from portal.obligations.actions import move_report
from portal.obligations.models import DueReport
from portal.register.actions import send_file
from portal.register.models import SentFile
from tests.factories import changing


def checked(s: Session, report: DueReport) -> DueReport:
    """The report, prepared and checked."""
    with changing(s):
        for move in ("prepare", "check"):
            move_report(s, SYSTEM, report, move, report.version)
            s.flush()
    return report


def sent(
    s: Session, report: DueReport, words: str = "Gruzie", records: tuple[int, ...] = (), figure: str = ""
) -> SentFile:
    """A file of a checked report with one cell that says something of it and of `records`, registered as sent after its period.
    What it says was never computed, though it may say that it is a `figure`."""
    with changing(s):
        opened = open_change(s)
        place = Written(
            "projects", "Projekty", "B7", f"project:{report.id}", "name", "Projekt", words, (report.id, *records),
            figure=figure,
        )  # fmt: skip
        return send_file(
            s, SYSTEM, checked(s, report), report.version, Made(f"zkouška {words}".encode(), [place], (report.id, *records)),
            Choices("portfolio", "cs"), opened.id, unseen=(), on=When("2016-02-01"), reference=f"MV-{report.id}/2016",
            recipient=f"Komise {words}", file_name=f"prehled-{report.id}.xlsx",
        )  # fmt: skip
