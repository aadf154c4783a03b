"""Filling the recipient's file for a due report: the check first, then the file."""

from __future__ import annotations

from flask import Flask, Response

from portal.donor_workbooks import filling, queries
from portal.donor_workbooks.catalogue import NOTHING
from portal.donor_workbooks.forms import label_of
from portal.donor_workbooks.rules.limits import COUNTINGS
from portal.donor_workbooks.views.blueprint import bp
from portal.donor_workbooks.views.files import as_file
from portal.donor_workbooks.views.files import found as found_file
from portal.kernel.errors import NotFound, Refused
from portal.obligations.queries import report as find_report
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import gettext, say
from portal.workbooks.filling import Unfillable
from portal.workbooks.filling.calculating import REASONS


@bp.get("/reports/<int:due_report_id>/workbooks/<int:donor_file_id>")
@needs("donor_workbook.fill")
def check(due_report_id: int, donor_file_id: int) -> Response:
    """What would be written where, what is not known, and what stands in the way."""
    s, who, report, one = page.session(), page.actor(), _report(due_report_id), found_file(donor_file_id)
    gathered = filling.gather(s, who, report, one)
    done, problems = None, list(gathered.obstacles)
    if not problems:
        try:
            done = filling.make(s, who, one, gathered)
        except (Refused, Unfillable) as refusal:
            problems = filling.problems_of(refusal)
    return page.render(
        "donor_workbooks/check.html", report=report, file=one, gathered=gathered, done=done,
        problems=[say(problem) for problem in problems], label_of=label_of, nothing=NOTHING,
        lost_word=lambda reason: gettext(REASONS[reason]), counting_word=lambda counting: gettext(COUNTINGS[counting]),
        word=lambda text: gettext(text) if text else "",
    )  # fmt: skip


@bp.get("/reports/<int:due_report_id>/workbooks/<int:donor_file_id>/filled")
@needs("donor_workbook.fill")
def filled(due_report_id: int, donor_file_id: int) -> Response:
    """The filled file; back to the check where something stands in the way."""
    s, who, report, one = page.session(), page.actor(), _report(due_report_id), found_file(donor_file_id)
    try:
        done = filling.fill(s, who, report, one)
    except (Refused, Unfillable):
        return page.redirect_to("donor_workbooks.check", due_report_id=report.id, donor_file_id=one.id)
    stem = one.file_name.rpartition(".")[0] or "report"
    name = f"{stem}-{report.period_from.isoformat()}-{report.period_to.isoformat()}.{one.ending}"
    return as_file(done.data, one.ending, name)


def _report(due_report_id: int):
    found = find_report(page.session(), page.actor(), due_report_id)
    if found is None:
        raise NotFound("due_report", id=due_report_id)
    return found


def _for_report(report):
    """For the page of a report: the workbooks that serve it, each with its file or None."""
    return queries.for_report(page.session(), page.actor(), report)


def install(app: Flask) -> None:
    app.jinja_env.globals["donor_workbooks_for"] = _for_report
