"""Reading the history twins: the changes of a record, all lines of a change, the latest changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, or_, select, union
from sqlalchemy.orm import Session

from portal.history.rules import Difference, differences
from portal.history.subjects import JOINING, twin, visible
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record
from portal.kernel.transaction import Change

KINDS = (
    "document", "organisation", "country", "theme", "framework", "project", "instrument", "contract", "addendum", "flow",
    "participation", "link", "status_update",
)  # fmt: skip
OWNERS = {
    "statement": "record_id",
    "project_framework": "project_id",
    "project_country": "project_id",
    "project_sector": "project_id",
    "project_theme": "project_id",
}
"""Table → the column that names the record a row is about."""
HANGING = {
    "participation": "within_id",
    "flow": "booked_id",
    "status_update": "of_id",
    "link": "from_id",
    "addendum": "contract_id",
}
"""Kinds of records whose changes are told on the page of the record they hang on."""
MOST_LINES = 400


@dataclass(frozen=True)
class Line:
    """What changed in one row. `about` is the record; `table` where; `new`/`gone`: the row came or went."""

    table: str
    about: int
    new: bool
    gone: bool
    row: dict
    differences: tuple[Difference, ...]


@dataclass
class Entry:
    """One change with its lines; `more` counts what is not shown."""

    change: Change
    lines: list[Line] = field(default_factory=list)
    more: int = 0

    @property
    def at(self) -> datetime:
        return self.change.at


def changes(until: int | None = None) -> Select:
    """SELECT of all changes, or of those up to the one named `until`: the past knows nothing of what came after."""
    return select(Change) if until is None else select(Change).where(Change.id <= until)


def change(s: Session, change_id: int) -> Change | None:
    return s.get(Change, change_id)


def ids_told_with(s: Session, record: Record) -> list[int]:
    """The record and what hangs on it, now or ever: their changes are its history."""
    found = {record.id}
    for kind, column in HANGING.items():
        table = twin(kind)
        found |= set(s.scalars(select(table.c.id).where(table.c[column] == record.id).distinct()))
    return sorted(found)


def changes_of(ids: Collection[int], until: int | None = None) -> Select:
    """SELECT of the changes that touched the records, or what is stated of them."""
    parts = []
    for name, column in [("record", "id"), *((kind, "id") for kind in KINDS), *OWNERS.items()]:
        table = twin(name)
        mine = table.c[column].in_(ids)
        parts += [select(table.c.change_from.label("id")).where(mine)]
        parts += [select(table.c.change_to.label("id")).where(mine, table.c.change_to.is_not(None))]
    touched = union(*parts).subquery("touched")
    return changes(until).where(Change.id.in_(select(touched.c.id)))


def entries(
    s: Session, actor: Actor, found: Iterable[Change], only: Collection[int] | None = None, until: int | None = None
) -> list[Entry]:
    """The changes with their lines, about the records in `only` (None: all), as far as the actor may see them today."""
    told = []
    for one in found:
        lines = list(_lines(s, one.id, only))
        seen = visible(s, actor, {line.about for line in lines}, until)
        lines = _once([line for line in lines if line.about in seen])
        told.append(Entry(one, lines[:MOST_LINES], max(0, len(lines) - MOST_LINES)))
    return told


def _lines(s: Session, change_id: int, only: Collection[int] | None) -> Iterable[Line]:
    tables = [("record", "id"), *((kind, "id") for kind in KINDS), *OWNERS.items()]
    for name, column in tables:
        table = twin(name)
        keys = [c.name for c in table.primary_key.columns if c.name != "change_from"]
        wanted = select(table).where(or_(table.c.change_from == change_id, table.c.change_to == change_id))
        if only is not None:
            wanted = wanted.where(table.c[column].in_(only))
        before, after = {}, {}
        for row in s.execute(wanted.limit(4 * MOST_LINES)).mappings():
            side = after if row["change_from"] == change_id else before
            side[tuple(row[k] for k in keys)] = dict(row)
        for key in {**before, **after}:
            old, new = before.get(key), after.get(key)
            found = differences(old, new)
            if found:
                row = new or old
                yield Line(name, row[column], old is None, new is None, row, tuple(found))


def _once(lines: list[Line]) -> list[Line]:
    """A new record is one line, not one for its base and one for its kind; a stated fact is not told as a column too,
    nor is what a record without a name joins told again as its facts."""
    base = {(line.about, line.new, line.gone) for line in lines if line.table == "record"}
    joining = {
        line.about
        for line in lines
        if line.table == "record" and (line.new or line.gone) and line.row["kind"] in JOINING
    }
    stated = {
        (line.about, line.row["field"]) for line in lines if line.table == "statement" and line.row.get("leading")
    }
    told = []
    for line in lines:
        if line.table == "record" and not line.new and not line.gone:
            line = _without(line, {unit for unit in ("name",) if (line.about, unit) in stated} | {"certainty"})
        elif line.table in KINDS:
            if (line.about, True, False) in base or (line.about, False, True) in base:
                continue
            line = _without(line, {d.unit for d in line.differences if (line.about, d.unit) in stated})
        elif line.table == "statement" and line.about in joining:
            continue
        if line.differences:
            told.append(line)
    return told


def _without(line: Line, told_elsewhere: set[str]) -> Line:
    kept = tuple(d for d in line.differences if d.unit not in told_elsewhere)
    return Line(line.table, line.about, line.new, line.gone, line.row, kept)


def record(s: Session, actor: Actor, record_id: int) -> Record | None:
    return s.scalar(select(Record).where(Record.id == record_id, visible_to(actor)))
