"""The list of status updates: what it may be filtered by, and what a row shows beside the update."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, aliased

from portal.accounts.queries import names
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record
from portal.progress.models import StatusUpdate
from portal.progress.queries import told
from portal.sources.queries import names_where

Of = aliased(Record, name="reported_record")


@dataclass(frozen=True)
class UpdateRow:
    """One update, the record it is of, and who wrote it (None: not stated)."""

    update: StatusUpdate
    of: Record
    author: str | None


def select_updates(actor: Actor) -> Select:
    """SELECT of the updates that are told, with the records they are of."""
    return select(StatusUpdate, Of).join(Of, Of.id == StatusUpdate.of_id).where(told(actor), visible_to(actor, Of))


def reports(actor: Actor, where: ColumnElement[bool]) -> Select:
    """SELECT of updates that wait for an approver or for their author, with the records they are of."""
    return (
        select(StatusUpdate, Of)
        .join(Of, Of.id == StatusUpdate.of_id)
        .where(where, visible_to(actor, Of))
        .order_by(StatusUpdate.written_on, StatusUpdate.id)
    )


def in_year(year: int) -> ColumnElement[bool]:
    """The update holds for a day that can lie in the year."""
    ends = StatusUpdate.held_on_to
    return (StatusUpdate.held_on_from <= date(year, 12, 31)) & (ends.is_(None) | (ends >= date(year, 1, 1)))


def reported(v) -> list[tuple[object, str]]:
    """The records that have an update, in the order of the language."""
    return names_where(v, Record, exists().where(StatusUpdate.of_id == Record.id, told(v.actor)))


def dress(s: Session, actor: Actor, rows: Sequence[tuple[StatusUpdate, Record]]) -> list[UpdateRow]:
    """The rows with the names of their authors, in one query whatever their number."""
    people = names(s, [update.author_id for update, _of in rows])
    return [UpdateRow(update, of, people.get(update.author_id)) for update, of in rows]
