"""The SQL of an undo: rows copied from the twin, one statement for many."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, and_, delete, func, insert, null, select, update
from sqlalchemy.orm import Session

from portal.kernel.history.twins import twin
from portal.kernel.history.undo.ordering import Step
from portal.kernel.history.undo.rows import keyed
from portal.kernel.history.undo.ties import VERSION, Ties
from portal.kernel.portions import portions


def write(s: Session, step: Step, table: Table, tie: Ties, undone: int, opened: int) -> None:
    """Do one step: `undone` is the change taken back, `opened` the one it is done in."""
    past = twin(table)
    for keys in portions(step.keys):
        if step.verb == "insert":
            s.execute(_insert(table, past, tie, step, undone, opened, keys))
        elif step.verb == "delete":
            s.execute(delete(table).where(keyed(table, keys, tie.keys)))
        else:
            columns: dict[str, Any] = dict.fromkeys(step.columns, null())
            if step.verb == "update":
                columns = {column: _before(table, past, tie, column, undone) for column in step.columns}
                if tie.versioned:
                    columns[VERSION] = _next_version(table, past, tie, opened)
            s.execute(update(table).where(keyed(table, keys, tie.keys)).values(columns))


def _insert(table: Table, past: Table, tie: Ties, step: Step, undone: int, opened: int, keys: list[tuple]) -> Any:
    columns = [column for column in tie.columns if column not in step.columns]
    taken = [
        _next_version(past, twin(table).alias("every"), tie, opened) if column == VERSION else past.c[column]
        for column in columns
    ]
    asked = select(*taken).where(past.c.change_to == undone, keyed(past, keys, tie.keys))
    return insert(table).from_select(columns, asked, include_defaults=False)


def _before(table: Table, past: Table, tie: Ties, column: str, undone: int) -> Any:
    """The value a row had before the change."""
    return select(past.c[column]).where(past.c.change_to == undone, _same_row(past, table, tie)).scalar_subquery()


def _next_version(row: Any, past: Any, tie: Ties, opened: int) -> Any:
    """Higher than every version the row ever had: whoever edits an older one is told."""
    highest = select(func.max(past.c[VERSION])).where(past.c.change_from < opened, _same_row(past, row, tie))
    return highest.correlate(row).scalar_subquery() + 1


def _same_row(one: Any, other: Any, tie: Ties) -> Any:
    return and_(*(one.c[key] == other.c[key] for key in tie.keys))
