"""Following: the button on a record's page, and the page of what one follows."""

from __future__ import annotations

from flask import Response, abort, redirect, request
from werkzeug.wrappers import Response as Answer

from portal.desk import actions, queries
from portal.desk.views.blueprint import bp, record_of
from portal.kernel.record import Record
from portal.web import asof, page
from portal.web.access import needs
from portal.web.forms import ButtonForm
from portal.web.i18n import _, lang
from portal.web.links import record_url


@bp.post("/records/<int:record_id>/follow")
@needs("desk.own")
def follow(record_id: int) -> Response:
    """`no` in the form says to follow no longer; `next` where to go back to."""
    s, who, record = page.session(), page.actor(), record_of(record_id)
    if not ButtonForm().validate_on_submit():
        abort(400)
    if "no" in request.form:
        actions.unfollow(s, who, record.id)
        page.flash(_("You no longer follow %(name)s.", name=record.name(lang())))
    else:
        actions.follow(s, who, record)
        page.flash(_("You follow %(name)s: you are notified of its changes and comments.", name=record.name(lang())))
    return page.redirect_back(request.form.get("next") or record_url(record))


@bp.get("/following")
@needs("desk.own")
def following() -> Answer:
    if asof.change_id() is not None:
        return redirect(asof.present_url(), 302)
    rows = queries.followed(page.live_session(), page.actor(), page.lang())
    return page.render("desk/following.html", rows=rows)


def follows(record: Record) -> bool:
    """Whether the person who asks follows the record (template global)."""
    return queries.follows_it(page.live_session(), page.actor(), record.id)
