"""Creating and dropping triggers and views, the frozen SQL of migrations, and rebuilding a table under its history."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Dialect, MetaData, Table

from portal.kernel.history import postgresql, reconciliation, sqlite
from portal.kernel.history.shape import Shape
from portal.kernel.history.twins import versioned_tables

SEPARATOR = "\n\n-- next statement --\n\n"


def _generator(dialect: Dialect | str) -> Any:
    name = dialect if isinstance(dialect, str) else dialect.name
    if name not in ("sqlite", "postgresql"):
        raise ValueError(f"no history on {name}")
    return sqlite if name == "sqlite" else postgresql


def _ground(dialect: Dialect | str) -> list[str]:
    return postgresql.ground() if _generator(dialect) is postgresql else []


def triggers_sql(table: Table, dialect: Dialect | str) -> list[str]:
    """The statements that create the triggers (on PostgreSQL also function and view) of one table."""
    return _generator(dialect).creation(Shape.of_table(table))


def create_history(connection: Connection, tables: Iterable[Table]) -> None:
    """Create triggers and views of `tables`, whose live tables and twins exist."""
    _run(connection, _ground(connection.dialect))
    for table in tables:
        _run(connection, triggers_sql(table, connection.dialect))


def drop_history(connection: Connection, tables: Iterable[Table | str]) -> None:
    """Drop triggers and views; live tables and twins stay as they are."""
    for table in tables:
        name = table if isinstance(table, str) else table.name
        _run(connection, _generator(connection.dialect).removal(name))


def frozen_sql(metadata: MetaData, dialect: Dialect | str, names: Collection[str] | None = None) -> str:
    """A script for a migration: triggers and views of the versioned tables (all, or those of `names`) as the models are today.

    `run_script` runs it. A migration carries the text, never a call of this function.
    """
    statements = _ground(dialect)
    for table in versioned_tables(metadata):
        if names is None or table.name in names:
            statements += triggers_sql(table, dialect)
    return SEPARATOR.join(statements) + "\n"


def run_script(connection: Connection, script: str) -> None:
    """Run a script made by `frozen_sql`, statement by statement."""
    _run(connection, [statement for part in script.split(SEPARATOR) if (statement := part.strip())])


def _run(connection: Connection, statements: Iterable[str]) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement)


@contextmanager
def history_rebuilt(op: Any, tables: Iterable[str], reason: str = "migration") -> Iterator[None]:
    """In a migration: take triggers and views off `tables`, let the block alter tables and twins, put them back.

        with history_rebuilt(op, ["project"], "0007 adds budget_note"):
            op.add_column("project", sa.Column("budget_note", sa.Text, nullable=False, server_default=""))
            op.add_column("project_history", sa.Column("budget_note", sa.Text))

    What comes back fits the tables as the block left them, not today's models. Where the block gave rows other values
    than their open state holds, one recorded change (`reason`) writes the difference down. Keys stay unused for ever:
    a rebuilt SQLite table goes on counting after the highest key its history knows. Alembic forgets AUTOINCREMENT in a
    batch rebuild unless told: `batch_alter_table(name, table_kwargs={"sqlite_autoincrement": True})`.
    """
    names = list(tables)
    connection = op.get_bind()
    drop_history(connection, names)
    yield
    _run(connection, _ground(connection.dialect))
    shapes = [shape for name in names if (shape := Shape.in_database(connection, name))]
    for shape in shapes:
        _run(connection, _generator(connection.dialect).creation(shape))
        reconciliation.keep_counting(connection, shape)
    reconciliation.record_differences(connection, shapes, reason)
