"""Reading the history twins: the changes of a record, all lines of a change, the latest changes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Table, exists, or_, select, union
from sqlalchemy.orm import Session

from portal.history.rules import Difference, differences
from portal.history.subjects import JOINING, twin, visible
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record
from portal.kernel.transaction import Change
from portal.sources.facts import fields_of_sets
from portal.sources.queries import told

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
SETS = {"project_framework": "further_frameworks", "project_country": "countries", "project_sector": "sectors",
        "project_theme": "themes"}  # fmt: skip
"""Table of a set → the fact whose members its rows are."""
OTHER_END = {"project_framework": "framework_id", "project_country": "country_id", "project_theme": "theme_id"}
"""Table of a set → the record a row joins the first one to: a row is told of only where that may be seen too."""
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

    @property
    def ends(self) -> set[int]:
        """The records that must be seen by whoever is told of it."""
        if self.table in OTHER_END:
            return {self.about, self.row[OTHER_END[self.table]]}
        return {self.about} | (self.members if self.row.get("field") in fields_of_sets() else set())

    @property
    def members(self) -> set[int]:
        """The records that the value of a statement names."""
        return {int(i) for i in re.findall(r"(?<!\S)#(\d+)(?!\S)", self.row.get("value") or "")}

    @property
    def fact(self) -> tuple[int, str]:
        """The record and the field that a statement, or a row of a set, is of."""
        return self.about, SETS.get(self.table) or self.row.get("field", "")


@dataclass
class Entry:
    """One change with its lines; `more` counts what is not shown, `hidden` what the actor may not see."""

    change: Change
    lines: list[Line] = field(default_factory=list)
    more: int = 0
    hidden: int = 0

    @property
    def at(self) -> datetime:
        return self.change.at


def changes(until: int | None = None) -> Select:
    """SELECT of all changes, or of those up to the one named `until`: the past knows nothing of what came after."""
    return select(Change) if until is None else select(Change).where(Change.id <= until)


def change(s: Session, change_id: int) -> Change | None:
    return s.get(Change, change_id)


def ids_told_with(s: Session, actor: Actor, record: Record, until: int | None = None) -> list[int]:
    """The record and what hangs on it, now or ever, as far as the actor may see it: their changes are its history."""
    found = {record.id}
    for kind, column in HANGING.items():
        table = twin(kind)
        found |= set(s.scalars(select(table.c.id).where(table.c[column] == record.id).distinct()))
    return sorted(visible(s, actor, found, until))


def changes_of(actor: Actor, ids: Collection[int], until: int | None = None) -> Select:
    """SELECT of the changes that touched the records, what is stated of them, or what they are joined to."""
    parts = []
    for name, column in [("record", "id"), *((kind, "id") for kind in KINDS), *OWNERS.items()]:
        table = twin(name)
        mine = table.c[column].in_(ids)
        if name in OTHER_END:
            mine &= visible_to(actor, table.c[OTHER_END[name]])
        if name == "statement":
            mine &= or_(table.c.field.not_in(fields_of_sets()), told(actor, table.c.field, table.c.value))
        came, went = mine, mine & table.c.change_to.is_not(None)
        if name == "record":
            # A new version alone tells that something joined to the record changed, which may be hidden.
            came, went = came & ~_same(table, before=True), went & ~_same(table, before=False)
        parts += [
            select(table.c.change_from.label("id")).where(came),
            select(table.c.change_to.label("id")).where(went),
        ]
    touched = union(*parts).subquery("touched")
    return changes(until).where(Change.id.in_(select(touched.c.id)))


def _same(table: Table, before: bool) -> ColumnElement[bool]:
    """Whether the row's state before this one (or after it) differs in its version only."""
    other = table.alias()
    older, newer = (other, table) if before else (table, other)
    return exists().where(
        other.c.id == table.c.id,
        older.c.change_to == newer.c.change_from,
        *(
            column.is_not_distinct_from(other.c[column.name])
            for column in table.c
            if column.name not in ("version", "change_from", "change_to")
        ),
    )


