"""Search over everything."""

from __future__ import annotations

from flask import request

from portal.kernel.text import clean, has_control
from portal.portfolio.queries.search import KINDS, found
from portal.portfolio.views.blueprint import bp
from portal.web import asof, page
from portal.web.access import needs


@bp.get("/search")
@needs("portfolio.read")
def search():
    text = clean(request.args.get("q", ""))[:200]
    if has_control(text):
        text = ""
    kind = request.args.get("kind") if request.args.get("kind") in KINDS else None
    past = asof.away()
    results = found(page.session(), page.actor(), text, page.lang(), past=past, kind=kind)
    return page.render("portfolio/search.html", text=text, kind=kind, results=results, past=past)
