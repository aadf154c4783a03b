"""The portfolio as stated by a day: what documents dated that day or before it say, and nothing else.

    engine = stated_by(live, date(2014, 8, 27), folder)      # a database of its own, made once for the portfolio as it is
    with reading(engine, day) as s:
        …                                                    # any query of the portal, unchanged

As stated is not as recorded: a fact of 2014 was recorded on the day somebody entered it. A statement counts where a document
that it cites is surely dated by the day; a document without a date counts on no day. Of each fact the statement that leads
today goes on leading if it counts, else the one of those that do that led last, else the last of them; where none counts
nothing is stated. A record of which nothing is stated is not there, nor is what lies under it, nor a contact person.
That an amount is part of another is known for good (`Fact.lasting`): a total of both would be nobody's statement.
Countries and themes are lists of words and stay. Rights are today's.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from threading import Lock

from sqlalchemy import Engine, Table, func, insert, inspect, select
from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.asof import PastSession
from portal.kernel.db import Base, make_engine
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.standing import out_of_force_sql
from portal.kernel.transaction import Change
from portal.sources import facts
from portal.sources.actions import follow
from portal.sources.actions.statements import take_lead
from portal.sources.models import Citation, Document, Statement

ALWAYS = ("country", "theme")
"""Kinds that are lists of words: no document has to state that there is such a thing."""
RIGHTS = ("record_cover", "record_veil", "record_reader", "person")
"""Live tables a page of the portfolio joins. Nobody signs in against this database: passwords stay where they are."""
AT_MOST = 8
"""Days kept ready; the oldest is made anew when it is asked for again."""
_making = Lock()
_ready: dict[tuple[str, int, date], Engine] = {}


def stated_by(live: Session, day: date, folder: Path) -> Engine:
    """The database of what is stated by `day`, kept in `folder` until the portfolio changes or others take its place."""
    last = live.scalar(select(func.max(Change.id))) or 0
    key = (str(folder), last, day)
    with _making:
        if key not in _ready:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = folder / f"{last}-{day.isoformat()}.sqlite3"
            path.unlink(missing_ok=True)
            engine = make_engine(f"sqlite:///{path}")
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
            _fill(live, engine, day)
            _ready[key] = engine
            _drop_old(str(folder), last)
        return _ready[key]


@contextmanager
def reading(engine: Engine, day: date) -> Iterator[Session]:
    """A read-only Session on what is stated by a day; within the block that day is today."""
    with engine.connect() as connection:
        connection.begin()
        connection.exec_driver_sql("PRAGMA query_only=ON")
        connection.info["portal.past"] = day
        try:
            with (
                clock.looking_at(datetime.combine(day, time(12), UTC)),
                PastSession(connection, join_transaction_mode="create_savepoint") as s,
            ):
                yield s
        finally:
            connection.info.pop("portal.past", None)
            connection.rollback()
            connection.connection.driver_connection.execute("PRAGMA query_only=OFF").close()


def _drop_old(folder: str, last: int) -> None:
    mine = [key for key in _ready if key[0] == folder]
    for key in [k for k in mine if k[1] != last] + [k for k in mine if k[1] == last][:-AT_MOST]:
        engine = _ready.pop(key)
        engine.dispose()
        for path in Path(folder).glob(f"{key[1]}-{key[2].isoformat()}.sqlite3*"):
            path.unlink(missing_ok=True)


def _fill(live: Session, engine: Engine, day: date) -> None:
    counted = set(
        live.scalars(
            select(Citation.statement_id)
            .join(Document, Document.id == Citation.document_id)
            .where(Document.dated_to <= day)
        )
    )
    kept = _kept(live, counted, day)
    Base.metadata.create_all(engine)
    with engine.connect().execution_options(writer=True) as connection:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF").close()
        with connection.begin():
            for table in _tables():
                rows = [row for row in _rows(live, table, kept, counted) if row is not None]
                if rows:
                    connection.execute(insert(table), rows)
            connection.exec_driver_sql(f"INSERT INTO record_out (record_id) {out_of_force_sql()}")
            with Session(connection, join_transaction_mode="create_savepoint") as s:
                _state_anew(s, _led(live, counted))
                s.commit()


def _kinds() -> dict[str, Table]:
    return {
        m.polymorphic_identity: m.local_table for m in inspect(Record).self_and_descendants if m.polymorphic_identity
    }


def _kept(live: Session, counted: set[int], day: date) -> set[int]:
    """Ids of the records that are there: something is stated of them, and of all they cannot be without."""
    stated = {r for i, r in live.execute(select(Statement.id, Statement.record_id)) if i in counted}
    kinds = dict(live.execute(select(Record.id, Record.kind)).all())
    documents = set(live.scalars(select(Document.id).where(Document.dated_to <= day)))
    private = {m.polymorphic_identity for m in inspect(Record).self_and_descendants if m.class_.private}
    kept = {i for i, kind in kinds.items() if kind in ALWAYS or i in (documents if kind == "document" else stated)}
    kept -= {i for i in kept if kinds[i] in private}  # no copy of what must be deleted one day
    needs: dict[int, set[int]] = {}
    for table in _kinds().values():
        columns = [c for c in _references(table) if not c.nullable and c.name != "id"]
        for row in live.execute(select(table.c.id, *columns)) if columns else ():
            needs[row[0]] = set(row[1:])
    while lost := {i for i in kept if not needs.get(i, set()) <= kept}:
        kept -= lost
    return kept


def _references(table: Table) -> list:
    """The columns that hold the id of a record."""
    homes = {"record", *(t.name for t in _kinds().values())}
    return [c for c in table.columns if any(key.column.table.name in homes for key in c.foreign_keys)]


def _tables() -> list[Table]:
    """What is copied: records of every kind, what is stated of them, their sets, and who may see them."""
    mine = {"record", *(t.name for t in _kinds().values()), "statement", "citation", *RIGHTS}
    return [t for t in Base.metadata.sorted_tables if t.name in mine or _is_set(t)]


def _is_set(table: Table) -> bool:
    """A versioned table whose key is made of a record and one more: the members of a set."""
    return bool(table.info.get("versioned")) and len(table.primary_key.columns) > 1 and bool(_references(table))


def _rows(live: Session, table: Table, kept: set[int], counted: set[int]) -> Iterator[dict | None]:
    references = _references(table)
    for row in live.execute(select(table)).mappings():
        values = dict(row)
        if table.name == "person":
            yield values | {"password_hash": None}
            continue
        if "statement_id" in values and values["statement_id"] not in counted:
            continue
        if table.name == "statement" and values["id"] not in counted:
            continue
        gone = [c for c in references if values[c.name] is not None and values[c.name] not in kept]
        if any(c.primary_key or not c.nullable for c in gone) or (table.name == "record" and values["id"] not in kept):
            continue
        if table.name == "record":  # remarks of the office, which no document states
            values |= {"note_cs": "", "note_en": ""}
        yield values | {c.name: None for c in gone}


def _led(live: Session, counted: set[int]) -> dict[int, int]:
    """By statement that counts: the last change from which on it led."""
    states = Base.metadata.tables["statement_history"]
    asked = select(states.c.id, func.max(states.c.change_from)).where(states.c.leading.is_(True)).group_by(states.c.id)
    return {i: change for i, change in live.execute(asked) if i in counted}


def _state_anew(s: Session, led: dict[int, int]) -> None:
    """Let each record hold what is stated of it: where the statement that leads is not among those left, the one of them that
    led last (`led`: since which change), else the last of them."""
    left: dict[tuple[int, str], Statement] = {}
    for statement in sorted(
        s.scalars(select(Statement)), key=lambda one: (one.leading, led.get(one.id, 0), one.position, one.id)
    ):
        left[statement.record_id, statement.field] = statement
    for record in s.scalars(select(Record).where(Record.kind.not_in((*ALWAYS, "document")))).all():
        for f in facts.facts_of_kind(record.kind).values():
            statement = left.pop((record.id, f.field), None)
            if statement is None and f.type == "name":
                _rename(record, left)
            elif statement is None:
                _clear(s, record, f)
            elif not statement.leading:
                take_lead(s, SYSTEM, record, f, statement, "")
                follow(s, record, statement)
        facts.leave_unstated(record)
    for (record_id, field), statement in left.items():
        statement.leading = True
        record = s.get(Record, record_id)
        if record is not None and (f := facts.fact(record.kind, field)).part_of:
            facts.write(record, f, facts.decode(f, statement.value))
    s.flush()


def _rename(record: Record, left: dict[tuple[int, str], Statement]) -> None:
    """Nobody names it: it is called as a document speaks of it, else by the name it has."""
    for stand_in in facts.STAND_INS:
        if (spoken := left.get((record.id, stand_in))) is not None:
            record.rename(spoken.value_cs or spoken.value or "", spoken.value_en)
            return


def _clear(s: Session, record: Record, f: facts.Fact) -> None:
    """Nobody states it. What cannot be unknown stays; so does what is lasting, as not stated by anybody then."""
    if f.lasting:
        for attribute, column in f.mirrors:
            if attribute == "certainty" and facts.read(record, f) is not None:
                setattr(record, column, "uncited")
    elif facts.may_be_unknown(record, f) and facts.read(record, f) is not None:
        facts.write(record, f, None)
        for _attribute, column in f.mirrors:
            if type(record).__mapper__.columns[column].nullable:
                setattr(record, column, None)
        s.flush()
