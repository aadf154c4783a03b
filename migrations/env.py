"""Runs the migrations: one transaction, one process at a time, with foreign keys verified at the end.

`portal migrate` and the tests pass an engine; `alembic revision …` on a developer's machine takes the one
that the settings name. SQL without a database ("offline") is not supported: batch rebuilds read tables.
"""

from typing import Any

from alembic import context
from sqlalchemy import Connection, Engine, text

from portal import load_models
from portal.ops import schema


def _foreign_keys(connection: Connection, state: str) -> None:
    """Switch SQLite's enforcement. Goes to the driver: inside a transaction SQLite silently ignores it."""
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA foreign_keys={state}")
    if driver.execute("PRAGMA foreign_keys").fetchone()[0] != (state == "ON"):
        raise RuntimeError("SQLite did not switch its foreign keys; a transaction was already open")


def _migrate(connection: Connection) -> None:
    with connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL lock_timeout = '5min'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": schema.LOCK})
        context.configure(
            connection=connection,
            target_metadata=load_models(),
            render_as_batch=True,
            compare_server_default=True,
        )
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"rows without a parent after migrating (table, row, parent): {broken[:5]}")


def run(engine: Engine) -> None:
    """Run what alembic was asked for on `engine`. All or nothing; a second process waits."""
    with engine.connect().execution_options(writer=True) as connection:
        if connection.dialect.name != "sqlite":
            return _migrate(connection)
        # A batch rebuild drops the old table; with enforcement on, that would delete children by cascade.
        _foreign_keys(connection, "OFF")
        try:
            _migrate(connection)
        finally:
            _foreign_keys(connection, "ON")


if context.is_offline_mode():
    raise SystemExit("Migrations need a database: they read the tables they rebuild.")
run(context.config.attributes.get("engine") or schema.open_engine())
