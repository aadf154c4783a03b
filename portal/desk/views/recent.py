"""What a person opened last: noted after the answer is made, shown in their work, cleared by a button."""

from __future__ import annotations

import logging

from flask import Flask, Response, abort, current_app, g, request
from sqlalchemy.exc import IntegrityError, OperationalError

from portal.desk import actions
from portal.desk.queries.recent import recently_opened
from portal.desk.views.blueprint import bp
from portal.kernel import transaction
from portal.kernel.errors import ImportRunning
from portal.kernel.record import Record
from portal.web import asof, page
from portal.web.access import needs
from portal.web.forms import ButtonForm
from portal.web.i18n import _

log = logging.getLogger("portal.desk")


@bp.post("/recent/clear")
@needs("desk.own")
def clear_recent() -> Response:
    if not ButtonForm().validate_on_submit():
        abort(400)
    actions.clear_opened(page.live_session(), page.actor())
    page.flash(_("The list of what you opened is cleared."))
    return page.redirect_to("portfolio.work")


def shown() -> list[Record]:
    """What the person opened last (template global); nothing on pages of the past, which tell of another day."""
    return [] if asof.away() else recently_opened(page.live_session(), page.actor())


def opened() -> int | None:
    """The id of the record whose own page this request asks for; None where a browser only fetches it beforehand."""
    ahead = "prefetch" in (request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", ""))
    if request.method != "GET" or ahead or asof.away():
        return None
    places = current_app.extensions.get("portal.links", {}).values()
    named = dict(places).get(request.endpoint or "")
    return (request.view_args or {}).get(named)


def remember(response: Response) -> Response:
    """Whoever was shown the page of a record opened it."""
    if response.status_code == 200 and (record_id := opened()) is not None and page.actor().person_id is not None:
        g.opened = (page.actor(), record_id)
    return response


def write_down(error: BaseException | None = None) -> None:
    """After the answer, in a transaction of its own. It never waits for a writer: what is missed then stays out of the list."""
    found = g.pop("opened", None)
    if found is None:
        return
    try:
        with transaction.unit(page.engine(), wait=0) as s:
            actions.note_opened(s, *found)
    except (ImportRunning, OperationalError, IntegrityError):
        log.debug("an opened record was not noted: somebody is writing, or it is gone")


def install(app: Flask) -> None:
    app.after_request(remember)
    app.teardown_request(write_down)
