"""What separating two merged records would take back, and what it would leave. Writes nothing.

The history twins know what the merge wrote. Of that goes back what still stands so; a value that was changed since stays with
the kept record. What a fact leads by counts: where another statement leads than the merge let lead, the fact was changed,
be its value the same or not.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from portal.desk.rules import OF_THE_DESK
from portal.funding.models import CoBeneficiary
from portal.funding.queries import CO_BENEFICIARIES
from portal.kernel.db import Base
from portal.kernel.history import twin, undo
from portal.kernel.permission import Actor, visible_to
from portal.kernel.portions import portions
from portal.kernel.record import Record
from portal.kernel.transaction import Change
from portal.merging.references import ONE_BY_ONE, Place, moved
from portal.projects.queries import SETS
from portal.sources.models import Statement

Row, WHOLE = undo.Row, undo.WHOLE
GROUPS = {
    "status": ("status", "status_basis", "status_on"),
    "light": ("light", "light_on", "reported_on"),
}
"""Units that stand or go back together."""
SET_TABLES = {model.__tablename__: unit for unit, (model, _column) in SETS.items()} | {
    CoBeneficiary.__tablename__: CO_BENEFICIARIES
}
"""Tables whose rows are no records."""
STATED_WITH = ("leading", "position", "reason")
"""What a statement that goes back is there again, whatever became of it meanwhile."""


@dataclass
class Parting:
    """`plan`: what is written. `values`: units of the kept record that go back; `rows`: (table, key) of what is moved back.
    `kept_values`: units the merge took over and somebody changed since; `changed`: (record, unit) of others that were.
    `copied`: statements that go back although the kept record is led by them since: it keeps a copy."""

    change: Change
    kept: int
    absorbed: int
    plan: undo.Plan
    values: tuple[str, ...] = ()
    rows: tuple[tuple[str, int], ...] = ()
    kept_values: tuple[str, ...] = ()
    changed: tuple[tuple[int, str], ...] = ()
    copied: tuple[int, ...] = ()

    def touched(self) -> set[int]:
        """Ids of the records the merge wrote."""
        return {row.key[0] for row in self.plan.rows if row.table == "record"}


@dataclass
class _Known:
    s: Session
    change: int
    kept: int
    absorbed: int
    rows: tuple[Row, ...]
    changed: set[tuple[int, str]] = field(default_factory=set)


def foresee_parting(s: Session, absorbed: Record, change: Change) -> Parting:
    """What separating a record would do, that was merged in the change."""
    rows = undo.touched(s, change.id, Base.metadata)
    known = _Known(s, change.id, int(absorbed.merged_into_id or 0), absorbed.id, rows)
    known.changed = _changed(known)
    wishes = _wishes(known)
    plan = undo.plan_partly(s, change.id, Base.metadata, rows, wishes)
    made = Parting(change, known.kept, known.absorbed, plan)
    made.values, made.kept_values = _values(known, plan)
    made.rows = _moved_back(known, plan)
    made.changed = _changed_elsewhere(known, plan)
    made.copied = tuple(
        row.key[0]
        for row in _moved_statements(known)
        if row.now is not None and _true(row.now["leading"]) and (known.kept, _text(row.now["field"])) in known.changed
    )
    return made


def written_since(s: Session, actor: Actor, kept: Record, change: Change) -> list[Record]:
    """What was added to the kept record since the merge, as far as the actor may see it: it stays there."""
    found: set[int] = set()
    by_table: dict[str, list[Place]] = {}
    for place in moved(Base.metadata, kept.kind):
        if place.table.name not in OF_THE_DESK:
            by_table.setdefault(place.table.name, []).append(place)
    for several in by_table.values():
        table = several[0].table
        past = twin(table)
        older = exists().where(past.c.id == table.c.id, past.c.change_from <= change.id)
        found |= set(s.scalars(select(table.c.id).where(or_(*(one.column == kept.id for one in several)), ~older)))
    asked = (
        select(Record).where(Record.id.in_(found), visible_to(actor)).order_by(Record.kind, Record.order_cs, Record.id)
    )
    return list(s.scalars(asked))


def _changed(known: _Known) -> set[tuple[int, str]]:
    """(record, field) where another statement leads than right after the merge."""
    ids = {row.key[0] for row in known.rows if row.table == "record"} | {known.kept}
    past, now = twin(Statement.__table__), Statement.__table__
    then: dict[tuple[int, str], int] = {}
    leads: dict[tuple[int, str], int] = {}
    for some in portions(ids):
        stood = (past.c.change_from <= known.change, or_(past.c.change_to.is_(None), past.c.change_to > known.change))
        asked = select(past.c.record_id, past.c.field, past.c.id).where(
            past.c.record_id.in_(some), past.c.leading, *stood
        )
        then |= {(row[0], row[1]): row[2] for row in known.s.execute(asked)}
        asked = select(now.c.record_id, now.c.field, now.c.id).where(now.c.record_id.in_(some), now.c.leading)
        leads |= {(row[0], row[1]): row[2] for row in known.s.execute(asked)}
    return {place for place in then.keys() | leads.keys() if then.get(place) != leads.get(place)}


def _moved_statements(known: _Known) -> list[Row]:
    return [
        row
        for row in known.rows
        if row.table == "statement" and row.before is not None and row.before["record_id"] == str(known.absorbed)
        and row.now is not None and row.now["record_id"] == str(known.kept)
    ]  # fmt: skip


def _wishes(known: _Known) -> undo.Wishes:
    """Facts that were changed since stay whole; statements go back as they led before."""
    wishes = undo.Wishes(bring={row.name: STATED_WITH for row in _moved_statements(known)})
    for row in known.rows:
        held: set[str] = set()
        if row.table == "statement":
            about = int((row.after or row.before or {})["record_id"] or 0)
            if (
                about,
                _text((row.after or row.before or {})["field"]),
            ) in known.changed and row.name not in wishes.bring:
                held = {WHOLE} if row.before is None else {"leading", "reason"}
        elif row.table in SET_TABLES:
            held = {WHOLE} if (row.key[0], SET_TABLES[row.table]) in known.changed else set()
        elif row.table not in ("citation", *OF_THE_DESK):
            fields = {unit for about, unit in known.changed if about == row.key[0]}
            held = {unit for f in fields for unit in GROUPS.get(f, (f,))}
            held |= _reported_since(row)
        if held:
            wishes.hold[row.name] = held
    return wishes


def _reported_since(row: Row) -> set[str]:
    """The report a project repeats, where a later one came."""
    if row.table != "project" or row.after is None or row.now is None:
        return set()
    same = all(row.after[column] == row.now[column] for column in GROUPS["light"])
    return set() if same else set(GROUPS["light"])


def _values(known: _Known, plan: undo.Plan) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Units of the kept record itself: those that go back, those that somebody changed since."""
    back, changed = [], []
    ops = {op.name: op for op in plan.ops}
    for row in known.rows:
        if row.key[0] != known.kept or row.table in ("statement", "citation"):
            continue
        if row.table in SET_TABLES:
            (back if row.name in ops else changed).append(SET_TABLES[row.table])
        elif row.before is not None and row.after is not None:
            columns = ops[row.name].columns if row.name in ops else frozenset()
            for unit, own in plan.ties[row.table].units.items():
                if any(row.before[c] != row.after[c] for c in own) and unit not in _silent():
                    (back if columns & set(own) else changed).append(unit)
    return tuple(dict.fromkeys(back)), tuple(dict.fromkeys(one for one in changed if one not in back))


