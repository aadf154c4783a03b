"""The list of due reports, the page of one with what it needs, the way it goes."""

from __future__ import annotations

from flask import Flask, Response, request

from portal.kernel import clock
from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need, permits
from portal.kernel.standing import OUT
from portal.kernel.when import When, certainly_before
from portal.obligations import actions, queries, sheet
from portal.obligations.forms import MoveForm, ReportForm
from portal.obligations.listings import REPORTS
from portal.obligations.readiness import READY, THERE, moved, readiness
from portal.obligations.rules import MOVES, PREPARED, is_overdue, moves_from
from portal.obligations.views.blueprint import bp
from portal.sources import profiles
from portal.sources.facts import records_in
from portal.sources.queries import records
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import lazy_gettext as _l
from portal.workbooks.exports import Export, register

DONE = {
    "prepare": _l("The report is in preparation; you prepare it."),
    "check": _l("The report is checked. It can be sent."),
    "reopen": _l("The report is back in preparation."),
    "send": _l("The report is kept as sent."),
    "accept": _l("The report is kept as accepted."),
    "return": _l("The report is kept as returned. Its next edition can be prepared."),
}


@bp.get("/reports")
@needs("due_report.read")
def reports() -> Response:
    s, actor = page.session(), page.actor()
    v = REPORTS.open(s, actor, request.args, page.lang())
    rows = queries.report_lines(s, actor, v.rows(queries.reports(actor)))
    return page.render("obligations/reports.html", v=v, rows=rows)


@bp.get("/reports/<int:due_report_id>")
@needs("due_report.read")
def report(due_report_id: int) -> Response:
    found = _found(due_report_id)
    return _page(found, MoveForm(data={"version": found.version}))


@bp.route("/reports/<int:due_report_id>/edit", methods=["GET", "POST"])
@needs("due_report.edit")
def edit_report(due_report_id: int) -> Response:
    s, who = page.session(), page.actor()
    found = _found(due_report_id)
    need(who, "due_report.edit", found)

    def onwards() -> Response:
        if queries.report(s, who, due_report_id) is None:
            return page.redirect_to("obligations.reports")
        return page.redirect_to("obligations.report", due_report_id=due_report_id)

    return profiles.saved(
        profiles.opened(ReportForm, found), found, "obligations/edit_report.html",
        lambda values, support: actions.edit_report(s, who, found, values), onwards,
    )  # fmt: skip


@bp.post("/reports/<int:due_report_id>")
@needs("due_report.edit")
def move(due_report_id: int) -> Response:
    s, who = page.session(), page.actor()
    found = _found(due_report_id)
    need(who, "due_report.edit", found)
    form = MoveForm(data={"version": found.version})
    asked = next((name for name in MOVES if name in request.form), "")
    if form.validate_on_submit():
        try:
            if not asked:
                raise Refused("decision_missing")
            if asked == "check" and not form.seen.data and not _complete(readiness(s, who, found)):
                raise InvalidInput({"seen": "not_all_there"})
            with page.writing():
                s.refresh(found)
                actions.move_report(
                    s, who, found, asked, form.version.data,
                    on=form.on.data, reference=form.number.data or "", reason=form.reason.data or "",
                )  # fmt: skip
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(str(DONE[asked]))
            return page.redirect_to("obligations.report", due_report_id=due_report_id)
    return _page(found, form)


def _page(found, form: MoveForm) -> Response:
    s, actor = page.session(), page.actor()
    items, before = readiness(s, actor, found), queries.report_before(s, actor, found)
    since = moved(s, actor, found, before)
    named = set().union(*(records_in(c.fact, c.value) for one in since for c in (one.then, one.now) if c))
    counted = {state: sum(item.state == state for item in items) for state in READY}
    wrote = found.state == PREPARED and actor.person_id in queries.writers(s, found)
    return page.render(
        "obligations/report.html", report=found, form=form, items=items, counted=counted,
        ready=_complete(items),
        moves=[one for one in moves_from(found.state) if _may(actor, found, one) and not (wrote and one == "check")],
        own=found.prepared_by_id is not None and found.prepared_by_id == actor.person_id, wrote=wrote,
        hidden=bool(queries.confidential(s, [found])), earlier=queries.edition_before(s, found),
        unchecked=found.state == PREPARED and not queries.checkers(s, found),
        before=before, since=since, told_by=records(s, actor, named), responsible=queries.responsible_of(found),
        **profiles.context(found),
    )  # fmt: skip


def _complete(items) -> bool:
    return all(item.state == THERE for item in items)


def _may(actor, found, one: str) -> bool:
    return permits(actor, "due_report.check" if one == "check" else "due_report.edit", found)


def _found(due_report_id: int):
    found = queries.report(page.session(), page.actor(), due_report_id)
    if found is None:
        raise NotFound("due_report", id=due_report_id)
    return found


def late(found) -> bool:
    """Whether a due report is owed and its day has passed; nothing is owed of what is withdrawn."""
    above = (found, found.obligation, found.obligation.of)
    return is_overdue(found.state, found.due, clock.today()) and not any(one.standing in OUT for one in above)


def days_of(notices, s=None) -> dict[int, tuple[When, bool]]:
    """{report: (the day it is due by, whether that has passed)} of notifications that remind of reports; `s` outside a page."""
    ids = [one.record_id for one in notices if one.kind == "report_due"]
    found = queries.due_days(s or page.session(), ids) if ids else {}
    return {i: (due, certainly_before(due, When(clock.today().isoformat()))) for i, due in found.items()}


def install(app: Flask) -> None:
    app.jinja_env.globals.update(is_late=late, report_days=days_of)
    register(
        app,
        Export(
            sheet.DUE_REPORTS, REPORTS, lambda v: queries.reports(v.actor), "due_report.read", queries.report_lines,
            unstated=_l("Reports due are kept by the portal; documents do not state them."),
        ),
    )  # fmt: skip
