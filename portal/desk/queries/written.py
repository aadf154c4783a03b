"""Which changes wrote on the desk alone: the history of the portfolio does not tell them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select, union
from sqlalchemy.orm import InstrumentedAttribute

from portal.desk.models import Comment, Task
from portal.kernel.history import twin
from portal.kernel.record import Record


def only_on_the_desk(change_id: ColumnElement[int] | InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """SQL predicate: the change wrote comments or tasks and no record."""
    tables = [twin(model.__table__) for model in (Comment, Task)]
    desk = union(
        *(select(t.c.change_from) for t in tables),
        *(select(t.c.change_to).where(t.c.change_to.is_not(None)) for t in tables),
    )
    records = twin(Record.__table__)
    return change_id.in_(desk) & ~or_(
        change_id.in_(select(records.c.change_from)),
        change_id.in_(select(records.c.change_to).where(records.c.change_to.is_not(None))),
    )
