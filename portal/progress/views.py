"""The quick status update. What came before it is shown on the profile and in my work, which stand in `portfolio`."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, current_app, request, url_for

from portal.kernel import clock
from portal.kernel.errors import NotFound
from portal.kernel.permission import need
from portal.kernel.record import Record
from portal.progress import actions, queries
from portal.progress.forms import CorrectionForm, StatusForm
from portal.progress.rules import stale_before
from portal.sources.forms import save
from portal.sources.marks import marks_of
from portal.sources.queries import facts_of
from portal.sources.queries import record as find_record
from portal.web import page
from portal.web.access import needs
from portal.web.frame import frame
from portal.web.i18n import _, lang
from portal.web.links import record_url
from portal.web.marks import Marks

bp = Blueprint("progress", __name__)
KINDS = ("project", "framework")


@bp.route("/records/<int:record_id>/status", methods=["GET", "POST"])
@needs("status_update.add")
def report(record_id: int) -> Response:
    """`?next_stale=<id>` says that the person works through a list: the next record waits there (0: this is the last)."""
    s, who = page.session(), page.actor()
    record = find_record(s, who, record_id)
    if record is None or record.kind not in KINDS:
        raise NotFound("record", id=record_id)
    need(who, f"{record.kind}.edit", record)
    form = StatusForm.of(record)
    form.offer_sources(s, who)
    name, profile = record.name(lang()), record_url(record) or url_for(frame().home)
    if form.validate_on_submit():
        if not form.names_source and queries.sent_before(s, who, record, form.values()):
            page.flash(_("This report of %(name)s was saved already; it stands once.", name=name))
            return _onwards(record)
        saved = save(
            form, record, lambda values, support: actions.report_status(s, who, record, values, support, lang=lang()),
            title=name, cancel=profile,
        )  # fmt: skip
        if saved is True:
            page.flash(_("The status of %(name)s is saved.", name=name))
            return _onwards(record)
        if saved:
            return saved
    marks = Marks()
    facts = facts_of(s, who, record)[record.id]
    return page.render(
        "progress/report.html", form=form, record=record, profile=profile,
        next_id=_asked_next(), marks=marks, status_marks=marks_of(marks, facts["status"].lead),
        latest=next(iter(queries.updates_of(s, who, record_id)), None), disputes=facts.disputes,
    )  # fmt: skip


def _asked_next() -> int | None:
    return page.asked_id("next_stale")


def _onwards(record: Record) -> Response:
    """To the profile; from my work to the next record that waits, or back to my work after the last."""
    asked = _asked_next()
    if asked is None or "only" in request.form:
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
    return find(s, who, stale_before(clock.today(), frame().setting("stale_days", 90)), after)


@bp.route("/updates/<int:update_id>/edit", methods=["GET", "POST"])
@needs("status_update.edit")
def edit_update(update_id: int) -> Response:
    """Correcting an update; it goes on saying who wrote it and when, and who corrected it."""
    s, who = page.session(), page.actor()
    update = queries.update(s, who, update_id)
    if update is None:
        raise NotFound("status_update", id=update_id)
    need(who, "status_update.edit", update)
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
