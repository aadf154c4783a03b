"""Donors' workbooks for tests: a form of the recipient with some of its cells mapped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from portal.donor_workbooks.actions import add_file, add_workbook, map_cells
from portal.donor_workbooks.models import DonorFile, DonorWorkbook
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.workbooks.filling.areas import cell_of
from portal.workbooks.filling.looking import look
from portal.workbooks.reading import Place
from tests.factories import changing
from tests.workbooks import donors

MAPPED = {
    "Information!B3": "contract.number", "Information!B4": "contract.title", "Information!B5": "contract.coordinator",
    "Information!B6": "report.first", "Information!B7": "report.last", "Information!B9": "subject.description",
    "Payments!B4": "payments.date", "Payments!C4": "payments.amount",
}  # fmt: skip
"""Cells of `donors.report()` → keys of the catalogue."""


@cache
def form() -> bytes:
    """The form, made once: it must be the same bytes each time."""
    return donors.report()


def cell(name: str, key: str, **more: Any) -> dict[str, Any]:
    """What is asked for to map a cell, in English and without a limit; `name` as in Information!B3."""
    sheet, _, address = name.partition("!")
    last = 9 if key.startswith("payments.") else None
    given = {"last": last, "language": "en", "text_limit": None, "counting": "excel", "otherwise": "leave"}
    return {"place": Place(sheet, *cell_of(address)), "key": key, **given, **more}


def workbook(s: Session, **values: Any) -> DonorWorkbook:
    given = {"name_cs": "Finanční zpráva Komise", "name_en": "", "recipient": None, "kinds": [], "note": "", **values}
    with changing(s):
        return add_workbook(s, SYSTEM, given)


def file(
    s: Session, of: DonorWorkbook | None = None, mapped: Mapping[str, str] = MAPPED, data: bytes | None = None,
    first: date = date(2014, 1, 1), last: date | None = date(2014, 12, 31), name: str = "report 2014.xlsx",
) -> DonorFile:  # fmt: skip
    """A file for the reports on 2014 with these cells mapped."""
    data = data or form()
    of = of or workbook(s)
    with changing(s):
        made = add_file(s, SYSTEM, of, data, name, look(data), first, last)
        map_cells(s, SYSTEM, made, [cell(place, key) for place, key in mapped.items()])
    return made


def of_another_time(s: Session, name: str, recipient: Record) -> DonorFile:
    """A mapped file that is for no report of today: what would be written is gathered, and no process is started."""
    of = workbook(s, name_cs=name, recipient=recipient.id)
    return file(s, of, first=date(2001, 1, 1), last=date(2001, 12, 31))
