"""The page of a month, and the feed with its private address."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, request, url_for

from portal.calendar import actions, queries
from portal.calendar.feed import as_ics
from portal.calendar.rules import Entry, last_day, month_asked, neighbour, weeks
from portal.kernel import clock
from portal.kernel.errors import NotFound
from portal.web import page
from portal.web.access import needs, public
from portal.web.forms import ButtonForm
from portal.web.i18n import _, speaking
from portal.web.i18n import lazy_gettext as _l

bp = Blueprint("calendar", __name__)
ENDPOINTS = {
    "event": "portfolio.event",
    "follow_up": "portfolio.follow_up",
    "milestone": "portfolio.milestone",
    "task": "desk.task",
    "due_report": "obligations.report",
}
WORDS = {
    "event": _l("Event"), "follow_up": _l("Follow-up"), "milestone": _l("Milestone"), "task": _l("Task"),
    "due_report": _l("Report"),
}  # fmt: skip


def _address(entry: Entry, **more) -> str:
    return url_for(ENDPOINTS[entry.kind], **{f"{entry.kind}_id": entry.id}, **more)


def _word(entry: Entry) -> str:
    return str(WORDS[entry.kind])


@bp.get("/calendar")
@needs("calendar.read")
def month() -> Response:
    """`?month=2026-12`; `?whose=mine`: what concerns the one who asks."""
    s, actor, today = page.session(), page.actor(), clock.today()
    first = month_asked(request.args.get("month", ""), today)
    if first is None:
        raise NotFound("month")
    mine = request.args.get("whose") == "mine"
    found = queries.entries(s, actor, first, last_day(first), page.lang(), mine=mine, today=today)
    return _page(first, today, found, mine)


def _page(first: date, today: date, found: list[Entry], mine: bool, token: str | None = None) -> Response:
    feed = url_for("calendar.feed", token=token, _external=True) if token else None
    return page.render(
        "calendar/month.html", 200, first=first, weeks=weeks(first, today, found), mine=mine, address=_address, word=_word,
        undated=[e for e in found if e.first is None], before=neighbour(first, -1), after=neighbour(first, 1),
        since=queries.feed_of(page.live_session(), page.actor().person_id), feed=feed, number=len(found),
    )  # fmt: skip


@bp.post("/calendar/address")
@needs("calendar.own")
def give_address() -> Response:
    """The address is shown once, on the page that answers; nobody can read it later."""
    if not ButtonForm().validate_on_submit():
        return page.redirect_to("calendar.month")
    s, actor, today = page.live_session(), page.actor(), clock.today()
    token = actions.give_address(s, actor)
    first = today.replace(day=1)
    found = queries.entries(s, actor, first, last_day(first), page.lang(), mine=False, today=today)
    return _page(first, today, found, False, token)


@bp.post("/calendar/address/revoke")
@needs("calendar.own")
def revoke_address() -> Response:
    if ButtonForm().validate_on_submit() and actions.revoke_address(page.live_session(), page.actor()):
        page.flash(_("The address of your calendar does not work any more."))
    return page.redirect_to("calendar.month", _anchor="feed")


@bp.get("/calendar/feed/<token>.ics")
@needs(public)
def feed(token: str) -> Response:
    """For the program that shows one's calendar: the secret in the address is the key, and rights are those of today."""
    s = page.live_session()
    found = queries.actor_at(s, token)
    if found is None:
        raise NotFound("feed")
    actor, lang = found
    today = clock.today()
    with speaking(lang):
        listed = queries.entries(s, actor, today - queries.BACK, today + queries.AHEAD, lang, mine=False, today=today)
        body = as_ics(
            listed, name=_("International cooperation"), host=request.host.partition(":")[0], at=clock.present(),
            address=lambda entry: _address(entry, _external=True), word=_word,
        )  # fmt: skip
    answer = Response(body, content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "private, max-age=900"
    return answer
