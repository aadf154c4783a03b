"""Keeps `record_cover` and `record_veil` true: what is hidden by which confidential record.

A record is hidden by itself when confidential, and by every confidential record it lies under, however deep; some kinds also by
those that their words name (`naming`). What a feature
keeps back (`keep_back`: a report that nobody has approved yet) is hidden in the same way, and nobody is named for it. Actions
call `drape` after they have flushed a new record, a move, or a change of confidentiality or of what is kept back.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Column, ColumnElement, delete, exists, insert, select
from sqlalchemy.orm import Session

from portal.kernel.errors import Refused
from portal.kernel.naming import named_by, tellers
from portal.kernel.portions import portions
from portal.kernel.record import Record, RecordCover, RecordVeil
from portal.kernel.standing import MERGED, UNDER_MERGED, UNDER_WITHDRAWN, out_of_force

_KEPT_BACK: dict[str, tuple[Column[int], ColumnElement[bool]]] = {}


def keep_back(kind: str, key: Column[int], where: ColumnElement[bool]) -> None:
    """Register which records of a kind are hidden as if they were confidential, without anybody named for them; `key` is
    the column with their ids."""
    _KEPT_BACK[kind] = (key, where)


def drape(s: Session, records: Iterable[Record]) -> None:
    """Store the covers of `records` and recompute the veils of them and of all that lies under them.

    Refused where a record would come to lie under one that is withdrawn or merged.
    """
    records = list(records)
    s.flush()
    ids = [r.id for r in records]
    before: set[tuple[int, int]] = set()
    for chunk in portions(ids):
        held = select(RecordCover.record_id, RecordCover.cover_id).where(RecordCover.record_id.in_(chunk))
        before |= {(row[0], row[1]) for row in s.execute(held)}
        s.execute(delete(RecordCover).where(RecordCover.record_id.in_(chunk)))
    edges = [{"record_id": r.id, "cover_id": c} for r in records for c in sorted(_covers(r))]
    fresh = {edge["cover_id"] for edge in edges if (edge["record_id"], edge["cover_id"]) not in before}
    for chunk in portions(fresh):
        if out_of_force(s, chunk):
            merged = s.scalar(select(Record.id).where(Record.id.in_(chunk), Record.standing == MERGED).limit(1))
            raise Refused(UNDER_WITHDRAWN if merged is None else UNDER_MERGED)
    if edges:
        s.execute(insert(RecordCover), edges)
    _recompute(s, set(ids))


def _covers(record: Record) -> set[int]:
    """What it lies under; a merged record also under the one that stands for it: it is hidden with that one."""
    merged = set() if record.merged_into_id is None else {record.merged_into_id}
    return {i for i in record.covers() | merged if i is not None} - {record.id}


def _recompute(s: Session, ids: set[int]) -> None:
    below = set(ids)
    front = set(ids)
    while front:
        front = _column(s, RecordCover.record_id, RecordCover.cover_id, front) - below
        below |= front
    edges: dict[int, set[int]] = {i: set() for i in below}
    above, front = set(below), set(below)
    while front:
        found: set[int] = set()
        for chunk in portions(front):
            for record_id, cover_id in s.execute(
                select(RecordCover.record_id, RecordCover.cover_id).where(RecordCover.record_id.in_(chunk))
            ):
                edges.setdefault(record_id, set()).add(cover_id)
                found.add(cover_id)
        front = found - above
        above |= front
    secret: set[int] = set()
    for chunk in portions(above):
        secret |= set(s.scalars(select(Record.id).where(Record.id.in_(chunk), Record.confidential.is_(True))))
        for key, where in _KEPT_BACK.values():
            secret |= set(s.scalars(select(key).where(key.in_(chunk), where)))
        # What was hidden by itself when it was taken away stays hidden: history still tells of it.
        own = (RecordVeil.veil_id == RecordVeil.record_id, ~exists().where(Record.id == RecordVeil.veil_id))
        secret |= set(s.scalars(select(RecordVeil.veil_id).where(RecordVeil.veil_id.in_(chunk), *own)))
    before = _veils(s, below)
    veils = {i: held for i in sorted(below) if (held := _ancestors(i, edges) & secret)} if secret else {}
    # What stays is not written anew: triggers take each row for a change of what is confidential.
    _lift(s, {i: held - veils.get(i, set()) for i, held in before.items()})
    _hang(s, {i: held - before.get(i, set()) for i, held in veils.items()})
    _by_name(s, below, changed={i for i in {*before, *veils} if before.get(i) != veils.get(i)})


def _by_name(s: Session, below: set[int], changed: set[int]) -> None:
    """Hide what names a hidden record among `below`, and anew all that may name one where anything else was hidden or shown."""
    told = tellers(s) if changed else set()
    if changed - told and told - below:
        _recompute(s, told - below)
    named = named_by(s, below)
    if not named:
        return
    held, of = _veils(s, named), _veils(s, set().union(*named.values()))
    _hang(
        s, {i: set().union(*(of.get(one, set()) for one in found)) - held.get(i, set()) for i, found in named.items()}
    )


def _lift(s: Session, veils: dict[int, set[int]]) -> None:
    for i, held in veils.items():
        for v in sorted(held):
            s.execute(delete(RecordVeil).where(RecordVeil.record_id == i, RecordVeil.veil_id == v))


def _hang(s: Session, veils: dict[int, set[int]]) -> None:
    rows = [{"record_id": i, "veil_id": v} for i, held in veils.items() for v in sorted(held)]
    if rows:
        s.execute(insert(RecordVeil), rows)


def _veils(s: Session, ids: Iterable[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for chunk in portions(ids):
        held = select(RecordVeil.record_id, RecordVeil.veil_id).where(RecordVeil.record_id.in_(chunk))
        for record_id, veil_id in s.execute(held):
            found.setdefault(record_id, set()).add(veil_id)
    return found


def _ancestors(start: int, edges: dict[int, set[int]]) -> set[int]:
    seen, stack = {start}, [start]
    while stack:
        for cover in edges.get(stack.pop(), ()):
            if cover not in seen:
                seen.add(cover)
                stack.append(cover)
    return seen


def _column(s: Session, column, by, ids: set[int]) -> set[int]:
    found: set[int] = set()
    for chunk in portions(ids):
        found |= set(s.scalars(select(column).where(by.in_(chunk))))
    return found
