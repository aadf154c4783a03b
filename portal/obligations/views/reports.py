"""The list of due reports, the page of one with what it needs, the way it goes."""

from __future__ import annotations

from flask import Flask, Response, render_template, request
from markupsafe import Markup

from portal.kernel import clock
from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need, permits
from portal.kernel.standing import OUT
from portal.kernel.when import When, certainly_before
from portal.obligations import actions, queries, sheet
from portal.obligations.forms import MoveForm, ReportForm
from portal.obligations.listings import REPORTS
from portal.obligations.readiness import THERE, UNSEEN, moved, readiness
from portal.obligations.rules import MOVES, PREPARED, is_overdue, moves_from, turn
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
    "hand_over": _l("The report is handed over. Those who may check it find it in their work."),
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
    handed = queries.handed_over(s, [line.record.id for line in rows])
    return page.render("obligations/reports.html", v=v, rows=rows, handed=handed)


@bp.get("/reports/<int:due_report_id>")
@needs("due_report.read")
def report(due_report_id: int) -> Response:
    found = _found(due_report_id)
    return _page(found, _form(found))


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
@needs("due_report.edit", under="due_report_id")
def move(due_report_id: int) -> Response:
    s, who = page.session(), page.actor()
    found = _found(due_report_id)
    need(who, "due_report.edit", found)
    form = _form(found)
    asked = next((name for name in MOVES if name in request.form), "")
    if form.validate_on_submit():
        try:
            if not asked:
                raise Refused("decision_missing")
            needed = readiness(s, who, found) if asked == "check" else []
            if any(item.state == UNSEEN for item in needed):
                raise Refused("check_unseen")
            if not form.seen.data and not _complete(needed):
                raise InvalidInput({"seen": "not_all_there"})
            if asked == "send" and not form.otherwise.data:
                raise InvalidInput({"otherwise": "file_or_way"})
            with page.writing():
                s.refresh(found)
                if asked == "check" and form.handed.data and not queries.handed_over(s, [found.id]):
                    raise Refused("written_since")
                actions.move_report(
                    s, who, found, asked, form.version.data, on=form.on.data, reference=form.number.data or "",
                    reason=form.reason.data or "", how=form.how.data or "",
                )  # fmt: skip
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(str(DONE[asked]))
            return page.redirect_to("obligations.report", due_report_id=due_report_id)
    return _page(found, form)


def _form(found) -> MoveForm:
    return MoveForm(
        data={"version": found.version, "handed": int(found.id in queries.handed_over(page.session(), [found.id]))}
    )


def _page(found, form: MoveForm) -> Response:
    s, actor = page.session(), page.actor()
    needs, ready = _needs(found)
    handed = queries.handed_over(s, [found.id]).get(found.id)
    wrote = found.state == PREPARED and actor.person_id in queries.writers(s, found)
    since = moved(s, actor, found, found)
    moves = [one for one in moves_from(found.state, handed is not None) if _may(actor, found, one)]
    own = found.prepared_by_id is not None and found.prepared_by_id == actor.person_id
    return page.render(
        "obligations/report.html", report=found, form=form, needs=needs, ready=ready, handed=handed,
        moves=[one for one in moves if not (wrote and one == "check")], own=own, wrote=wrote,
        taken_back=handed is not None and (own or wrote), checkers=queries.checkers(s, found) if found.state == PREPARED else [],
        hidden=bool(queries.confidential(s, [found])), earlier=queries.edition_before(s, found),
        before=queries.report_before(s, actor, found), since=since, told_by=_told_by(s, since),
        whose=queries.report_lines(s, actor, [found])[0].prepares, **profiles.context(found),
    )  # fmt: skip


def _needs(found) -> tuple[Markup, int]:
    """(what the report needs and what moved since the one before, drawn; how many things are not there). Of one that was sent
    both stand as they were then."""
    with queries.as_sent(page.session(), page.engine(), page.actor(), found) as (s, then, sent):
        if then is None:
            return Markup(""), 0
        items, before = readiness(s, page.actor(), then), queries.report_before(s, page.actor(), then)
        since = moved(s, page.actor(), then, before)
        lacking = [item for item in items if item.state != THERE]
        drawn = render_template(
            "obligations/needs.html", report=then, sent=sent, lacking=lacking,
            there=[item for item in items if item.state == THERE], before=before, since=since, told_by=_told_by(s, since),
        )  # fmt: skip
        return Markup(drawn), len(lacking)


def _told_by(s, since) -> dict:
    """The records that statements in what moved name."""
    named = set().union(*(records_in(c.fact, c.value) for one in since for c in (one.then, one.now) if c))
    return records(s, page.actor(), named)


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
    app.jinja_env.globals.update(is_late=late, report_days=days_of, report_turn=turn)
    register(
        app,
        Export(
            sheet.DUE_REPORTS, REPORTS, lambda v: queries.reports(v.actor), "due_report.read", queries.report_lines,
            unstated=_l("Reports due are kept by the portal; documents do not state them."),
        ),
    )  # fmt: skip
