"""The project list and the profile of a project."""

from __future__ import annotations

from flask import request

from portal.kernel.errors import NotFound
from portal.portfolio.listings.projects import PROJECTS
from portal.portfolio.queries import money, profiles, project_rows
from portal.portfolio.views.blueprint import bp
from portal.projects.queries import project as find_project
from portal.web import page
from portal.web.access import needs
from portal.web.marks import Marks


@bp.get("/projects")
@needs("project.read")
def projects():
    s, actor = page.session(), page.actor()
    v = PROJECTS.open(s, actor, request.args, page.lang())
    rows = project_rows.dress(s, actor, v.rows(project_rows.select_projects(actor)))
    alone = v.values.get("framework", []) if len(v.active) == 1 else []
    framework_id = int(alone[0]) if alone else None
    known = money.of_list(s, actor, v.where(project_rows.select_projects(actor)), framework_id)
    return page.render("portfolio/projects.html", v=v, rows=rows, known=known, framework_id=framework_id)


@bp.get("/projects/<int:project_id>")
@needs("project.read")
def project(project_id: int):
    s, actor = page.session(), page.actor()
    found = find_project(s, actor, project_id)
    if found is None:
        raise NotFound("project")
    return page.render("portfolio/project.html", marks=Marks(), **profiles.of_project(s, actor, found, page.lang()))
