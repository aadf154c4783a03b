"""Making, changing, finishing and reopening tasks."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from portal.desk import queries
from portal.desk.actions.notices import notify
from portal.desk.actions.refusals import need_data, refused
from portal.desk.models import Task
from portal.desk.rules import OPEN, STATES, task_problems
from portal.kernel import clock
from portal.kernel.errors import NotFound, Refused
from portal.kernel.permission import Actor, need, permits, sees
from portal.kernel.record import Record
from portal.kernel.text import clean, fold

UNITS = ("title", "text", "assignee", "due")


def make_task(s: Session, actor: Actor, record: Record | None, values: Mapping[str, object]) -> Task:
    """Make a task of a record the actor sees, or of none; units: title, text, assignee (id of a person), due (a day).

    Who may not assign makes tasks for themselves. The assignee is notified. InvalidInput names the unit: a title that is
    missing, a day that is none, an assignee who may not see the record (`who` names them). Refused for an actor who is no
    person, and of a record whose personal data are deleted.
    """
    need(actor, "task.add", record)
    if record is not None and not sees(s, actor, record.id):
        raise NotFound("record", id=record.id)
    if actor.person_id is None:
        raise Refused()
    need_data(record)
    task = Task(
        record_id=record.id if record is not None else None, maker_id=actor.person_id, state=OPEN, made_at=clock.now()
    )
    _take(s, actor, task, values)
    s.add(task)
    s.flush()
    _tell_assignee(s, actor, task)
    return task


def edit_task(s: Session, actor: Actor, task: Task, values: Mapping[str, object]) -> Task:
    """Change a task; what is not given stays. A new assignee is notified. Its maker may, and administrators who see it.
    InvalidInput as `make_task`."""
    need(actor, "task.edit", task)
    _need_sight(s, actor, task)
    before = task.assignee_id
    _take(s, actor, task, {unit: values.get(unit, _unit(task, unit)) for unit in UNITS})
    s.flush()
    if task.assignee_id != before:
        _tell_assignee(s, actor, task)
    return task


def set_state(s: Session, actor: Actor, task: Task, state: str) -> None:
    """Finish ("done"), drop or reopen a task: who it is assigned to may, its maker, and administrators who see it. Its
    maker is notified of the end. A state it has already changes nothing."""
    need(actor, "task.finish", task)
    _need_sight(s, actor, task)
    if state not in STATES:
        raise ValueError(f"no such state of a task: {state}")
    if state == task.state:
        return
    task.state = state
    task.closed_at, task.closed_by_id = (None, None) if state == OPEN else (clock.now(), actor.person_id)
    s.flush()
    if state != OPEN:
        notify(s, actor, "task_finished", [task.maker_id], record_id=task.record_id, task_id=task.id)


def _unit(task: Task, unit: str) -> object:
    return task.assignee_id if unit == "assignee" else getattr(task, unit)


def _need_sight(s: Session, actor: Actor, task: Task) -> None:
    if task.record_id is not None and not sees(s, actor, task.record_id):
        raise NotFound("task", id=task.id)


def _take(s: Session, actor: Actor, task: Task, values: Mapping[str, object]) -> None:
    """Set the units of a task, or refuse them."""
    given = {**values, "title": clean(str(values.get("title") or "")), "text": clean(str(values.get("text") or ""))}
    found, who = task_problems(given), ""
    assignee = next((one for one in queries.colleagues_for(s, task.record_id) if one.id == given.get("assignee")), None)
    if assignee is None:
        found["assignee"] = "assignee_missing"
    elif assignee.id != task.assignee_id or not assignee.sees:
        who = assignee.name
        if not assignee.sees:
            found["assignee"] = "assignee_blind"
        elif assignee.id != actor.person_id and not permits(actor, "task.assign"):
            found["assignee"] = "assignee_other"
    if found or assignee is None:
        raise refused(found, who=who)
    task.title, task.text, task.due, task.assignee_id = given["title"], given["text"], given.get("due"), assignee.id
    task.sought = fold(f"{task.title}\n{task.text}")


def _tell_assignee(s: Session, actor: Actor, task: Task) -> None:
    notify(s, actor, "task_assigned", [task.assignee_id], record_id=task.record_id, task_id=task.id)
