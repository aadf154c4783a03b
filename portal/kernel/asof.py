"""The portfolio as recorded at a past moment.

    with as_of(engine, change_id) as s:
        …                               # any query of the portal, unchanged

Versioned tables show their state right after that change; accounts, rights, covers and veils stay live, and `clock.now()`
is the moment of the change. A column younger than the moment reads NULL. As recorded is not as stated: a seeded fact of
2014 was recorded on the day it was loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, MetaData, Table
from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.db import Base
from portal.kernel.errors import NotFound, ReadOnlyPast
from portal.kernel.history import sqlite, twin, versioned_tables
from portal.kernel.history.shape import Shape
from portal.kernel.record import RecordOut
from portal.kernel.standing import out_of_force_sql
from portal.kernel.transaction import Change


class Moment(NamedTuple):
    """A change as a point in time: its id and instant (aware, UTC)."""

    id: int
    at: datetime


class PastSession(Session):
    """A session that refuses to write before the database has to."""

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        if self.new or self.deleted or any(self.is_modified(row) for row in self.dirty):
            raise ReadOnlyPast()
        super().flush(objects)


@contextmanager
def as_of(engine: Engine, change_id: int, metadata: MetaData = Base.metadata) -> Iterator[Session]:
    """A read-only Session, on a connection of its own, in which versioned tables stand as right after the change.

    Commit and rollback of the session stay in the past. Raises NotFound when there is no such change, ReadOnlyPast on
    any write. The connection goes back to the pool as it came.
    """
    look = _past_on_sqlite if engine.dialect.name == "sqlite" else _past_on_postgresql
    with engine.connect() as connection, look(connection, int(change_id), metadata):
        found = moment(connection, change_id)
        if found is None:
            raise NotFound(change=change_id)
        # Savepoints, because a rollback of the whole transaction would silently bring the live tables back.
        with (
            clock.looking_at(found.at),
            PastSession(connection, join_transaction_mode="create_savepoint") as s,
        ):
            yield s


@contextmanager
def _past_on_sqlite(connection: Connection, change_id: int, metadata: MetaData) -> Iterator[None]:
    """Temporary views hide the live tables by name; they go with the transaction that made them."""
    connection.begin()
    try:
        for table in versioned_tables(metadata):
            connection.exec_driver_sql(sqlite.past_view(Shape.of_table(table), change_id))
        if RecordOut.__tablename__ in metadata.tables:
            connection.exec_driver_sql(f"CREATE TEMP VIEW record_out (record_id) AS {out_of_force_sql()}")
        connection.exec_driver_sql("PRAGMA query_only=ON")
        connection.info["portal.past"] = change_id
        yield
    finally:
        connection.info.pop("portal.past", None)
        connection.rollback()
        # To the driver, since SQLAlchemy would begin a new transaction.
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA query_only=OFF").close()


@contextmanager
def _past_on_postgresql(connection: Connection, change_id: int, metadata: MetaData) -> Iterator[None]:
    """The permanent views of schema `asof` come first on the search path, until the transaction ends."""
    connection.begin()
    try:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        connection.execute(
            sa.text("SELECT set_config('search_path', 'asof,public', true), set_config('portal.asof', :moment, true)"),
            {"moment": str(change_id)},
        )
        connection.info["portal.past"] = change_id
        yield
    finally:
        connection.info.pop("portal.past", None)
        connection.rollback()


def moment(s: Session | Connection, change_id: int) -> Moment | None:
    """The change of that id as a point in time, None if there is none."""
    found = s.execute(sa.select(Change.id, Change.at).where(Change.id == change_id)).one_or_none()
    return Moment(*found) if found else None


def last_moment(s: Session) -> Moment | None:
    """The change the Session's present stands after, None if nothing has been recorded."""
    found = s.execute(sa.select(Change.id, Change.at).order_by(Change.id.desc()).limit(1)).one_or_none()
    return Moment(*found) if found else None


def change_at(s: Session, instant: datetime) -> int | None:
    """Id of the last change at or before an aware instant; None if nothing had been recorded by then."""
    return s.scalar(sa.select(Change.id).where(Change.at <= instant).order_by(Change.at.desc()).limit(1))


def values_as_of(s: Session, change_id: int, table: Table, **where: Any) -> list[dict[str, Any]]:
    """Rows of a versioned table as right after the change, as dicts by column name, in the order of their key.

    `where` names columns and the values they must equal: `values_as_of(s, 7, Statement.__table__, record_id=3)`.
    Reads the twin, so it works in a live session and needs no second connection.
    """
    past = twin(table)
    columns = [past.c[column.name] for column in table.columns]
    query = sa.select(*columns).where(
        past.c.change_from <= change_id, sa.or_(past.c.change_to.is_(None), past.c.change_to > change_id)
    )
    for name, value in where.items():
        query = query.where(past.c[name] == value)
    query = query.order_by(*[past.c[key.name] for key in table.primary_key.columns])
    return [dict(row) for row in s.execute(query).mappings()]


def version_change(s: Session, table: Table, id: int, version: int) -> int | None:
    """The change that brought row `id` of a table with a `version` column to that version.

    None if the row never rested at it: two writes in one change leave only the second version.
    """
    past = twin(table)
    return s.scalar(
        sa.select(past.c.change_from)
        .where(past.c.id == id, past.c.version == version)
        .order_by(past.c.change_from)
        .limit(1)
    )


def row_at_version(s: Session, tables: Table | Iterable[Table], id: int, version: int) -> dict[str, Any] | None:
    """The base of a merge: columns of row `id` when it came to `version`, by column name; None if it never rested there.

    `tables` is the table that carries `version`, or several that share the key, that one first (joined inheritance:
    `inspect(Project).tables`). The earliest moment of the version is taken: what another change wrote meanwhile without
    raising the version then counts as theirs, never as the person's own edit.
    """
    joined = [tables] if isinstance(tables, Table) else list(tables)
    change_id = version_change(s, joined[0], id, version)
    if change_id is None:
        return None
    values: dict[str, Any] = {}
    for table in joined:
        for row in values_as_of(s, change_id, table, id=id):
            values |= row
    return values
