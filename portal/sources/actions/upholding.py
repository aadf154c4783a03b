"""What the rules ask of records that an undo changed or brought back: what held when they were written need not hold now."""

from __future__ import annotations

from collections.abc import Callable, Collection

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from portal.kernel.permission import Actor
from portal.kernel.record import Record
from portal.sources import facts
from portal.sources.actions.deciding import check_values
from portal.sources.actions.statements import unseen

Uphold = Callable[[Session, Actor, Record, Record], None]
_UPHELD: dict[str, Uphold] = {}


def upheld(kind: str, check: Uphold) -> None:
    """Register what must hold of a record of this kind beside the rules of its facts (`checked`), whoever put it so:
    `check(s, actor, record, before)` raises InvalidInput {unit: code} or Refused. `before` says what the record said before
    the undo; of one that was brought back it has nothing but the id, and it belongs to no Session."""
    _UPHELD[kind] = check


def uphold(s: Session, actor: Actor, record: Record, before: Record, sets: Collection[str] = ()) -> None:
    """Ask all rules of a record's kind whether it may stand as it does, and whether the actor may place it there.

    `sets` names the facts that are sets and whose members changed. Raises InvalidInput, Refused, Forbidden.
    """
    values = {}
    for f in facts.facts_of_kind(record.kind).values():
        if f.type == facts.SET:
            held = facts.read(record, f) if f.field in sets else None
            if isinstance(held, frozenset):
                values[f.field] = held - unseen(s, actor, f, held)
        elif f.type != facts.FURTHER and facts.read(record, f) != facts.read(before, f):
            values[f.field] = facts.read(record, f)
    check_values(s, actor, _elsewhere(record, before), values)
    if record.kind in _UPHELD:
        _UPHELD[record.kind](s, actor, record, before)


def _elsewhere(record: Record, before: Record) -> Record:
    """The record as it stands, but still where it was before: whoever moves a record needs the right to the new place."""
    mapper = inspect(type(record))
    made = type(record)()
    for attribute in mapper.column_attrs:
        column = attribute.columns[0]
        source = before if column.foreign_keys and not column.primary_key else record
        setattr(made, attribute.key, getattr(source, attribute.key))
    return made
