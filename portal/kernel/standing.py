"""Archived, withdrawn and merged records, and the one predicate that keeps the latter two out of lists, figures and files.

A record is in force (`standing` NULL), *archived* (over and done with: it counts, lists leave it out until they are asked),
*withdrawn* (entered by mistake, or no longer held to be true: it counts nowhere, its page stays) or *merged* into another
one (`merged_into_id`: it counts nowhere, what hung on it hangs on the other). With a withdrawn or merged record goes what lies
under it, however deep, except what stands alone: the parts of an umbrella project stay, as projects of their own. What lies
under what is asked of the covers of today (`record_cover`), what is withdrawn or merged of the moment looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, Integer, column, exists, func, select, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.visitors import InternalTraversal

from portal.kernel import clock
from portal.kernel.errors import N_
from portal.kernel.record import Record, RecordOut

ARCHIVED, WITHDRAWN, MERGED = "archived", "withdrawn", "merged"
STANDINGS = (ARCHIVED, WITHDRAWN)
"""What a person chooses; merged is a record only by being merged."""
OUT = (WITHDRAWN, MERGED)
"""Standings of records that count nowhere."""
KINDS = (
    "framework", "project", "organisation", "event", "follow_up", "role_holder", "phase", "question", "instrument", "contract",
    "addendum", "flow", "legal_instrument", "milestone", "activity", "indicator", "risk", "obligation", "due_report",
    "budget",
)  # fmt: skip
"""Kinds of records that are archived and withdrawn."""
STANDS_ALONE = ("framework", "project", "organisation")
"""Kinds that are not withdrawn with what they lie under."""
UNDER_WITHDRAWN = N_("What this would lie under is withdrawn, so nothing is added to it. Put it back in force first.")
"""What is said to whoever would add something under a withdrawn record, or move it there."""
UNDER_MERGED = N_(
    "What this would lie under was merged into another record, so nothing is added to it. Choose the record that stands for it."
)
"""The same of a record that was merged."""


_supposed: ContextVar[tuple[int, bool] | None] = ContextVar("supposed standing", default=None)


@contextmanager
def supposing(record_id: int, withdrawn: bool) -> Iterator[None]:
    """Within the block `in_force` answers as if the record were withdrawn (or, False, were not): to say beforehand which
    totals change."""
    token = _supposed.set((int(record_id), withdrawn))
    try:
        yield
    finally:
        _supposed.reset(token)


def supposed() -> bool:
    """Whether something is supposed just now: what is kept of the portfolio as it is does not hold then."""
    return _supposed.get() is not None


_in_turn: ContextVar[bool] = ContextVar("in turn", default=False)


@contextmanager
def in_turn() -> Iterator[None]:
    """Within the block SELECTs are made for who reads the first few rows they find, or counts some: `in_force` looks each record
    up. PostgreSQL makes a set of all that is out of force first, charges it to each look at a record, and would rather read and
    sort all there is. For what reads many rows the set is the faster way."""
    token = _in_turn.set(True)
    try:
        yield
    finally:
        _in_turn.reset(token)


KEPT = "SELECT record_out.record_id FROM record_out"


class _Ids(ColumnElement[int]):
    """A set of ids as the text of a query, to stand after NOT IN.

    PostgreSQL takes what a recursive query may find for millions of rows, and compares it with each row of a list, one by one.
    Out of an array it takes it for few, and looks them up.
    """

    _traverse_internals = [("query", InternalTraversal.dp_string)]
    inherit_cache = True

    def __init__(self, query: str) -> None:
        self.query = query


@compiles(_Ids)
def _once_a_statement(ids: _Ids, compiler: Any, **_options: Any) -> str:
    if ids.query == KEPT:
        return f"({KEPT})"  # no set is made of it: SQLite looks each id up by the key of the table
    return f"({compiler.process(select(_named(ids.query).c.id))})"


@lru_cache(maxsize=64)
def _named(query: str) -> CTE:
    """The set as a part of the statement that stands at its head once, however often it is asked. No copy that SQLAlchemy makes
    of a statement reaches it, so it is the same in all of them."""
    return text(query).columns(column("id", Integer)).cte("out_of_force_ids")


@compiles(_Ids, "postgresql")
def _out_of_an_array(ids: _Ids, *_compiler: Any, **_options: Any) -> str:
    return f"(SELECT unnest(ARRAY({ids.query})))"


@lru_cache(maxsize=64)
def _out_of_force(supposed: tuple[int, bool] | None) -> ColumnElement:
    """Ids of the withdrawn and merged records and of all that went with them. As text: pages ask this hundreds of times."""
    if supposed is None:
        return _Ids(KEPT)
    record_id, withdrawn = supposed
    return _Ids(out_of_force_sql(f" OR record.id = {record_id}" if withdrawn else f" AND record.id <> {record_id}"))


def out_of_force_sql(also: str = "", records: str = "record") -> str:
    """The query that `record_out` answers, from the records themselves. `also` continues the condition on them, `records` is the
    table, or a query in brackets, with their id, kind and standing."""
    return f"""WITH RECURSIVE out_of_force(id) AS (
    SELECT record.id FROM {records} AS record WHERE record.standing IN ({_quoted(OUT)}){also}
    UNION
    SELECT record_cover.record_id FROM record_cover
    JOIN out_of_force ON out_of_force.id = record_cover.cover_id
    JOIN {records} AS record ON record.id = record_cover.record_id
    WHERE record.kind NOT IN ({_quoted(STANDS_ALONE)})
) SELECT out_of_force.id FROM out_of_force"""


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names)


_out = RecordOut.__table__.alias("out_of_force")
"""Made once, as the veil of `permission` is."""


def record_id_of(model) -> ColumnElement[int]:
    """The id of a Record class or alias, or the column holding a record id itself."""
    return model if isinstance(model, ColumnElement) or not hasattr(model, "id") else model.id


def in_force(model=Record) -> ColumnElement[bool]:
    """SQL predicate: the record is neither withdrawn nor merged, nor anything it went with. True of a reference that names
    nothing."""
    if _in_turn.get() and not supposed() and not clock.looking_back():
        return ~exists().where(_out.c.record_id == record_id_of(model)).correlate_except(_out)
    return func.coalesce(record_id_of(model), 0).bool_op("NOT IN")(_out_of_force(_supposed.get()))


def not_archived(model=Record) -> ColumnElement[bool]:
    """SQL predicate: lists hold it without being asked for archived ones."""
    archived = select(Record.__table__.c.id).where(Record.__table__.c.standing == ARCHIVED)
    return func.coalesce(record_id_of(model), 0).not_in(archived)


def out_of_force(s: Session, record_ids: Collection[int]) -> bool:
    """Whether one of the records is withdrawn, or went with one that is."""
    asked = select(Record.id).where(Record.id.in_(record_ids), ~in_force()).limit(1)
    return bool(record_ids) and s.scalar(asked) is not None
