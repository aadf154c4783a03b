"""What of a legal instrument is searched: its names, number and CELEX number, its texts, who adopted it, what lays it down."""

from __future__ import annotations

from sqlalchemy import select

from portal.kernel.record import Record
from portal.kernel.settling import searchable
from portal.kernel.words import BODY, KEY_PHRASE, LINKED_NAME, NAME
from portal.partners.texts import names


def _legal_instrument(s, instruments):
    for i in instruments:
        yield from names(i.id, i, NAME)
        yield i.id, i.id, i.celex or "", "en", KEY_PHRASE
        yield i.id, i.id, i.reference or "", "cs", KEY_PHRASE
        for field, weight in (("number", KEY_PHRASE), ("full_title", BODY), ("aim", BODY), ("adopted_by_words", BODY)):
            yield i.id, i.id, getattr(i, f"{field}_cs"), "cs", weight
            yield i.id, i.id, getattr(i, f"{field}_en"), "en", weight
    linked = [(i.id, one) for i in instruments for one in (i.adopted_by_id, i.laid_down_in_id) if one]
    found = {r.id: r for r in s.scalars(select(Record).where(Record.id.in_({i for _, i in linked})))} if linked else {}
    for record_id, one in linked:
        yield from names(record_id, found[one], LINKED_NAME)


searchable("legal_instrument", _legal_instrument)
