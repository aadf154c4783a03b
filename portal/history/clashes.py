"""The conflicts of an undo as people understand them: of which record, which of its facts, what was made of it, what it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.history.hidden import KINDS
from portal.history.lines import states_of
from portal.history.rules import differences
from portal.history.subjects import twin
from portal.history.touched import OTHER_END, OWNERS, SETS
from portal.kernel.history import undo
from portal.kernel.permission import Actor
from portal.kernel.record import Record
from portal.sources.facts import fields_of_sets, referring_fields
from portal.sources.models import Statement

Name = tuple[str, tuple]
RIGHTS = {"record_reader": "readers", "person_framework": "rights"}


@dataclass(frozen=True)
class Clash:
    """`about` is the record that cannot be put back as it was, `unit` a fact or column of it, `other` the record in the way.

    Kinds, those of `undo.Conflict` and further ones: `moved` (valued: `made` and `now` are known), `restated` (what is stated
    of the fact changed), `added` (something was added to the record since), `gone`, `back`, `child`, `named` (a statement about
    `other` names the record that would go), `readers`, `rights` (people hang on it), `parent`, `taken`, `knot`.
    """

    kind: str
    about: int
    unit: str = ""
    made: object = None
    now: object = None
    other: int | None = None
    valued: bool = False


def owners(s: Session, plan: undo.Plan) -> dict[Name, int]:
    """Row (table, key) → the record it is about, for every row the change touched."""
    found: dict[Name, int] = {}
    for row in plan.rows:
        state = row.before or row.after or {}
        if row.table == "citation":
            found[row.name] = _record_of(s, int(state["statement_id"] or 0))
        elif row.table == "statement":
            found[row.name] = int(state["record_id"] or 0)
        else:
            found[row.name] = owner(*row.name)
    return found


def owner(table: str, key: tuple) -> int:
    """The record a row of a kind, or of a set, is about."""
    if table == "record" or table in KINDS:
        return key[0]
    names = [column.name for column in Record.metadata.tables[table].primary_key.columns]
    return key[names.index(OWNERS[table])]


class Clashes:
    """Reads what the conflicts of a plan are about."""

    def __init__(self, s: Session, actor: Actor, plan: undo.Plan, whose: dict[Name, int]) -> None:
        self.s, self.actor, self.plan, self.whose = s, actor, plan, whose
        self.told: set[tuple[int, str]] = set()

    def all(self) -> list[Clash]:
        """Each clash once; where the column of a fact tells it, its statements do not tell it again."""
        own = sorted(self.plan.conflicts, key=lambda c: c.table in ("statement", "citation"))
        found = [clash for conflict in own for clash in self._told(conflict)]
        return list(dict.fromkeys([*found, *self._named()]))

    def _told(self, conflict: undo.Conflict) -> Iterator[Clash]:
        about = self.whose[conflict.table, conflict.key]
        if conflict.kind == "child":
            yield self._child(about, conflict.other or ("", ()))
        elif conflict.table in ("statement", "citation"):
            unit = self._field((conflict.table, conflict.key))
            if (about, unit) not in self.told:
                yield Clash("restated", about, unit)
        elif conflict.table in SETS:
            yield Clash(conflict.kind, about, SETS[conflict.table], other=self._end((conflict.table, conflict.key)))
        elif conflict.kind == "moved":
            yield self._moved(conflict, about)
        elif conflict.kind == "taken":
            yield Clash("taken", about, conflict.unit, other=conflict.other and owner(*conflict.other))
        else:
            yield Clash(conflict.kind, about, conflict.unit)

    def _moved(self, conflict: undo.Conflict, about: int) -> Clash:
        [made] = self._states(conflict, after=self.plan.change_id)
        [now] = self._states(conflict)
        self.told.add((about, conflict.unit))
        for d in differences(made, now):
            if d.unit == conflict.unit:
                return Clash("moved", about, d.unit, d.before, d.after, valued=True)
        return Clash("moved", about)

    def _child(self, about: int, child: Name) -> Clash:
        table, key = child
        if table in RIGHTS:
            return Clash(RIGHTS[table], about)
        if table in ("statement", "citation"):
            [row] = states_of(self.s, self.actor, table, [key]).values()
            other = row["record_id"] if table == "statement" else _record_of(self.s, row["statement_id"])
            return Clash("added", about, self._field(child)) if other == about else Clash("child", about, other=other)
        if table == "record" or table in KINDS:
            return Clash("child", about, other=owner(table, key))
        if table in SETS:
            other = owner(table, key)
            return Clash("added", about, SETS[table]) if other == about else Clash("child", about, other=other)
        return Clash("child", about)

    def _field(self, name: Name) -> str:
        """The fact that a statement, or the statement of a citation, is of."""
        table, key = name
        statement = key[0]
        if table == "citation":
            past = twin("citation")
            statement = self.s.scalar(select(past.c.statement_id).where(past.c.id == key[0]).limit(1))
        past = twin("statement")
        return self.s.scalar(select(past.c.field).where(past.c.id == statement).limit(1)) or ""

    def _end(self, name: Name) -> int | None:
        """The record that a row of a set adds to it."""
        table, key = name
        names = [column.name for column in Record.metadata.tables[table].primary_key.columns]
        return key[names.index(OTHER_END[table])] if table in OTHER_END else None

    def _states(self, conflict: undo.Conflict, after: int | None = None) -> list[dict]:
        return list(states_of(self.s, self.actor, conflict.table, [conflict.key], after=after).values())

    def _named(self) -> Iterator[Clash]:
        """Statements that name a record which would be removed: their value is no foreign key."""
        removed = {op.row.key[0] for op in self.plan.ops if op.verb == "delete" and op.row.table == "record"}
        if not removed:
            return
        leaving = {op.row.key[0] for op in self.plan.ops if op.verb == "delete" and op.row.table == "statement"}
        one = Statement.field.in_(referring_fields()) & Statement.value.in_([f"#{i}" for i in removed])
        within = Statement.field.in_(fields_of_sets()) & Statement.value.contains("#")
        asked = select(Statement.id, Statement.record_id, Statement.value).where(or_(one, within))
        for i, record_id, value in self.s.execute(asked.order_by(Statement.id)):
            if i not in leaving:
                named = {int(part[1:]) for part in value.split() if part[1:].isdigit()}
                yield from (Clash("named", about, other=record_id) for about in sorted(named & removed))


def _record_of(s: Session, statement: int) -> int:
    past = twin("statement")
    return s.scalar(select(past.c.record_id).where(past.c.id == statement).limit(1)) or 0
