"""Giving a role in a framework or project, and ending it."""

from __future__ import annotations

from flask import Response

from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need
from portal.kernel.record import Record
from portal.partners import actions, queries
from portal.partners.forms import EndForm, RoleForm
from portal.partners.views.blueprint import bp
from portal.sources.facts import NOTHING
from portal.sources.queries import record as find_record
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _
from portal.web.links import record_url

WITHIN = ("framework", "project")


@bp.route("/records/<int:record_id>/roles/add", methods=["GET", "POST"])
@needs("participation.add")
def add_role(record_id: int) -> Response:
    s, who = page.session(), page.actor()
    within = find_record(s, who, record_id)
    if within is None or within.kind not in WITHIN:
        raise NotFound("record", id=record_id)
    need(who, f"{within.kind}.edit", within)
    form = RoleForm()
    form.offer(s, who)
    if form.validate_on_submit():
        values = form.values()
        try:
            with page.writing(reason=form.reason):
                participant = find_record(s, who, values["participant"])
                words = values.get("words") or NOTHING
                actions.give_role(s, who, within, participant, values["role"], words, form.support(s, who))
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(_("The role is written."))
            return back_to(within, "roles")
    return page.render("partners/add_role.html", form=form, record=within)


@bp.route("/roles/<int:participation_id>/end", methods=["GET", "POST"])
@needs("participation.edit")
def end_role(participation_id: int) -> Response:
    s, who = page.session(), page.actor()
    participation = queries.participation(s, who, participation_id)
    if participation is None:
        raise NotFound("participation", id=participation_id)
    within = find_record(s, who, participation.within_id)
    need(who, f"{within.kind}.edit", within)
    form = EndForm()
    if form.validate_on_submit():
        with page.writing(reason=form.reason.data):
            actions.end_role(s, who, participation)
        page.flash(_("The role is taken away; the history keeps it."))
        return back_to(within, "roles")
    participant = find_record(s, who, participation.participant_id)
    return page.render(
        "partners/end_role.html", form=form, record=within, participation=participation, participant=participant
    )


def back_to(record: Record, anchor: str) -> Response:
    """The profile of a record, or my work where it has none."""
    address = record_url(record)
    return page.redirect_back(f"{address}#{anchor}" if address else None)
