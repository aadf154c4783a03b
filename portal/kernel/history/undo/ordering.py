"""Pure: in which order rows are written, so that every reference and every unique value holds at each step.

What refers waits for what it refers to; what is removed waits until nothing refers to it; who takes a unique value waits until
it is given up. Neither engine has to defer a check. Where rows wait for each other in a circle, a column that may be empty is
left empty for a while.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.kernel.history.undo.deciding import Name, Op, claims, holds, referred_by, values
from portal.kernel.history.undo.ties import Ties


@dataclass(frozen=True)
class Step:
    """One statement for many rows. `verb`: insert (all but `columns`, which stay NULL), update (`columns` go back), delete, or
    blank (`columns` become NULL)."""

    verb: str
    table: str
    columns: frozenset[str]
    keys: tuple[tuple, ...]


@dataclass(frozen=True)
class Wait:
    """A row waits for `on`. `why`: reach, leave or unique; `blank`: columns which, left empty for a while, end the waiting."""

    on: Name
    why: str
    blank: frozenset[str]


def order(ops: Mapping[Name, Op], ties: Mapping[str, Ties]) -> tuple[list[Step], list[Name]]:
    """The steps; and the rows that wait for each other for ever (then there is no order)."""
    waits = _waits(ops, ties)
    left, blanked, later = dict(ops), set[tuple[Name, frozenset[str]]](), dict[Name, Op]()
    generations: list[list[Op]] = []
    while left:
        ready = [op for name, op in left.items() if not any(wait.on in left for wait in waits[name])]
        if ready:
            generations.append(ready)
            for op in ready:
                del left[op.name]
        elif not _cut(left, waits, blanked, later):
            return [], sorted(left)
    first = [Op("blank", ops[name].row, columns) for name, columns in blanked]
    return _steps([first, *generations, list(later.values())]), []


def _waits(ops: Mapping[Name, Op], ties: Mapping[str, Ties]) -> dict[Name, list[Wait]]:
    waits: dict[Name, list[Wait]] = {name: [] for name in ops}
    inserted, deleted, given_up = _offered(ops, ties)
    for name, op in ops.items():
        tie = ties[op.row.table]
        for reference in tie.references:
            blank = frozenset(reference.columns) if reference.nullable else frozenset()
            place = reference.parent, reference.parent_columns
            parent = inserted.get((*place, values(op.final, reference.columns)))
            if parent is not None and parent != name:
                waits[name].append(Wait(parent, "reach", blank if op.verb == "insert" else frozenset()))
            left = deleted.get((*place, values(op.row.now, reference.columns)))
            if left is not None and left != name:
                waits[left].append(Wait(name, "leave", blank if op.verb != "insert" else frozenset()))
        for number, unique in enumerate(tie.uniques):
            holder = given_up.get((tie.name, number, claims(op, tie, number, unique)))
            if holder is not None and holder != name:
                own = [c for c in unique.blankable if ops[holder].verb == "delete" or c in ops[holder].columns]
                waits[name].append(Wait(holder, "unique", frozenset(own[:1])))
    return waits


def _offered(ops: Mapping[Name, Op], ties: Mapping[str, Ties]) -> tuple[dict, dict, dict]:
    """By what others refer to them: rows that come, rows that go; and by unique values: rows that hold them now."""
    inserted: dict[tuple, Name] = {}
    deleted: dict[tuple, Name] = {}
    given_up: dict[tuple, Name] = {}
    targets = {
        name: {r.parent_columns for r in referred_by(ties, name)} for name in {op.row.table for op in ops.values()}
    }
    for name, op in ops.items():
        tie = ties[op.row.table]
        for columns in targets[tie.name]:
            if op.verb == "insert":
                inserted[tie.name, columns, values(op.final, columns)] = name
            elif op.verb == "delete":
                deleted[tie.name, columns, values(op.row.now, columns)] = name
        for number, unique in enumerate(tie.uniques):
            held = holds(op, number, unique)
            if held is not None and held != claims(op, tie, number, unique):
                given_up[tie.name, number, held] = name
    return inserted, deleted, given_up


def _cut(
    left: Mapping[Name, Op], waits: dict[Name, list[Wait]], blanked: set[tuple[Name, frozenset[str]]],
    later: dict[Name, Op],
) -> bool:  # fmt: skip
    """End the waits that an empty column ends, among the rows left; False where there is none."""
    cut = False
    for name, op in left.items():
        for wait in [one for one in waits[name] if one.on in left and one.blank]:
            cut = True
            waits[name].remove(wait)
            if wait.why == "reach":
                op.blank |= wait.blank
                later[name] = Op("update", op.row, op.blank)
            else:
                blanked.add((wait.on, wait.blank))
    return cut


def _steps(generations: Iterable[list[Op]]) -> list[Step]:
    steps = []
    for generation in generations:
        alike: dict[tuple[str, str, frozenset[str]], list[tuple]] = {}
        for op in generation:
            columns = op.blank if op.verb == "insert" else op.columns
            alike.setdefault((op.verb, op.row.table, columns), []).append(op.row.key)
        for (verb, table, columns), keys in sorted(alike.items(), key=lambda one: (*one[0][:2], sorted(one[0][2]))):
            steps.append(Step(verb, table, columns, tuple(sorted(keys))))
    return steps
