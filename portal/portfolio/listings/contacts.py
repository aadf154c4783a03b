"""The list of contact persons."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import exists
from sqlalchemy.orm import aliased

from portal.contacts.models import Contact
from portal.contacts.queries import contacts, deleted_by, purpose_holds, told
from portal.contacts.rules import SOON
from portal.kernel import clock
from portal.kernel.record import Record
from portal.kernel.search import matching
from portal.partners.models import Organisation
from portal.sources.queries import names_where, responsible
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Choice, Listing, Search, Sort, Text
from portal.web.listing.values import coded, equals

At = aliased(Record, name="organisation_of_contact")
DUE = {"soon": SOON, "quarter": timedelta(days=90), "year": timedelta(days=365)}


def _organisations(v) -> list[tuple[object, str]]:
    return names_where(v, Organisation, exists().where(Contact.organisation_id == Organisation.id, *_there(v)))


def _places(v) -> list[tuple[object, str]]:
    return names_where(v, Record, exists().where(Contact.concerns_id == Record.id, *_there(v)))


def _there(v) -> tuple:
    return told(v.actor), Contact.erased_on.is_(None)


CONTACTS = Listing(
    filters=(
        Search("q", _l("Search contact persons"), lambda text, v: matching(v.s, v.actor, text, Contact.id)),
        Choice("organisation", _l("Organisation"), _organisations, lambda i, v: Contact.organisation_id == int(i)),
        Choice("concerns", _l("Project or framework"), _places, lambda i, v: Contact.concerns_id == int(i)),
        Choice(
            "due", _l("To be deleted"),
            lambda v: [("soon", _l("within two weeks")), ("quarter", _l("within 90 days")), ("year", _l("within a year"))],
            lambda code, v: deleted_by(clock.today() + DUE[code]),
        ),
        Text("purpose", _l("Purpose"), lambda text, v: purpose_holds(text), hint=_l("words of the purpose")),
        Choice("language", _l("Language"), coded("languages"), lambda code, v: equals(Contact.language, code)),
        responsible(Contact),
    ),
    sorts=(
        Sort("name", _l("Full name"), lambda v: [Contact.order_cs if v.lang == "cs" else Contact.order_en]),
        Sort("organisation", _l("Organisation"), lambda v: [At.order_cs if v.lang == "cs" else At.order_en]),
        Sort("delete_on", _l("To be deleted"), lambda v: [Contact.delete_on]),
    ),
    key=Contact.id,
)  # fmt: skip


def select_contacts(actor):
    """Visible contacts joined to their organisation, to be ordered by its name."""
    return contacts(actor).join(At, At.id == Contact.organisation_id)
