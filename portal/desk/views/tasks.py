"""Tasks: the list, one task, making and changing them, their state."""

from __future__ import annotations

from flask import Flask, Response, abort, request, url_for
from sqlalchemy import Select

from portal.desk import actions, queries, sheet
from portal.desk.forms import EditTaskForm, TaskForm, save
from portal.desk.listings import TASKS
from portal.desk.queries.tasks import assigned_to, tasks
from portal.desk.rules import OPEN, STATES
from portal.desk.views.blueprint import bp, colleagues, record_of
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need
from portal.web import page
from portal.web.access import needs, permits
from portal.web.forms import ButtonForm
from portal.web.i18n import _
from portal.web.links import record_url
from portal.workbooks.exports import Export, register


def tasks_shown(v) -> Select:
    """SELECT of the tasks of the list: one's own, until somebody asks for others."""
    wanted = tasks(v.actor)
    return wanted if "whose" in v.values else wanted.where(assigned_to(v.actor))


@bp.get("/tasks", endpoint="tasks")
@needs("task.read")
def show_tasks() -> Response:
    v = TASKS.open(page.session(), page.actor(), request.args, page.lang())
    rows = queries.told_then(v.s, v.actor, v.rows(tasks_shown(v)))
    return page.render("desk/tasks.html", v=v, rows=rows, today=clock.today())


@bp.route("/tasks/add", methods=["GET", "POST"])
@needs("task.add")
def add_task() -> Response:
    """`?record=<id>` names the record the task is of."""
    s, who, asked = page.session(), page.actor(), page.asked_id("record")
    record = record_of(asked) if "record" in request.args and asked is not None else None
    actions.need_data(record)
    form = TaskForm(data={"assignee": who.person_id})
    form.offer(colleagues(asked), who.person_id, permits("task.assign"))
    if form.validate_on_submit():
        try:
            with page.writing():
                made = actions.make_task(s, who, record, form.values(form.units()))
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(_("The task is made."))
            return page.redirect_to("desk.task", task_id=made.id)
    back = record_url(record) if record is not None else url_for("desk.tasks")
    return page.render("desk/add_task.html", form=form, record=record, back=back)


@bp.get("/tasks/<int:task_id>", endpoint="task")
@needs("task.read")
def show_task(task_id: int) -> Response:
    task = _task(task_id)
    record = record_of(task.record_id) if task.record_id is not None else None
    return page.render("desk/task.html", task=task, record=record, today=clock.today())


@bp.route("/tasks/<int:task_id>/edit", methods=["GET", "POST"])
@needs("task.edit")
def edit_task(task_id: int) -> Response:
    s, who, task = page.session(), page.actor(), _task(task_id)
    need(who, "task.edit", task)
    record = record_of(task.record_id) if task.record_id is not None else None
    form = EditTaskForm(data=_standing(task) | {"version": task.version})
    form.offer(colleagues(task.record_id), who.person_id, permits("task.assign"))
    place = url_for("desk.task", task_id=task.id)
    if form.validate_on_submit():
        saved = save(
            form, task, lambda: _standing(task), lambda version: _then(task, version),
            lambda units: actions.edit_task(s, who, task, form.values(units)), title=task.title, cancel=place,
        )  # fmt: skip
        if saved is True:
            page.flash(_("The task is changed."))
            return page.redirect_to("desk.task", task_id=task.id)
        if saved:
            return saved
    return page.render("desk/edit_task.html", form=form, task=task, record=record, place=place)


@bp.post("/tasks/<int:task_id>/state")
@needs("task.finish")
def set_task_state(task_id: int) -> Response:
    """`state` in the form: done, dropped or open; `next` where to go back to."""
    task = _task(task_id)
    need(page.actor(), "task.finish", task)
    state = request.form.get("state", "")
    if not ButtonForm().validate_on_submit() or state not in STATES:
        abort(400)
    with page.writing():
        actions.set_state(page.session(), page.actor(), task, state)
    page.flash(
        _("The task is open again.") if state == OPEN
        else _("The task is done.") if state == "done" else _("The task is dropped.")
    )  # fmt: skip
    return page.redirect_back(request.form.get("next") or url_for("desk.task", task_id=task_id))


def _task(task_id: int):
    found = queries.task(page.session(), page.actor(), task_id)
    if found is None:
        raise NotFound("task", id=task_id)
    return found


def _standing(task) -> dict:
    return TaskForm.standing({"title": task.title, "assignee_id": task.assignee_id, "due": task.due, "text": task.text})


def _then(task, version: int) -> dict | None:
    row = queries.task_then(page.session(), task, version)
    return None if row is None else TaskForm.standing(row)


def offer(app: Flask) -> None:
    """Let the list be taken away."""
    register(app, Export(sheet.TASKS, TASKS, tasks_shown, "task.read", queries.told_then))
