"""Addresses of the funding dashboard: the page, the records behind a bar, the chart's data as files."""

from __future__ import annotations

from flask import request, url_for

from portal.dashboards import policy, queries  # noqa: F401  policy declares what the addresses need
from portal.dashboards.behind import behind
from portal.dashboards.choices import chips, filters, said
from portal.dashboards.gallery import GALLERY, make
from portal.dashboards.views.asking import ask, asked_scope, bp, drawing, sent
from portal.figures import Scope
from portal.figures.names import status_name
from portal.kernel import asof as recorded
from portal.kernel.errors import NotFound
from portal.web import asof, page
from portal.web.access import needs
from portal.web.i18n import gettext as _
from portal.web.i18n import lang
from portal.web.marks import Marks

WHOLE = "dashboard"
"""The key of the workbook with every chart of the page."""


@bp.get("/funding")
@needs("dashboard.read")
def funding():
    s, actor = page.session(), page.actor()
    scope = asked_scope()
    found = queries.page_of(s, actor, scope)
    charts = [make(GALLERY[key], ask(key, scope, among=True)) for key in queries.CHARTS]
    return page.render(
        "dashboards/funding.html", scope=scope, filters=filters(s, actor, scope, lang()),
        chips=chips(s, actor, scope, lang()), charts=charts, **drawing(), **found,
    )  # fmt: skip


@bp.get("/funding/<figure>/records")
@needs("dashboard.read")
def records(figure: str):
    """How a figure came about, or one bar of its chart (`part`): what it adds up, what it leaves out and why."""
    scope = asked_scope()
    moment = _moment()  # before the records: what is recorded meanwhile is not promised
    part = request.args.get("part") or None
    s, actor = page.session(), page.actor()
    try:
        found = behind(s, actor, scope, figure, part, request.args, lang())
    except (KeyError, ValueError) as error:
        raise NotFound("figure") from error
    return page.render(
        "dashboards/records.html", found=found, v=found.view, scope=scope, said=said(s, actor, scope, lang()),
        status_name=lambda key: status_name(key, lang()), marks=Marks(), recorded=moment,
        lasting=moment and _lasting(moment, figure, part, scope),
    )  # fmt: skip


def _moment() -> recorded.Moment | None:
    """The moment whose records the page shows; None where it shows what documents state."""
    if asof.stated_on() is not None:
        return None
    return page.moment() or recorded.last_moment(page.session())


def _lasting(moment: recorded.Moment, figure: str, part: str | None, scope: Scope) -> str:
    """The whole address under which this number is found again as it is: it holds the selection and the moment."""
    here = url_for("dashboards.records", figure=figure, part=part, **scope.args())
    return request.host_url.rstrip("/") + asof.past_url(moment.id, here)


@bp.get("/funding/<key>.<ending>")
@needs("dashboard.read")
def file(key: str, ending: str):
    """Exactly the data of one chart as xlsx or csv, of all of them (`dashboard`) as xlsx."""
    if ending not in ("xlsx", "csv") or (key, ending) == (WHOLE, "csv"):
        raise NotFound("file")
    scope = asked_scope()
    keys = queries.CHARTS if key == WHOLE else (key,)
    if not set(keys) <= set(queries.CHARTS):
        raise NotFound("figure")
    charts = [make(GALLERY[one], ask(one, scope, whole=True), drawn=False) for one in keys]
    return sent(charts, _("Funding") if key == WHOLE else charts[0].chart.name, scope, ending)