def entries(
    s: Session, actor: Actor, found: Iterable[Change], only: Collection[int] | None = None, until: int | None = None
) -> list[Entry]:
    """The changes with their lines, about the records in `only` (None: all), as far as the actor may see them today."""
    changes = list(found)
    lines = _lines(s, [one.id for one in changes], only)
    seen = visible(s, actor, {i for some in lines.values() for line in some for i in line.ends}, until)
    told = []
    for one in changes:
        hidden = sum(not line.ends <= seen for line in lines[one.id])
        shown = _once([line for line in lines[one.id] if line.ends <= seen])
        told.append(Entry(one, shown[:MOST_LINES], max(0, len(shown) - MOST_LINES), hidden))
    return told


def _lines(s: Session, change_ids: Collection[int], only: Collection[int] | None) -> dict[int, list[Line]]:
    """The lines of each change, in as many queries for one change as for a page of them."""
    lines: dict[int, list[Line]] = {i: [] for i in change_ids}
    for name, column in [("record", "id"), *((kind, "id") for kind in KINDS), *OWNERS.items()] if lines else ():
        table = twin(name)
        keys = [c for c in table.primary_key.columns if c.name != "change_from"]
        wanted = select(table).where(or_(table.c.change_from.in_(change_ids), table.c.change_to.in_(change_ids)))
        if only is not None:
            wanted = wanted.where(table.c[column].in_(only))
        # In the order of the key, so that a cut separates no row's states before and after.
        states: dict[int, dict[tuple, list]] = {i: {} for i in change_ids}
        for row in s.execute(
            wanted.order_by(*keys, table.c.change_from).limit(4 * MOST_LINES * len(change_ids))
        ).mappings():
            for side, change_id in ((0, row["change_to"]), (1, row["change_from"])):
                if change_id in states:
                    states[change_id].setdefault(tuple(row[k.name] for k in keys), [None, None])[side] = dict(row)
        for change_id, rows in states.items():
            for old, new in rows.values():
                if found := differences(old, new):
                    row = new or old
                    lines[change_id].append(Line(name, row[column], old is None, new is None, row, tuple(found)))
    return lines


def _once(lines: list[Line]) -> list[Line]:
    """Each thing told once: a new record as one line, not one for its base and one for its kind; a changed fact as its
    value before and after, not as its statements too; what a record without a name joins not again as its facts."""
    whole = {line.about: line.row["kind"] for line in lines if line.table == "record" and (line.new or line.gone)}
    joining = {about for about, kind in whole.items() if kind in JOINING}
    columns = {(line.about, d.unit) for line in lines if line.table != "statement" for d in line.differences}
    columns |= {line.fact for line in lines if line.table in SETS}
    stated = {line.fact for line in lines if line.table == "statement"}
    told = []
    for line in lines:
        if line.table == "record" and line.about not in whole:
            line = _without(line, {"certainty"})
        elif line.about in whole and (line.table in KINDS or (line.table in SETS and line.fact in stated)):
            continue
        elif line.table == "statement" and (line.about in joining or _told_as_value(line, whole, columns)):
            continue
        if line.differences:
            told.append(line)
    return told


def _told_as_value(line: Line, whole: dict[int, str], columns: set[tuple[int, str]]) -> bool:
    """Whether a statement came or changed its place only because the fact changed, which is told as before and after.
    The reason for which it leads now is told beside."""
    if line.about in whole or (line.about, line.row["field"]) not in columns:
        return False
    if line.new and line.row["field"] in SETS.values():
        return True  # whether it leads too: what leads instead may name what the actor does not see
    led = next((d.after for d in line.differences if d.unit == "leading"), None)
    return bool(line.row["leading"] or led is not None) and not (led and line.row["reason"])


def _without(line: Line, told_elsewhere: set[str]) -> Line:
    kept = tuple(d for d in line.differences if d.unit not in told_elsewhere)
    return Line(line.table, line.about, line.new, line.gone, line.row, kept)


def record(s: Session, actor: Actor, record_id: int) -> Record | None:
    return s.scalar(select(Record).where(Record.id == record_id, visible_to(actor)))
