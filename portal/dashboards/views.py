"""Addresses of the funding dashboard: the page, the records behind a bar, the chart's data as files."""

from __future__ import annotations

from dataclasses import replace

import orjson
from flask import Blueprint, Flask, Response, request, url_for
from markupsafe import Markup

from portal.dashboards import library, policy, queries  # noqa: F401  policy declares what the addresses need
from portal.dashboards.behind import behind
from portal.dashboards.choices import chips, filters, said
from portal.dashboards.files import as_csv, as_xlsx
from portal.dashboards.queries import Wording
from portal.figures import Scope
from portal.figures.names import status_name
from portal.kernel import asof as recorded
from portal.kernel import clock
from portal.kernel.errors import NotFound
from portal.kernel.permission import sees
from portal.web import asof, assets, formats, nav, page
from portal.web.access import needs
from portal.web.i18n import gettext as _
from portal.web.i18n import lang
from portal.web.i18n import lazy_gettext as _l
from portal.web.marks import Marks

bp = Blueprint("dashboards", __name__)
IDS = ("framework", "country", "organisation", "instrument", "provider")
WHOLE = "dashboard"
"""The key of the workbook with every chart of the page."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _wording() -> Wording:
    czech = lang() == "cs"
    return Wording(
        lang=lang(),
        separators=",\u00a0" if czech else ".,",
        words={
            "unknown": _("not stated"), "document": _("document of the ministry"), "public": _("public source"),
            "unsure": _("inferred or doubtful"), "uncited": _("without a source"), "about": "≈\u00a0",
            "without_instrument": _("instrument not stated"), "without_framework": _("framework not stated"),
        },
        money_text=formats.money_text,
        number_text=formats.number,
    )  # fmt: skip


def _scope() -> Scope:
    """The scope of the address; a record the person may not see is no filter, as if there were no such record."""
    asked = Scope.read(request.args)
    s, actor = page.session(), page.actor()
    hidden = [name for name in IDS if getattr(asked, name) and not sees(s, actor, getattr(asked, name))]
    return replace(asked, **dict.fromkeys(hidden)) if hidden else asked


def _url_of(scope: Scope):
    return lambda key, part: url_for("dashboards.records", figure=key, part=part, **scope.args())


@bp.get("/funding")
@needs("dashboard.read")
def funding():
    s, actor = page.session(), page.actor()
    scope = _scope()
    found = queries.page_of(s, actor, scope, _wording(), _url_of(scope))
    return page.render(
        "dashboards/funding.html", scope=scope, filters=filters(s, actor, scope, lang()),
        chips=chips(s, actor, scope, lang()), data_block=data_block,
        money_of=_money_of, style_ids=library.style_ids(), records_url=_url_of(scope), **found,
    )  # fmt: skip


@bp.get("/funding/<figure>/records")
@needs("dashboard.read")
def records(figure: str):
    """How a figure came about, or one bar of its chart (`part`): what it adds up, what it leaves out and why."""
    scope = _scope()
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
    s, actor, scope = page.session(), page.actor(), _scope()
    keys = queries.CHARTS if key == WHOLE else (key,)
    try:
        charts = [queries.chart(s, actor, scope, one, _wording()) for one in keys]
    except KeyError as error:
        raise NotFound("figure") from error
    moment = page.moment().at if page.moment() else clock.present()
    stated = asof.stated_on()
    if ending == "csv":
        body = as_csv(charts[0], lang())
    else:
        title = _("Funding") if key == WHOLE else charts[0].name
        words = "; ".join(f"{label}: {value}" for label, value in said(s, actor, scope, lang()))
        if stated is not None:
            words = "; ".join((_("Documented as of %(when)s", when=formats.day(stated)), words))
        body = as_xlsx(title, charts, words, lang(), moment)
    when = "-".join((_("as-stated"), stated.isoformat())) if stated is not None else f"{formats.local(moment):%Y-%m-%d}"
    name = f"{key}-{when}.{ending}"
    return Response(
        body, content_type=XLSX if ending == "xlsx" else "text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


def data_block(value) -> Markup:
    """JSON that stands in a script element: nothing in it can end the element or open a comment."""
    text = orjson.dumps(value).decode()
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _money_of(row):
    from portal.dashboards.frames import money

    return money(row)


def install(app: Flask) -> None:
    nav.register(
        app, "dashboards.funding", _l("Funding"), needs="dashboard.read", order=40, also=("dashboards", "funding", "rates"),
        key="f",
    )  # fmt: skip
    assets.add(app, "plotly.min.js", library.path())
