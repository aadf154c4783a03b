"""What `portal check` compares: live tables with their history, and the database with what the models would create."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, MetaData, Table, inspect

from portal.kernel.history import postgresql, reconciliation, sqlite
from portal.kernel.history.shape import Shape, quoted
from portal.kernel.history.twins import versioned_tables


@dataclass(frozen=True)
class Divergence:
    """One thing that is not as it must be. `kind` is stable; `detail` says it in English, with up to five keys.

    Kinds: `missing_table`, `columns`, `trigger`, `view`, `unrecorded` (a live row that is not its open state),
    `ghost` (an open state that is no live row), `overlap`, `gap`, `backwards`, `unknown_change`, `key_reuse`,
    `change_left_open`.
    """

    table: str
    kind: str
    detail: str


def divergences(connection: Connection, metadata: MetaData | None = None) -> list[Divergence]:
    """Everything in which tables, history, triggers and models disagree; empty when all is well.

    Reads every row of every versioned table: minutes, not milliseconds, on a large portfolio.
    """
    if metadata is None:
        from portal.kernel.db import Base

        metadata = Base.metadata
    found = []
    there = set(inspect(connection).get_table_names())
    for table in versioned_tables(metadata):
        absent = [name for name in (table.name, f"{table.name}_history") if name not in there]
        if absent:
            found.append(Divergence(table.name, "missing_table", f"there is no table {' nor '.join(absent)}"))
            continue
        differing = list(_columns(connection, table))
        found += differing
        if not differing:
            shape = Shape.of_table(table)
            for check in (_triggers, _rows, _intervals):
                found += check(connection, shape)
            found += _counting(connection, table)
    if connection.dialect.name == "sqlite" and "change_open" in there:
        left = connection.exec_driver_sql("SELECT change_id FROM change_open").scalars().all()
        if left:
            found.append(Divergence("change_open", "change_left_open", f"change {left[0]} was left open"))
    return found


def _columns(connection: Connection, table: Table) -> Iterator[Divergence]:
    """The live table has the model's columns; the twin has them too, and may keep dropped ones."""
    look = inspect(connection)
    model = {column.name for column in table.columns}
    live = {column["name"] for column in look.get_columns(table.name)}
    past = {column["name"] for column in look.get_columns(f"{table.name}_history")}
    for what, names in (
        ("the table lacks", model - live),
        ("the model lacks", live - model),
        ("the history lacks", (model | {"change_from", "change_to"}) - past),
    ):
        if names:
            yield Divergence(table.name, "columns", f"{what} {', '.join(sorted(names))}")


def _triggers(connection: Connection, shape: Shape) -> Iterator[Divergence]:
    if connection.dialect.name == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
        found = dict(tuple(row) for row in connection.exec_driver_sql(query, (shape.name,)))
        wanted = dict(zip(sqlite.trigger_names(shape), sqlite.triggers(shape), strict=True))
        for name in sorted(wanted):
            if name not in found:
                yield Divergence(shape.name, "trigger", f"trigger {name} is missing")
            elif found[name] != wanted[name]:
                yield Divergence(shape.name, "trigger", f"trigger {name} is not the one the model asks for")
        return
    yield from _functions(connection, shape)
    yield from _view(connection, shape)


def _functions(connection: Connection, shape: Shape) -> Iterator[Divergence]:
    query = (
        "SELECT t.tgname, t.tgtype, t.tgenabled, t.tgqual IS NULL AND t.tgattr::text = '', p.prosrc "
        "FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE t.tgrelid = to_regclass(%s) AND NOT t.tgisinternal"
    )
    found = {row[0]: tuple(row)[1:] for row in connection.exec_driver_sql(query, (f"public.{quoted(shape.name)}",))}
    wanted = {
        postgresql.row_trigger(shape.name): (postgresql.ROW_TRIGGER, postgresql.function_body(shape)),
        postgresql.truncate_trigger(shape.name): (postgresql.TRUNCATE_TRIGGER, postgresql.TRUNCATE_BODY),
    }
    for name, (kind, body) in sorted(wanted.items()):
        if name not in found:
            yield Divergence(shape.name, "trigger", f"trigger {name} is missing")
        elif found[name] != (kind, "O", True, body):
            state = "is switched off" if found[name][1] == "D" else "is not the one the model asks for"
            yield Divergence(shape.name, "trigger", f"trigger {name} {state}")


