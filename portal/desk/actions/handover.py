"""Handing everything a person answers for over to another, in one step."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.accounts.queries import actor_of
from portal.desk import policy  # noqa: F401  declares the permissions
from portal.desk.models import Task
from portal.desk.queries.handover import answered_for, open_tasks, seen_by
from portal.kernel.errors import InvalidInput
from portal.kernel.permission import Actor, need, permits
from portal.kernel.record import Record


@dataclass
class Handed:
    """What was handed over, and what was not: the other person may not see it, or the actor may not edit it."""

    records: list[Record] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    kept: list[Record] = field(default_factory=list)


def hand_over(s: Session, actor: Actor, giver_id: int, taker_id: int) -> Handed:
    """Let `taker` answer for every record, and have every open task, of `giver`, as far as the actor sees and may edit them.

    InvalidInput: {taker: the_same | cannot_sign_in}. What the taker may not see stays where it is.
    """
    need(actor, "handover.do", giver_id)
    taker = s.get(Person, taker_id)
    if taker is None or not taker.active:
        raise InvalidInput({"taker": "cannot_sign_in"})
    if giver_id == taker_id:
        raise InvalidInput({"taker": "the_same"})
    handed = Handed()
    records, tasks = answered_for(s, actor, giver_id), open_tasks(s, actor, giver_id)
    seen = seen_by(s, actor_of(s, taker), [r.id for r in records] + [t.record_id for t in tasks if t.record_id])
    for record in records:
        if record.id in seen and permits(actor, f"{record.kind}.edit", record):
            record.responsible_id = taker_id
            handed.records.append(record)
        else:
            handed.kept.append(record)
    for task in tasks:
        if task.record_id is None or task.record_id in seen:
            task.assignee_id = taker_id
            handed.tasks.append(task)
    s.flush()
    return handed
