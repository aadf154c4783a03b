"""The quick status update, and deciding of one that waits for approval. What came before it is shown on the profile and in
my work, which stand in `portfolio`."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, current_app, request, url_for

from portal.kernel.errors import Forbidden, InvalidInput, NotFound, Refused
from portal.kernel.permission import need
from portal.kernel.record import Record
from portal.progress import actions, queries
from portal.progress.forms import CorrectionForm, DecisionForm, StatusForm
from portal.progress.rules import APPROVED, DRAFT, UNFINISHED
from portal.sources.forms import MESSAGES, save
from portal.sources.marks import marks_of
from portal.sources.queries import facts_of
from portal.sources.queries import record as find_record
from portal.web import page
from portal.web.access import needs
from portal.web.forms import ButtonForm
from portal.web.frame import frame
from portal.web.i18n import _, lang
from portal.web.links import record_url
from portal.web.marks import Marks

bp = Blueprint("progress", __name__)
KINDS = ("project", "framework")


@bp.route("/records/<int:record_id>/status", methods=["GET", "POST"])
@needs("status_update.add", under="record_id")
def report(record_id: int) -> Response:
    """`?next_stale=<id>` says that the person works through a list: the next record waits there (0: this is the last)."""
    s, who = page.session(), page.actor()
    record = find_record(s, who, record_id)
    if record is None or record.kind not in KINDS:
        raise NotFound("record", id=record_id)
    need(who, f"{record.kind}.edit", record)
    form = StatusForm.of(record)
    form.offer_sources(s, who)
    asked, draft = queries.is_asked(s, record), "draft" in request.form
    name, profile = record.name(lang()), record_url(record) or url_for(frame().home)
    if form.validate_on_submit():
        if not form.names_source and queries.sent_before(s, who, record, form.values()):
            page.flash(_("This report of %(name)s was saved already; it stands once.", name=name))
            return _onwards(record)
        saved = not form.says_nothing_new(record) and save(
            form, record,
            lambda values, support: actions.report_status(s, who, record, values, support, lang=lang(), draft=draft),
            title=name, cancel=profile,
        )  # fmt: skip
        if saved is True:
            page.flash(_sent(draft) if asked else _("The status of %(name)s is saved.", name=name))
            return _onwards(record)
        if saved:
            return saved
    marks = Marks()
    facts = facts_of(s, who, record)[record.id]
    return page.render(
        "progress/report.html", form=form, record=record, profile=profile, asked=asked,
        next_id=_asked_next(), marks=marks, status_marks=marks_of(marks, facts["status"].lead),
        latest=next(iter(queries.updates_of(s, who, record_id)), None), disputes=facts.disputes,
        unfinished=queries.unfinished_of(s, who, record_id),
    )  # fmt: skip


def _asked_next() -> int | None:
    return page.asked_id("next_stale")


def _onwards(record: Record) -> Response:
    """To the profile; from my work to the next record that waits, or back to my work after the last."""
    asked = _asked_next()
    if asked is None or "only" in request.form or "draft" in request.form:
        address = record_url(record)
        return page.redirect_back(address)
    s, who = page.session(), page.actor()
    target = find_record(s, who, asked) if asked else None
    if target is None or target.id == record.id or target.kind not in KINDS:
        return page.redirect_to("portfolio.work")
    following = next_stale(target.id)
    return page.redirect_to("progress.report", record_id=target.id, next_stale=following or 0)


def next_stale(after: int) -> int | None:
    """The stale record that waits after this one. `portfolio` may put its own list of work here (extension
    `portal.next_stale`: a function of session, actor, day, id)."""
    s, who = page.session(), page.actor()
    find: Callable = current_app.extensions.get("portal.next_stale", queries.next_stale)
    return find(s, who, queries.stale_from(), after)


@bp.route("/updates/<int:update_id>/edit", methods=["GET", "POST"])
@needs("status_update.edit")
def edit_update(update_id: int) -> Response:
    """Correcting an update; it goes on saying who wrote it and when, and who corrected it. One that waits is finished by its
    author."""
    s, who = page.session(), page.actor()
    update = queries.update(s, who, update_id)
    if update is None:
        raise NotFound("status_update", id=update_id)
    need(who, "status_update.edit", update)
    if not queries.may_correct(s, who, update):
        raise Forbidden("status_update.edit")
    if update.approval != APPROVED:
        return _finish(update)
    record = find_record(s, who, update.of_id)
    form = CorrectionForm.of_update(update)
    form.offer_sources(s, who)
    profile = record_url(record, _anchor="status")
    if form.validate_on_submit():
        saved = save(
            form, update, lambda values, support: actions.correct_update(s, who, update, values, support),
            title=_("Correct a status update"), cancel=profile,
        )  # fmt: skip
        if saved is True:
            page.flash(_("The status update is corrected; the history keeps what it said before."))
            return page.redirect_back(profile)
        if saved:
            return saved
    return page.render(
        "progress/edit_update.html", form=form, update=update, record=record, profile=profile,
        corrected=queries.corrections(s, [update_id]).get(update_id),
    )  # fmt: skip


def _sent(draft: bool) -> str:
    if draft:
        return _("The draft is saved. You and whoever approves reports see it; it waits in your work.")
    return _("The report is submitted. It counts when somebody approves it.")


def _finish(update) -> Response:
    """The author's own report that was returned, or is a draft: edited, and submitted or left for later."""
    s, who = page.session(), page.actor()
    record, draft = find_record(s, who, update.of_id), "draft" in request.form
    form = CorrectionForm.of_update(update)
    form.offer_sources(s, who)
    profile = record_url(record, _anchor="status")
    if form.validate_on_submit():
        saved = save(
            form, update,
            lambda values, support: actions.finish_report(s, who, update, values, support, draft=draft),
            title=_("Finish the report"), cancel=profile,
        )  # fmt: skip
        if saved is True:
            page.flash(
                _sent(draft) if not draft or update.approval == DRAFT else _("The report is saved, not submitted.")
            )
            return page.redirect_back(profile)
        if saved:
            return saved
    return page.render("progress/finish.html", form=form, update=update, record=record, profile=profile)


