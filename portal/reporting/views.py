"""The overview for the Commission and the brief of a country or region: pages and files."""

from __future__ import annotations

from flask import Blueprint, request

from portal.figures import FIGURES, Scope
from portal.frameworks.queries import tree
from portal.kernel.errors import NotFound
from portal.reporting import brief, overview, queries
from portal.reporting import policy as policy  # declares the permission
from portal.reporting.overview import cover
from portal.web import page
from portal.web.access import needs
from portal.web.formats import known_of, money_text, unknown_text
from portal.web.i18n import LANGUAGES, speaking
from portal.web.i18n import gettext as _
from portal.workbooks import sending

bp = Blueprint("reporting", __name__)


@bp.get("/commission-overview", endpoint="overview")
@needs("report.overview")
def choose():
    s, actor = page.session(), page.actor()
    scope, framework, lang = _asked(s, actor)
    known = FIGURES["known_funding"]
    choices = []
    for certainty in ("documents", "public", "all"):
        wide = Scope(certainty=certainty, framework=scope.framework)
        choices.append(
            (certainty, cover.certainty_words(wide), known.value(s, actor, wide), known.coverage(s, actor, wide))
        )
    frameworks = [
        (b.framework.id, "\u2003" * b.depth + b.framework.name(page.lang()))
        for root in tree(s, actor, page.lang())
        for b in root.walk()
    ]
    return page.render(
        "reporting/overview.html",
        choices=choices,
        scope=scope,
        framework=framework,
        frameworks=frameworks,
        chosen=lang,
        reports="reports" in request.args,
    )


@bp.get("/exports/commission-overview.xlsx")
@needs("report.overview")
def commission_overview():
    s, actor = page.session(), page.actor()
    moment = sending.moment_of(s)
    scope, framework, lang = _asked(s, actor)
    with speaking(lang):
        words = _("Framework: %(name)s, with all below it", name=framework.name(lang)) if framework else ""
        found = overview.gather(s, actor, scope, lang, words, reports="reports" in request.args)
        with sending.SLOTS:
            made = overview.workbook(found, moment.at, moment.words, moment.change_id)
        return sending.send(made, _("Overview for the Commission"), moment, "xlsx")


@bp.get("/records/<int:record_id>/brief", endpoint="brief")
@needs("report.brief")
def show_brief(record_id: int):
    """The brief of a country, or of a framework with all below it, on one page that prints."""
    s, actor = page.session(), page.actor()
    found = _gathered(s, actor, record_id, page.lang(), contacts=True)
    return page.render(
        "reporting/brief.html", brief=found, known=_known_words(found),
        said=lambda section, row: list(zip(section.sheet.columns, brief.said(section, row, found.lang), strict=True)),
    )  # fmt: skip


@bp.get("/records/<int:record_id>/brief.<ending>")
@needs("report.brief")
def brief_file(record_id: int, ending: str):
    """Contact persons leave only where whoever takes the file asks for them (`?contacts=1`)."""
    if ending not in ("docx", "xlsx"):
        raise NotFound("file")
    s, actor = page.session(), page.actor()
    moment = sending.moment_of(s)
    found = _gathered(s, actor, record_id, page.lang(), contacts=request.args.get("contacts") == "1")
    bound = brief.document if ending == "docx" else brief.workbook
    with sending.SLOTS:
        made = bound(found, moment, _known_words(found))
    return sending.send(made, f"{found.kind} {found.title}", moment, ending)


def _gathered(s, actor, record_id: int, lang: str, *, contacts: bool):
    place = queries.place(s, actor, record_id)
    if place is None:
        raise NotFound("record", id=record_id)
    return brief.gather(s, actor, place, lang, contacts=contacts)


def _known_words(found) -> str:
    """The known money of the projects in words, with its coverage."""
    if not found.known.counted:
        return _("Too many projects to be added up here: the dashboard does.")
    sums = " + ".join(("≈ " if t.approximate else "") + money_text(t.amount) for t in found.known.totals)
    covered = known_of(found.known.known, found.known.total)
    return _(
        "Known by the documents of the ministry: %(sums)s; %(covered)s", sums=sums or unknown_text(), covered=covered
    )


def _asked(s, actor):
    """(scope, framework or None, language) of the address. NotFound for a framework the actor may not see."""
    asked = Scope.read(request.args)
    framework = queries.framework(s, actor, asked.framework) if asked.framework else None
    if asked.framework and framework is None:
        raise NotFound(framework=asked.framework)
    lang = request.args.get("in", "")
    scope = Scope(certainty=asked.certainty, framework=framework.id if framework else None)
    return scope, framework, lang if lang in LANGUAGES else page.lang()
