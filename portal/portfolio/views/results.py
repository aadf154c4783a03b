"""The lists and profiles of results."""

from __future__ import annotations

from flask import request

from portal.kernel import clock
from portal.kernel.errors import NotFound
from portal.portfolio.listings.results import ACTIVITIES, INDICATORS, MILESTONES, RISKS
from portal.portfolio.queries import results as contexts
from portal.portfolio.views.blueprint import bp
from portal.results import queries, rules
from portal.web import page
from portal.web.access import needs
from portal.web.marks import Marks


@bp.get("/milestones")
@needs("milestone.read")
def milestones():
    return _list("milestone", MILESTONES, queries.lines, "portfolio/milestones.html")


@bp.get("/activities")
@needs("activity.read")
def activities():
    return _list("activity", ACTIVITIES, queries.lines, "portfolio/activities.html")


@bp.get("/indicators")
@needs("indicator.read")
def indicators():
    return _list("indicator", INDICATORS, queries.indicator_lines, "portfolio/indicators.html")


@bp.get("/risks")
@needs("risk.read")
def risks():
    return _list("risk", RISKS, queries.lines, "portfolio/risks.html")


@bp.get("/milestones/<int:milestone_id>")
@needs("milestone.read")
def milestone(milestone_id: int):
    return _profile("milestone", milestone_id)


@bp.get("/activities/<int:activity_id>")
@needs("activity.read")
def activity(activity_id: int):
    return _profile("activity", activity_id)


@bp.get("/indicators/<int:indicator_id>")
@needs("indicator.read")
def indicator(indicator_id: int):
    return _profile("indicator", indicator_id)


@bp.get("/risks/<int:risk_id>")
@needs("risk.read")
def risk(risk_id: int):
    return _profile("risk", risk_id)


def _list(kind: str, listing, lines, template: str):
    s, actor = page.session(), page.actor()
    v = listing.open(s, actor, request.args, page.lang())
    rows = lines(s, actor, v.rows(queries.results(actor, queries.MODELS[kind])))
    return page.render(template, v=v, rows=rows)


def _profile(kind: str, result_id: int):
    s, actor = page.session(), page.actor()
    found = queries.result(s, actor, kind, result_id)
    if found is None:
        raise NotFound(kind, id=result_id)
    return page.render("portfolio/result.html", marks=Marks(), **contexts.of_result(s, actor, found))


def milestone_state(milestone) -> str:
    """Reached, overdue or upcoming on the day the page shows."""
    return rules.milestone_state(milestone.due, milestone.reached, clock.today())


def way_of(line) -> rules.Way | None:
    """How far an indicator has come to its target, by its latest value."""
    one, latest = line.record, line.latest
    return rules.way(one.baseline, latest.value if latest else None, one.target, one.direction)


WORDS = {
    "milestone_state": milestone_state,
    "way_of": way_of,
    "risk_level": rules.risk_level,
    "former": contexts.former,
}
"""Functions of every template."""
