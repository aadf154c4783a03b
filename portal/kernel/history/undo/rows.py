"""What a change did to each row: before it, after it, and now; read from twins and live tables as exact text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    FromClause,
    MetaData,
    Select,
    Table,
    Text,
    case,
    cast,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from portal.kernel.history.twins import moved, twin
from portal.kernel.history.undo.ties import Ties
from portal.kernel.portions import portions

State = Mapping[str, str | None]
"""Column → value as exact text, so that 1 differs from 1.0 and reformatted JSON from the original; None is NULL."""

"""How many keys one statement names."""


@dataclass(frozen=True)
class Row:
    """One row a change touched. `before` None: the change made it; `after` None: the change removed it; `now` None: it is
    not there. Beside its columns a state says by `where 0`, `where 1`, … whether it falls under each unique index."""

    table: str
    key: tuple[Any, ...]
    before: State | None
    after: State | None
    now: State | None

    @property
    def name(self) -> tuple[str, tuple[Any, ...]]:
        """What tells the row from all others."""
        return self.table, self.key


def read(s: Session, change_id: int, metadata: MetaData, ties: Mapping[str, Ties]) -> list[Row]:
    """The rows of all versioned tables that the change made, changed or removed, in the order of tables and keys."""
    found = []
    for name, tie in ties.items():
        table = metadata.tables[name]
        past = twin(table)
        touched = _states(s, table, past, tie).add_columns(past.c.change_from)
        sides: dict[tuple, list[State | None]] = {}
        either = or_(past.c.change_from == change_id, past.c.change_to == change_id)
        for row in s.execute(touched.where(either)):
            key, state = _parted(row, tie)
            sides.setdefault(key, [None, None])[row.change_from == change_id] = state
        if sides:
            now = _now(s, table, tie, sides)
            found += [Row(name, key, before, after, now.get(key)) for key, (before, after) in sorted(sides.items())]
    return found


def keyed(table: FromClause, keys: Collection[tuple], columns: Iterable[str]) -> ColumnElement[bool]:
    """SQL predicate: the row of the table (or twin) has one of these keys."""
    parts = [table.c[name] for name in columns]
    if len(parts) == 1:
        return parts[0].in_([key[0] for key in keys])
    return tuple_(*parts).in_(list(keys))


def _states(s: Session, live: Table, table: Table, tie: Ties) -> Select:
    """SELECT the typed key, the exact text of each column, and whether the row falls under each unique index, from the live
    table or its twin."""
    exact = _quoted if s.get_bind().dialect.name == "sqlite" else _as_text
    asked: list[ColumnElement] = [table.c[key].label(f"key {n}") for n, key in enumerate(tie.keys)]
    asked += [exact(table.c[column]).label(f"text {n}") for n, column in enumerate(tie.columns)]
    for n, unique in enumerate(tie.uniques):
        falls = 1 if unique.where is None else case((moved(unique.where, live, table), 1), else_=0)
        asked.append(cast(falls, Text).label(f"where {n}"))
    return select(*asked).select_from(table)


def _quoted(column: Column) -> ColumnElement:
    return func.nullif(func.quote(column), "NULL")


def _as_text(column: Column) -> ColumnElement:
    return cast(column, Text)


def _parted(row: Any, tie: Ties) -> tuple[tuple, State]:
    keys, columns = len(tie.keys), len(tie.columns)
    state = dict(zip(tie.columns, row[keys : keys + columns], strict=True))
    state |= {f"where {n}": row[keys + columns + n] for n in range(len(tie.uniques))}
    return tuple(row[:keys]), state


def _now(s: Session, table: Table, tie: Ties, keys: Iterable[tuple]) -> dict[tuple, State]:
    found: dict[tuple, State] = {}
    for some in portions(keys):
        asked = _states(s, table, table, tie).where(keyed(table, some, tie.keys))
        found |= dict(_parted(row, tie) for row in s.execute(asked))
    return found
