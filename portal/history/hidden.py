"""Which states of the past are hidden from an actor today.

The veils know only what records refer to now. A record that once lay under a hidden one (a flow whose provider is confidential
and was replaced since) had a state that its reader must not meet, its made-up name included. History is told as if such
states had never been: what was seen before is followed by what was seen after. A hidden record that a state merely names
(the owner of an instrument) is as good as not stated.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache, lru_cache

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Table,
    and_,
    column,
    exists,
    false,
    inspect,
    or_,
    select,
    true,
    union_all,
    values,
)  # fmt: skip
from sqlalchemy.orm import Session

from portal.history.subjects import twin
from portal.kernel.db import Base
from portal.kernel.permission import Actor
from portal.kernel.record import Record, RecordReader, RecordVeil
from portal.sources.facts import facts_of_kind

FEW = 500
FOREVER = 2**31 - 1
"""The end of a state that still holds, where a number is needed."""
KINDS = (
    "document", "organisation", "country", "theme", "framework", "project", "legal_instrument", "instrument", "contract",
    "addendum", "flow", "participation", "link", "status_update", "event", "follow_up", "role_holder", "phase", "question",
    "milestone", "activity", "indicator", "indicator_value", "risk", "contact", "obligation", "due_report", "budget",
)  # fmt: skip


@cache
def lies_under(kind: str) -> tuple[str, ...]:
    """The columns of a kind by which one of its records is hidden with another: those of `covers`."""
    model = _model(kind)
    return tuple(column for column in _references(kind) if 1 in model(**{column: 1}).covers())


@cache
def merely_names(kind: str) -> dict[str, tuple[str, ...]]:
    """The other columns of a kind that refer to a record, each with the columns that repeat what is known of it."""
    mirrors = {f"{f.field}_id": tuple(column for _a, column in f.mirrors) for f in facts_of_kind(kind).values()}
    return {c: mirrors.get(c, ()) for c in _references(kind) if c not in lies_under(kind)}


def _references(kind: str) -> list[str]:
    records = {mapper.local_table for mapper in inspect(Record).self_and_descendants}
    columns = Base.metadata.tables[kind].columns
    return [c.name for c in columns if c.name != "id" and any(key.column.table in records for key in c.foreign_keys)]


def _model(kind: str) -> type[Record]:
    return inspect(Record).polymorphic_map[kind].class_


@lru_cache(maxsize=64)
def hidden(actor: Actor) -> CTE:
    """SELECT id: the records the actor may not see today. Kept, as all that is built on it: making these statements anew for
    each page costs more than running them."""
    named = select(RecordReader.record_id).where(RecordReader.person_id == (actor.person_id or 0))
    veiled = RecordVeil.veil_id.not_in(named) if actor.role != "system" else false()
    return select(RecordVeil.record_id.label("id")).where(veiled).distinct().cte("hidden")


@lru_cache(maxsize=64)
def hidden_states(gone: CTE) -> CTE:
    """SELECT id, change_from, change_to: the states in which a record that may be seen today lay under one of `gone`."""
    parts = []
    for kind in KINDS:
        table, columns = twin(kind), lies_under(kind)
        if columns:
            under = or_(*(table.c[column].in_(select(gone.c.id)) for column in columns))
            parts.append(
                select(table.c.id, table.c.change_from, table.c.change_to).where(
                    under, table.c.id.not_in(select(gone.c.id))
                )
            )
    return union_all(*parts).cte("hidden_states")


def masked(table: Table, column: str, gone: CTE) -> ColumnElement[bool]:
    """SQL predicate: the column names one of the records that are hidden."""
    return table.c[column].is_not(None) & table.c[column].in_(select(gone.c.id))


class HiddenStates:
    """The hidden states of records that may be seen, read once: by record, as (change_from, change_to or None). Of all of them,
    or (where they are few) of those a page is about, which spares it a look at the whole history.

    They are few: what lies under something hidden now is hidden itself, so only what was moved away since has any.
    """

    def __init__(self, s: Session, actor: Actor, ids: Collection[int] | None = None) -> None:
        self._spans: dict[int, list[tuple[int, int | None]]] = {}
        states = hidden_states(hidden(actor))
        few = true() if ids is None or len(ids) > FEW else states.c.id.in_(ids)
        for i, start, end in s.execute(select(states).where(few).order_by(states.c.id, states.c.change_from)):
            spans = self._spans.setdefault(i, [])
            if spans and spans[-1][1] == start:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))

    def __bool__(self) -> bool:
        return bool(self._spans)

    def ended(self) -> dict[int, set[int]]:
        """By change: the records whose hidden state it ended."""
        found: dict[int, set[int]] = {}
        for i, spans in self._spans.items():
            for _start, end in spans:
                if end is not None:
                    found.setdefault(end, set()).add(i)
        return found

    def lengthen(self, record_id: int, change: int) -> None:
        """Count the state the change brought as hidden too: it is the one that was seen before."""
        self._spans[record_id] = [(a, b + 1 if b == change else b) for a, b in self._spans[record_id]]

    def before(self, record_id: int, change: int) -> bool:
        """Whether the record's state just before the change is hidden."""
        return any(a < change and (b is None or b >= change) for a, b in self._spans.get(record_id, ()))

    def after(self, record_id: int, change: int) -> bool:
        """Whether its state just after the change is hidden."""
        return any(a <= change and (b is None or b > change) for a, b in self._spans.get(record_id, ()))

    def whole(self, record_id: int, row: Mapping) -> bool:
        """Whether a row about the record was there in hidden states only."""
        start, end = row["change_from"], row["change_to"]
        return any(
            a <= start and (b is None or (end is not None and end <= b)) for a, b in self._spans.get(record_id, ())
        )

    def test(self) -> Callable[[ColumnElement, ColumnElement, bool], ColumnElement[bool]]:
        """`holds(record_id, change, after)`: SQL predicate, the record's state just after the change (or before) is hidden."""
        rows = [(i, a, FOREVER if b is None else b) for i, spans in self._spans.items() for a, b in spans]
        if not rows:
            return lambda record_id, change, after: false()
        listed = values(column("id", Integer), column("begun", Integer), column("ended", Integer), literal_binds=True)
        states = listed.data(rows).cte("hidden_spans")

        def holds(record_id: ColumnElement, change: ColumnElement, after: bool) -> ColumnElement[bool]:
            within = (
                and_(states.c.begun <= change, states.c.ended > change)
                if after
                else and_(states.c.begun < change, states.c.ended >= change)
            )
            return exists().where(states.c.id == record_id, within).correlate_except(states)

        return holds
