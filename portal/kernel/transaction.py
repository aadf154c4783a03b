"""Transactions and changes: the one place that commits, and the record of who wrote what, when, through what and why.

    with unit(engine) as s:                                   # one writing transaction
        with change(s, 7, "form", actor_name="Jana", reason="…") as c:
            …                                                  # every write to a versioned table happens in here

Ids and times of changes follow the order in which they are committed: SQLite has one writer at a time from BEGIN
IMMEDIATE on, PostgreSQL from an advisory lock taken when the change opens.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.kernel import clock
from portal.kernel.db import Base, Instant
from portal.kernel.errors import ChangeAlreadyOpen, NotAWriter

log = logging.getLogger("portal.kernel.transaction")

DOORS = ("form", "import", "seed", "job", "command")
"""Through what a change came."""

CHANGE_LOCK = 0x706F7274
"""Key of the advisory lock that orders changes on PostgreSQL."""


class Change(Base):
    """One recorded act of writing. `at` strictly increases with `id`; `undoes` names the change it takes back."""

    __tablename__ = "change"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, unique=True)
    # No foreign key: the account may be erased, history then shows the pseudonym left in actor_name.
    actor_id: Mapped[int | None] = mapped_column(index=True)
    actor_name: Mapped[str] = mapped_column(sa.Text)
    door: Mapped[str] = mapped_column(sa.String(16))
    reason: Mapped[str | None] = mapped_column(sa.Text)
    request_id: Mapped[str | None] = mapped_column(sa.String(64))
    undoes: Mapped[int | None] = mapped_column(sa.ForeignKey("change.id"), index=True)


class ChangeOpen(Base):
    """The id of the change now open, for the triggers of SQLite: one row inside a change, none outside."""

    __tablename__ = "change_open"
    __table_args__ = (sa.CheckConstraint("slot = 1", name="one_row"),)

    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    change_id: Mapped[int]


_CHANGES, _OPEN = cast(sa.Table, Change.__table__), cast(sa.Table, ChangeOpen.__table__)


@dataclass(frozen=True)
class OpenChange:
    """The change being written: its id and its moment (aware, UTC)."""

    id: int
    at: datetime


def begin_writing(s: Session, *, wait: float | None = None) -> Session:
    """Begin a writing transaction on `s` (SQLite: BEGIN IMMEDIATE). Raises NotAWriter if it already reads in one,
    ImportRunning if another writer does not finish in time: the engine's own, or `wait` seconds."""
    running = s.get_transaction()
    if running is None or not running.connections:
        s.connection(execution_options={"writer": True, "wait": wait})
    if not s.connection().info.get("portal.writer"):
        raise NotAWriter()
    return s


@contextmanager
def change(
    s: Session,
    actor_id: int | None = None,
    door: str = "form",
    *,
    actor_name: str = "",
    reason: str | None = None,
    request_id: str | None = None,
    undoes: int | None = None,
) -> Iterator[OpenChange]:
    """Open a change in the running writing transaction; all of the block is kept, or nothing of it.

    What was pending before is flushed first (and refused, if it belongs to a versioned table). On PostgreSQL whatever
    the session had loaded is expired once the lock is held, so that no earlier reading is written back. An error
    inside rolls back to the state before the block and is raised on. Nothing is committed.

    Raises ImportRunning, NotAWriter, ChangeAlreadyOpen; ValueError for an unknown door.
    """
    if door not in DOORS:
        raise ValueError(f"unknown door: {door!r}")
    if "portal.change" in s.info:
        raise ChangeAlreadyOpen(open=s.info["portal.change"].id)
    begin_writing(s)
    callbacks = len(s.info.get("portal.after_commit", ()))
    try:
        with s.begin_nested():
            postgresql = s.get_bind().dialect.name == "postgresql"
            if postgresql:
                s.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": CHANGE_LOCK})
                s.expire_all()
            values = {
                "at": _next_moment(s, postgresql),
                "actor_id": actor_id,
                "actor_name": actor_name,
                "door": door,
                "reason": reason,
                "request_id": request_id,
                "undoes": undoes,
            }
            row = s.execute(sa.insert(_CHANGES).values(values).returning(Change.id, Change.at)).one()
            opened = OpenChange(row.id, row.at)
            _mark(s, postgresql, opened.id)
            s.info["portal.change"] = opened
            yield opened
            s.flush()
            _mark(s, postgresql, None)
    except BaseException:
        del s.info.setdefault("portal.after_commit", [])[callbacks:]
        raise
    finally:
        s.info.pop("portal.change", None)


def take_turn(s: Session) -> None:
    """Let no change be written until this writing transaction ends: for what is derived from the portfolio and kept beside it.
    Raises ImportRunning, NotAWriter."""
    begin_writing(s)
    if s.get_bind().dialect.name == "postgresql":
        s.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": CHANGE_LOCK})


def open_change(s: Session) -> OpenChange | None:
    """The change open in this session, if any."""
    return s.info.get("portal.change")


def _next_moment(s: Session, postgresql: bool) -> datetime | sa.ColumnElement[datetime]:
    """Later than every change before. Several servers share PostgreSQL, so its clock counts there, unless ours is stopped."""
    last = sa.select(Change.at).order_by(Change.id.desc()).limit(1)
    if not postgresql:
        before = s.scalar(last)
        return max(clock.present(), before + timedelta(microseconds=1)) if before else clock.present()
    moment = sa.literal(clock.stopped(), Instant) if clock.stopped() else sa.func.clock_timestamp()
    return sa.func.greatest(moment, last.scalar_subquery() + sa.text("interval '1 microsecond'"))


def _mark(s: Session, postgresql: bool, change_id: int | None) -> None:
    """Tell the triggers which change is open (None: none)."""
    if postgresql:
        mark = "" if change_id is None else str(change_id)
        s.execute(sa.text("SELECT set_config('portal.change', :mark, true)"), {"mark": mark})
    elif change_id is None:
        s.execute(sa.delete(_OPEN))
    else:
        s.execute(sa.insert(_OPEN).values(slot=1, change_id=change_id))


def after_commit(s: Session, callback: Callable[[], None]) -> None:
    """Run `callback` once `commit` has succeeded: mail, files, jobs. Dropped if the work is rolled back."""
    s.info.setdefault("portal.after_commit", []).append(callback)


def commit(s: Session) -> None:
    """Commit, then run the callbacks. One that fails is logged and stops neither the others nor the caller:
    what was committed stays committed."""
    s.commit()
    for callback in s.info.pop("portal.after_commit", []):
        try:
            callback()
        except Exception:
            log.exception("after the commit: %r failed", callback)


def rollback(s: Session) -> None:
    """Roll back and forget the callbacks."""
    s.info.pop("portal.after_commit", None)
    s.rollback()


@contextmanager
def unit(engine: Engine, *, wait: float | None = None) -> Iterator[Session]:
    """One writing transaction outside web requests: commits at the end of the block, rolls back on an error.

    `wait` is how many seconds it waits for another writer, if not as long as the engine was told.
    """
    with Session(engine) as s:
        begin_writing(s, wait=wait)
        try:
            yield s
            commit(s)
        except BaseException:
            rollback(s)
            raise
