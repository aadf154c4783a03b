"""The page of management."""

from __future__ import annotations

from flask import Blueprint, Flask, Response

from portal.figures import EVERYTHING, FIGURES, Funding
from portal.figures.kept import gaps, lights
from portal.figures.silence import silent_days
from portal.kernel import clock
from portal.management import keeping, policy, queries
from portal.management.radar import echoes
from portal.management.rules import last_ended
from portal.portfolio.queries.work import decisions
from portal.progress.queries import stale_days
from portal.web import asof, page
from portal.web.access import needs

bp = Blueprint("management", __name__)
LIGHTS = ("ok", "warn", "bad", "none")
ECHOES = 12
"""Frameworks the radar shows."""


@bp.get("/management", endpoint="overview")
@needs("management.read")
def overview() -> Response:
    """Headline figures with what moved since the last quarter, health, decisions, silence, what is unknown."""
    s, actor = page.session(), page.actor()
    values, quarter = queries.values(s, actor), last_ended(clock.today())
    # What documents state by a day moved by no quarter of the portal.
    then = None if asof.stated_on() else keeping.at_the_end_of(page.live_session(), page.engine(), quarter)
    radar, in_force = echoes(s, actor, clock.today(), ECHOES)
    return page.render(
        "management/overview.html", figures=_figures(values, then), quarter=quarter, then=then,
        lights=LIGHTS, health=lights(s, actor), unknown=queries.unknown(s, actor),
        radar=radar, in_force=in_force, all_projects=FIGURES["projects"].value(s, actor, EVERYTHING).number,
        gaps=gaps(s, actor, queries.SCOPE, limit=8), days=stale_days(), silent_days=silent_days(),
        counts=queries.counts(s, actor), everything=EVERYTHING,
        work=decisions(s, actor),
    )  # fmt: skip


def _figures(values: dict, then: tuple | None) -> list[dict]:
    """The headline figures in their order: name, value, coverage, how what is open to all moved since the quarter."""
    s, found = page.session(), []
    open_now = queries.values(s, policy.OPEN) if then else {}
    for key, one in values.items():
        money = isinstance(one.value, Funding)
        found.append(
            {
                "key": key, "name": FIGURES[key].name, "definition": FIGURES[key].definition, "value": one.value,
                "money": money, "coverage": one.coverage,
                "moved": queries.moved(open_now[key], then[1][key]) if then else None,
            }
        )  # fmt: skip
    return found


def install(app: Flask) -> None:
    keeping.install(app)
