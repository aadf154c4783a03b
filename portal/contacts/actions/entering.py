"""Entering and correcting a contact person, and keeping one for longer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from portal.contacts.models import Contact
from portal.contacts.queries import PLACES
from portal.contacts.rules import day_problem, problems
from portal.desk.actions import notify_no_more
from portal.kernel import clock, codes
from portal.kernel.errors import InvalidInput
from portal.kernel.permission import Actor, need, sees
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.kernel.standing import WITHDRAWN
from portal.kernel.text import fold
from portal.partners.models import Organisation
from portal.sources.actions import set_plain, upheld
from portal.sources.facts import Pair

TEXTS = ("function", "purpose")
PLAIN = ("note", "responsible", "email", "phone", "language")
UNITS = ("name", "organisation", "concerns", "delete_on", *TEXTS, *PLAIN)


def enter_contact(s: Session, actor: Actor, values: Mapping[str, object]) -> Contact:
    """Enter a contact person; units: `UNITS`, names and texts as pairs, `organisation` and `concerns` as ids of records,
    `delete_on` a day.

    InvalidInput {unit: code}: name or purpose missing, an e-mail address or telephone number that is none, a day of deletion
    that is missing, not in the future or too far, a record the actor may not see or of a kind that cannot stand there.
    """
    organisation = _organisation(s, actor, values.get("organisation"))
    contact = Contact(organisation_id=organisation.id, organisation=organisation, entered_by_id=actor.person_id)
    need(actor, "contact.add", contact)
    _refuse(s, actor, values)
    contact.delete_on = values["delete_on"]
    _take(contact, values)
    s.add(contact)
    settle(s, [contact])
    return contact


def edit_contact(s: Session, actor: Actor, contact: Contact, values: Mapping[str, object]) -> None:
    """Correct a contact; what is not given stays. The day of deletion is moved by `prolong_contact` alone. InvalidInput as
    `enter_contact`; {"": contact_erased} where the data are deleted."""
    need(actor, "contact.edit", contact)
    _need_data(contact)
    if values.get("delete_on", contact.delete_on) != contact.delete_on:
        raise InvalidInput({"delete_on": "delete_on_elsewhere"})
    held = {unit: _held(contact, unit) for unit in UNITS}
    # The day stands, be it today's: only what is written anew is asked.
    _refuse(s, actor, held | dict(values), but=("delete_on",))
    organisation = _organisation(s, actor, values.get("organisation", contact.organisation_id))
    contact.organisation_id, contact.organisation = organisation.id, organisation
    _take(contact, values)
    settle(s, [contact])


def prolong_contact(
    s: Session, actor: Actor, contact: Contact, version: int, delete_on: date | None, purpose: Pair | None, reason: str
) -> None:
    """Keep a contact until another day. The purpose is asked again, and why: it is the reason of the change.

    InvalidInput {delete_on | purpose | reason: code}; {"": contact_changed} where `version`, which the person saw, is not
    the one that stands.
    """
    need(actor, "contact.edit", contact)
    _need_data(contact)
    if version != contact.version:
        raise InvalidInput({"": "contact_changed"})
    found = {}
    if problem := day_problem(delete_on, clock.today()):
        found["delete_on"] = problem
    elif delete_on == contact.delete_on:
        found["delete_on"] = "delete_on_same"
    if not purpose:
        found["purpose"] = "purpose_missing"
    if not reason.strip():
        found["reason"] = "prolonged_without_reason"
    if found or purpose is None:
        raise InvalidInput(found)
    contact.delete_on = delete_on
    _take(contact, {"purpose": purpose})
    notify_no_more(s, "contact_due", [contact.id])
    settle(s, [contact], renamed=False)


def _need_data(contact: Contact) -> None:
    if contact.erased_on is not None:
        raise InvalidInput({"": "contact_erased"})


def _organisation(s: Session, actor: Actor, organisation_id: object) -> Organisation:
    if organisation_id is None:
        raise InvalidInput({"organisation": "organisation_missing"})
    found = s.get(Organisation, int(str(organisation_id)))
    if found is None or not sees(s, actor, found.id):
        raise InvalidInput({"organisation": "no_such_record"})
    return found


def _refuse(s: Session, actor: Actor, values: Mapping[str, object], but: tuple[str, ...] = ()) -> None:
    found = {unit: code for unit, code in problems(values, clock.today()).items() if unit not in but}
    language = values.get("language")
    if language and language not in codes.code_list("languages").codes:
        found["language"] = "no_such_code"
    if values.get("concerns") is not None:
        place = s.get(Record, int(str(values["concerns"])))
        if place is None or not sees(s, actor, place.id):
            found["concerns"] = "no_such_record"
        elif place.kind not in PLACES:
            found["concerns"] = "wrong_kind"
    if found:
        raise InvalidInput(found)


def _held(contact: Contact, unit: str) -> object:
    if unit in ("name", "note", *TEXTS):
        return Pair(getattr(contact, f"{unit}_cs"), getattr(contact, f"{unit}_en"))
    return (
        getattr(contact, f"{unit}_id")
        if unit in ("organisation", "concerns", "responsible")
        else getattr(contact, unit)
    )


def _take(contact: Contact, values: Mapping[str, object]) -> None:
    set_plain(contact, PLAIN, values)
    contact.email, contact.phone = contact.email or None, contact.phone or None
    if "name" in values:
        contact.rename(values["name"].cs, values["name"].en)
    for unit in TEXTS:
        if unit in values:
            pair = values[unit] or Pair("", "")
            setattr(contact, f"{unit}_cs", pair.cs)
            setattr(contact, f"{unit}_en", pair.en)
    contact.sought = fold(f"{contact.purpose_cs}\n{contact.purpose_en}")
    if "concerns" in values:
        contact.concerns_id = values["concerns"]


def _hold(s: Session, actor: Actor, contact: Contact, before: Record) -> None:
    """An undo brings no deleted data back, and none that are to be deleted already."""
    if contact.erased_on is not None:
        if contact.standing != WITHDRAWN:
            raise InvalidInput({"": "contact_erased"})
    else:
        _refuse(s, actor, {unit: _held(contact, unit) for unit in UNITS})


upheld("contact", _hold)
