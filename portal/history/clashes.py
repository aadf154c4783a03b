"""The conflicts of an undo as people understand them: of which record, which of its facts, what was made of it, what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
from portal.kernel.portions import portions
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
    `other` names the record that would go), `readers`, `rights` (people hang on it), `parent`, `taken`, `knot`. Where a `child`
    is no record, `thing` is its table.
    """

    kind: str
    about: int
    unit: str = ""
    made: object = None
    now: object = None
    other: int | None = None
    valued: bool = False
    thing: str = ""


def owners(s: Session, plan: undo.Plan) -> dict[Name, int]:
    """Row (table, key) → the record it is about, for every row the change touched."""
    found: dict[Name, int] = {}
    cited: dict[Name, int] = {}
    for row in plan.rows:
        state = row.before or row.after or {}
        if row.table == "citation":
            cited[row.name] = int(state["statement_id"] or 0)
        elif row.table == "statement":
            found[row.name] = int(state["record_id"] or 0)
        else:
            found[row.name] = owner(*row.name)
    statements = _statements(s, cited.values())
    return found | {name: statements[i][0] for name, i in cited.items()}


def owner(table: str, key: tuple) -> int:
    """The record a row of a kind, or of a set, is about."""
    if table == "record" or table in KINDS:
        return key[0]
    names = [column.name for column in Record.metadata.tables[table].primary_key.columns]
    return key[names.index(OWNERS[table])]


class Clashes:
    """Reads what the conflicts of a plan are about, in as many queries for many as for few."""

    def __init__(self, s: Session, actor: Actor, plan: undo.Plan, whose: dict[Name, int]) -> None:
        self.s, self.actor, self.plan, self.whose = s, actor, plan, whose
        self.told: set[tuple[int, str]] = set()
        moved = [(c.table, c.key) for c in plan.conflicts if c.kind == "moved"]
        self.made, self.now = self._states(moved, plan.change_id), self._states(moved, None)
        names = {(c.table, c.key) for c in plan.conflicts} | {c.other for c in plan.conflicts if c.other}
        self.stated = self._stated({name for name in names if name[0] in ("statement", "citation")})

    def all(self) -> list[Clash]:
        """Each clash once; where the column of a fact tells it, its statements do not tell it again. A column that means
        nothing to people (the reason beside a standing) is told by the others of its record, and alone only where it is alone."""
        own = sorted(self.plan.conflicts, key=lambda c: c.table in ("statement", "citation"))
        found = [clash for conflict in own for clash in self._told(conflict)]
        found = list(dict.fromkeys([*found, *self._named()]))
        telling = {clash.about for clash in found if clash.kind != "moved" or clash.unit}
        return [clash for clash in found if clash.kind != "moved" or clash.unit or clash.about not in telling]

    def _told(self, conflict: undo.Conflict) -> Iterator[Clash]:
        name = conflict.table, conflict.key
        about = self.whose[name]
        if conflict.kind == "child":
            yield self._child(about, *(conflict.other or ("", ())))
        elif conflict.table in ("statement", "citation"):
            unit = self.stated[name][1]
            if (about, unit) not in self.told:
                yield Clash("restated", about, unit)
        elif conflict.table in SETS:
            yield Clash(conflict.kind, about, SETS[conflict.table], other=_end(*name))
        elif conflict.kind == "moved":
            yield self._moved(conflict, about)
        elif conflict.kind == "taken":
            yield Clash("taken", about, conflict.unit, other=conflict.other and owner(*conflict.other))
        else:
            yield Clash(conflict.kind, about, conflict.unit)

    def _moved(self, conflict: undo.Conflict, about: int) -> Clash:
        name = conflict.table, conflict.key
        self.told.add((about, conflict.unit))
        for d in differences(self.made[name], self.now[name]):
            if d.unit == conflict.unit:
                return Clash("moved", about, d.unit, d.before, d.after, valued=True)
        return Clash("moved", about)

    def _child(self, about: int, table: str, key: tuple) -> Clash:
        if table in RIGHTS:
            return Clash(RIGHTS[table], about)
        if table in ("statement", "citation"):
            other, unit = self.stated[table, key]
        elif table == "record" or table in KINDS or table in OWNERS:
            other, unit = owner(table, key), SETS.get(table, "")
        else:
            return Clash("child", about, thing=table)
        return Clash("added", about, unit) if other == about else Clash("child", about, other=other)

    def _states(self, names: list[Name], change_id: int | None) -> dict[Name, dict]:
        """Row → as the change made it, or (None) as it is."""
        found: dict[Name, dict] = {}
        for table in sorted({table for table, _key in names}):
            keys = [key for one, key in names if one == table]
            rows = states_of(self.s, self.actor, table, keys, after=change_id)
            found |= {(table, key): row for key, row in rows.items()}
        return found

    def _stated(self, names: set[Name]) -> dict[Name, tuple[int, str]]:
        """Statement or citation → the record and the fact it is of."""
        past = twin("citation")
        cited = [key[0] for table, key in names if table == "citation"]
        asked = select(past.c.id, past.c.statement_id).where(past.c.id.in_(cited))
        of = {("citation", (i,)): statement for i, statement in self.s.execute(asked)} if cited else {}
        of |= {name: name[1][0] for name in names if name[0] == "statement"}
        statements = _statements(self.s, of.values())
        return {name: statements[statement] for name, statement in of.items()}

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


def _statements(s: Session, ids: Iterable[int]) -> dict[int, tuple[int, str]]:
    """Statement → its record and field, also of those that are gone: the record is the last one, for a merge moves what is
    stated; the field never changes."""
    past = twin("statement")
    found: dict[int, tuple[int, str]] = {}
    for some in portions((i,) for i in set(ids)):
        asked = select(past.c.id, past.c.record_id, past.c.field).where(past.c.id.in_([i for (i,) in some]))
        found |= {i: (record_id, name) for i, record_id, name in s.execute(asked.order_by(past.c.change_from))}
    return found


def _end(table: str, key: tuple) -> int | None:
    """The record that a row of a set adds to it."""
    names = [column.name for column in Record.metadata.tables[table].primary_key.columns]
    return key[names.index(OTHER_END[table])] if table in OTHER_END else None
