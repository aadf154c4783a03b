"""Addresses of the funding dashboard: the page, the records behind a bar, the chart's data as files."""

from __future__ import annotations

from flask import request, url_for

from portal.dashboards import policy, queries  # noqa: F401  policy declares what the addresses need
from portal.dashboards.behind import all_of, behind, called
from portal.dashboards.choices import said, unheeded
from portal.dashboards.files import Listed, records_csv, records_xlsx
from portal.dashboards.gallery import GALLERY, make
from portal.dashboards.queries.partners import taking_part
from portal.dashboards.sheet import GAPS, HEADLINE, Said, headline, sheet_of
from portal.dashboards.views.asking import ask, asked_scope, bar, bp, drawing, sent, words_of
from portal.figures import FIGURES, Scope
from portal.figures.breakdowns import undated
from portal.figures.coverage import gaps
from portal.figures.names import reason_name, status_name, why_not
from portal.figures.silence import silent_days
from portal.kernel import asof as recorded
from portal.kernel.errors import NotFound
from portal.progress.queries import stale_days
from portal.web import asof, formats, page
from portal.web.access import needs
from portal.web.i18n import gettext as _
from portal.web.i18n import lang, ngettext
from portal.web.marks import Marks
from portal.workbooks.sending import moment_of, send

DAYS = {"stale_updates": stale_days, "silent_frameworks": silent_days}
"""The days that are set for a count."""
WHOLE = "dashboard"
"""The key of the workbook with every chart of the page."""


@bp.get("/funding")
@needs("dashboard.read")
def funding():
    s, actor = page.session(), page.actor()
    scope = asked_scope()
    found = queries.page_of(s, actor, scope)
    charts = [make(GALLERY[key], ask(key, scope, among=True)) for key in queries.CHARTS]
    beside = taking_part(s, actor, scope)
    return page.render("dashboards/funding.html", charts=charts, beside=beside, **bar(scope), **drawing(), **found)


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
        status_name=lambda key: status_name(key, lang()), reason_name=reason_name, why_not=why_not, marks=Marks(),
        recorded=moment,
        days=DAYS[figure]() if figure in DAYS else None, unheeded=unheeded(s, actor, scope, found.figure, lang()),
        lasting=moment and _lasting(moment, figure, part, scope),
    )  # fmt: skip


@bp.get("/funding/<figure>/records.<ending>")
@needs("dashboard.read")
def records_file(figure: str, ending: str):
    """Exactly the records of that page, all of them, as xlsx or csv, with the definition, the selection and the moment."""
    if ending not in ("xlsx", "csv"):
        raise NotFound("file")
    scope, part = asked_scope(), request.args.get("part") or None
    s, actor = page.session(), page.actor()
    moment = moment_of(s)
    try:
        found, rows = all_of(s, actor, scope, figure, part)
        group = called(s, actor, found, part, lang())
    except (KeyError, ValueError) as error:
        raise NotFound("figure") from error
    name = f"{found.name}: {group}" if group else str(found.name)
    told, sheet = Said(name, str(found.definition), words_of(scope), moment.words), sheet_of(found)
    make = (
        records_csv(sheet, rows, told, lang()) if ending == "csv" else records_xlsx(sheet, rows, told, lang(), moment)
    )
    return send(make, name, moment, ending)


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
    """Exactly the data of one chart as xlsx or csv; the whole page (`dashboard`) as xlsx: the main figure, the charts, what is
    unknown."""
    if ending not in ("xlsx", "csv") or (key, ending) == (WHOLE, "csv"):
        raise NotFound("file")
    scope = asked_scope()
    keys = queries.CHARTS if key == WHOLE else (key,)
    if not set(keys) <= set(queries.CHARTS):
        raise NotFound("figure")
    charts = [make(GALLERY[one], ask(one, scope, whole=True), drawn=False) for one in keys]
    if key != WHOLE:
        return sent(charts, charts[0].chart.name, scope, ending)
    s, actor, figure = page.session(), page.actor(), FIGURES["known_funding"]
    total, coverage = figure.value(s, actor, scope), figure.coverage(s, actor, scope)
    known = _("known for %(known)s, within a larger whole %(within)s, unknown %(unknown)s projects") % {
        "known": coverage.known, "within": coverage.within, "unknown": coverage.unknown,
    }  # fmt: skip
    first = Listed(HEADLINE, headline(str(figure.name), total, lang()), f"{known}{_undated(scope)}")
    return sent(charts, _("Funding"), scope, ending, first=first, last=Listed(GAPS, gaps(s, actor, scope), known))


def _undated(scope: Scope) -> str:
    """What a selection of years leaves out because it has no date, to follow in a line; "" where there is none."""
    found = undated(page.session(), page.actor(), scope)
    if found is None:
        return ""
    number = sum(cell.flows for cell in found.cells)
    words = ngettext(
        "%(num)s amount is dated to no year, so no selection of years holds it:",
        "%(num)s amounts are dated to no year, so no selection of years holds them:",
        number,
    )
    sums = (("≈ " if one.approximate else "") + formats.money(one.total) for one in found.sums.values())
    return f"; {words} {', '.join(sums)}"
