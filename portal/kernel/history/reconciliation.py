"""Comparing live rows with their open states, and recording what a migration changed behind the triggers' back."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from portal.kernel import transaction
from portal.kernel.history.shape import Shape, quoted


def unlike(connection: Connection, shape: Shape) -> tuple[str, str]:
    """Two SELECTs of keys: live rows that are not exactly an open state, and open states that are not a live row.

    Values are compared as exact text, so that 1 differs from 1.0 and reformatted JSON from the original.
    """
    if connection.dialect.name == "sqlite":
        live, past = quoted(shape.name), quoted(shape.twin)
        values = ", ".join(f"quote({quoted(column)})" for column in shape.columns)
    else:
        live, past = f"public.{quoted(shape.name)}", f"public.{quoted(shape.twin)}"
        values = ", ".join(f"{quoted(column)}::text" for column in shape.columns)
    keys = ", ".join(quoted(key) for key in shape.keys)
    rows = f"SELECT {keys}, {values} FROM {live}"
    states = f"SELECT {keys}, {values} FROM {past} WHERE change_to IS NULL"
    named = ", ".join(f"k{i}" for i in range(len(shape.keys)))
    columns = ", ".join([f"k{i}" for i in range(len(shape.keys))] + [f"v{i}" for i in range(len(shape.columns))])
    return tuple(  # type: ignore[return-value]
        f"WITH left_over({columns}) AS ({one} EXCEPT {other}) SELECT {named} FROM left_over ORDER BY {named}"
        for one, other in ((rows, states), (states, rows))
    )


def record_differences(connection: Connection, shapes: Iterable[Shape], reason: str) -> None:
    """Write one change that brings the open states of `shapes` up to the live rows; nothing where they agree."""
    found = []
    for shape in shapes:
        rows, states = (connection.exec_driver_sql(query).fetchall() for query in unlike(connection, shape))
        if rows or states:
            found.append((shape, {tuple(key) for key in rows}, {tuple(key) for key in states}))
    if not found:
        return
    with (
        Session(connection, join_transaction_mode="rollback_only") as s,
        transaction.change(s, None, "command", actor_name="migration", reason=reason) as c,
    ):
        for shape, unrecorded, ghosts in found:
            key = shape.keys[0]
            for row in sorted(unrecorded):
                # A write that changes nothing makes the trigger record the row as it is.
                _at_key(connection, f"UPDATE {quoted(shape.name)} SET {quoted(key)} = {quoted(key)}", shape, row)
            for row in sorted(ghosts - unrecorded):
                closing = f"UPDATE {quoted(shape.twin)} SET change_to = {c.id}"
                _at_key(connection, closing, shape, row, " AND change_to IS NULL")


def _at_key(connection: Connection, statement: str, shape: Shape, row: tuple, more: str = "") -> None:
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    where = " AND ".join(f"{quoted(key)} = {mark}" for key in shape.keys)
    connection.exec_driver_sql(f"{statement} WHERE {where}{more}", row)


def keep_counting(connection: Connection, shape: Shape) -> None:
    """SQLite forgets the highest key ever given when a table is rebuilt; its history remembers."""
    if connection.dialect.name != "sqlite" or not counts_for_ever(connection, shape.name):
        return
    highest = f"(SELECT coalesce(max({quoted(shape.keys[0])}), 0) FROM {quoted(shape.twin)})"
    changed = connection.exec_driver_sql(
        f"UPDATE sqlite_sequence SET seq = max(seq, {highest}) WHERE name = ?", (shape.name,)
    )
    if not changed.rowcount:
        connection.exec_driver_sql(f"INSERT INTO sqlite_sequence (name, seq) VALUES (?, {highest})", (shape.name,))


def counts_for_ever(connection: Connection, table: str) -> bool:
    """Whether a SQLite table was made with AUTOINCREMENT, which never gives a key out twice."""
    made_by = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?"
    return "AUTOINCREMENT" in connection.exec_driver_sql(made_by, (table,)).scalar_one().upper()
