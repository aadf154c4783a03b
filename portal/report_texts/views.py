"""Addresses of the texts of a report: all of them beside their limits, and the form of one."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, request, url_for

from portal.budgets.saving import save_row
from portal.kernel.errors import NotFound, Refused
from portal.kernel.permission import need
from portal.obligations.queries import report as report_by_id
from portal.report_texts import actions, catalogue, queries, readiness, wording  # noqa: F401  two register what they know
from portal.report_texts.forms import ReportTextForm
from portal.report_texts.rules import KINDS, LINE
from portal.web import page
from portal.web.access import needs
from portal.web.forms.base import tongue
from portal.web.i18n import _, gettext

bp = Blueprint("report_texts", __name__)


@bp.get("/reports/<int:due_report_id>/texts")
@needs("due_report.read")
def texts(due_report_id: int) -> Response:
    s, actor = page.session(), page.actor()
    report = _found(due_report_id)
    told = queries.texts(s, actor, report)
    return page.render(
        "report_texts/texts.html", report=report, open=report.is_open, sets=[
            (_("Texts the report asks for"), "asked", [one for one in told if one.kind and one.asked]),
            (_("Explanations of variations"), "variations", [one for one in told if not one.kind]),
            (_("Other texts"), "other", [one for one in told if one.kind and not one.asked]),
        ],
    )  # fmt: skip


@bp.route("/reports/<int:due_report_id>/texts/<text>/edit", methods=["GET", "POST"])
@needs("due_report.edit", under="due_report_id")
def edit(due_report_id: int, text: str) -> Response:
    """`another` among what is sent goes on to the next text the report asks for."""
    s, who = page.session(), page.actor()
    report = _found(due_report_id)
    need(who, "due_report.edit", report)
    if text not in KINDS:
        raise NotFound("due_report", id=due_report_id)
    row = queries.row(s, due_report_id, text)
    held = ReportTextForm.standing({"text_cs": row.text_cs, "text_en": row.text_en}) if row else {}
    form = ReportTextForm(data=held | {"version": row.version if row else 0})
    title, onwards = (
        gettext(KINDS[text].label),
        url_for("report_texts.texts", due_report_id=due_report_id, _anchor=text),
    )
    told = queries.texts(s, who, report)
    coming = _next(told, text)

    def held_now():
        s.refresh(report)
        return queries.row(s, due_report_id, text)

    if form.validate_on_submit():
        saved = save_row(
            form, held_now, lambda values: actions.write_text(s, who, report, text, values), title=title, cancel=onwards
        )
        if saved is True:
            page.flash(_("“%(name)s” is saved.", name=title))
            if "another" in request.form and coming:
                return page.redirect_to("report_texts.edit", due_report_id=due_report_id, text=coming.code)
            return page.redirect_to("report_texts.texts", due_report_id=due_report_id, _anchor=text)
        if saved:
            return saved
    if not report.is_open and request.method == "GET":
        form.refuse(Refused("report_closed"))
    return page.render(
        "report_texts/edit.html", report=report, form=form, title=title, told=next(one for one in told if one.code == text),
        following=coming, back=onwards, action=url_for("report_texts.edit", due_report_id=due_report_id, text=text),
    )  # fmt: skip


def _next(told: list[queries.Told], code: str) -> queries.Told | None:
    asked = [one for one in told if one.kind and (one.asked or one.code == code)]
    place = [one.code for one in asked].index(code)
    return next(iter(asked[place + 1 :]), None)


def _found(due_report_id: int):
    found = report_by_id(page.session(), page.actor(), due_report_id)
    if found is None:
        raise NotFound("due_report", id=due_report_id)
    return found


def _targets(report, code: str) -> list[queries.Target]:
    """Where the explanation of a line goes, for its form."""
    return queries.targets_of(queries.targets(page.session(), page.actor(), report), f"{LINE}{code}")


def install(app: Flask) -> None:
    app.jinja_env.globals.update(
        text_targets=_targets, text_name=wording.text_name, text_problem=wording.problem_text, counted_text=wording.counted,
        language_name=tongue,
    )  # fmt: skip
