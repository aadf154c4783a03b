"""What of results is searched: their own words, and the name of what they belong to."""

from __future__ import annotations

from sqlalchemy import select

from portal.kernel.record import Record
from portal.kernel.settling import searchable
from portal.kernel.words import BODY, KEY_PHRASE, LINKED_NAME, NAME
from portal.partners.texts import names


def _texts(*pairs: str):
    """The function that gives the words of one kind: name, reference number, the texts `pairs`."""

    def words(s, records):
        for one in records:
            yield from names(one.id, one, NAME)
            yield one.id, one.id, one.reference or "", "cs", KEY_PHRASE
            for field in pairs:
                yield one.id, one.id, getattr(one, f"{field}_cs"), "cs", BODY
                yield one.id, one.id, getattr(one, f"{field}_en"), "en", BODY
        wanted = {one.of_id for one in records}
        found = {r.id: r for r in s.scalars(select(Record).where(Record.id.in_(wanted)))} if wanted else {}
        for one in records:
            yield from names(one.id, found[one.of_id], LINKED_NAME)

    return words


searchable("milestone", _texts())
searchable("activity", _texts())
searchable("indicator", _texts("unit"))
searchable("risk", _texts("measures"))
