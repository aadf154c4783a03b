"""Asking, wording, settling and opening questions again. The list and the page of one stand in `portfolio`."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, url_for

from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need
from portal.questions import actions, queries
from portal.questions.forms import QuestionForm, SettleForm
from portal.sources.facts import NOTHING
from portal.sources.forms import save, standing
from portal.sources.queries import record as find_record
from portal.web import page
from portal.web.access import needs
from portal.web.forms import ButtonForm
from portal.web.i18n import _
from portal.web.links import record_url

bp = Blueprint("questions", __name__)


@bp.route("/records/<int:record_id>/questions/add", methods=["GET", "POST"])
@needs("question.add", under="record_id")
def ask(record_id: int) -> Response:
    s, who = page.session(), page.actor()
    about = find_record(s, who, record_id)
    if about is None or about.private or record_url(about) is None:
        raise NotFound("record", id=record_id)
    need(who, "question.add", about)
    form = QuestionForm()
    form.offer(s, who)
    if form.validate_on_submit():
        try:
            with page.writing(reason=form.reason):
                actions.ask_question(s, who, about, form.values(), form.support(s, who))
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(_("The question is asked."))
            return page.redirect_back(record_url(about, _anchor="questions"))
    return page.render("questions/ask.html", form=form, about=about)


@bp.route("/questions/<int:question_id>/edit", methods=["GET", "POST"])
@needs("question.edit")
def edit(question_id: int) -> Response:
    s, who, question = _found(question_id)
    form = QuestionForm(data=standing(question))
    form.offer(s, who, question)
    return _edited(
        form, question, "questions/edit.html", _("Edit the question"),
        lambda values, support: actions.edit_question(s, who, question, values, support), _("Saved."),
    )  # fmt: skip


@bp.route("/questions/<int:question_id>/settle", methods=["GET", "POST"])
@needs("question.edit")
def settle(question_id: int) -> Response:
    s, who, question = _found(question_id)
    form = SettleForm(data=standing(question))
    form.offer_sources(s, who)
    return _edited(
        form, question, "questions/settle.html", _("Settle the question"),
        lambda values, support: actions.settle_question(s, who, question, values.get("answer") or NOTHING, support),
        _("The question is settled."),
    )  # fmt: skip


@bp.post("/questions/<int:question_id>/reopen")
@needs("question.edit")
def reopen(question_id: int) -> Response:
    s, who, question = _found(question_id)
    if ButtonForm().validate_on_submit():
        with page.writing():
            actions.reopen_question(s, who, question)
        page.flash(_("The question is open again; the answer stays in its history."))
    return page.redirect_to("portfolio.question", question_id=question_id)


def _found(question_id: int):
    s, who = page.session(), page.actor()
    question = queries.question(s, who, question_id)
    if question is None:
        raise NotFound("question", id=question_id)
    need(who, "question.edit", question)
    return s, who, question


def _edited(form, question, template: str, title: str, write, said: str) -> Response:
    profile = url_for("portfolio.question", question_id=question.id)
    if form.validate_on_submit():
        saved = save(form, question, write, title=title, cancel=profile)
        if saved is True:
            page.flash(said)
            return page.redirect_back(profile)
        if saved:
            return saved
    return page.render(template, form=form, question=question, profile=profile)


def install(app: Flask) -> None:
    """Profiles show the questions about their record."""
    app.jinja_env.globals["questions_about"] = lambda record: queries.questions_about(
        page.session(), page.actor(), record.id
    )
