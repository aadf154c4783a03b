"""From a change to the plan of its undo, and the plan carried out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy import MetaData
from sqlalchemy.orm import Session

from portal.kernel.errors import NoOpenChange
from portal.kernel.history.undo.deciding import Conflict, Decision, Op, decide, inner
from portal.kernel.history.undo.ordering import Step, order
from portal.kernel.history.undo.rows import Row, read
from portal.kernel.history.undo.surroundings import Surroundings
from portal.kernel.history.undo.ties import Ties, all_ties
from portal.kernel.history.undo.writing import write
from portal.kernel.transaction import open_change


@dataclass(frozen=True)
class Plan:
    """What taking the change back means.

    rows       every row the change touched: before it, after it, now
    ops        what is done with which of them (would be, were there no conflicts); one that stands as it did before is in none
    conflicts  why it cannot be done, each once, in the order of tables and keys
    steps      the order of writing; empty where there are conflicts
    """

    change_id: int
    metadata: MetaData
    ties: dict[str, Ties]
    rows: tuple[Row, ...]
    ops: tuple[Op, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is left to take back: all stands as it did before the change."""
        return not self.conflicts and not any(op.tells for op in self.ops)


def plan(s: Session, change_id: int, metadata: MetaData | None = None, without: Collection[str] = ()) -> Plan:
    """Work out the undo of a change against what the tables hold now. Writes nothing.

    A change that touched no versioned row gives an empty plan, like one that was undone already. Rows of the tables `without`
    stay as they are.
    """
    if metadata is None:
        from portal.kernel.db import Base

        metadata = Base.metadata
    s.flush()
    ties = all_ties(metadata, s.get_bind().dialect.name)
    rows = tuple(row for row in read(s, change_id, metadata, ties) if row.table not in without)
    made = decide(rows, ties)
    found = Plan(change_id, metadata, ties, rows, tuple(made.ops.values()))
    against = _conflicts(s, found, made)
    if against:
        return replace(found, conflicts=against)
    steps, circle = order(made.ops, ties)
    return replace(found, steps=tuple(steps), conflicts=tuple(Conflict("knot", *name) for name in circle))


def _conflicts(s: Session, found: Plan, made: Decision) -> tuple[Conflict, ...]:
    around = Surroundings(s, found.change_id, found.metadata, found.ties, made)
    every = [*made.conflicts, *inner(made, found.ties), *around.conflicts()]
    order_of = {name: n for n, name in enumerate(found.ties)}
    return tuple(sorted(dict.fromkeys(every), key=lambda c: (order_of[c.table], c.key)))


def apply(s: Session, planned: Plan) -> None:
    """Carry out a plan in the change that is open; nothing is committed. What the Session had loaded is expired.

    Raises NoOpenChange outside a change, ValueError for a plan with conflicts.
    """
    opened = open_change(s)
    if opened is None:
        raise NoOpenChange("an undo is a change of its own")
    if planned.conflicts:
        raise ValueError(f"change {planned.change_id} cannot be undone: {planned.conflicts[0]}")
    for step in planned.steps:
        table, tie = planned.metadata.tables[step.table], planned.ties[step.table]
        write(s, step, table, tie, planned.change_id, opened.id)
    s.expire_all()
