"""What of a contact person is searched: name, function, e-mail address, and the name of the organisation."""

from __future__ import annotations

from sqlalchemy import select

from portal.kernel.settling import searchable
from portal.kernel.words import BODY, LINKED_NAME, NAME
from portal.partners.models import Organisation
from portal.partners.texts import names


def _contact(s, contacts):
    for one in contacts:
        if one.erased_on is None:
            yield from names(one.id, one, NAME)
        yield one.id, one.id, one.function_cs, "cs", BODY
        yield one.id, one.id, one.function_en, "en", BODY
        yield one.id, one.id, one.email or "", "en", BODY
    wanted = {one.organisation_id for one in contacts}
    found = {o.id: o for o in s.scalars(select(Organisation).where(Organisation.id.in_(wanted)))} if wanted else {}
    for one in contacts:
        if one.erased_on is None:
            yield from names(one.id, found[one.organisation_id], LINKED_NAME)


searchable("contact", _contact)
