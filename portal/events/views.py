"""Booking and editing events and follow-ups. Lists and profiles stand in `portfolio`."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from portal.events import actions, queries
from portal.events.forms import EventForm, FollowUpForm
from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need
from portal.sources.forms import readers_of, save, standing
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _, lang

bp = Blueprint("events", __name__)


@bp.route("/events/add", methods=["GET", "POST"])
@needs("event.add", under="under")
def add_event() -> Response:
    """`?under=<id>`: an event of that framework or project."""
    s, who = page.session(), page.actor()
    form = EventForm(data={"under": page.asked_id("under")} | readers_of(s, who, None))
    form.offer(s, who)
    if form.validate_on_submit():
        try:
            with page.writing(reason=form.reason):
                event = actions.book_event(s, who, form.values(), form.support(s, who))
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            return _to_event(event.id, _("The event is saved."))
    return page.render("events/add_event.html", form=form)


@bp.route("/events/<int:event_id>/edit", methods=["GET", "POST"])
@needs("event.edit")
def edit_event(event_id: int) -> Response:
    s, who = page.session(), page.actor()
    event = _event(event_id)
    need(who, "event.edit", event)
    form = EventForm(data=standing(event) | readers_of(s, who, event))
    form.offer(s, who, event)
    name, profile = event.name(lang()), url_for("portfolio.event", event_id=event_id)
    if form.validate_on_submit():
        saved = save(
            form, event, lambda values, support: actions.edit_event(s, who, event, values, support),
            title=name, cancel=profile,
        )  # fmt: skip
        if saved is True:
            return _to_event(event_id, form.saved_words(event))
        if saved:
            return saved
    return page.render("events/edit_event.html", form=form, event=event, name=name, profile=profile)


@bp.route("/events/<int:event_id>/follow-ups/add", methods=["GET", "POST"])
@needs("follow_up.add", under="event_id")
def add_follow_up(event_id: int) -> Response:
    """The button "Save and write another" leads back here."""
    s, who = page.session(), page.actor()
    event = _event(event_id)
    need(who, "event.edit", event)
    form = FollowUpForm(data={"event": event_id} | readers_of(s, who, None))
    form.offer(s, who)
    if form.validate_on_submit():
        try:
            with page.writing(reason=form.reason):
                follow_up = actions.agree_follow_up(s, who, form.values(), form.support(s, who))
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            said = _("The follow-up is saved.")
            if "another" in request.form:
                page.flash(said)
                return page.redirect_to("events.add_follow_up", event_id=follow_up.event_id)
            return _to_event(follow_up.event_id, said)
    return page.render(
        "events/add_follow_up.html", form=form, event=event, profile=url_for("portfolio.event", event_id=event_id),
        standing=queries.follow_ups_of(s, who, event_id),
    )  # fmt: skip


@bp.route("/follow-ups/<int:follow_up_id>/edit", methods=["GET", "POST"])
@needs("follow_up.edit")
def edit_follow_up(follow_up_id: int) -> Response:
    s, who = page.session(), page.actor()
    follow_up = queries.follow_up(s, who, follow_up_id)
    if follow_up is None:
        raise NotFound("follow_up", id=follow_up_id)
    need(who, "follow_up.edit", follow_up)
    form = FollowUpForm(data=standing(follow_up) | readers_of(s, who, follow_up))
    form.offer(s, who, follow_up)
    name, profile = follow_up.name(lang()), url_for("portfolio.follow_up", follow_up_id=follow_up_id)
    if form.validate_on_submit():
        saved = save(
            form, follow_up, lambda values, support: actions.edit_follow_up(s, who, follow_up, values, support),
            title=name, cancel=profile,
        )  # fmt: skip
        if saved is True:
            page.flash(_("Saved."))
            return page.redirect_back(url_for("portfolio.event", event_id=follow_up.event_id, _anchor="follow-ups"))
        if saved:
            return saved
    return page.render("events/edit_follow_up.html", form=form, follow_up=follow_up, name=name, profile=profile)


def _event(event_id: int):
    found = queries.event(page.session(), page.actor(), event_id)
    if found is None:
        raise NotFound("event", id=event_id)
    return found


def _to_event(event_id: int, said: str) -> Response:
    """Its profile; the list, where the actor has hidden it from themselves."""
    page.flash(said)
    if queries.event(page.session(), page.actor(), event_id) is None:
        return page.redirect_to("portfolio.events")
    return page.redirect_to("portfolio.event", event_id=event_id)
