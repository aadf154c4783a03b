"""The list of status updates."""

from __future__ import annotations

from flask import request

from portal.portfolio.listings.updates import UPDATES
from portal.portfolio.queries import update_rows
from portal.portfolio.views.blueprint import bp
from portal.web import page
from portal.web.access import needs


@bp.get("/updates")
@needs("status_update.read")
def updates():
    s, actor = page.session(), page.actor()
    v = UPDATES.open(s, actor, request.args, page.lang())
    rows = update_rows.dress(s, actor, v.rows(update_rows.select_updates(actor)))
    return page.render("portfolio/updates.html", v=v, rows=rows)
