"""What a person answers for, as far as the actor may see it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.desk.models import Task
from portal.desk.rules import OPEN
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record

AT_ONCE = 500


def answered_for(s: Session, actor: Actor, person_id: int) -> list[Record]:
    """The visible records a person answers for, by kind and name."""
    asked = select(Record).where(Record.responsible_id == person_id, visible_to(actor))
    return list(s.scalars(asked.order_by(Record.kind, Record.order_cs, Record.id)))


def open_tasks(s: Session, actor: Actor, person_id: int) -> list[Task]:
    """The open tasks of a person: one's own, or those of records the actor sees and of none that it made."""
    own = Task.assignee_id == person_id
    if actor.person_id != person_id:
        seen = visible_to(actor, Task.record_id) & Task.record_id.is_not(None)
        own &= or_(seen, Task.maker_id == actor.person_id)
    return list(s.scalars(select(Task).where(own, Task.state == OPEN).order_by(Task.due.is_(None), Task.due, Task.id)))


def seen_by(s: Session, actor: Actor, record_ids: Collection[int]) -> set[int]:
    """Those of the records that somebody may see."""
    ids, found = sorted(set(record_ids)), set()
    for start in range(0, len(ids), AT_ONCE):
        found |= set(s.scalars(select(Record.id).where(Record.id.in_(ids[start : start + AT_ONCE]), visible_to(actor))))
    return found


def people(s: Session) -> list[tuple[int, str, bool]]:
    """(id, name, may sign in) of everybody, the disabled last."""
    rows = s.execute(
        select(Person.id, Person.name, Person.active).order_by(Person.active.desc(), Person.name, Person.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]
