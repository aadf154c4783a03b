"""Triggers and temporary views on SQLite."""

from __future__ import annotations

from portal.kernel.history.shape import Shape, quoted

CHANGE = "(SELECT change_id FROM change_open)"


def trigger_names(shape: Shape) -> list[str]:
    return [f"{shape.name}_history_{event}" for event in ("insert", "update", "delete")]


def triggers(shape: Shape) -> list[str]:
    """The three CREATE TRIGGER statements of a table, in the order of `trigger_names`.

    An insert also ends an open state of the new key: with REPLACE the old row may vanish without a delete trigger.
    """
    refused = "SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);"
    moved = " OR ".join(f"OLD.{quoted(key)} IS NOT NEW.{quoted(key)}" for key in shape.keys)
    immutable = f"SELECT RAISE(ABORT, 'PH002 key of {shape.name.replace(chr(39), '')} is immutable') WHERE {moved};"
    begin = (
        f"INSERT INTO {quoted(shape.twin)} ({shape.listed()}, change_from, change_to)\n"
        f"  VALUES ({shape.listed('NEW.')}, {CHANGE}, NULL);"
    )
    bodies = {
        "insert": [refused, *_end(shape, "NEW"), begin],
        "update": [refused, immutable, *_end(shape, "NEW"), begin],
        "delete": [refused, *_end(shape, "OLD")],
    }
    return [
        f"CREATE TRIGGER {quoted(name)} AFTER {event.upper()} ON {quoted(shape.name)} FOR EACH ROW BEGIN\n  "
        + "\n  ".join(body)
        + "\nEND"
        for name, (event, body) in zip(trigger_names(shape), bodies.items(), strict=True)
    ]


def _end(shape: Shape, row: str) -> list[str]:
    """Statements that end the open state: one made by this very change is forgotten, an older one is closed."""
    its = f"{shape.same_key(row)} AND change_to IS NULL"
    twin = quoted(shape.twin)
    return [
        f"DELETE FROM {twin} WHERE {its} AND change_from = {CHANGE};",
        f"UPDATE {twin} SET change_to = {CHANGE} WHERE {its};",
    ]


def creation(shape: Shape) -> list[str]:
    return triggers(shape)


def removal(name: str) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {quoted(f'{name}_history_{event}')}" for event in ("insert", "update", "delete")]


def past_view(shape: Shape, change_id: int) -> str:
    """A temporary view that hides the live table behind its state after the change."""
    moment = int(change_id)
    return (
        f"CREATE TEMP VIEW {quoted(shape.name)} AS SELECT {shape.listed()} FROM main.{quoted(shape.twin)} "
        f"WHERE change_from <= {moment} AND (change_to IS NULL OR change_to > {moment})"
    )
