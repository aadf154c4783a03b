"""Pure: what goes back, row by row and unit by unit, and where a later change stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from portal.kernel.history.undo.rows import Row, State
from portal.kernel.history.undo.ties import Reference, Ties, Unique

Name = tuple[str, tuple]
"""Table and key of a row."""


@dataclass(frozen=True)
class Conflict:
    """Why a row cannot be put back. `other` is the row in the way, where there is one.

    Kinds: `moved` (a later change wrote `unit`), `gone` (the row is no longer there), `back` (a row of the same key is there
    again), `child` (`other` refers to the row that would be removed), `parent` (what `unit` refers to is no longer there),
    `taken` (`other` has the unique value of `unit`), `knot` (rows would have to take each other's place at once).
    """

    kind: str
    table: str
    key: tuple
    unit: str = ""
    other: Name | None = None


@dataclass
class Op:
    """What is done with one row. `verb`: insert, update or delete; `columns`: what an update takes from the state before the
    change (none: only the version counts on); `blank`: what an insert leaves empty for a while."""

    verb: str
    row: Row
    columns: frozenset[str] = frozenset()
    blank: frozenset[str] = frozenset()

    @property
    def name(self) -> Name:
        return self.row.name

    @property
    def final(self) -> State | None:
        """The row as it will be."""
        if self.verb == "delete":
            return None
        before = self.row.before or {}
        return before if self.verb == "insert" else {**(self.row.now or {}), **{c: before[c] for c in self.columns}}

    @property
    def tells(self) -> bool:
        """Whether more than a version changes."""
        return self.verb != "update" or bool(self.columns)


@dataclass
class Decision:
    """What would be done if nothing stood in the way, and what does."""

    ops: dict[Name, Op] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)


def decide(rows: Iterable[Row], ties: Mapping[str, Ties]) -> Decision:
    """Compare each row before the change, after it and now."""
    made = Decision()
    for row in rows:
        tie = ties[row.table]
        op, against = _decide(row, tie)
        made.conflicts += [Conflict(kind, row.table, row.key, unit) for kind, unit in against]
        if op is not None:
            made.ops[op.name] = op
    return made


def _decide(row: Row, tie: Ties) -> tuple[Op | None, list[tuple[str, str]]]:
    if row.before is None:
        if row.now is None:
            return None, []
        return Op("delete", row), [("moved", unit) for unit in _differing(tie, row.after, row.now)]
    if row.after is None:
        if row.now is None:
            return Op("insert", row), []
        return None, [("back", "")] if any(_differing(tie, row.before, row.now)) else []
    if row.now is None:
        return None, [("gone", "")]
    changed = [u for u, columns in tie.units.items() if any(row.before[c] != row.after[c] for c in columns)]
    open_ = [unit for unit in changed if not _same(tie, unit, row.now, row.before)]
    against = [("moved", unit) for unit in open_ if not _same(tie, unit, row.now, row.after)]
    columns = frozenset(c for unit in open_ for c in tie.units[unit])
    return (Op("update", row, columns) if columns or tie.versioned else None), against


def _differing(tie: Ties, one: State | None, other: State | None) -> Iterator[str]:
    if one is not None and other is not None:
        yield from (unit for unit in tie.units if not _same(tie, unit, one, other))


def _same(tie: Ties, unit: str, one: State, other: State) -> bool:
    """Whether a unit says the same; a unit that is nothing but followers is compared by them."""
    columns = [c for c in tie.units[unit] if c not in tie.followers] or tie.units[unit]
    return all(one[c] == other[c] for c in columns)


def values(state: State | None, columns: Iterable[str]) -> tuple | None:
    """The values of these columns, None where one of them is NULL: such a row refers to nothing and shares nothing."""
    found = tuple(state[c] for c in columns) if state is not None else (None,)
    return None if None in found else found


def claims(op: Op, tie: Ties, number: int, unique: Unique) -> tuple | None:
    """The unique values a row will hold, None where the index will not concern it."""
    final = op.final
    if final is None or (unique.where is not None and not _will_fall(op, number, unique)):
        return None
    return values(final, unique.columns)


def _will_fall(op: Op, number: int, unique: Unique) -> bool:
    """Where the condition names columns that go back beside others that stay, nobody has asked it: it then counts as met."""
    before, now = op.row.before or {}, op.row.now or {}
    if op.verb == "insert" or unique.asks <= op.columns:
        return before[f"where {number}"] == "1"
    return now[f"where {number}"] == "1" if not unique.asks & op.columns else True


def holds(op: Op, number: int, unique: Unique) -> tuple | None:
    """The unique values a row holds now."""
    now = op.row.now
    return values(now, unique.columns) if now is not None and now[f"where {number}"] == "1" else None


def inner(made: Decision, ties: Mapping[str, Ties]) -> Iterator[Conflict]:
    """Conflicts among the rows that go back: two of them claim one unique value, or one refers to a row that is removed."""
    claimed: dict[tuple, Name] = {}
    removed = {}
    for op in made.ops.values():
        if op.verb == "delete":
            for reference in referred_by(ties, op.row.table):
                removed[reference.parent, reference.parent_columns, values(op.row.now, reference.parent_columns)] = op
    for op in made.ops.values():
        tie = ties[op.row.table]
        for number, unique in enumerate(tie.uniques):
            claim = claims(op, tie, number, unique)
            if claim is not None:
                first = claimed.setdefault((tie.name, number, claim), op.name)
                if first != op.name:
                    yield Conflict("taken", *op.name, unit_claimed(tie, unique, op), first)
        for reference in tie.references if op.verb != "delete" else ():
            parent = removed.get((reference.parent, reference.parent_columns, values(op.final, reference.columns)))
            if parent is not None:
                yield Conflict("child", *parent.name, "", op.name)


def referred_by(ties: Mapping[str, Ties], table: str) -> list[Reference]:
    """Every reference to a table from versioned ones."""
    return [r for tie in ties.values() for r in tie.references if r.parent == table]


def unit_named(tie: Ties, columns: Iterable[str]) -> str:
    """The unit that stands for several columns: the last of them that belongs to one."""
    wanted = set(columns)
    units = [unit for unit, own in tie.units.items() if wanted & set(own)]
    return units[-1] if units else ""


def unit_claimed(tie: Ties, unique: Unique, op: Op) -> str:
    """The unit by which a row claims a unique value: of those it writes, where it writes only some."""
    concerned = {*unique.columns, *unique.asks}
    return unit_named(tie, concerned & op.columns or unique.columns)
