"""Reading donors' workbooks, as far as the actor may see whose they are."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.donor_workbooks.models import DonorCell, DonorFile, DonorFileBytes, DonorWorkbook
from portal.donor_workbooks.rules.mapping import chosen
from portal.kernel import clock
from portal.kernel.errors import N_, Refused
from portal.kernel.history import twin
from portal.kernel.permission import Actor, open_to, visible_to
from portal.kernel.record import Record
from portal.obligations.models import DueReport
from portal.obligations.queries import is_owed, reports
from portal.workbooks.filling.looking import Look

DAMAGED = N_(
    "The bytes that are kept of the recipient’s file are not those that were uploaded. Tell whoever looks after the portal."
)


def told_workbook(actor: Actor) -> ColumnElement[bool]:
    """SQL predicate: the actor may know of the workbook's recipient; in the past of the one it has today, too."""
    then = open_to(actor, DonorWorkbook.recipient_id)
    if not clock.looking_back():
        return then
    today = twin(DonorWorkbook.__table__)
    held = (today.c.id == DonorWorkbook.id, today.c.change_to.is_(None))
    return then & exists().where(*held, open_to(actor, today.c.recipient_id))


def workbooks(actor: Actor) -> Select:
    """SELECT of the workbooks whose recipient the actor may know of, with their files."""
    asked = select(DonorWorkbook).where(told_workbook(actor))
    return asked.options(joinedload(DonorWorkbook.recipient), selectinload(DonorWorkbook.files))


def listed(s: Session, actor: Actor, lang: str) -> list[DonorWorkbook]:
    """All of them by name, those that are withdrawn at the end."""
    return sorted(s.scalars(workbooks(actor)), key=lambda one: (bool(one.withdrawn), one.name(lang).casefold(), one.id))


def workbook(s: Session, actor: Actor, workbook_id: int) -> DonorWorkbook | None:
    return s.scalar(workbooks(actor).where(DonorWorkbook.id == workbook_id))


def file(s: Session, actor: Actor, file_id: int) -> DonorFile | None:
    """One file with its workbook and its mapping."""
    asked = select(DonorFile).join(DonorWorkbook).where(DonorFile.id == file_id)
    asked = asked.where(told_workbook(actor)).options(joinedload(DonorFile.workbook))
    return s.scalar(asked.options(selectinload(DonorFile.cells), selectinload(DonorFile.let_go)))


def cell(s: Session, actor: Actor, cell_id: int) -> DonorCell | None:
    found = s.get(DonorCell, cell_id)
    return found if found is not None and file(s, actor, found.file_id) is not None else None


def kept(s: Session, digest: str) -> DonorFileBytes | None:
    """The bytes that are kept under their SHA-256."""
    return s.get(DonorFileBytes, digest)


def data_of(s: Session, one: DonorFile) -> bytes:
    """The file as it was uploaded."""
    return s.scalars(select(DonorFileBytes.data).where(DonorFileBytes.digest == one.digest)).one()


def whole(s: Session, file: DonorFile) -> bytes:
    """The recipient's file as it was uploaded. Refused where the bytes that are kept are others."""
    data = data_of(s, file)
    if hashlib.sha256(data).hexdigest() != file.digest:
        raise Refused(DAMAGED)
    return data


def mapping_of(file: DonorFile) -> str:
    """The SHA-256 of a file's mapping: what goes where and how, and what was let go; not what stood beside it."""
    told: list[tuple] = [
        (c.sheet, c.row, c.column, c.last, c.key, c.language, c.text_limit, c.counting, c.otherwise) for c in file.cells
    ]
    told += [("let go", c.sheet, c.row, c.column, c.key) for c in file.let_go]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def look_of(s: Session, one: DonorFile) -> Look:
    """What stands in a file."""
    return _read(s.scalars(select(DonorFileBytes.look).where(DonorFileBytes.digest == one.digest)).one())


def is_let_go(file: DonorFile, cell: DonorCell) -> bool:
    """Whether a file does not ask any more for what stood in this cell of the one before."""
    mine = (cell.sheet, cell.row, cell.column, cell.key)
    return any((one.sheet, one.row, one.column, one.key) == mine for one in file.let_go)


@lru_cache(maxsize=8)
def _read(text: str) -> Look:
    return Look.of(text)


def before(one: DonorFile) -> DonorFile | None:
    """The file before this one, of the same workbook, that has a mapping; else the file before."""
    older = [other for other in one.workbook.files if other.number < one.number]
    return next((other for other in older if other.cells), older[0] if older else None)


def for_report(s: Session, actor: Actor, report: DueReport) -> list[tuple[DonorWorkbook, DonorFile | None]]:
    """The workbooks in use that serve a report's kind and recipient, each with its file for the report's period; None where
    there is no such file: all are for other periods."""
    found = []
    for one in s.scalars(workbooks(actor).where(DonorWorkbook.withdrawn == "").order_by(DonorWorkbook.id)):
        if serves_kind(one, report) and serves_recipient(one, report):
            found.append((one, chosen(one.files, report.period_from, report.period_to)))
    return found


def reports_for(s: Session, actor: Actor, one: DonorFile) -> list[DueReport]:
    """The reports still owed, as far as the actor may see them, that this file is to be filled for, by the day they are due."""
    if one.workbook.withdrawn:
        return []
    asked = reports(actor).where(is_owed(), DueReport.period_from >= one.valid_from)
    if one.valid_to is not None:
        asked = asked.where(DueReport.period_to <= one.valid_to)
    return [
        found
        for found in s.scalars(asked.order_by(DueReport.due_to, DueReport.id))
        if serves_kind(one.workbook, found)
        and serves_recipient(one.workbook, found)
        and chosen(one.workbook.files, found.period_from, found.period_to) is one
    ]


def serves_kind(one: DonorWorkbook, report: DueReport) -> bool:
    return not one.kinds or report.obligation.kind_code in one.kind_codes


def serves_recipient(one: DonorWorkbook, report: DueReport) -> bool:
    return one.recipient_id in (None, report.obligation.recipient_id)


def recipients(s: Session, actor: Actor, lang: str) -> list[tuple[int, str]]:
    """Organisations to choose the recipient from."""
    asked = select(Record).where(Record.kind == "organisation", visible_to(actor))
    order = Record.order_cs if lang == "cs" else Record.order_en
    return [(one.id, one.name(lang)) for one in s.scalars(asked.order_by(order, Record.id))]
