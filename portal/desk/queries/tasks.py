"""Tasks, as far as the actor may see them: those of a record with the record, those of none for their maker and assignee."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased, with_polymorphic

from portal.accounts.models import Person
from portal.desk.models import Task
from portal.desk.queries.notices import may_see_task
from portal.desk.rules import OPEN
from portal.kernel import clock
from portal.kernel.asof import PastSession, row_at_version
from portal.kernel.permission import Actor, open_to
from portal.kernel.record import Record
from portal.kernel.standing import in_force
from portal.kernel.text import fold

TaskOf = aliased(Record, name="task_record")
Assignee = aliased(Person, name="assignee")
Maker = aliased(Person, name="maker")


def tasks(actor: Actor) -> Select:
    """SELECT (task, record or None, name of the assignee, name of the maker, `out`: whether the record is withdrawn or went
    with one that is) of the tasks the actor may see. Such tasks stay: what is to be done about a mistake is a task, too."""
    out = (~in_force(TaskOf)).label("out")
    return (
        select(Task, TaskOf, Assignee.name.label("assignee"), Maker.name.label("maker"), out)
        .outerjoin(TaskOf, TaskOf.id == Task.record_id)
        .join(Assignee, Assignee.id == Task.assignee_id)
        .join(Maker, Maker.id == Task.maker_id)
        .where(may_see_task(actor, Task))
    )


def task(s: Session, actor: Actor, task_id: int) -> Task | None:
    """One task the actor may see."""
    return s.scalar(select(Task).where(Task.id == task_id, may_see_task(actor, Task)))


def tasks_of(s: Session, actor: Actor, record_id: int) -> list:
    """The open tasks of a record, the most urgent first: rows of `tasks`."""
    return list(s.execute(urgent(tasks(actor).where(Task.record_id == record_id, Task.state == OPEN))).all())


def waiting(actor: Actor, everybody: bool, late: bool) -> Select:
    """SELECT of the open tasks assigned to the actor (or to anybody): those past their day, or those that are not."""
    past = Task.due.is_not(None) & (Task.due < clock.today())
    asked = tasks(actor).where(Task.state == OPEN, past if late else ~past)
    return urgent(asked if everybody else asked.where(assigned_to(actor)))


def urgent(asked: Select) -> Select:
    """In the order of their days, those without one last."""
    return asked.order_by(Task.due.is_(None), Task.due, Task.id)


def told_then(s: Session, actor: Actor, rows: Sequence) -> list:
    """The rows of `tasks` that may be told: in the past not those of a record that lay then under one hidden today, whose
    name may have told of it. In the present they are all."""
    if not isinstance(s, PastSession):
        return list(rows)
    every = with_polymorphic(Record, "*")
    ids = {row[1].id for row in rows if row[1] is not None}
    covers = {one.id: one.covers() for one in s.scalars(select(every).where(every.id.in_(ids)))}
    above = set().union(*covers.values())
    seen = set(s.scalars(select(Record.id).where(Record.id.in_(above), open_to(actor))))
    return [row for row in rows if row[1] is None or covers[row[1].id] <= seen]


def number_of(s: Session, asked: Select) -> int:
    """How many rows there are, counted to 1,001."""
    keys = asked.with_only_columns(Task.id, maintain_column_froms=True).order_by(None).limit(1001)
    return s.scalar(select(func.count()).select_from(keys.subquery())) or 0


def assigned_to(actor: Actor) -> ColumnElement[bool]:
    """SQL predicate: the task is assigned to the actor."""
    return Task.assignee_id == actor.person_id


def made_by(actor: Actor) -> ColumnElement[bool]:
    """SQL predicate: the actor made the task."""
    return Task.maker_id == actor.person_id


def is_overdue(today: date) -> ColumnElement[bool]:
    """SQL predicate: the task waits past its day."""
    return (Task.state == OPEN) & Task.due.is_not(None) & (Task.due < today)


def holds(text: str) -> ColumnElement[bool]:
    """SQL predicate: the title or text of the task holds these words, whatever their case and diacritics."""
    return Task.sought.contains(fold(text), autoescape=True)


def task_then(s: Session, task: Task, version: int) -> dict[str, object] | None:
    """The columns of a task as it came to `version`; None if it never rested there."""
    return row_at_version(s, Task.__table__, task.id, version)
