"""The page on which a record is archived, withdrawn or put back in force, and the banner its own page then shows."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Flask, Response, url_for

from portal.kernel.errors import NotFound
from portal.kernel.permission import need
from portal.kernel.standing import KINDS, MERGED, WITHDRAWN
from portal.obligations.actions.planning import BY_RULE, OUTDATED
from portal.sources.forms import save, standing
from portal.sources.queries import record as find_record
from portal.standing import actions, queries
from portal.standing import policy as policy  # declares the permission
from portal.standing.forms import StandingForm
from portal.web import page
from portal.web.access import may_write, needs
from portal.web.i18n import _, lang
from portal.web.links import record_url

bp = Blueprint("standing", __name__)


@bp.route("/records/<int:record_id>/standing", methods=["GET", "POST"])
@needs("standing.set")
def change(record_id: int) -> Response:
    s, who = page.session(), page.actor()
    record = find_record(s, who, record_id)
    if record is None or record.kind not in KINDS:
        raise NotFound("record", id=record_id)
    need(who, f"{record.kind}.edit", record)
    asked = {"standing_reason": ""} | (
        {"standing": None} if record.standing else {}
    )  # a restored one is to be in force
    form, profile = StandingForm(data=standing(record) | asked), record_url(record)
    title = _("Archive or withdraw: %(name)s", name=record.name(lang()))
    if form.validate_on_submit():
        saved = save(
            form, record, lambda values, _support: _write(s, who, record, values), title=title, cancel=profile
        )  # fmt: skip
        if saved is True:
            page.flash(_said(record.standing))
            return page.redirect_back(profile)
        if saved:
            return saved
    gone = record.standing == WITHDRAWN
    return page.render(
        "standing/change.html", form=form, record=record, profile=profile, gone=gone,
        told=queries.told(s, who, record), below=queries.hanging(s, who, record.id),
        staying=queries.staying(s, who, record.id), effects=queries.effects(s, who, record, not gone),
    )  # fmt: skip


def _write(s, who, record, values) -> None:
    actions.set_standing(s, who, record, values.get("standing"), values.get("standing_reason"))


def _said(standing: str | None) -> str:
    if standing is None:
        return _("The record is in force again.")
    if standing == WITHDRAWN:
        return _("The record is withdrawn. It is in no list and in no total; its page stays.")
    return _("The record is archived. Lists leave it out, totals keep it.")


def told_of(record):
    """For the banner of a profile: the standing of its record, None while it is in force."""
    moment = page.moment()
    found = queries.told(page.session(), page.actor(), record, moment.id if moment else None)
    return replace(found, reason=_(BY_RULE)) if found and found.reason == OUTDATED else found


def standing_url(record) -> str | None:
    """For the link of a profile: where the record is archived or withdrawn; None where that may not be done."""
    if record.kind not in KINDS or record.standing == MERGED or not may_write(f"{record.kind}.edit", record):
        return None
    return url_for("standing.change", record_id=record.id)


def install(app: Flask) -> None:
    app.jinja_env.globals.update(standing_of=told_of, standing_url=standing_url)