@bp.post("/updates/<int:update_id>/pull-back")
@needs("status_update.edit")
def pull_back(update_id: int) -> Response:
    """The author's own submitted report becomes a draft again."""
    update, profile = _own(update_id)
    if ButtonForm().validate_on_submit():
        try:
            with page.writing():
                page.session().refresh(update)
                actions.pull_back(page.session(), page.actor(), update)
        except Refused as error:
            page.flash(MESSAGES[str(error)], "warn")
        else:
            page.flash(_("The report is a draft again; it waits in your work."))
    return page.redirect_back(profile)


@bp.route("/updates/<int:update_id>/discard", methods=["GET", "POST"])
@needs("status_update.edit")
def discard(update_id: int) -> Response:
    """The author's own draft, or a report that was returned to them, is thrown away."""
    update, profile = _own(update_id)
    form = ButtonForm()
    if update.approval in UNFINISHED and form.validate_on_submit():
        try:
            with page.writing():
                page.session().refresh(update)
                actions.discard_report(page.session(), page.actor(), update)
        except Refused as error:
            form.form_errors.append(MESSAGES[str(error)])
        else:
            page.flash(_("The report is removed."))
            return page.redirect_back(profile)
    elif update.approval not in UNFINISHED:
        page.flash(MESSAGES["report_not_yours_now"], "warn")
        return page.redirect_back(profile)
    record = find_record(page.session(), page.actor(), update.of_id)
    return page.render("progress/discard.html", form=form, update=update, record=record, profile=profile)


def _own(update_id: int):
    """(update, address of its profile) of a report that the actor wrote; one that counts is told, and refused later."""
    s, who = page.session(), page.actor()
    update = queries.update(s, who, update_id)
    if update is None:
        raise NotFound("status_update", id=update_id)
    need(who, "status_update.edit", update)
    if update.approval != APPROVED and update.author_id != who.person_id:
        raise Forbidden("status_update.edit")
    return update, record_url(find_record(s, who, update.of_id), _anchor="status")


@bp.record_once
def _lead_there(state) -> None:
    state.app.extensions.setdefault("portal.notice_places", {})["approval_asked"] = _asked_at


def _asked_at(s, actor, record_id: int, author_id: int | None) -> str | None:
    """Where a notification that somebody submitted a report leads, while it waits."""
    found = None if author_id is None else queries.submitted_by(s, actor, record_id, author_id)
    return None if found is None else url_for("progress.decide", approval_id=found)


@bp.route("/approvals/<int:approval_id>", methods=["GET", "POST"])
@needs("status_update.approve")
def decide(approval_id: int) -> Response:
    """A report that waits for approval, with what the project repeats now; and how it was decided, when it was."""
    s, who = page.session(), page.actor()
    update = queries.update(s, who, approval_id)
    if update is None:
        raise NotFound("status_update", id=approval_id)
    need(who, "status_update.approve", update)
    record = find_record(s, who, update.of_id)
    profile = record_url(record, _anchor="status")
    form = DecisionForm(data={"version": update.version})
    if form.validate_on_submit():
        act = next((act for button, act in DECISIONS.items() if button in request.form), None)
        try:
            if act is None:
                raise Refused("decision_missing")
            with page.writing():
                s.refresh(update)
                act(s, who, update, form.version.data, form.comment.data or "")
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            approved = update.approval == APPROVED
            page.flash(
                _("The report is approved; it counts from now on.") if approved else _("The report is returned.")
            )
            return page.redirect_back(profile)
    marks = Marks()
    facts = facts_of(s, who, update)[update.id]
    return page.render(
        "progress/decide.html", form=form, update=update, record=record, profile=profile, marks=marks,
        marks_of=lambda field: marks_of(marks, facts[field].lead),
        latest=next(iter(queries.updates_of(s, who, record.id)), None),
    )  # fmt: skip


DECISIONS = {"approve": actions.approve_report, "return": actions.return_report}
"""The buttons of the page and what they do."""
