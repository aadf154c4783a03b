"""The list of contact persons and the page of one."""

from __future__ import annotations

from flask import request

from portal.contacts import queries
from portal.kernel.errors import NotFound
from portal.portfolio.listings.contacts import CONTACTS, select_contacts
from portal.portfolio.views.blueprint import bp
from portal.web import page
from portal.web.access import needs


@bp.get("/contacts")
@needs("contact.read")
def contacts():
    s, actor = page.session(), page.actor()
    v = CONTACTS.open(s, actor, request.args, page.lang())
    return page.render("portfolio/contacts.html", v=v, rows=v.rows(select_contacts(actor)))


@bp.get("/contacts/<int:contact_id>")
@needs("contact.read")
def contact(contact_id: int):
    """Also of one whose data are deleted: that there was one, and when they were."""
    found = queries.contact(page.session(), page.actor(), contact_id)
    if found is None:
        raise NotFound("contact", id=contact_id)
    return page.render("portfolio/contact.html", contact=found, record=found)
