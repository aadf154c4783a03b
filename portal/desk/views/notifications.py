"""Notifications: the page, marking as read, and how many are unread for the head of every page."""

from __future__ import annotations

from flask import Response, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from portal.desk import actions, queries
from portal.desk.forms import MailForm, NotificationsForm
from portal.desk.listings import NOTIFICATIONS
from portal.desk.mailing import address_in, own_place, server_of
from portal.desk.queries.mail import address_of, mail_of
from portal.desk.queries.notices import notification, notifications
from portal.desk.rules import KINDS
from portal.desk.views.blueprint import bp
from portal.web import asof, page
from portal.web.access import needs
from portal.web.forms import ButtonForm
from portal.web.i18n import _
from portal.web.links import record_url


@bp.get("/notifications", endpoint="notifications")
@needs("desk.own")
def show() -> Answer:
    if asof.change_id() is not None:
        return redirect(asof.present_url(), 302)
    s, who = page.live_session(), page.actor()
    v = NOTIFICATIONS.open(s, who, request.args, page.lang())
    rows = v.rows(notifications(who))
    return page.render("desk/notifications.html", v=v, rows=rows, place=place)


@bp.post("/notifications/read")
@needs("desk.own")
def read_notifications() -> Response:
    """`notification` names the one that was read, and `open` leads to what it tells of; without it all are read."""
    s, who = page.live_session(), page.actor()
    if not ButtonForm().validate_on_submit():
        abort(400)
    named = request.form.get("notification")
    if named is None:
        actions.mark_all_read(s, who)
        page.flash(_("All notifications are marked as read."))
        return page.redirect_to("desk.notifications")
    found = notification(s, who, int(named)) if named.isascii() and named.isdigit() and len(named) < 10 else None
    if found is not None:
        actions.mark_read(s, who, found)
        if "open" in request.form:
            return page.redirect_back(place(found))
    return page.redirect_to("desk.notifications")


@bp.route("/account/notifications", methods=["GET", "POST"])
@needs("desk.own")
def choose_notifications() -> Answer:
    if asof.change_id() is not None:
        return redirect(asof.present_url(), 302)
    s, who = page.live_session(), page.actor()
    given = {"wanted": [kind for kind, wish in queries.choices_of(s, who).items() if wish]}
    mails = server_of(current_app) is not None
    if mails:
        address, ways = mail_of(s, who)
        given |= {"address": address} | {f"mail_{kind}": way for kind, way in ways.items()}
    form = (MailForm if mails else NotificationsForm)(data=given)
    if form.validate_on_submit():
        actions.choose_notifications(s, who, {kind: kind in form.wanted.data for kind in KINDS})
        if mails:
            actions.choose_mail(s, who, form.address.data, form.chosen())
        page.flash(_("Your choice of notifications is saved."))
        held = address_of(s, who) if mails else None
        if held is not None and held.confirmed_at is None:
            page.flash(_("Open the link that is being sent to %(address)s: until then nothing else is sent there.",
                         address=held.address), "note")  # fmt: skip
        return page.redirect_to("desk.notifications")
    held = address_of(s, who) if mails else None
    return page.render("desk/choose_notifications.html", form=form, mails=mails, held=held)


@bp.post("/account/notifications/link")
@needs("desk.own")
def ask_link() -> Response:
    """The link that confirms the address is sent once more."""
    if ButtonForm().validate_on_submit():
        if server_of(current_app) is not None and actions.ask_link(page.live_session(), page.actor()):
            page.flash(_("The link is being sent again; it comes within a minute or two."))
        else:
            page.flash(
                _("The link was asked for just now. Wait a few minutes, and look among unwanted mail, too."), "note"
            )
    return page.redirect_to("desk.choose_notifications")


@bp.route("/account/notifications/confirm/<token>", methods=["GET", "POST"])
@needs("desk.own")
def confirm_address(token: str) -> Answer:
    """Where the link leads. Programs that look through mail open links, too: the button confirms, not the opening."""
    if asof.change_id() is not None:
        return redirect(asof.present_url(), 302)
    s, who, form = page.live_session(), page.actor(), ButtonForm()
    pressed = form.validate_on_submit()
    address, held = address_in(current_app, token, who.person_id), address_of(s, who)
    if address is None or held is None or held.address != address:
        return page.render(
            "desk/confirm_address.html", None if form.forged else 410, form=form, address=None, token=token
        )
    if pressed and actions.confirm_address(s, who, address):
        page.flash(_("The address %(address)s is confirmed.", address=address))
        return page.redirect_to("desk.choose_notifications")
    return page.render("desk/confirm_address.html", form=form, address=address, token=token)


def place(found) -> str:
    """The address of what a notification tells of. A comment is where it is now: a merge moves it."""
    if found.comment_id is not None:
        said = queries.comment(page.live_session(), page.actor(), found.comment_id)
        if said is None:
            return url_for("desk.notifications")
        return url_for("desk.comments", record_id=said.record_id, _anchor=f"comment-{said.id}")
    if found.task_id is not None:
        return url_for("desk.task", task_id=found.task_id)
    if found.change_id is not None:
        return url_for("history.change", change_id=found.change_id)
    if special := own_place(page.live_session(), page.actor(), found):
        return special
    record = queries.record(page.live_session(), page.actor(), found.record_id)
    return (record_url(record, _anchor="status") if record else None) or url_for("desk.notifications")


def unread() -> int:
    """How many notifications wait (template global), asked once a request."""
    if "unread_notices" not in g:
        g.unread_notices = queries.unread(page.live_session(), page.actor())
    return g.unread_notices
