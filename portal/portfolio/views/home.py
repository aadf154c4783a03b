"""Home: the portfolio at a glance, and the ways into it."""

from __future__ import annotations

from portal.events.queries import coming
from portal.figures import FIGURES, Scope
from portal.figures.names import status_name
from portal.kernel import clock
from portal.portfolio.queries import home as queries
from portal.portfolio.queries import money
from portal.portfolio.queries.work import work_of
from portal.portfolio.views.blueprint import bp
from portal.progress.rules import stale_before
from portal.web import page
from portal.web.access import needs
from portal.web.frame import frame


@bp.get("/")
@needs("portfolio.read")
def home():
    s, actor = page.session(), page.actor()
    scope, days = Scope(), frame().setting("stale_days", 90)
    funding = FIGURES["known_funding"].value(s, actor, scope)
    return page.render(
        "portfolio/home.html",
        work=work_of(s, actor, stale_before(clock.today(), days), actor.role == "viewer", shown=0),
        funding=money.totals(funding),
        coverage=FIGURES["known_funding"].coverage(s, actor, scope),
        statuses=FIGURES["projects_by_status"].value(s, actor, Scope(certainty="all")),
        status_name=status_name,
        numbers=queries.numbers(s, actor),
        latest=queries.latest_updates(s, actor),
        coming=coming(s, actor, clock.today()),
    )
