"""What lines of history are about: records, those without a name of their own, and those that were taken away.

A record that is gone is told of where everything it joined may be seen today and it was not confidential itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from portal.kernel.db import Base
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record

AT_ONCE = 500
JOINING = {
    "participation": ("within_id", "participant_id", "role"),
    "link": ("from_id", "to_id", "relation"),
    "status_update": ("of_id", "of_id", "held_on_edtf"),
    "indicator_value": ("indicator_id", "indicator_id", "period_edtf"),
}
"""Kinds without a name of their own: the two records they join (a status update and a measured value
have one), and what tells them apart."""


@dataclass(frozen=True)
class Joined:
    """A record without a name: the ids it joins, and its role, relation or (EDTF) day."""

    kind: str
    first: int
    second: int
    code: str | None


def twin(name: str) -> Table:
    """The history of a table."""
    return Base.metadata.tables[f"{name}_history"]


def joined(s: Session, ids: Collection[int], until: int | None) -> dict[int, Joined]:
    """The nameless ones among `ids`, as last recorded (by change `until`), also those that are gone."""
    found = {}
    for kind, columns in JOINING.items():
        table = twin(kind)
        for some in _chunks(ids):
            rows = select(table.c.id, *(table.c[c] for c in columns)).where(table.c.id.in_(some))
            if until is not None:
                rows = rows.where(table.c.change_from <= until)
            for row in s.execute(rows.order_by(table.c.change_from)):
                found[row[0]] = Joined(kind, *row[1:])
    return found


def visible(s: Session, actor: Actor, ids: Collection[int], until: int | None) -> set[int]:
    """Those of `ids` the actor may read of today. One taken away hides nothing any more: what it joined decides."""
    seen, there = set(), set()
    for some in _chunks(ids):
        there |= set(s.scalars(select(Record.id).where(Record.id.in_(some))))
        seen |= set(s.scalars(select(Record.id).where(Record.id.in_(some), visible_to(actor))))
    nameless = joined(s, ids, until)
    if nameless:
        ends = {end for one in nameless.values() for end in (one.first, one.second)}
        shown = visible(s, actor, ends, until)
        told = {i for i, one in nameless.items() if {one.first, one.second} <= shown}
        gone = told - there
        seen = (seen - set(nameless)) | (seen & told) | (gone - _confidential(s, gone))
    return seen


def _confidential(s: Session, ids: Collection[int]) -> set[int]:
    """Those of `ids` that were confidential when last recorded."""
    table = twin("record")
    last: dict[int, bool] = {}
    for some in _chunks(ids):
        rows = select(table.c.id, table.c.confidential).where(table.c.id.in_(some)).order_by(table.c.change_from)
        last |= {row[0]: row[1] for row in s.execute(rows)}
    return {i for i, hidden in last.items() if hidden}


def records(s: Session, actor: Actor, ids: Collection[int]) -> dict[int, Record]:
    """Visible records by id, for the names in lines."""
    found: dict[int, Record] = {}
    for some in _chunks({i for i in ids if i}):
        found |= {r.id: r for r in s.scalars(select(Record).where(Record.id.in_(some), visible_to(actor)))}
    return found


def _chunks(ids: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
