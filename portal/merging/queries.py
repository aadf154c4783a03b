"""Reading for comparing and merging: the units of two records side by side, what hangs on each, and what a merge was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, or_, select, union
from sqlalchemy.orm import Session

from portal.desk.rules import OF_THE_DESK
from portal.funding.models import Flow
from portal.kernel.db import Base
from portal.kernel.history import twin
from portal.kernel.permission import Actor, open_to, visible_to
from portal.kernel.record import Record, RecordReader, RecordVeil
from portal.kernel.transaction import Change
from portal.merging.references import Place, moved
from portal.merging.rules import EQUAL, KINDS, NEITHER, Line, alike, state_of, unasked
from portal.partners.models import Link
from portal.partners.queries import told_of
from portal.sources.actions.columns import UNRATED
from portal.sources.actions.statements import unseen
from portal.sources.facts import SET, Fact, Pair, fact, facts_of_kind, read
from portal.sources.queries import Facts, FactView


@dataclass(frozen=True)
class Compared:
    """One unit of two records. `fact` None: it is no fact (a note, a reference number). `views`: what is stated of it."""

    unit: str
    fact: Fact | None
    values: tuple[object, object]
    views: tuple[FactView, FactView]
    state: str

    @property
    def chosen(self) -> str:
        """Whose value the kept record gets where nobody chooses."""
        return unasked(self.state)

    @property
    def asked(self) -> bool:
        """Whether there is anything to choose."""
        return self.state not in (EQUAL, NEITHER)

    @property
    def is_set(self) -> bool:
        return self.fact is not None and self.fact.type == SET


def compared(s: Session, actor: Actor, kept: Record, absorbed: Record, facts: Mapping[int, Facts]) -> list[Compared]:
    """Every unit of two records of a kind, in the order of its page: facts, further facts, then the rest."""
    mine, theirs = facts[kept.id], facts[absorbed.id]
    declared = facts_of_kind(kept.kind)
    further = sorted({*mine.by_field, *theirs.by_field} - declared.keys())
    made = []
    for field in [*declared, *further]:
        f = fact(kept.kind, field)
        views = (mine[field], theirs[field])
        values = (held(s, actor, kept, f, views[0]), held(s, actor, absorbed, f, views[1]))
        made.append(Compared(field, f, values, views, state_of(*values)))
    for unit in UNRATED:
        values = (plain(kept, unit), plain(absorbed, unit))
        made.append(Compared(unit, None, values, (FactView(unit, ()), FactView(unit, ())), state_of(*values)))
    return made


def held(s: Session, actor: Actor, record: Record, f: Fact, view: FactView) -> object:
    """What a record says of a fact, as far as the actor may see it; of a further fact the statement that leads."""
    if f.field not in facts_of_kind(record.kind):
        return view.lead.value if view.lead else None
    value = read(record, f)
    if isinstance(value, frozenset):
        return value - unseen(s, actor, f, value) or None
    return value


def plain(record: Record, unit: str) -> object:
    """One of `UNRATED`: beside the facts they are compared and may be taken over."""
    if unit == "note":
        return Pair(record.note_cs, record.note_en) or None
    return getattr(record, "responsible_id" if unit == "responsible" else unit)


def hanging(s: Session, actor: Actor, ids: tuple[int, int]) -> list[tuple[str, tuple[int, int]]]:
    """(table, how many rows of it refer to each of the two records), as far as the actor may see them; the most first."""
    found: dict[str, list[int]] = {}
    by_table: dict[str, list[Place]] = {}
    kind = s.scalar(select(Record.kind).where(Record.id == ids[0])) or KINDS[0]
    for place in moved(Base.metadata, kind):
        by_table.setdefault(place.table.name, []).append(place)
    for name, several in by_table.items():
        [key] = several[0].table.primary_key.columns
        pairs = union(*(select(key.label("key"), one.column.label("of")).where(one.column.in_(ids)) for one in several))
        rows = pairs.subquery()
        asked = select(rows.c.of, func.count()).group_by(rows.c.of)
        if name not in OF_THE_DESK:
            asked = asked.where(visible_to(actor, rows.c.key))
        counted = {row[0]: row[1] for row in s.execute(asked)}
        if counted:
            found[name] = [counted.get(i, 0) for i in ids]
    return sorted(((name, (a, b)) for name, (a, b) in found.items()), key=lambda one: (-sum(one[1]), one[0]))


@dataclass(frozen=True)
class Booked:
    """A flow booked at the absorbed record. `same`: the flow of the kept record that seems to be the same money."""

    flow: Flow
    same: Flow | None

    @property
    def moves(self) -> bool:
        """Whether it is moved where nobody chooses."""
        return self.same is None


def booked(s: Session, actor: Actor, kept: Record, absorbed: Record) -> list[Booked]:
    """The flows booked at the absorbed record that the actor may see, each beside the one it seems to repeat."""
    asked = select(Flow).where(Flow.booked_id.in_([kept.id, absorbed.id]), visible_to(actor, Flow)).order_by(Flow.id)
    flows = {flow.id: flow for flow in s.scalars(asked)}
    lines: dict[int, list[Line]] = {kept.id: [], absorbed.id: []}
    for flow in flows.values():
        amount = None if flow.amount_minor is None else (flow.amount_minor, flow.amount_currency or "")
        if not (flow.booked_id == absorbed.id and flow.included_in_id):
            lines[flow.booked_id].append(Line(flow.id, flow.type_code, amount, flow.provider_id))
    same = alike(lines[kept.id], lines[absorbed.id])
    theirs = [flow for flow in flows.values() if flow.booked_id == absorbed.id]
    return [Booked(flow, flows.get(same.get(flow.id, 0))) for flow in theirs]


def possibly_same(s: Session, actor: Actor, record: Record) -> list[Record]:
    """The records that may be the same thing as this one."""
    ends = s.execute(
        select(Link.from_id, Link.to_id).where(
            Link.relation == "possibly_same",
            told_of(actor, Link),
            or_(Link.from_id == record.id, Link.to_id == record.id),
        )
    )
    ids = {i for row in ends for i in row} - {record.id}
    asked = select(Record).where(Record.id.in_(ids), Record.kind == record.kind, visible_to(actor))
    return list(s.scalars(asked.order_by(Record.order_cs, Record.id)))


def hidden_by(s: Session, record: Record) -> tuple[frozenset[int], frozenset[int] | None]:
    """(the confidential records above it that hide it, the people named for the record itself where it is confidential)."""
    above = veils(s, record) - {record.id}
    if not record.confidential:
        return above, None
    return above, frozenset(s.scalars(select(RecordReader.person_id).where(RecordReader.record_id == record.id)))


def veils(s: Session, record: Record) -> frozenset[int]:
    """The confidential records that hide it, itself included."""
    return frozenset(s.scalars(select(RecordVeil.veil_id).where(RecordVeil.record_id == record.id)))


def below(s: Session, record: Record, column) -> set[int]:
    """Ids of all records under this one by a column that names the one above (parts, bodies), however deep."""
    found: set[int] = set()
    front = {record.id}
    key = column.table.c.id
    while front:
        front = set(s.scalars(select(key).where(column.in_(front)))) - found
        found |= front
    return found


@dataclass(frozen=True)
class Merged:
    """That a record was merged: into which one (None: not available to the actor), in which change, by whom, when, why."""

    into: Record | None
    change: Change
    reason: str


def merger(s: Session, record: Record, until: int | None = None) -> Change | None:
    """The change in which a record was merged into another one; None where it is not merged. `until`: as of that change."""
    if record.merged_into_id is None:
        return None
    states = twin(Record.__table__)
    asked = select(states.c.change_from, states.c.merged_into_id).where(states.c.id == record.id)
    if until is not None:
        asked = asked.where(states.c.change_from <= until)
    first = None
    for row in s.execute(asked.order_by(states.c.change_from.desc())):
        if row.merged_into_id != record.merged_into_id:
            break
        first = row.change_from
    return s.get(Change, first) if first is not None else None


def merged(s: Session, actor: Actor, record: Record, until: int | None = None) -> Merged | None:
    """How a record was merged; None where it was not."""
    change = merger(s, record, until)
    if change is None:
        return None
    into = s.scalar(select(Record).where(Record.id == record.merged_into_id, open_to(actor)))
    return Merged(into, change, record.standing_reason or "")


def absorbed_by(s: Session, actor: Actor, record: Record) -> list[Record]:
    """The records that were merged into this one, as far as the actor may see them."""
    asked = select(Record).where(Record.merged_into_id == record.id, open_to(actor))
    return list(s.scalars(asked.order_by(Record.order_cs, Record.id)))
