"""The tree of frameworks and the profile of one."""

from __future__ import annotations

from flask import request

from portal.frameworks.models import Framework
from portal.frameworks.queries import framework as find_framework
from portal.frameworks.queries import frameworks as select_frameworks
from portal.kernel.errors import NotFound
from portal.kernel.search import matching
from portal.portfolio import choices
from portal.portfolio.queries import framework_rows, profiles
from portal.portfolio.views import bp
from portal.portfolio.views.projects import or_none
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Choice, Listing, Search, Sort
from portal.web.marks import Marks

LISTING = Listing(
    filters=(
        Search("q", _l("Search frameworks"), lambda text, v: matching(v.actor, text, Framework.id)),
        Choice("kind", _l("Kind"), choices.listed_or_none("framework_kinds"), lambda c, v: or_none(Framework.kind_code, c)),
        Choice("status", _l("Status"), choices.listed_or_none("framework_statuses"), lambda c, v: or_none(Framework.status, c)),
        Choice("country", _l("Country"), choices.countries, lambda i, v: framework_rows.with_participant(int(i))),
        Choice(
            "certainty", _l("Source"), choices.certainty, lambda c, v: choices.of_certainty(Framework, c)
        ),
    ),
    sorts=(Sort("name", _l("Framework"), lambda v: [Framework.order_cs if v.lang == "cs" else Framework.order_en]),),
    key=Framework.id,
    size=100,
)  # fmt: skip


@bp.get("/frameworks")
@needs("framework.read")
def frameworks():
    s, actor = page.session(), page.actor()
    v = LISTING.open(s, actor, request.args, page.lang())
    if v.active or {"after", "before", "sort"} & set(request.args):
        rows = framework_rows.dress(s, actor, v.rows(select_frameworks(actor)))
        return page.render("portfolio/frameworks.html", v=v, rows=rows, tree=None)
    tree = framework_rows.dressed_tree(s, actor, page.lang())
    return page.render("portfolio/frameworks.html", v=v, rows=[], tree=tree)


@bp.get("/frameworks/<int:framework_id>")
@needs("framework.read")
def framework(framework_id: int):
    s, actor = page.session(), page.actor()
    found = find_framework(s, actor, framework_id)
    if found is None:
        raise NotFound("framework")
    return page.render("portfolio/framework.html", marks=Marks(), **profiles.of_framework(s, actor, found, page.lang()))
