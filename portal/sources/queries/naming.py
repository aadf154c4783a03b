"""Statements that name a record: which of them the actor may be told."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, String, and_, case, cast, exists, func, literal, or_, select, true
from sqlalchemy.orm import aliased

from portal.kernel.permission import Actor, open_to
from portal.kernel.record import Record, RecordVeil
from portal.sources import facts
from portal.sources.models import Statement


def names_nothing_hidden(actor: Actor, row: Any = Statement) -> ColumnElement[bool]:
    """SQL predicate: the value of a statement neither is nor, as a set, holds a record the actor may not see; its being
    stated would tell of that record.

    `row` has the columns `field` and `value`: the model, an alias of it, or the columns of its history.
    """
    if actor.role == "system":
        return true()
    hidden, record = RecordVeil.record_id, aliased(Record)
    sign = literal("#") + cast(hidden, String)
    unseen = select(sign).where(~open_to(actor, hidden))
    member = (literal(" ") + row.value + literal(" ")).like(literal("% ") + sign + literal(" %"))
    # The kind first: few records can be members of a set, and the pattern is tried on each.
    joined = unseen.join(record, record.id == hidden).where(record.kind.in_(facts.kinds_in_sets()), member)
    return or_(
        row.value.is_(None),
        and_(
            or_(row.field.not_in(facts.referring_fields()), open_to(actor, _named(row.value))),
            or_(row.field.not_in(facts.fields_of_sets()), ~exists(joined.correlate_except(RecordVeil, record))),
        ),
    )


def _named(value: ColumnElement) -> ColumnElement[int]:
    """The id in a value that names one record ("#12"), NULL in any other: to be looked up, where a list of all hidden ones would
    have to be made first."""
    number = func.substr(value, 2)
    is_id = and_(value.like("#_%"), func.trim(number, "0123456789") == "", func.length(value) < 11)
    return case((is_id, cast(number, Integer)))
