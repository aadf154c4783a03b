"""Files as answers: the moment they speak of, their names, and how they are sent."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import date, datetime
from threading import BoundedSemaphore

from flask import Response, send_file
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.text import fold
from portal.kernel.transaction import Change
from portal.web import asof, page
from portal.web.formats import day, instant, local
from portal.web.i18n import gettext as _

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True)
class Moment:
    """When a file speaks of: `at` (aware), the change after which it stands, and whether that is the past. `stated`: the day by
    which documents state what it holds."""

    at: datetime
    change_id: int | None
    past: bool = False
    stated: date | None = None

    @property
    def words(self) -> str:
        """`Vytvořeno 23. 11. 2026 v 9.00`; of the past `Jak portál vypadal 3. 12. 2026 v 9.00`."""
        if self.stated:
            return _("As documents state by %(day)s; made on %(when)s", day=day(self.stated), when=instant(self.at))
        if self.past:
            return _("As recorded in the portal on %(when)s", when=instant(self.at))
        return _("Made on %(when)s", when=instant(self.at))


SLOTS = BoundedSemaphore(2)
"""Two workbooks are made at a time in one process; more would only take time and memory from everybody else."""


def moment_of(s: Session) -> Moment:
    """The moment a file of this request speaks of. Ask before reading its rows: they are then at least as young."""
    past = page.moment()
    if asof.stated_on() is not None:
        last = page.live_session().scalar(select(func.max(Change.id)))
        return Moment(clock.present(), last, stated=asof.stated_on())
    if past is not None:
        return Moment(past.at, past.id, past=True)
    return Moment(clock.now(), s.scalar(select(func.max(Change.id))))


def file_name(title: str, moment: Moment, ending: str) -> str:
    """`projekty-2026-11-23.xlsx`; one of the past says so, and after which change: `projekty-jak-bylo-2026-12-03-k812.xlsx`."""
    stem = "-".join(re.findall(r"[a-z0-9]+", fold(title))) or "portal"
    if moment.stated:
        return "-".join((stem, _("as-stated"), moment.stated.isoformat())) + f".{ending}"
    on = local(moment.at).date().isoformat()
    if moment.past:
        return "-".join((stem, _("as-recorded"), on, f"k{moment.change_id}")) + f".{ending}"
    return f"{stem}-{on}.{ending}"


def send(data: bytes, title: str, moment: Moment, ending: str) -> Response:
    """The file as an attachment."""
    name = file_name(title, moment, ending)
    return send_file(io.BytesIO(data), KINDS[ending], as_attachment=True, download_name=name)


def as_file(data: bytes, ending: str, name: str) -> Response:
    """The answer that hands a workbook over; nothing on the way keeps it."""
    answer = send_file(io.BytesIO(data), KINDS[ending], as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer
