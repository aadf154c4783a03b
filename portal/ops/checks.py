"""What `portal check` looks at. Each check returns its troubles as lines of text, none when all is well."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine, Table, column, select, table, text
from sqlalchemy.orm import Session

from portal.donor_workbooks.models import DonorFile, DonorFileBytes
from portal.frameworks import texts as _frameworks  # noqa: F401  registers which words are searched
from portal.funding import texts as _funding  # noqa: F401
from portal.funding.models import CoBeneficiary, Contract
from portal.funding.queries import CO_BENEFICIARIES
from portal.kernel import transaction
from portal.kernel.db import Base
from portal.kernel.record import Record, RecordCover, RecordOut, RecordVeil
from portal.kernel.search import SearchWord
from portal.kernel.settling import index
from portal.kernel.standing import out_of_force_sql
from portal.kernel.veil import drape
from portal.ops import schema
from portal.partners import texts as _partners  # noqa: F401
from portal.projects import texts as _projects  # noqa: F401
from portal.projects.models import Project
from portal.projects.queries import SETS
from portal.sources import texts as _sources  # noqa: F401
from portal.sources.facts import decode, encode, fact
from portal.sources.models import Statement


def run(engine: Engine) -> Iterator[tuple[str, list[str]]]:
    """Name and troubles of each check. Stops after the first when the schema is not current."""
    troubles = _schema(engine)
    yield "schema is up to date", troubles
    if troubles:
        return
    yield "file and references are sound", _file(engine)
    yield "files sent are as they were registered", _sent(engine)
    yield "files of recipients are as they were uploaded", _uploaded(engine)
    yield "history agrees with the tables", _history(engine)
    yield "sets agree with the statements that lead", _sets(engine)
    yield "what is derived agrees with the records", _derived(engine)


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


_FILES = table("sent_file", column("id"), column("file_name"), column("due_report_id"), column("sha256"))
_BYTES = table("sent_content", column("sent_file_id"), column("data"))
"""By name: the register lies above the command line."""
DAMAGED = "its bytes do not have the hash that was noted; take it back from a backup"


def _sent(engine: Engine) -> list[str]:
    """Every file of the register by its hash, one at a time."""
    found = []
    with Session(engine) as s:
        for one in s.execute(select(_FILES).order_by(_FILES.c.id)).all():
            data = s.scalar(select(_BYTES.c.data).where(_BYTES.c.sent_file_id == one.id))
            what = f"file sent no. {one.id}, {one.file_name}, of report {one.due_report_id}"
            if data is None:
                found.append(f"{what}: its bytes are missing; take them back from a backup")
            elif hashlib.sha256(data).hexdigest() != one.sha256:
                found.append(f"{what}: {DAMAGED}")
    return found


def _uploaded(engine: Engine) -> list[str]:
    """Every recipient's file by its hash, each bytes once."""
    found = []
    with Session(engine) as s:
        for digest in s.scalars(select(DonorFileBytes.digest).order_by(DonorFileBytes.digest)).all():
            data = s.scalars(select(DonorFileBytes.data).where(DonorFileBytes.digest == digest)).one()
            if hashlib.sha256(data).hexdigest() != digest:
                asked = select(DonorFile).where(DonorFile.digest == digest).order_by(DonorFile.id)
                found += [
                    f"file no. {one.number} of the recipient's workbook {one.workbook_id}, {one.file_name}: {DAMAGED}"
                    for one in s.scalars(asked)
                ]
    return found


def _history(engine: Engine) -> list[str]:
    from portal.kernel import history

    with engine.connect() as connection:
        return [f"{one.table}: {one.detail} ({one.kind})" for one in history.divergences(connection)]


def _sets(engine: Engine) -> list[str]:
    """The sets of projects and contracts, compared with what the leading statement of each says; one that nobody stated is left
    alone."""
    beside = {CO_BENEFICIARIES: (CoBeneficiary, "organisation_id")}
    with Session(engine) as s:
        return [
            line
            for kind, sets in ((Project, SETS), (Contract, beside))
            for unit, (model, column) in sets.items()
            for line in _sets_called(s, kind, unit, Base.metadata.tables[model.__tablename__], column)
        ]


def _sets_called(s: Session, of: type[Record], unit: str, rows: Table, column: str) -> Iterator[str]:
    kind = of.__tablename__
    kept: dict[int, set[Any]] = {}
    for record_id, member in s.execute(select(rows.c[f"{kind}_id"], rows.c[column])):
        kept.setdefault(record_id, set()).add(member)
    f = fact(kind, unit)
    led = select(Statement.record_id, Statement.value).join(of, of.id == Statement.record_id)
    for record_id, value in s.execute(led.where(Statement.field == unit, Statement.leading.is_(True))):
        held, _cs, _en = encode(f, kept.get(record_id, set()))
        if isinstance(decode(f, value) or frozenset(), frozenset) and held != value:
            yield f"{kind} {record_id}: {unit} are {held or 'none'}, the leading statement says {value or 'none'}"


DERIVED = (RecordCover, RecordVeil, SearchWord)


def _derived(engine: Engine) -> list[str]:
    """Veils of confidential records and words for search, compared with what they would be if made anew.

    They are made anew in a transaction that is rolled back: nothing changes, but writers wait meanwhile.
    """
    with Session(engine) as s:
        transaction.begin_writing(s)
        out = set(s.execute(text(out_of_force_sql())).scalars()) ^ set(s.scalars(select(RecordOut.record_id)))
        kept = {table: _rows(s, table) for table in DERIVED}
        records = s.scalars(select(Record).order_by(Record.id)).all()
        drape(s, records)
        index(s, records)
        made = {table: _rows(s, table) for table in DERIVED}
        s.rollback()
    return [f"record_out: record {i} is in it, or is not, wrongly" for i in sorted(out)] + [
        f"{table.__tablename__}: record {row[0]} {what} {tuple(row[1:])}"
        for table in DERIVED
        for what, rows in (("lacks", made[table] - kept[table]), ("has, wrongly,", kept[table] - made[table]))
        for row in sorted(rows)
    ]


def _rows(s: Session, table: type[Base]) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in s.execute(select(*table.__table__.columns))}