def _changed_elsewhere(known: _Known, plan: undo.Plan) -> tuple[tuple[int, str], ...]:
    """(record, unit) of what the merge wrote into other records and does not go back, because it was changed since."""
    ops = {op.name: op for op in plan.ops}
    found = []
    for row in known.rows:
        told = row.table not in ("statement", "citation", *OF_THE_DESK, *SET_TABLES)
        if not told or row.key[0] == known.kept or row.before is None or row.after is None or row.now is None:
            continue
        back = ops[row.name].columns if row.name in ops else frozenset()
        for unit, own in plan.ties[row.table].units.items():
            wrote = any(row.before[c] != row.after[c] for c in own)
            stays = any(row.before[c] != row.now[c] for c in own) and not back & set(own)
            if wrote and stays and (row.table, unit) != ("record", "name"):
                found.append((row.key[0], unit))
    return tuple(found)


def _silent() -> tuple[str, ...]:
    """Units that go with others and are not told of by themselves."""
    return ("status_basis", "status_on", "light_on", "reported_on")


def _moved_back(known: _Known, plan: undo.Plan) -> tuple[tuple[str, int], ...]:
    columns: dict[str, set[str]] = {}
    for place in moved(Base.metadata, _kind(known)):
        columns.setdefault(place.table.name, set()).add(place.column.name)
    return tuple(
        (op.row.table, op.row.key[0])
        for op in plan.ops
        if op.row.table in columns and op.columns & columns[op.row.table] and (op.row.table, "id") not in ONE_BY_ONE
    )


def _kind(known: _Known) -> str:
    return str(known.s.scalar(select(Record.kind).where(Record.id == known.kept)))


def _true(text: str | None) -> bool:
    return text in ("1", "true")


def _text(exact: str | None) -> str:
    """A text read back from its exact writing: SQLite quotes it."""
    return (exact or "").removeprefix("'").removesuffix("'")
