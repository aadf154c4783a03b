"""What undoing a change would mean to a person: which records it concerns, what would go back, what forbids it.

A change that touched anything the actor may not see is refused without saying what; so is one whose undo meets something
they may not see.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session, selectin_polymorphic
from sqlalchemy.orm.attributes import set_committed_value

from portal.desk.rules import OF_THE_DESK
from portal.history.beside.donors import OF_DONORS
from portal.history.beside.rates import OF_RATES
from portal.history.clashes import Clash, Clashes, owners
from portal.history.hidden import KINDS, lies_under
from portal.history.lines import Line, states_of
from portal.history.queries import Entry, entries
from portal.history.subjects import visible
from portal.history.touched import OF_REPORTS, SETS
from portal.kernel.history import undo
from portal.kernel.permission import SYSTEM, Actor, permits
from portal.kernel.record import Record
from portal.kernel.transaction import Change
from portal.kernel.units import unit_of
from portal.obligations.models import WAY, DueReport
from portal.obligations.rules import OPEN

DOORS = ("form", "import")
"""Through which doors a change came that is undone on a page: what people did, not what the portal was loaded with."""
EVERY, AT_ONCE = 2**31 - 1, 500


@dataclass
class Prospect:
    """What the undo of a change would do. `entry` tells the change backwards.

    `refusal`: `door` (not done by a person), `hidden` (something of it may not be seen), `merged` (it merged or separated
    records, which is taken back on a page of its own), `way` (it moved a report on, for which there are moves back),
    `frozen` (it is of the money or texts of a report that is checked or was sent), `beside` (it touched no record),
    `nothing` (all stands as it did), or None.
    `about` are the records touched, `missing` those of them that are not there, `forbidden` those the actor may not edit.
    `erased`: the change deleted the data of a person, which nothing brings back; the rules would refuse the undo.
    """

    change: Change
    plan: undo.Plan
    entry: Entry
    refusal: str | None = None
    clashes: list[Clash] = field(default_factory=list)
    whose: dict[tuple, int] = field(default_factory=dict)
    missing: frozenset[int] = frozenset()
    forbidden: tuple[Record, ...] = ()
    erased: bool = False

    @property
    def possible(self) -> bool:
        return not (self.refusal or self.clashes or self.plan.conflicts or self.forbidden)

    @property
    def about(self) -> frozenset[int]:
        return frozenset(self.whose.values())

    def sets_of(self, record_id: int) -> set[str]:
        """The facts of a record that are sets and whose members changed."""
        return {SETS[table] for (table, _key), about in self.whose.items() if about == record_id and table in SETS}


def foresee(s: Session, actor: Actor, change: Change) -> Prospect | None:
    """What undoing the change would do, for this actor; None where they may not even be told of it."""
    [entry] = entries(s, actor, [change], most=EVERY)
    if entry.hidden and not (entry.records or entry.beside):
        return None
    found = Prospect(change, undo.Plan(change.id, Record.metadata, {}, ()), replace(entry, lines=[]))
    if change.door not in DOORS or entry.hidden:
        found.refusal = "hidden" if change.door in DOORS else "door"
        return found
    found.plan = undo.plan(s, change.id, without=(*OF_THE_DESK, *OF_RATES, *OF_DONORS))
    if any(_merges(row) for row in found.plan.rows):
        found.refusal = "merged"
        found.plan = undo.Plan(change.id, Record.metadata, {}, ())
        return found
    if any(_moves_on(row) for row in found.plan.rows):
        found.refusal = "way"
        found.plan = undo.Plan(change.id, Record.metadata, {}, ())
        return found
    if _frozen(s, found.plan):
        found.refusal = "frozen"
        found.plan = undo.Plan(change.id, Record.metadata, {}, ())
        return found
    found.whose = owners(s, found.plan)
    around = with_what_they_lie_under(s, found.about)
    there = [around[i] for i in sorted(found.about) if i in around]
    found.missing = found.about - around.keys()
    found.erased = any(getattr(one, "erased_on", None) and _withdrew(found.plan, one.id) for one in there)
    gone = [one for i in sorted(found.missing) if (one := as_it_was(s, i, change.id)) is not None]
    found.forbidden = tuple(one for one in [*there, *gone] if not permits(actor, f"{one.kind}.edit", one))
    found.entry = replace(entry, lines=list(_backwards(entry.lines, found.plan)))
    if found.plan.empty:
        found.refusal = "beside" if entry.beside and not entry.records else "nothing"
        return found
    clashes = Clashes(s, actor, found.plan, found.whose).all()
    met = {i for clash in clashes for i in (clash.about, clash.other) if i is not None}
    if met <= visible(s, actor, met, None):
        found.clashes = clashes
    else:
        found.refusal = "hidden"
    return found


def _withdrew(plan: undo.Plan, record_id: int) -> bool:
    """Whether the change took the record out of force."""
    ends = [
        (row.before or {}, row.after or {}) for row in plan.rows if row.table == "record" and row.key[0] == record_id
    ]
    return any(before.get("standing") is None and after.get("standing") is not None for before, after in ends)


def _merges(row: undo.Row) -> bool:
    """Whether the change merged a record into another one, or separated it. Followers, whom history does not keep, moved too."""
    sides = [side["merged_into_id"] for side in (row.before, row.after) if row.table == "record" and side is not None]
    return len(set(sides)) > 1


def _moves_on(row: undo.Row) -> bool:
    """Whether the change moved a report on. Who may (nobody checks what they prepared) is a rule of the move, not of editing."""
    sides = (row.before, row.after) if row.table == "due_report" and row.before and row.after else ()
    return len({tuple(side[column] for column in WAY) for side in sides}) > 1


def _frozen(s: Session, plan: undo.Plan) -> bool:
    """Whether the undo would touch rows of a report that is not written in any more."""
    ids = {op.row.key[0] for op in plan.ops if op.row.table in OF_REPORTS}
    asked = select(DueReport.id).where(DueReport.id.in_(ids), DueReport.state.not_in(OPEN))
    return bool(ids) and s.scalar(asked.limit(1)) is not None


def as_it_was(s: Session, record_id: int, change_id: int) -> Record | None:
    """A record as it was before a change, outside the Session; None if it was not there, or what it hangs on is lost."""
    columns: dict = {}
    for table in ("record", *KINDS):
        if table == "record" or table == columns.get("kind"):
            columns |= states_of(s, SYSTEM, table, [(record_id,)], before=change_id).get((record_id,), {})
    if not columns:
        return None
    made = inspect(Record).polymorphic_map[columns["kind"]].class_()
    mapper = inspect(type(made))
    for attribute in mapper.column_attrs:
        setattr(made, attribute.key, columns.get(attribute.columns[0].name))
    with s.no_autoflush:
        for relation in mapper.relationships:
            [column] = relation.local_columns if relation.direction.name == "MANYTOONE" else [None]
            end = columns.get(column.name) if column is not None else None
            if end is not None and issubclass(relation.mapper.class_, Record):
                target = s.get(Record, end) or as_it_was(s, end, change_id)
                if target is None:
                    return None
                set_committed_value(made, relation.key, target)
    return made


def with_what_they_lie_under(s: Session, ids: Collection[int]) -> dict[int, Record]:
    """The records by id as far as they are there, and all above them: their rights are asked without further queries."""
    kinds = [mapper.class_ for mapper in inspect(Record).self_and_descendants if mapper.class_ is not Record]
    found: dict[int, Record] = {}
    front = set(ids)
    while front:
        some, front = sorted(front)[:AT_ONCE], set(sorted(front)[AT_ONCE:])
        asked = select(Record).where(Record.id.in_(some)).options(selectin_polymorphic(Record, kinds))
        met = s.scalars(asked).all()
        found |= {record.id: record for record in met}
        front |= {i for record in met for i in record.covers()} - found.keys()
    return found


def neighbours(plan: undo.Plan) -> set[int]:
    """The records that those touched lie under, before the change, after it or now: their words for search may follow."""
    found: set[int] = set()
    for row in plan.rows:
        if row.table in KINDS:
            for state in (row.before, row.after, row.now):
                found |= {int(state[column] or 0) for column in lies_under(row.table) if state is not None}
    return found - {0}


def _backwards(lines: Iterable[Line], plan: undo.Plan) -> Iterator[Line]:
    """The lines of the change as its undo would tell them; without those that already stand as they did before."""
    ops = {op.name: op for op in plan.ops}
    for line in lines:
        keys = [column.name for column in Record.metadata.tables[line.table].primary_key.columns]
        op = ops.get((line.table, tuple(line.row[key] for key in keys)))
        if op is None:
            continue
        back = [replace(d, before=d.after, after=d.before) for d in line.differences]
        if op.verb == "update":
            units = {unit_of(column, plan.ties[line.table].columns) for column in op.columns}
            back = [d for d in back if d.unit in units]
        if back:
            yield replace(line, new=line.gone, gone=line.new, differences=tuple(back), because={})
