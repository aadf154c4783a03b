"""A large portfolio out of a generated one: everything in it as often again as asked for, by SQL.

To generate 100,000 projects takes hours, to repeat 10,000 of them minutes. What is repeated are the live rows of all records
with their statements, citations, covers and veils, each copy among records of its own: projects of the third copy stand in
frameworks, instruments and organisations of the third copy. Shared are countries, themes and people. Not repeated are words
for searching and the rows of history: only pages of the present are measured on what comes of it. Names are alike in all copies.

Kept summaries are repeated in the same way; `differences` compares the sum with the full computation.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Column, Connection, Engine, Integer, Table, text
from sqlalchemy.orm import Session

from portal.figures import coverage, funding, kept, parts, projects
from portal.figures.keeping import OPEN
from portal.figures.measures import KNOWN_FUNDING
from portal.figures.scope import Scope
from portal.kernel.db import Base

SHARED = ("country", "theme")
"""Kinds of records that all copies have in common."""
PLAIN = {"record_cover": ("record_id", "cover_id"), "record_veil": ("record_id", "veil_id"), "record_out": ("record_id",),
         "record_reader": ("record_id",)}  # fmt: skip
"""Tables without a history that are repeated, and their columns that name records."""
LEFT = {*SHARED, "rate_import", "monthly_rate"}


def repeat(engine: Engine, times: int) -> None:
    """Add everything `times - 1` times over, and fold the summaries accordingly; all marks must have been folded in."""
    tables = [
        table
        for table in Base.metadata.sorted_tables
        if (table.info.get("versioned") and table.name not in LEFT) or table.name in PLAIN
    ]
    with engine.connect().execution_options(writer=True) as c, c.begin():
        if c.dialect.name == "sqlite":
            c.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        shared = c.execute(text(f"SELECT id FROM record WHERE kind IN {SHARED}")).scalars().all()
        shift = {"record": _last(c, "record")} | {t.name: _last(c, t.name) for t in tables if _own_id(t)}
        with _without_triggers(c, tables):
            for copy in range(1, times):
                for table in tables:
                    c.exec_driver_sql(_repeated(table, copy, shift, shared))
        _repeat_summaries(c, times, shift["record"])
    if engine.dialect.name == "postgresql":
        for table in tables:
            if _own_id(table):
                with engine.begin() as c:
                    c.execute(
                        text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM {table.name}")
                    )
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as c:
            c.exec_driver_sql("VACUUM ANALYZE")


def differences(engine: Engine, certainty: str = "all") -> list[str]:
    """Which of the kept figures, some of them, are not what the full computation says, of what is open to everybody."""
    scope, found = Scope(certainty=certainty), []
    with Session(engine) as s:
        if kept.total(s, OPEN, scope, KNOWN_FUNDING) != funding.total(s, OPEN, scope, KNOWN_FUNDING):
            found.append("known funding")
        if kept.coverage(s, OPEN, scope, KNOWN_FUNDING) != coverage.coverage(s, OPEN, scope, KNOWN_FUNDING):
            found.append("coverage of known funding")
        if kept.by_status(s, OPEN, scope) != projects.by_status(s, OPEN, scope):
            found.append("projects by status")
    return found


def _last(c: Connection, table: str) -> int:
    return c.execute(text(f"SELECT coalesce(max(id), 0) FROM {table}")).scalar_one()


def _own_id(table: Table) -> bool:
    return "id" in table.c and not table.c.id.foreign_keys


def _refers(table: Table, column: Column) -> str | None:
    """The name of the repeated table whose ids stand in a column: "record" for records of every kind."""
    if table.name in PLAIN:
        return "record" if column.name in PLAIN[table.name] else None
    if column.name == "id":
        return table.name if _own_id(table) else "record"
    for key in column.foreign_keys:
        target = key.column.table
        if target.name in ("person", "change") or not isinstance(key.column.type, Integer):
            return None
        return target.name if _own_id(target) else "record"
    return None


def _repeated(table: Table, copy: int, shift: dict[str, int], shared: list[int]) -> str:
    """The statement that adds a copy of the rows of a table."""
    kept_ids = f"({', '.join(map(str, shared)) or 'NULL'})"
    values, asked, owner = [], [], None
    for column in table.c:
        of, name = _refers(table, column), f'"{column.name}"'
        if of is None:
            values.append(f"{name} || '-copy-{copy}'" if (table.name, column.name) == ("record", "key") else name)
            continue
        moved = f"{name} + {copy * shift[of]}"
        if of == "record":
            values.append(f"CASE WHEN {name} IN {kept_ids} THEN {name} ELSE {moved} END")
            owner = owner or name
        else:
            values.append(moved)
        if of == "statement" and column.name != "id":
            asked.append(f"{moved} IN (SELECT id FROM statement)")
    first = next(iter(table.primary_key.columns))
    asked.append(f'"{first.name}" <= {shift[_refers(table, first) or "record"]}')
    if owner:
        asked.append(f"{owner} NOT IN {kept_ids}")
    names = ", ".join(f'"{column.name}"' for column in table.c)
    return (
        f"INSERT INTO {table.name} ({names}) SELECT {', '.join(values)} FROM {table.name} WHERE {' AND '.join(asked)}"
    )


def _repeat_summaries(c: Connection, times: int, shift: int) -> None:
    for copy in range(1, times):
        c.exec_driver_sql(
            f"INSERT INTO figure_part (certainty, place_id, edition, part) SELECT certainty, place_id + {copy * shift}, edition,"
            f" part FROM figure_part WHERE place_id > 0 AND place_id <= {shift}"
        )
        c.exec_driver_sql(
            f"INSERT INTO figure_sign (place_id, framework_id, day, ahead) SELECT place_id + {copy * shift}, framework_id +"
            f" {copy * shift}, day, ahead FROM figure_sign WHERE place_id <= {shift}"
        )
    for certainty, place_id, said in c.execute(
        text("SELECT certainty, place_id, part FROM figure_part WHERE place_id <= 0")
    ).all():
        whole: parts.Part = {}
        for _copy in range(times):
            parts.add(whole, parts.read(said))
        c.execute(
            text("UPDATE figure_part SET part = :part WHERE certainty = :certainty AND place_id = :place_id"),
            {"part": parts.written(whole), "certainty": certainty, "place_id": place_id},
        )


@contextmanager
def _without_triggers(c: Connection, tables: list[Table]) -> Iterator[None]:
    """While rows are repeated nothing is written to histories, and nothing is marked as touched."""
    names = [table.name for table in tables]
    if c.dialect.name == "postgresql":
        # A superuser's session that is a replica's fires no trigger and checks no reference.
        c.exec_driver_sql("SET LOCAL session_replication_role = replica")
        yield
        return
    held = c.exec_driver_sql("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    held = [row for row in held if row.tbl_name in names]
    for row in held:
        c.exec_driver_sql(f'DROP TRIGGER "{row.name}"')
    yield
    for row in held:
        c.exec_driver_sql(row.sql)
