"""My work."""

from __future__ import annotations

from flask import request

from portal.kernel import clock
from portal.portfolio.queries import work as queries
from portal.portfolio.views.blueprint import bp
from portal.progress.rules import stale_before
from portal.web import page
from portal.web.access import needs
from portal.web.frame import frame


@bp.get("/work")
@needs("portfolio.read")
def work():
    s, actor = page.session(), page.actor()
    days = frame().setting("stale_days", 90)
    everybody = request.args.get("scope") == "all" or actor.role == "viewer"
    found = queries.work_of(s, actor, stale_before(clock.today(), days), everybody)
    reportable = [project.id for project in found.stale.rows if queries.may_report(actor, project)]
    waits = dict(zip(reportable, [*reportable[1:], 0], strict=False))  # after each the next one, 0 after the last
    return page.render(
        "portfolio/work.html", work=found, everybody=everybody, days=days, today=clock.today(), waits=waits
    )
