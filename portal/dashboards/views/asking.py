"""What the addresses of dashboards share: the scope and words of a request, what a page needs to draw, files to take away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote_plus

import orjson
from flask import Blueprint, Response, request, url_for
from markupsafe import Markup

from portal.dashboards import library
from portal.dashboards.choices import chips, filters, misread, said
from portal.dashboards.files import Listed, as_csv, as_xlsx
from portal.dashboards.gallery import Ask, Made
from portal.dashboards.queries import Wording
from portal.figures import FIGURES, Scope
from portal.figures.scope import OURS
from portal.kernel.permission import sees
from portal.web import formats, page
from portal.web.frame import setting
from portal.web.i18n import gettext as _
from portal.web.i18n import lang
from portal.workbooks.sending import moment_of, send

bp = Blueprint("dashboards", __name__)
IDS = ("framework", "country", "organisation", "instrument", "provider")
PART, UNQUOTED = "the-part", "!$'()*,/:;?@"
"""What stands for the part in an address until it is known; what stays as it is in a query, as `url_for` does it."""


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
    asked = Scope.read(request.args, setting("ours", OURS))
    s, actor = page.session(), page.actor()
    hidden = [name for name in IDS if getattr(asked, name) and not sees(s, actor, getattr(asked, name))]
    return replace(asked, **dict.fromkeys(hidden)) if hidden else asked


def ask(key: str, scope: Scope, whole: bool = False, among: bool = False) -> Ask:
    """What the request asks of a chart; `whole`: all its pages at once, `among`: its beginning, beside other charts."""
    number = request.args.get("page", "")
    shown = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    return Ask(
        page.session(), page.actor(), scope, wording(), url_of(key, scope), 1 if among else max(1, shown), whole, among
    )


def url_of(key: str, scope: Scope):
    """Where the records behind a part of a chart are, by the part's key."""
    if key in FIGURES and FIGURES[key].by:  # a chart may be called as a count is: the map is of partners, too
        return _parts_of("dashboards.records", figure=key, **scope.args())
    if key == "years":
        return lambda part: _of_year(scope, *part.split(":"))
    if key == "timeline":
        return lambda part: url_for("portfolio.project", project_id=part)
    return _parts_of("dashboards.part", chart=key, **scope.args())


def _parts_of(endpoint: str, **given):
    """Addresses that differ in their `part` alone, built once: a chart has hundreds of them."""
    address = url_for(endpoint, part=PART, **given)
    return lambda part: address.replace(PART, quote_plus(part, safe=UNQUOTED))


def _of_year(scope: Scope, measure: str, year: str) -> str:
    return url_for("dashboards.records", figure=f"{measure}_by_year", part=year, **scope.args())


def bar(scope: Scope) -> dict:
    """What a template needs for the filter bar of a scope (macro charts.bar)."""
    s, actor = page.session(), page.actor()
    shown = filters(s, actor, scope, lang())
    return {
        "scope": scope, "filters": shown, "chips": chips(s, actor, scope, lang()),
        "misread": misread(request.args, scope, shown),
    }  # fmt: skip


def drawing() -> dict:
    """What a template needs to draw charts."""
    return {"data_block": data_block, "style_ids": library.style_ids(), "url_of": url_of}


def data_block(value) -> Markup:
    """JSON that stands in a script element: nothing in it can end the element or open a comment."""
    text = orjson.dumps(value).decode()
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def sent(charts: Sequence[Made], title: object, scope: Scope, ending: str, **around: Listed) -> Response:
    """The data of charts as a file; `around`: what stands before and after them in a workbook."""
    moment = moment_of(page.session())
    if ending == "csv":
        return send(as_csv(charts[0], words_of(scope), moment, lang()), str(title), moment, ending)
    return send(as_xlsx(str(title), charts, words_of(scope), lang(), moment, **around), str(title), moment, ending)


def words_of(scope: Scope) -> str:
    """What was asked for, in one line."""
    return "; ".join(f"{label}: {value}" for label, value in said(page.session(), page.actor(), scope, lang()))
