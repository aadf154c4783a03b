"""An undo that does what can be done and leaves the rest: for taking apart what later changes have built upon."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import MetaData
from sqlalchemy.orm import Session

from portal.kernel.history.undo.deciding import Conflict, Decision, Name, decide, inner
from portal.kernel.history.undo.ordering import order
from portal.kernel.history.undo.planning import Plan, apply
from portal.kernel.history.undo.rows import Row, read
from portal.kernel.history.undo.surroundings import Surroundings
from portal.kernel.history.undo.ties import all_ties

WHOLE = ""
"""Stands for a whole row where a unit is asked for."""
Units = Mapping[Name, Collection[str]]


@dataclass
class Wishes:
    """What the caller knows of the rows. `hold`: units (or `WHOLE`) that stay as they are now; `bring`: units that go back
    although later changes wrote them, and although the change itself did not."""

    hold: Units = field(default_factory=dict)
    bring: Units = field(default_factory=dict)


def touched(s: Session, change_id: int, metadata: MetaData) -> tuple[Row, ...]:
    """The rows a change wrote, as `plan` reads them: before it, after it, now."""
    s.flush()
    return tuple(read(s, change_id, metadata, all_ties(metadata, s.get_bind().dialect.name)))


def plan_partly(s: Session, change_id: int, metadata: MetaData, rows: tuple[Row, ...], wishes: Wishes) -> Plan:
    """Work out what of a change can be taken back. The plan's `conflicts` are the reasons why something stays; what they
    name is in none of its `ops`, so that `carry_out` always succeeds. Writes nothing."""
    ties = all_ties(metadata, s.get_bind().dialect.name)
    made = decide(rows, ties)
    _wish(made, ties, wishes)
    left = list(made.conflicts)
    for conflict in left:
        _drop(made, ties, conflict)
    _bring(made, rows, ties, wishes)
    made.conflicts = []
    while True:
        _tidy(made, ties)
        around = Surroundings(s, change_id, metadata, ties, made)
        found = [*inner(made, ties), *around.conflicts()]
        if not found:
            steps, circle = order(made.ops, ties)
            found = [Conflict("knot", *name) for name in circle]
            if not found:
                break
        for conflict in found:
            _drop(made, ties, conflict)
        left += found
    return Plan(
        change_id, metadata, ties, rows, tuple(made.ops.values()), tuple(dict.fromkeys(left)), tuple(steps)
    )  # fmt: skip


def carry_out(s: Session, planned: Plan) -> None:
    """Do what a partial plan holds, in the change that is open; nothing is committed."""
    apply(s, replace(planned, conflicts=()))


def _wish(made: Decision, ties: Mapping, wishes: Wishes) -> None:
    """Leave out what is to be held, also from the conflicts; and conflicts of what goes back anyway."""
    for name, units in wishes.hold.items():
        op = made.ops.get(name)
        if op is None:
            continue
        if WHOLE in units:
            del made.ops[name]
        elif op.verb == "update":
            op.columns -= {c for unit in units for c in ties[name[0]].units.get(unit, ())}
    told = {**wishes.hold}
    made.conflicts = [
        one
        for one in made.conflicts
        if one.unit not in told.get((one.table, one.key), ())
        and WHOLE not in told.get((one.table, one.key), (None,))
        and one.unit not in wishes.bring.get((one.table, one.key), ())
    ]


def _bring(made: Decision, rows: tuple[Row, ...], ties: Mapping, wishes: Wishes) -> None:
    for row in rows:
        units, op = wishes.bring.get(row.name, ()), made.ops.get(row.name)
        if op is None or op.verb != "update" or row.before is None or row.now is None:
            continue
        columns = {c for unit in units for c in ties[row.table].units.get(unit, ())}
        op.columns |= {c for c in columns if row.before[c] != row.now[c]}


def _tidy(made: Decision, ties: Mapping) -> None:
    """Without the updates of which nothing is left."""
    for name, op in list(made.ops.items()):
        if op.verb == "update" and not op.columns and not ties[name[0]].versioned:
            del made.ops[name]


def _drop(made: Decision, ties: Mapping, conflict: Conflict) -> None:
    """Take what is in conflict out of what would be done: the unit where one is named, else the whole row."""
    name = (conflict.table, conflict.key)
    op = made.ops.get(name)
    if op is None:
        return
    columns = set(ties[conflict.table].units.get(conflict.unit, ()))
    if op.verb == "update" and columns & op.columns:
        op.columns -= columns
    else:
        del made.ops[name]
