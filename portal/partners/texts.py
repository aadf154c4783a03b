"""What of organisations, countries and role holders is searched, and the names a record gets from those who take part in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from portal.kernel.record import Record
from portal.kernel.settling import searchable
from portal.kernel.words import BODY, KEY_PHRASE, LINKED_NAME, NAME
from portal.partners.models import Organisation, Participation

Text = tuple[int, int, str, str, int]


def names(record_id: int, named: Record, weight: int) -> Iterator[Text]:
    """Both names of `named`, to be found under `record_id`; seen only by those who may see `named`."""
    yield record_id, named.id, named.name_cs, "cs", weight
    yield record_id, named.id, named.name_en, "en", weight
    if isinstance(named, Organisation) and named.abbreviation:
        yield record_id, named.id, named.abbreviation, "cs", weight


def participant_names(s: Session, record_ids: Collection[int]) -> Iterator[Text]:
    """Names of the organisations and countries that take part in the records."""
    named = aliased(Record)
    rows = s.execute(
        select(Participation.within_id, named)
        .join(named, named.id == Participation.participant_id)
        .where(Participation.within_id.in_(record_ids))
    )
    for within_id, participant in rows:
        yield from names(within_id, participant, LINKED_NAME)


def _country(s, countries):
    for c in countries:
        yield from names(c.id, c, NAME)
        yield c.id, c.id, c.iso2, "en", KEY_PHRASE


def _organisation(s, organisations):
    for o in organisations:
        yield from names(o.id, o, NAME)
        yield o.id, o.id, o.ref or "", "en", KEY_PHRASE
    linked = [(o.id, i) for o in organisations for i in (o.country_id, o.parent_id) if i]
    found = {r.id: r for r in s.scalars(select(Record).where(Record.id.in_({i for _, i in linked})))} if linked else {}
    for organisation_id, i in linked:
        yield from names(organisation_id, found[i], LINKED_NAME)


def _role_holder(s, holders):
    for h in holders:
        yield from names(h.id, h, NAME)
        yield h.id, h.id, h.office_cs, "cs", BODY
        yield h.id, h.id, h.office_en, "en", BODY
    linked = [(h.id, i) for h in holders for i in (h.country_id, h.organisation_id) if i]
    found = {r.id: r for r in s.scalars(select(Record).where(Record.id.in_({i for _, i in linked})))} if linked else {}
    for holder_id, i in linked:
        yield from names(holder_id, found[i], LINKED_NAME)


searchable("country", _country)
searchable("organisation", _organisation)
searchable("role_holder", _role_holder)