def _view(connection: Connection, shape: Shape) -> Iterator[Divergence]:
    """PostgreSQL keeps a view as it understood it, so the wanted one is understood beside it and both are read back."""
    query = "SELECT pg_get_viewdef(to_regclass(%s))"
    found = connection.exec_driver_sql(query, (f"asof.{quoted(shape.name)}",)).scalar()
    if found is None:
        yield Divergence(shape.name, "view", f"view asof.{shape.name} is missing")
        return
    with connection.begin_nested() as trial:
        connection.exec_driver_sql(f"CREATE TEMP VIEW history_check AS {postgresql.past_select(shape)}")
        wanted = connection.exec_driver_sql(query, ("pg_temp.history_check",)).scalar()
        trial.rollback()
    if found != wanted:
        yield Divergence(shape.name, "view", f"view asof.{shape.name} is not the one the model asks for")


def _rows(connection: Connection, shape: Shape) -> Iterator[Divergence]:
    rows, states = (connection.exec_driver_sql(query).fetchall() for query in reconciliation.unlike(connection, shape))
    if rows:
        yield Divergence(shape.name, "unrecorded", f"live rows that history does not hold: {_some(rows)}")
    if states:
        yield Divergence(shape.name, "ghost", f"open states that are no live row: {_some(states)}")


def _intervals(connection: Connection, shape: Shape) -> Iterator[Divergence]:
    """States of one row follow one another. A gap is right only for a key that anyone may reuse (a pair of links), or
    where an undo brought the row back."""
    keys = ", ".join(quoted(key) for key in shape.keys)
    states = (
        f"(SELECT {keys}, change_from, change_to, "
        f"lead(change_from) OVER (PARTITION BY {keys} ORDER BY change_from) AS following "
        f"FROM {quoted(shape.twin)}) AS states"
    )
    known = "SELECT 1 FROM change WHERE change.id = states"
    wrong = {
        "backwards": ("change_to <= change_from", "states that end before they begin"),
        "overlap": (
            "following IS NOT NULL AND (change_to IS NULL OR following < change_to)",
            "states that overlap the next one",
        ),
        "unknown_change": (
            f"NOT EXISTS ({known}.change_from) OR (change_to IS NOT NULL AND NOT EXISTS ({known}.change_to))",
            "states made or ended by a change that is not recorded",
        ),
    }
    if len(shape.keys) == 1:
        wrong["gap"] = (
            f"following > change_to AND NOT EXISTS ({known}.following AND change.undoes IS NOT NULL)",
            "rows that were gone and came back without an undo",
        )
    for kind, (condition, words) in wrong.items():
        query = f"SELECT {keys}, change_from FROM {states} WHERE {condition} ORDER BY {keys}, change_from"
        rows = connection.exec_driver_sql(query).fetchall()
        if rows:
            yield Divergence(shape.name, kind, f"{words} (key, change): {_some(rows)}")


def _counting(connection: Connection, table: Table) -> Iterator[Divergence]:
    """The next key given out is higher than every key that history knows."""
    key = table.autoincrement_column
    if key is None or key.foreign_keys:
        return
    twin = quoted(f"{table.name}_history")
    highest = connection.exec_driver_sql(f"SELECT max({quoted(key.name)}) FROM {twin}").scalar()
    if connection.dialect.name == "sqlite":
        if not reconciliation.counts_for_ever(connection, table.name):
            yield Divergence(table.name, "key_reuse", "the key is not AUTOINCREMENT")
            return
        query = "SELECT seq FROM sqlite_sequence WHERE name = ?"
        given = connection.exec_driver_sql(query, (table.name,)).scalar()
    else:
        query = "SELECT pg_get_serial_sequence(%s, %s)"
        name = (f"public.{quoted(table.name)}", key.name)
        sequence = connection.exec_driver_sql(query, name).scalar()
        state = f"SELECT CASE WHEN is_called THEN last_value END FROM {sequence}"
        given = connection.exec_driver_sql(state).scalar() if sequence else None
    if highest is not None and (given is None or given < highest):
        yield Divergence(table.name, "key_reuse", f"the next key would follow {given}, but history knows {highest}")


def _some(rows: Sequence[Any]) -> str:
    shown = ", ".join(str(row[0]) if len(row) == 1 else str(tuple(row)) for row in rows[:5])
    return shown if len(rows) <= 5 else f"{shown} and {len(rows) - 5} more"
