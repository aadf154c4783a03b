"""Entering, correcting, prolonging and deleting contact persons. The list and the page of one stand in `portfolio`."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, url_for

from portal.contacts import actions, keeping, queries, rules
from portal.contacts.forms import ContactForm, EditContactForm, ProlongForm, day_of
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need
from portal.sources.facts import Pair
from portal.sources.forms import save, standing
from portal.web import page
from portal.web.access import needs
from portal.web.forms import ButtonForm
from portal.web.i18n import _

bp = Blueprint("contacts", __name__)


@bp.route("/contacts/add", methods=["GET", "POST"])
@needs("contact.add", under="organisation concerns")
def add() -> Response:
    """`?organisation=` and `?concerns=` name the records from whose page somebody came."""
    s, who = page.session(), page.actor()
    named = {name: page.asked_id(name) for name in ("organisation", "concerns")}
    form = ContactForm(data=named | {"responsible": who.person_id})
    form.offer(s, who)
    if form.validate_on_submit():
        try:
            with page.writing():
                contact = actions.enter_contact(s, who, form.values())
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(_("The contact is saved."))
            return page.redirect_to("portfolio.contact", contact_id=contact.id)
    return page.render("contacts/add.html", form=form, back=url_for("portfolio.contacts"))


@bp.route("/contacts/<int:contact_id>/edit", methods=["GET", "POST"])
@needs("contact.edit")
def edit(contact_id: int) -> Response:
    contact = _found(contact_id)
    s, who = page.session(), page.actor()
    form = EditContactForm(data=standing(contact))
    form.offer(s, who, contact)
    profile = url_for("portfolio.contact", contact_id=contact_id)
    if form.validate_on_submit():
        saved = save(
            form, contact, lambda values, _support: actions.edit_contact(s, who, contact, values),
            title=_("Edit the contact"), cancel=profile,
        )  # fmt: skip
        if saved is True:
            page.flash(_("Saved."))
            return page.redirect_back(profile)
        if saved:
            return saved
    return page.render("contacts/edit.html", form=form, contact=contact, profile=profile)


@bp.route("/contacts/<int:contact_id>/prolong", methods=["GET", "POST"])
@needs("contact.edit")
def prolong(contact_id: int) -> Response:
    contact = _found(contact_id)
    s, who = page.session(), page.actor()
    form = ProlongForm(data={"version": contact.version})
    if form.validate_on_submit():
        purpose = Pair(form.purpose_cs.data or "", form.purpose_en.data or "")
        try:
            with page.writing(reason=form.reason.data):
                actions.prolong_contact(
                    s, who, contact, form.version.data, day_of(form.delete_on.data), purpose, form.reason.data or ""
                )
        except (InvalidInput, Refused) as error:
            form.refuse(error)
            form.take({}, contact.version)
        else:
            page.flash(_("The data are kept until the new day."))
            return page.redirect_to("portfolio.contact", contact_id=contact_id)
    return page.render("contacts/prolong.html", form=form, contact=contact)


@bp.route("/contacts/<int:contact_id>/delete", methods=["GET", "POST"])
@needs("contact.edit")
def delete(contact_id: int) -> Response:
    """A page that says what is lost, and the button."""
    contact = _found(contact_id)
    form = ButtonForm()
    if form.validate_on_submit():
        organisation_id = contact.organisation_id
        with page.writing():
            actions.delete_contact(page.session(), page.actor(), contact)
        page.flash(_("The data of the contact are deleted, from history too."))
        return page.redirect_to("portfolio.organisation", organisation_id=organisation_id, _anchor="contacts")
    return page.render("contacts/delete.html", form=form, contact=contact)


def _found(contact_id: int):
    """NotFound also where the data are deleted: there is nothing left to change."""
    s, who = page.session(), page.actor()
    contact = queries.contact(s, who, contact_id)
    if contact is None or contact.erased_on is not None:
        raise NotFound("contact", id=contact_id)
    need(who, "contact.edit", contact)
    return contact


def install(app: Flask) -> None:
    """Profiles show the contacts of their record; the jobs."""
    app.jinja_env.globals["contacts_of"] = lambda record: queries.contacts_of(
        page.session(), page.actor(), record.id, page.lang()
    )
    app.jinja_env.globals["contact_due_soon"] = lambda contact: rules.is_due_soon(contact.delete_on, clock.today())
    keeping.install(app)
