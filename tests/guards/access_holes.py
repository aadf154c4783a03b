"""A sound toy feature, and holes planted in it one at a time: each must be caught by the matrix."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Blueprint, Flask, Response, abort, g
from sqlalchemy import func, select

from portal.kernel.errors import NotFound
from portal.kernel.permission import Actor, need, visible_to
from portal.kernel.record import Record
from portal.projects.models import Project
from portal.web import asof, page
from portal.web.access import needs
from portal.web.forms import ButtonForm


def everything(actor: Actor, model) -> object:
    """The hole of holes: a predicate that hides nothing."""
    return model.id > 0


@dataclass
class Toy:
    """What can be planted; by default everything is as it should be."""

    listed: Callable = visible_to
    counted: Callable = visible_to
    exported: Callable = visible_to
    packed: Callable = visible_to
    opened: Callable = visible_to
    in_the_past: Callable = visible_to
    missing: Callable[[], Exception] = NotFound
    checks_object: bool = True
    checks_form: bool = True
    get_writes: bool = False
    past_writes: bool = False
    remembers: bool = False
    reads: str = "project.read"
    writes: str = "project.edit"
    memory: dict[str, str] = field(default_factory=dict)

    def blueprint(self) -> Blueprint:
        bp = Blueprint("toy", __name__)

        def names(hidden_by: Callable) -> list[str]:
            chosen = self.in_the_past if asof.change_id() is not None else hidden_by
            return list(
                page.session().scalars(
                    select(Project.name_cs).where(chosen(page.actor(), Project)).order_by(Project.id)
                )
            )

        def load(project_id: int) -> Project:
            chosen = self.in_the_past if asof.change_id() is not None else self.opened
            found = page.session().scalar(
                select(Project).where(Project.id == project_id, chosen(page.actor(), Project))
            )
            if found is None:
                raise self.missing()
            return found

        @bp.get("/toy")
        @needs(self.reads)
        def index() -> Response:
            if self.get_writes:
                s = page.session()
                s.execute(Record.__table__.update().where(False))
            body = "\n".join(names(self.listed))
            if self.remembers:
                body = self.memory.setdefault("index", body)
            return Response(body)

        @bp.get("/toy/count")
        @needs("project.read")
        def count() -> Response:
            chosen = self.in_the_past if asof.change_id() is not None else self.counted
            return Response(
                str(page.session().scalar(select(func.count(Project.id)).where(chosen(page.actor(), Project))))
            )

        @bp.get("/toy.csv")
        @needs("project.read")
        def table() -> Response:
            out = io.StringIO()
            csv.writer(out).writerows([name] for name in names(self.exported))
            return Response(out.getvalue(), content_type="text/csv")

        @bp.get("/toy.xlsx")
        @needs("project.read")
        def package() -> Response:
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(zipfile.ZipInfo("rows.xml"), "\n".join(names(self.packed)))
            return Response(out.getvalue(), content_type="application/vnd.ms-excel")

        @bp.get("/toy/<int:project_id>")
        @needs("project.read")
        def profile(project_id: int) -> Response:
            return Response(load(project_id).name_cs)

        @bp.route("/toy/<int:project_id>/edit", methods=["GET", "POST"])
        @needs(self.writes)
        def edit(project_id: int) -> Response:
            project = load(project_id)
            if self.checks_object:
                need(page.actor(), "project.edit", project)
            form = ButtonForm()
            if not self.checks_form:
                g.forgery_checked = True
                return Response("done")
            if form.validate_on_submit():
                return Response("done")
            return Response("form", 200 if not page.unsafe() else 400)

        return bp


def plant(app: Flask, toy: Toy) -> set[str]:
    """Register the toy; returns its endpoints."""
    app.register_blueprint(toy.blueprint())
    if toy.past_writes:
        app.before_request_funcs[None] = [
            f for f in app.before_request_funcs[None] if f.__name__ != asof.refuse_writing.__name__
        ]
    return {endpoint for endpoint in app.view_functions if endpoint.startswith("toy.")}


def gone() -> Exception:
    """A refusal that says there is something."""
    try:
        abort(403)
    except Exception as error:
        return error
