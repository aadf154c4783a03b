"""Reading the register, as far as the actor may see the reports; and what stands in the way of a file."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.kernel.history import twin
from portal.kernel.permission import Actor, open_to, unseen_by
from portal.kernel.portions import portions
from portal.kernel.record import Record
from portal.kernel.text import fold
from portal.layouts.places import Written, read
from portal.obligations.models import DueReport, Obligation
from portal.obligations.queries import told_obligation
from portal.register.models import SentContent, SentFile


def files(actor: Actor, until: int | None = None) -> Select:
    """SELECT of the files of visible reports; `until`: of those registered up to a change (the past knows no later ones)."""
    report, obligation = DueReport.__table__, Obligation.__table__
    seen = select(report.c.id).join(obligation, obligation.c.id == report.c.obligation_id)
    seen = seen.where(open_to(actor, DueReport), told_obligation(actor, open_to))
    asked = (
        select(SentFile).where(SentFile.due_report_id.in_(seen))
        .options(joinedload(SentFile.report), joinedload(SentFile.change), joinedload(SentFile.moment))
    )  # fmt: skip
    return asked if until is None else asked.where(SentFile.change_id <= until)


def file(s: Session, actor: Actor, sent_file_id: int, until: int | None = None) -> SentFile | None:
    """One file of a visible report."""
    return s.scalar(files(actor, until).where(SentFile.id == sent_file_id))


def files_of(s: Session, actor: Actor, due_report_id: int, until: int | None = None) -> list[SentFile]:
    """The files of a report, the latest first."""
    asked = files(actor, until).where(SentFile.due_report_id == due_report_id)
    return list(s.scalars(asked.order_by(SentFile.id.desc())))


def files_of_changes(s: Session, actor: Actor, change_ids: Collection[int]) -> tuple[list[SentFile], set[int]]:
    """The files that some changes brought, of visible reports; and those of the changes that brought others."""
    brought = select(SentFile.id, SentFile.change_id).where(SentFile.change_id.in_(change_ids))
    of = {row.id: row.change_id for row in s.execute(brought)}
    seen = list(s.scalars(files(actor).where(SentFile.id.in_(list(of))).order_by(SentFile.id))) if of else []
    return seen, {of[file_id] for file_id in of.keys() - {one.id for one in seen}}


def content(s: Session, sent_file_id: int) -> bytes:
    """The bytes as they were sent."""
    return s.scalars(select(SentContent.data).where(SentContent.sent_file_id == sent_file_id)).one()


def cells(s: Session, sent_file_id: int) -> list[Written]:
    """What stands in the cells of a file that the portal made."""
    return read(json.loads(s.scalars(select(SentContent.cells).where(SentContent.sent_file_id == sent_file_id)).one()))


def told(s: Session, sent_file_id: int) -> dict[str, Any]:
    """What was filled into the recipient's own file and what was not (`making.recipients`); {} of any other."""
    kept: dict[str, Any] = json.loads(
        s.scalars(select(SentContent.told).where(SentContent.sent_file_id == sent_file_id)).one()
    )
    return kept


def unseen(s: Session, sent_file_id: int) -> frozenset[int]:
    """What was hidden from whom the file was made for."""
    kept = s.scalars(select(SentContent.unseen).where(SentContent.sent_file_id == sent_file_id)).one()
    return frozenset(json.loads(kept))


@dataclass(frozen=True)
class InTheWay:
    """Why a file is not given, or not made again: how many records of it the actor may not see; how many were erased since."""

    hidden: int = 0
    erased: int = 0

    def __bool__(self) -> bool:
        return bool(self.hidden or self.erased)


def in_the_way(s: Session, actor: Actor, sent_file_id: int) -> InTheWay:
    """What stands between the actor and a file, by today's rights and today's records."""
    drawn = _behind(s, [sent_file_id])[sent_file_id]
    seen = records(s, actor, drawn)
    return InTheWay(len(drawn - set(seen)), sum(one.forgotten for one in seen.values()))


def nameless(s: Session, actor: Actor, file_ids: Collection[int]) -> set[int]:
    """Of some files those that hold, or were sent to, somebody or something the actor may not see today: whoever gets them and
    what they are called was typed or taken over as text, which may name just that."""
    unseen = unseen_by(s, actor)
    return {one for one, behind in _behind(s, file_ids).items() if not unseen.isdisjoint(behind)} if unseen else set()


def _behind(s: Session, file_ids: Collection[int]) -> dict[int, set[int]]:
    """{file: the records it draws on, its obligation with what that was of and who got its reports when it was registered}."""
    report, then, found = DueReport.__table__, twin(Obligation.__table__), {}
    held = and_(
        then.c.id == report.c.obligation_id, then.c.change_from <= SentFile.change_id,
        or_(then.c.change_to.is_(None), then.c.change_to > SentFile.change_id),
    )  # fmt: skip
    asked = (
        select(SentFile.id, SentContent.drawn, then.c.id, then.c.of_id, then.c.recipient_id)
        .join(SentContent, SentContent.sent_file_id == SentFile.id)
        .join(report, report.c.id == SentFile.due_report_id)
        .outerjoin(then, held)
    )
    for some in portions(file_ids):
        for file_id, drawn, *around in s.execute(asked.where(SentFile.id.in_(some))):
            found[file_id] = set(json.loads(drawn)) | ({*around} - {None})
    return found


def found(s: Session, actor: Actor, text: str) -> list[int]:
    """The files in whose name, number, hash or recipient a text stands, whatever its case and accents (on either database); names
    that the actor may not read are not looked through."""
    sought, own, named = fold(text).strip(), set(), set()
    columns = (SentFile.id, SentFile.reference, SentFile.sha256, SentFile.file_name, SentFile.recipient)
    for file_id, reference, sha256, *names in s.execute(select(*columns)):
        (own if sought in fold(f"{reference} {sha256}") else named if sought in fold(" ".join(names)) else set()).add(
            file_id
        )
    return sorted(own | named - nameless(s, actor, named))


def records(s: Session, actor: Actor, ids: Collection[int]) -> dict[int, Record]:
    """The records of some ids that the actor may see today, be they withdrawn."""
    found: dict[int, Record] = {}
    for some in portions(sorted(ids)):
        found |= {r.id: r for r in s.scalars(select(Record).where(Record.id.in_(some), open_to(actor)))}
    return found
