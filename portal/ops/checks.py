"""What `portal check` looks at. Each check returns its troubles as lines of text, none when all is well."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Engine

from portal.ops import schema


def run(engine: Engine) -> Iterator[tuple[str, list[str]]]:
    """Name and troubles of each check. Stops after the first when the schema is not current."""
    troubles = _schema(engine)
    yield "schema is up to date", troubles
    if troubles:
        return
    yield "file and references are sound", _file(engine)
    yield "history agrees with the tables", _history(engine)


def _schema(engine: Engine) -> list[str]:
    state = schema.state(engine)
    if state.current:
        return []
    return [f"it is at {state.reached or 'nothing'}, the code needs {state.needed}: run `portal migrate`"]


def _file(engine: Engine) -> list[str]:
    if engine.dialect.name != "sqlite":
        return []  # PostgreSQL enforces references always and checks its pages itself
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return [line for line in pages if line != "ok"] + [
        f"{table} row {row} refers to a missing row of {parent}" for table, row, parent, _ in orphans
    ]


def _history(engine: Engine) -> list[str]:
    from portal.kernel import history

    with engine.connect() as connection:
        return [f"{one.table}: {one.detail} ({one.kind})" for one in history.divergences(connection)]
