"""A figure in euro: what was converted by which rate, and what could not be."""

from __future__ import annotations

from flask import request

from portal.dashboards.behind import called
from portal.dashboards.choices import said
from portal.dashboards.views.asking import asked_scope, bp
from portal.figures import FIGURES
from portal.figures.euro import in_euro
from portal.figures.measures import PLAIN
from portal.kernel.errors import NotFound
from portal.rates.queries import book
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import lang


@bp.get("/funding/<figure>/in-euro")
@needs("dashboard.read")
def euro(figure: str):
    """A plain measure of money, or one group of it (`part`), in euro. Shares, differences and counts are not converted:
    the page says so."""
    scope, part = asked_scope(), request.args.get("part") or None
    s, actor = page.session(), page.actor()
    found = FIGURES.get(figure)
    if found is None:
        raise NotFound("figure")
    plain = getattr(found.measure, "key", None) in PLAIN
    try:
        name = called(s, actor, found, part, lang())
        converted = in_euro(s, actor, scope, found.measure, found.by, part) if plain else None
    except ValueError as error:
        raise NotFound("figure") from error
    return page.render(
        "dashboards/euro.html", figure=found, name=name, part=part, scope=scope, converted=converted,
        said=said(s, actor, scope, lang()), known_until=book(s, actor, ()).known_until(),
    )  # fmt: skip
