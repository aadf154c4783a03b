"""The lists and profiles of events and follow-ups."""

from __future__ import annotations

from flask import request

from portal.events import queries
from portal.events.rules import is_overdue
from portal.kernel import clock
from portal.kernel.errors import NotFound
from portal.portfolio.listings.events import EVENTS, FOLLOW_UPS
from portal.portfolio.queries import events as contexts
from portal.portfolio.views.blueprint import bp
from portal.web import page
from portal.web.access import needs
from portal.web.marks import Marks


@bp.get("/events")
@needs("event.read")
def events():
    s, actor = page.session(), page.actor()
    v = EVENTS.open(s, actor, request.args, page.lang())
    rows = queries.event_lines(s, actor, v.rows(queries.events(actor)))
    return page.render("portfolio/events.html", v=v, rows=rows)


@bp.get("/events/<int:event_id>")
@needs("event.read")
def event(event_id: int):
    s, actor = page.session(), page.actor()
    found = queries.event(s, actor, event_id)
    if found is None:
        raise NotFound("event", id=event_id)
    return page.render("portfolio/event.html", marks=Marks(), **contexts.of_event(s, actor, found))


@bp.get("/follow-ups")
@needs("follow_up.read")
def follow_ups():
    s, actor = page.session(), page.actor()
    v = FOLLOW_UPS.open(s, actor, request.args, page.lang())
    rows = queries.follow_up_lines(s, actor, v.rows(queries.follow_ups(actor)))
    return page.render("portfolio/follow_ups.html", v=v, rows=rows)


@bp.get("/follow-ups/<int:follow_up_id>")
@needs("follow_up.read")
def follow_up(follow_up_id: int):
    s, actor = page.session(), page.actor()
    found = queries.follow_up(s, actor, follow_up_id)
    if found is None:
        raise NotFound("follow_up", id=follow_up_id)
    return page.render("portfolio/follow_up.html", marks=Marks(), **contexts.of_follow_up(s, actor, found))


def overdue(follow_up) -> bool:
    """Whether a follow-up is overdue on the day the page shows."""
    return is_overdue(follow_up.state, follow_up.due, clock.today())
