"""The list of status updates: what it may be filtered by, and what a row shows beside the update."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, aliased

from portal.accounts.queries import names
from portal.frameworks.queries import subtree
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record
from portal.progress.models import StatusUpdate
from portal.projects.models import Project
from portal.projects.queries import in_framework

Of = aliased(Record, name="reported_record")


@dataclass(frozen=True)
class UpdateRow:
    """One update, the record it is of, and who wrote it (None: not stated)."""

    update: StatusUpdate
    of: Record
    author: str | None


def select_updates(actor: Actor) -> Select:
    """SELECT of visible updates with the records they are of."""
    return (
        select(StatusUpdate, Of)
        .join(Of, Of.id == StatusUpdate.of_id)
        .where(visible_to(actor, StatusUpdate), visible_to(actor, Of))
    )


def below(framework_id: int) -> ColumnElement[bool]:
    """The update is of the framework, of one below it, or of a project in them."""
    projects = select(Project.id).where(in_framework(framework_id))
    return StatusUpdate.of_id.in_(subtree(framework_id)) | StatusUpdate.of_id.in_(projects)


def reported(v) -> list[tuple[int, str]]:
    """The records that have an update, in the order of the language."""
    order = Record.order_cs if v.lang == "cs" else Record.order_en
    has = exists().where(StatusUpdate.of_id == Record.id, visible_to(v.actor, StatusUpdate))
    found = v.s.scalars(select(Record).where(has, visible_to(v.actor)).order_by(order, Record.id))
    return [(record.id, record.name(v.lang)) for record in found]


def dress(s: Session, actor: Actor, rows: Sequence[tuple[StatusUpdate, Record]]) -> list[UpdateRow]:
    """The rows with the names of their authors, in one query whatever their number."""
    people = names(s, [update.author_id for update, _of in rows])
    return [UpdateRow(update, of, people.get(update.author_id)) for update, of in rows]
