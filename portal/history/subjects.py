"""What lines of history are about: records, those without a name of their own, and those that were taken away.

A record that is gone is told of where everything it lay under or joined may be seen today (its veils outlive it) and it was
not confidential itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from portal.kernel.db import Base
from portal.kernel.permission import Actor, open_to
from portal.kernel.portions import portions
from portal.kernel.record import Record

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


@dataclass(frozen=True)
class Gone:
    """A record that was taken away, as last recorded. It has no page."""

    id: int
    kind: str
    name_cs: str
    name_en: str
    order_cs: bytes
    order_en: bytes
    gone = True

    def name(self, lang: str) -> str:
        """Its name, as of `Record.name`."""
        return (self.name_cs or self.name_en) if lang == "cs" else (self.name_en or self.name_cs)


Known = Mapping[int, Record | Gone]
"""Records by id, for names."""


def twin(name: str) -> Table:
    """The history of a table."""
    return Base.metadata.tables[f"{name}_history"]


def joined(s: Session, ids: Collection[int], until: int | None) -> dict[int, Joined]:
    """The nameless ones among `ids`, as last recorded (by change `until`), also those that are gone."""
    found = {}
    for kind, columns in JOINING.items():
        table = twin(kind)
        for some in portions(ids):
            rows = select(table.c.id, *(table.c[c] for c in columns)).where(table.c.id.in_(some))
            if until is not None:
                rows = rows.where(table.c.change_from <= until)
            for row in s.execute(rows.order_by(table.c.change_from)):
                found[row[0]] = Joined(kind, *row[1:])
    return found


def visible(s: Session, actor: Actor, ids: Collection[int], until: int | None) -> set[int]:
    """Those of `ids` the actor may read of today, also of those that were taken away."""
    seen, there = set(), set()
    for some in portions(ids):
        there |= set(s.scalars(select(Record.id).where(Record.id.in_(some))))
        seen |= set(s.scalars(select(Record.id).where(Record.id.in_(some), open_to(actor))))
    seen |= {one.id for one in _gone(s, actor, set(ids) - there, until)}
    nameless = joined(s, ids, until)
    if nameless:
        ends = {end for one in nameless.values() for end in (one.first, one.second)}
        shown = visible(s, actor, ends, until)
        seen -= {i for i, one in nameless.items() if not {one.first, one.second} <= shown}
    return seen


def _gone(s: Session, actor: Actor, ids: Collection[int], until: int | None) -> list[Gone]:
    """Those of `ids` that the actor may read of, as last recorded (by change `until`), though they are not there."""
    table = twin("record")
    found: dict[int, Gone | None] = {}
    for some in portions(ids):
        rows = select(table).where(table.c.id.in_(some), open_to(actor, table.c.id)).order_by(table.c.change_from)
        for row in s.execute(rows).mappings():
            if row["confidential"]:
                found[row["id"]] = None
            elif until is None or row["change_from"] <= until:
                found[row["id"]] = Gone(**{f.name: row[f.name] for f in fields(Gone)})
    return [one for one in found.values() if one is not None]


def records(s: Session, actor: Actor, ids: Collection[int], until: int | None = None) -> dict[int, Record | Gone]:
    """Visible records by id, for the names in lines; also those that were taken away (by change `until`)."""
    found: dict[int, Record | Gone] = {}
    wanted = {i for i in ids if i}
    for some in portions(wanted):
        found |= {r.id: r for r in s.scalars(select(Record).where(Record.id.in_(some), open_to(actor)))}
    return found | {one.id: one for one in _gone(s, actor, wanted - set(found), until)}
