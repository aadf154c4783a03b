"""What every connection is told, and what the drivers' errors mean.

SQLite: write-ahead log, synchronous=FULL, foreign keys, recursive triggers (else a REPLACE would leave ghost rows in
history), busy timeout, what is deleted overwritten; the driver's own transaction handling is off and BEGIN is emitted here.
PostgreSQL: UTC, a lock timeout, queries not compiled.
Errors that the history triggers raise become `portal.kernel.errors`, the same on both.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, event

from portal.kernel.errors import (
    ImportRunning,
    KeyImmutable,
    NoOpenChange,
    PortalError,
    ReadOnlyPast,
    SentStays,
    TruncateRefused,
)

LOCK_WAIT = 10.0
"""Seconds a writer waits for another one before it gives up with `ImportRunning`."""

REFUSALS: dict[str, type[PortalError]] = {
    "PH001": NoOpenChange,
    "PH002": KeyImmutable,
    "PH003": TruncateRefused,
    "PH004": SentStays,
}
"""What the triggers raise: SQLSTATE on PostgreSQL, start of the message on SQLite."""


def listen(engine: Engine, wait: float) -> None:
    """Attach the rules to one engine."""
    milliseconds = int(wait * 1000)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda raw, _: _open_sqlite(raw, milliseconds))
        event.listen(engine, "begin", _begin_sqlite)
        event.listen(engine.pool, "reset", _no_view_left)
    else:
        event.listen(engine, "connect", lambda raw, _: _open_postgresql(raw, milliseconds))
        event.listen(engine, "begin", _begin_postgresql)
    event.listen(engine, "handle_error", translate)


def _open_sqlite(raw: Any, milliseconds: int) -> None:
    raw.isolation_level = None
    for pragma in (
        f"busy_timeout={milliseconds}",  # first: switching to WAL may itself have to wait
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        "secure_delete=ON",
    ):
        raw.execute(f"PRAGMA {pragma}").close()


def _open_postgresql(raw: Any, milliseconds: int) -> None:
    with raw.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
        # Questions here are wide and short: compiling one takes seconds, answering it milliseconds.
        cursor.execute("SET jit = off")
        cursor.execute(f"SET lock_timeout = {milliseconds}")
    raw.commit()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    writer = bool(options.get("writer"))
    connection.info["portal.writer"] = writer
    begin = "BEGIN IMMEDIATE" if writer else "BEGIN"
    if options.get("wait") is None:
        connection.exec_driver_sql(begin)
        return
    usual = connection.exec_driver_sql("PRAGMA busy_timeout").scalar()
    connection.exec_driver_sql(f"PRAGMA busy_timeout={int(options['wait'] * 1000)}")
    try:
        connection.exec_driver_sql(begin)
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={usual}")


def _begin_postgresql(connection: Connection) -> None:
    options = connection.get_execution_options()
    connection.info["portal.writer"] = bool(options.get("writer"))
    if options.get("wait") is not None:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {max(int(options['wait'] * 1000), 1)}")


def _no_view_left(raw: Any, _record: Any, state: Any) -> None:
    """A connection that still shows the past must never be handed to the next user: raising discards it."""
    if state.terminate_only:
        return
    raw.rollback()
    if raw.execute("SELECT count(*) FROM sqlite_temp_master").fetchone()[0]:
        raise RuntimeError("a temporary view of the past was left on a connection; the connection is discarded")
    if raw.execute("PRAGMA query_only").fetchone()[0]:
        raise RuntimeError("a read-only connection came back to the pool; the connection is discarded")


def translate(context: ExceptionContext) -> None:
    """Raise the portal's own error for what the triggers and the write lock report."""
    error = context.original_exception
    state = getattr(error, "sqlstate", None)
    text = str(error)
    for code, refusal in REFUSALS.items():
        if state == code or (state is None and text.startswith(f"{code} ")):
            raise refusal(text.removeprefix(f"{code} ").splitlines()[0]) from error
    statement = context.statement or ""
    if (statement == "BEGIN IMMEDIATE" and "locked" in text) or (
        state == "55P03" and "pg_advisory_xact_lock" in statement
    ):
        raise ImportRunning() from error
    if context.connection is not None and "portal.past" in context.connection.info:
        if state == "25006" or "readonly database" in text or "because it is a view" in text:
            raise ReadOnlyPast() from error
