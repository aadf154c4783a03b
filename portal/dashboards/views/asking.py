"""What the addresses of dashboards share: the scope and words of a request, what a page needs to draw, files to take away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import orjson
from flask import Blueprint, Response, request, url_for
from markupsafe import Markup

from portal.dashboards import library
from portal.dashboards.choices import said
from portal.dashboards.files import as_csv, as_xlsx
from portal.dashboards.gallery import Ask, Made
from portal.dashboards.queries import Wording
from portal.figures import FIGURES, Scope
from portal.kernel import clock
from portal.kernel.permission import sees
from portal.web import asof, formats, page
from portal.web.i18n import gettext as _
from portal.web.i18n import lang

bp = Blueprint("dashboards", __name__)
IDS = ("framework", "country", "organisation", "instrument", "provider")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def wording() -> Wording:
    """The words and formats of the language of the request."""
    return Wording(
        lang=lang(),
        separators=",\u00a0" if lang() == "cs" else ".,",
        words={
            "unknown": _("not stated"), "document": _("document of the ministry"), "public": _("public source"),
            "unsure": _("inferred or doubtful"), "uncited": _("without a source"), "about": "≈\u00a0",
        },
        money_text=formats.money_text,
        number_text=formats.number,
    )  # fmt: skip


def asked_scope() -> Scope:
    """The scope of the address; a record the person may not see is no filter, as if there were no such record."""
    asked = Scope.read(request.args)
    s, actor = page.session(), page.actor()
    hidden = [name for name in IDS if getattr(asked, name) and not sees(s, actor, getattr(asked, name))]
    return replace(asked, **dict.fromkeys(hidden)) if hidden else asked


def ask(key: str, scope: Scope, whole: bool = False) -> Ask:
    """What the request asks of a chart; `whole`: all its pages at once."""
    number = request.args.get("page", "")
    shown = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    return Ask(page.session(), page.actor(), scope, wording(), url_of(key, scope), max(1, shown), whole)


def url_of(key: str, scope: Scope):
    """Where the records behind a part of a chart are, by the part's key."""
    if key in FIGURES:
        return lambda part: url_for("dashboards.records", figure=key, part=part, **scope.args())
    if key == "years":
        return lambda part: _of_year(scope, *part.split(":"))
    if key == "timeline":
        return lambda part: url_for("portfolio.project", project_id=part)
    return lambda part: url_for("dashboards.part", chart=key, part=part, **scope.args())


def _of_year(scope: Scope, measure: str, year: str) -> str:
    return url_for("dashboards.records", figure=f"{measure}_by_year", part=year, **scope.args())


def drawing() -> dict:
    """What a template needs to draw charts."""
    return {"data_block": data_block, "style_ids": library.style_ids(), "url_of": url_of}


def data_block(value) -> Markup:
    """JSON that stands in a script element: nothing in it can end the element or open a comment."""
    text = orjson.dumps(value).decode()
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def sent(charts: Sequence[Made], title: object, scope: Scope, name: str, ending: str) -> Response:
    """The data of charts as a file."""
    moment = shown_at()
    body = (
        as_csv(charts[0], lang()) if ending == "csv" else as_xlsx(str(title), charts, words_of(scope), lang(), moment)
    )
    return answer(body, name, ending)


def shown_at() -> datetime:
    """The moment whose records the request asks for."""
    return page.moment().at if page.moment() else clock.present()


def words_of(scope: Scope) -> str:
    """What was asked for, in one line."""
    words = "; ".join(f"{label}: {value}" for label, value in said(page.session(), page.actor(), scope, lang()))
    stated = asof.stated_on()
    return words if stated is None else "; ".join((_("Documented as of %(when)s", when=formats.day(stated)), words))


def answer(body: bytes, name: str, ending: str) -> Response:
    """A file under a name that says of when it is."""
    stated, moment = asof.stated_on(), shown_at()
    when = "-".join((_("as-stated"), stated.isoformat())) if stated is not None else f"{formats.local(moment):%Y-%m-%d}"
    return Response(
        body, content_type=XLSX if ending == "xlsx" else "text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}-{when}.{ending}"'},
    )  # fmt: skip
