"""The tree of frameworks, the profile of one, the phases of a programme."""

from __future__ import annotations

from flask import request

from portal.frameworks.queries import framework as find_framework
from portal.frameworks.queries import frameworks as select_frameworks
from portal.frameworks.queries import phase as find_phase
from portal.kernel.errors import NotFound
from portal.portfolio.listings.frameworks import FRAMEWORKS
from portal.portfolio.queries import framework_rows, profiles
from portal.portfolio.views.blueprint import bp
from portal.web import page
from portal.web.access import needs
from portal.web.marks import Marks


@bp.get("/frameworks")
@needs("framework.read")
def frameworks():
    s, actor = page.session(), page.actor()
    v = FRAMEWORKS.open(s, actor, request.args, page.lang())
    if v.active or {"after", "before", "sort"} & set(request.args):
        rows = framework_rows.dress(s, actor, v.rows(select_frameworks(actor)))
        return page.render("portfolio/frameworks.html", v=v, rows=rows, tree=None)
    tree, left_out = framework_rows.dressed_in_force(s, actor, page.lang())
    return page.render("portfolio/frameworks.html", v=v, rows=[], tree=tree, left_out=left_out)


@bp.get("/frameworks/<int:framework_id>")
@needs("framework.read")
def framework(framework_id: int):
    s, actor = page.session(), page.actor()
    found = find_framework(s, actor, framework_id)
    if found is None:
        raise NotFound("framework")
    return page.render("portfolio/framework.html", marks=Marks(), **profiles.of_framework(s, actor, found, page.lang()))


@bp.get("/phases/<int:phase_id>")
@needs("phase.read")
def phase(phase_id: int):
    s, actor = page.session(), page.actor()
    found = find_phase(s, actor, phase_id)
    if found is None:
        raise NotFound("phase", id=phase_id)
    return page.render("portfolio/phase.html", marks=Marks(), **profiles.of_phase(s, actor, found))
