"""What of instruments, contracts and flows is searched: their own names, numbers, purposes and amounts, and who gave and got;
of projects and contracts also the amounts booked there."""

from __future__ import annotations

from sqlalchemy import select

from portal.funding.models import CoBeneficiary, Flow
from portal.kernel.money import Money
from portal.kernel.record import Record
from portal.kernel.settling import lends, searchable
from portal.kernel.words import AMOUNT, BODY, KEY_PHRASE, LINKED_NAME, NAME
from portal.partners.texts import names


def _instrument(s, instruments):
    for i in instruments:
        yield from names(i.id, i, NAME)
        yield i.id, i.id, i.legal_basis, "cs", KEY_PHRASE
        yield i.id, i.id, _sum(i.envelope_minor, i.envelope_currency), AMOUNT, KEY_PHRASE
    yield from _linked(s, [(i.id, (i.owner_id,)) for i in instruments])


def _contract(s, contracts):
    for c in contracts:
        yield from names(c.id, c, NAME)
        yield c.id, c.id, c.number or "", "cs", KEY_PHRASE
    pairs = [(c.id, (c.for_id, c.instrument_id, c.authority_id, c.coordinator_id)) for c in contracts]
    beside = select(CoBeneficiary.contract_id, CoBeneficiary.organisation_id)
    rows = s.execute(beside.where(CoBeneficiary.contract_id.in_([c.id for c in contracts])))
    yield from _linked(s, [*pairs, *((of, (i,)) for of, i in rows)])
    yield from _booked(s, Flow.contract_id, contracts)


def _addendum(s, addenda):
    for a in addenda:
        yield from names(a.id, a, NAME)
        yield a.id, a.id, a.number or "", "cs", KEY_PHRASE
        yield a.id, a.id, a.subject_cs, "cs", BODY
        yield a.id, a.id, a.subject_en, "en", BODY
    yield from _linked(s, [(a.id, (a.contract_id,)) for a in addenda])


def _flow(s, flows):
    for f in flows:
        yield from names(f.id, f, NAME)
        yield f.id, f.id, f.purpose_cs, "cs", BODY
        yield f.id, f.id, f.purpose_en, "en", BODY
        yield f.id, f.id, _sum(f.amount_minor, f.amount_currency), AMOUNT, KEY_PHRASE
    yield from _linked(s, [(f.id, (f.booked_id, f.provider_id, f.receiver_id, f.instrument_id)) for f in flows])


def _linked(s, pairs):
    """Names of the records linked, to be found under each (id, linked ids)."""
    wanted = {i for _, linked in pairs for i in linked if i}
    found = {r.id: r for r in s.scalars(select(Record).where(Record.id.in_(wanted)))} if wanted else {}
    for record_id, linked in pairs:
        for i in sorted({i for i in linked if i}):
            yield from names(record_id, found[i], LINKED_NAME)


def _project(s, projects):
    yield from _booked(s, Flow.booked_id, projects)


def _booked(s, column, records):
    """The amounts of the flows whose `column` names one of the records; whoever may not see the flow does not find it by them."""
    flows = select(column, Flow.id, Flow.amount_minor, Flow.amount_currency).where(column.in_([r.id for r in records]))
    for record_id, flow_id, minor, currency in s.execute(flows.where(Flow.amount_minor.is_not(None))):
        yield record_id, flow_id, _sum(minor, currency), AMOUNT, LINKED_NAME


def _places(s, flows):
    return {i for f in flows for i in (f.booked_id, f.contract_id) if i}


def _sum(minor: int | None, currency: str | None) -> str:
    return f"{Money(minor, currency).decimal:.2f} {currency}" if minor is not None and currency else ""


searchable("instrument", _instrument)
searchable("project", _project)
searchable("contract", _contract)
searchable("addendum", _addendum)
searchable("flow", _flow)
lends("flow", _places)
