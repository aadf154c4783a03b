"""Home: the portfolio at a glance, and the ways into it."""

from __future__ import annotations

from portal.events.queries import coming
from portal.figures import EVERYTHING, FIGURES, Scope
from portal.figures.names import status_name
from portal.figures.silence import silent_from
from portal.kernel import clock
from portal.portfolio.queries import home as queries
from portal.portfolio.queries import money
from portal.portfolio.queries.work import work_of
from portal.portfolio.views.blueprint import bp
from portal.progress.queries import stale_from
from portal.web import page
from portal.web.access import needs


@bp.get("/")
@needs("portfolio.read")
def home():
    s, actor = page.session(), page.actor()
    scope = Scope()
    funding = FIGURES["known_funding"].value(s, actor, scope)
    statuses = FIGURES["projects_by_status"].value(s, actor, EVERYTHING)
    return page.render(
        "portfolio/home.html",
        work=work_of(s, actor, stale_from(), actor.role == "viewer", shown=0, silent_since=silent_from()),
        funding=money.totals(funding),
        coverage=FIGURES["known_funding"].coverage(s, actor, scope),
        statuses=statuses,
        status_name=status_name,
        numbers={
            "project": statuses.whole.number,
            "framework": FIGURES["frameworks"].value(s, actor, EVERYTHING).number,
            "organisation": FIGURES["partners"].value(s, actor, EVERYTHING).number,
        },
        latest=queries.latest_updates(s, actor),
        coming=coming(s, actor, clock.today()),
    )
