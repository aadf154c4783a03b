"""My work."""

from __future__ import annotations

from flask import request

from portal.figures.silence import silent_days, silent_from
from portal.kernel import clock
from portal.portfolio.queries import work as queries
from portal.portfolio.views.blueprint import bp
from portal.progress.queries import stale_days, stale_from
from portal.web import page
from portal.web.access import needs


@bp.get("/work")
@needs("portfolio.read")
def work():
    s, actor = page.session(), page.actor()
    everybody = request.args.get("scope") == "all" or actor.role == "viewer"
    found = queries.work_of(s, actor, stale_from(), everybody, silent_since=silent_from())
    reportable = [project.id for project in found.stale.rows if queries.may_report(actor, project)]
    waits = dict(zip(reportable, [*reportable[1:], 0], strict=False))  # after each the next one, 0 after the last
    return page.render(
        "portfolio/work.html", work=found, everybody=everybody, days=stale_days(), silent_days=silent_days(),
        today=clock.today(), waits=waits,
    )  # fmt: skip
