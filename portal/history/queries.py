"""Reading the history twins: the changes of a record, all lines of a change, the latest changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session

from portal.desk.queries import only_on_the_desk
from portal.history import beside
from portal.history.beside import donors
from portal.history.beside.found import Thing
from portal.history.cited import Place, citations, places
from portal.history.hidden import HiddenStates
from portal.history.lines import Line, once, read, states_hidden
from portal.history.subjects import twin, visible
from portal.history.touched import changes_told, last_told, touched
from portal.kernel.permission import Actor, open_to
from portal.kernel.record import Record
from portal.kernel.transaction import Change

HANGING = {
    "participation": ("within_id",),
    "flow": ("booked_id",),
    "status_update": ("of_id",),
    "link": ("from_id", "to_id"),
    "addendum": ("contract_id",),
    "follow_up": ("event_id",),
    "phase": ("framework_id",),
    "milestone": ("of_id",),
    "activity": ("of_id",),
    "indicator": ("of_id",),
    "indicator_value": ("indicator_id",),
    "risk": ("of_id",),
    "obligation": ("of_id",),
    "due_report": ("obligation_id",),
    "budget": ("contract_id",),
    "contact": ("organisation_id", "concerns_id"),
}
"""Kinds of records whose changes are told on the pages of the records they hang on, of a link on those of both ends."""
MOST_LINES = 400


@dataclass
class Entry:
    """One change with its lines; `records` counts all it touched that may be told of, `cut` the lines left out, `hidden`
    says whether there is anything the actor may not see; `cited` are the places that what was stated in it rests on, `beside`
    what it did that is about no record."""

    change: Change
    lines: list[Line] = field(default_factory=list)
    records: int = 0
    cut: int = 0
    hidden: bool = False
    cited: list[Place] = field(default_factory=list)
    beside: list[Thing] = field(default_factory=list)

    @property
    def at(self) -> datetime:
        return self.change.at

    @property
    def may_be_told(self) -> bool:
        """Whether it did anything the actor may see, or nothing that is hidden."""
        return bool(self.records or self.beside or not self.hidden)


def changes(until: int | None = None) -> Select:
    """SELECT of all changes, or of those up to the one named `until`: the past knows nothing of what came after. Comments
    and tasks are told where they stand, not here (docs/decisions/0045-desk.md)."""
    of_records = select(Change).where(~only_on_the_desk(Change.id))
    return of_records if until is None else of_records.where(Change.id <= until)


def change(s: Session, change_id: int) -> Change | None:
    return s.scalar(changes().where(Change.id == change_id))


def stated_in(change_id: int, record_id: ColumnElement[int]) -> ColumnElement[bool]:
    """SQL predicate: the change wrote a statement of the record, or a citation that carries one."""
    statement, citation, of = twin("statement").alias(), twin("citation").alias(), twin("statement").alias()
    return or_(
        exists().where(statement.c.record_id == record_id, statement.c.change_from == change_id),
        exists().where(
            of.c.record_id == record_id, citation.c.statement_id == of.c.id, citation.c.change_from == change_id
        ),
    )


def ids_told_with(s: Session, actor: Actor, record: Record, until: int | None = None) -> list[int]:
    """The record, what hangs on it and what was merged into it, now or ever, as far as the actor may see
    it: their changes are its history."""
    found = {record.id}
    for kind, columns in HANGING.items():
        table = twin(kind)
        hangs = or_(*(table.c[column] == record.id for column in columns))
        found |= set(s.scalars(select(table.c.id).where(hangs).distinct()))
    states = twin("record")
    found |= set(s.scalars(select(states.c.id).where(states.c.merged_into_id == record.id).distinct()))
    return sorted(_seen(s, actor, found, until))


def changes_of(s: Session, actor: Actor, ids: Collection[int], until: int | None = None) -> Select:
    """SELECT of the changes that touched the records, what is stated of them, or what they are joined to."""
    return changes(until).where(Change.id.in_(changes_told(s, actor, states_hidden(s, actor, ids), ids)))


def last_changes(s: Session, actor: Actor, ids: Collection[int]) -> dict[int, Change]:
    """The last change of each record that the actor may be told of."""
    if not ids:
        return {}
    last = last_told(s, actor, states_hidden(s, actor, ids), ids)
    found = {one.id: one for one in s.scalars(select(Change).where(Change.id.in_(set(last.values()))))}
    return {record_id: found[change_id] for record_id, change_id in last.items()}


def entries(
    s: Session, actor: Actor, found: Iterable[Change], only: Collection[int] | None = None, until: int | None = None,
    most: int = MOST_LINES,
) -> list[Entry]:  # fmt: skip
    """The changes with the lines about the first `most` records each of them touched, of those in `only` (None: of all, and what
    it did beside records), as far as the actor may see them today."""
    changes = list(found)
    change_ids = [one.id for one in changes]
    states = states_hidden(s, actor, only, change_ids)
    parts = touched(s, actor, states, change_ids, only, most)
    lines = read(s, actor, states, {i: part.first for i, part in parts.items()})
    cited = citations(s, actor, states, lines)
    shown_lines = (*(there.lines for there in lines.values()), *cited.values())
    seen = _seen(s, actor, {i for some in shown_lines for line in some for i in line.ends}, until)
    told = []
    for one in changes:
        if one.id not in parts:
            told.append(Entry(one))
            continue
        part, there = parts[one.id], lines[one.id]
        seen_lines = [line for line in there.lines if line.ends <= seen]
        shown = once(seen_lines)
        seen_cited = [line for line in cited[one.id] if line.ends <= seen]
        hidden = (
            part.hidden or there.hidden or len(seen_lines) < len(there.lines) or len(seen_cited) < len(cited[one.id])
        )
        # What was read to its end is counted as it is told; of the rest the database has counted what it touches.
        records = part.records if part.records > len(part.first) else len({line.about for line in shown})
        cut = max(0, len(shown) - MOST_LINES)
        told.append(Entry(one, shown[:MOST_LINES], records, cut, hidden, places(seen_cited, shown)))
    if only is None:
        _add(told, beside.read(s, actor, change_ids, until))
    return told


def _add(to: list[Entry], found: Mapping[int, beside.Found]) -> None:
    for entry in to:
        part = found.get(entry.change.id)
        if part is not None:
            entry.beside, entry.hidden = part.things, entry.hidden or part.hidden


def changes_of_workbook(workbook_id: int, until: int | None = None) -> Select:
    """SELECT of the changes that touched the workbook of a recipient, its files or their mappings."""
    return changes(until).where(Change.id.in_(donors.changes_of(workbook_id)))


def entries_of_workbook(
    s: Session, actor: Actor, found: Iterable[Change], workbook_id: int, until: int | None = None
) -> list[Entry]:
    """What the changes did to the workbook of a recipient, as far as the actor may be told of it."""
    told = [Entry(one) for one in found]
    _add(told, donors.read(s, actor, [entry.change.id for entry in told], until, workbook_id))
    return told


def _seen(s: Session, actor: Actor, ids: Collection[int], until: int | None) -> set[int]:
    """Those of `ids` the actor may read of; in the past not what lay under something hidden at that moment."""
    seen = visible(s, actor, ids, until)
    if until is None or not seen:
        return seen
    then = HiddenStates(s, actor, seen)
    return {i for i in seen if not then.after(i, until)}


def record(s: Session, actor: Actor, record_id: int, until: int | None = None) -> Record | None:
    """One record, where the actor may see it today and could have then."""
    if record_id not in _seen(s, actor, {record_id}, until):
        return None
    return s.scalar(select(Record).where(Record.id == record_id, open_to(actor)))


@dataclass(frozen=True)
class Undone:
    """What the actor may be told of undoing: change → the last change that took it back; which stand undone now; and those of
    the changes that took another one back of which that may be said."""

    by: dict[int, int]
    now: frozenset[int]
    told: frozenset[int]


def undone(s: Session, actor: Actor, found: Iterable[Change], until: int | None = None) -> Undone:
    """Which of the changes were undone, or undid others. One that tells the actor nothing is not named."""
    asked = list(found)
    undoing: dict[int, list[int]] = {}
    front = {one.id for one in asked}
    while front:
        pairs = select(Change.id, Change.undoes).where(Change.undoes.in_(front)).order_by(Change.id)
        rows = s.execute(pairs if until is None else pairs.where(Change.id <= until)).all()
        for change_id, undoes in rows:
            undoing.setdefault(undoes, []).append(change_id)
        front = {change_id for change_id, _undoes in rows}
    related = {one.undoes for one in asked if one.undoes} | {i for some in undoing.values() for i in some}
    if not related:
        return Undone({}, frozenset(), frozenset())
    parts = touched(s, actor, states_hidden(s, actor, None, related), related, None, 1)
    told = {i for i in related if i not in parts or parts[i].first}

    def stands(change_id: int) -> bool:
        return not any(stands(later) for later in undoing.get(change_id, ()))

    by = {one.id: seen[-1] for one in asked if (seen := [i for i in undoing.get(one.id, ()) if i in told])}
    now = frozenset(one.id for one in asked if not stands(one.id))
    return Undone(by, now, frozenset(one.id for one in asked if one.undoes in told))
