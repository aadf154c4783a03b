"""Statements that name a record: which of them the actor may be told."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, cast, literal, or_, select, true

from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import RecordVeil
from portal.sources import facts
from portal.sources.models import Statement


def names_nothing_hidden(actor: Actor, row: Any = Statement) -> ColumnElement[bool]:
    """SQL predicate: the value of a statement is no record the actor may not see; its being stated would tell of that record.

    `row` has the columns `field` and `value`: the model, an alias of it, or the columns of its history.
    """
    if actor.role == "system":
        return true()
    hidden = select(literal("#") + cast(RecordVeil.record_id, String)).where(~visible_to(actor, RecordVeil.record_id))
    return or_(row.value.is_(None), row.field.not_in(facts.referring_fields()), row.value.not_in(hidden))
