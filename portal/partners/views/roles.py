"""Giving a role in a framework, project or event, changing it, and ending it."""

from __future__ import annotations

from functools import partial

from flask import Response

from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need
from portal.kernel.record import Record
from portal.partners import actions, queries
from portal.partners.forms import EditRoleForm, EndForm, RoleForm
from portal.partners.views.blueprint import bp
from portal.sources.facts import NOTHING
from portal.sources.forms import save, standing
from portal.sources.queries import record as find_record
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _, lang
from portal.web.links import record_url

WITHIN = ("framework", "project", "event")


@bp.route("/records/<int:record_id>/roles/add", methods=["GET", "POST"])
@needs("participation.add", under="record_id")
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


@bp.route("/roles/<int:participation_id>/edit", methods=["GET", "POST"])
@needs("participation.edit")
def edit_role(participation_id: int) -> Response:
    s, who = page.session(), page.actor()
    participation = queries.participation(s, who, participation_id)
    if participation is None:
        raise NotFound("participation", id=participation_id)
    need(who, "participation.edit", participation)
    within = find_record(s, who, participation.within_id)
    participant = find_record(s, who, participation.participant_id)
    words = partial(queries.words_of, s, participation)
    form = EditRoleForm(data=standing(participation, words))
    form.offer_sources(s, who)
    profile = record_url(within, _anchor="roles")
    if form.validate_on_submit():
        saved = save(
            form, participation, lambda values, support: actions.edit_role(s, who, participation, values, support),
            sets=words, title=f"{participant.name(lang())} – {within.name(lang())}", cancel=profile,
        )  # fmt: skip
        if saved is True:
            page.flash(_("Saved."))
            return page.redirect_back(profile)
        if saved:
            return saved
    return page.render(
        "partners/edit_role.html", form=form, record=within, participation=participation, participant=participant
    )


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
