"""Instruments, contracts with their addenda, and flows, as far as the actor may see them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.funding.models import Addendum, Contract, Flow, Instrument
from portal.kernel import clock
from portal.kernel.permission import SYSTEM, Actor, open_to, visible_to
from portal.partners.models import Organisation

_NAMED = (Flow.booked, Flow.provider, Flow.receiver, Flow.instrument, Flow.contract, Flow.addendum)
_REFERENCES = {
    Flow: (
        Flow.booked_id, Flow.provider_id, Flow.receiver_id, Flow.instrument_id, Flow.contract_id, Flow.addendum_id,
    ),
    Contract: (Contract.for_id, Contract.instrument_id, Contract.authority_id, Contract.coordinator_id),
    Addendum: (Addendum.contract_id,),
    Instrument: (),
}  # fmt: skip
"""References that hide their row with them: those of `covers`."""


def told(actor: Actor, model, sees=visible_to) -> ColumnElement[bool]:
    """SQL predicate: rows the actor may see, none of whose references is hidden. The veils know today's references, so a row
    of today is asked for itself alone, one of the past for each of its own. `sees`: `open_to` adds what is withdrawn."""
    own = _REFERENCES[model] if clock.looking_back() else ()
    return and_(sees(actor, model), *(sees(actor, reference) for reference in own))


def instrument(s: Session, actor: Actor, instrument_id: int) -> Instrument | None:
    """One visible instrument."""
    return s.scalar(select(Instrument).where(Instrument.id == instrument_id, told(actor, Instrument, open_to)))


def contract(s: Session, actor: Actor, contract_id: int) -> Contract | None:
    """One visible contract."""
    return s.scalar(select(Contract).where(Contract.id == contract_id, told(actor, Contract, open_to)))


def addendum(s: Session, actor: Actor, addendum_id: int) -> Addendum | None:
    """One visible addendum."""
    return s.scalar(select(Addendum).where(Addendum.id == addendum_id, told(actor, Addendum, open_to)))


def flow(s: Session, actor: Actor, flow_id: int) -> Flow | None:
    """One visible flow with the names around it."""
    return s.scalar(flows(actor, open_to).where(Flow.id == flow_id))


def from_instrument(instrument) -> ColumnElement[bool]:
    """SQL predicate: the flow's own instrument, or that of its contract, is the one of this id or column; None: neither is
    stated. Actions keep the two from differing."""
    if instrument is None:
        through = select(Contract.id).where(Contract.instrument_id.is_not(None))
        return Flow.instrument_id.is_(None) & (Flow.contract_id.is_(None) | Flow.contract_id.not_in(through))
    return (Flow.instrument_id == instrument) | Flow.contract_id.in_(
        select(Contract.id).where(Contract.instrument_id == instrument)
    )


def instruments(actor: Actor) -> Select:
    """SELECT of visible instruments: (Instrument, flows, of which with a known amount), with the owner if visible."""
    counted = _count_flows(actor, from_instrument(Instrument.id))
    known = _count_flows(actor, from_instrument(Instrument.id), Flow.amount_minor.is_not(None))
    asked = select(Instrument, counted.label("flows"), known.label("known")).where(told(actor, Instrument))
    return asked.options(joinedload(Instrument.owner.and_(visible_to(actor, Organisation.id))))


def contracts(actor: Actor) -> Select:
    """SELECT of visible contracts with the names around them; a hidden name hides its contract."""
    names = (Contract.subject, Contract.instrument, Contract.authority, Contract.coordinator)
    return select(Contract).where(told(actor, Contract)).options(*(joinedload(n) for n in names))


def flows(actor: Actor, sees=visible_to) -> Select:
    """SELECT of visible flows with the names around them. A flow that touches a hidden record is hidden itself (covers); the
    flow it is included in, or supersedes, only loses its name (`included_in` or `supersedes` is then None), and what supersedes
    it is missing in `superseded_by`."""
    # Each by a question of its own: joined, SQLite would lay out every flow there is, for a page of fifty.
    others = (Flow.included_in, Flow.supersedes, Flow.superseded_by)
    beside = (selectinload(one.and_(visible_to(actor, Flow.id))) for one in others)
    return select(Flow).where(told(actor, Flow, sees)).options(*(joinedload(n) for n in _NAMED), *beside)


def flows_of(s: Session, actor: Actor, *record_ids: int) -> list[Flow]:
    """Visible flows booked at the records, by value date (the undated last), then in the order they were booked."""
    return listed(s, flows(actor).where(Flow.booked_id.in_(record_ids)))


def flows_of_instrument(s: Session, actor: Actor, instrument_id: int) -> list[Flow]:
    """Visible flows from an instrument, their own or their contract's."""
    return listed(s, flows(actor).where(from_instrument(instrument_id)))


def flows_under(s: Session, actor: Actor, contract_id: int) -> list[Flow]:
    """Visible flows under a contract and its addenda."""
    return listed(s, flows(actor).where(Flow.contract_id == contract_id))


def flows_of_addendum(s: Session, actor: Actor, addendum_id: int) -> list[Flow]:
    """Visible flows under one addendum."""
    return listed(s, flows(actor).where(Flow.addendum_id == addendum_id))


def included_flows(s: Session, actor: Actor, flow_id: int) -> list[Flow]:
    """Visible flows said to be included directly in one."""
    return listed(s, flows(actor).where(Flow.included_in_id == flow_id))


def superseding(s: Session, actor: Actor, *flow_ids: int) -> list[Flow]:
    """Visible flows that supersede one of these directly."""
    return listed(s, flows(actor).where(Flow.supersedes_id.in_(flow_ids)))


def contracts_of(s: Session, actor: Actor, record_id: int) -> list[Contract]:
    """Visible contracts for a project or framework."""
    return list(
        s.scalars(
            contracts(actor)
            .where(Contract.for_id == record_id)
            .order_by(Contract.signed_from.is_(None), Contract.signed_from, Contract.id)
        )
    )


def contracts_of_instrument(s: Session, actor: Actor, instrument_id: int) -> list[Contract]:
    """Visible contracts under an instrument."""
    asked = contracts(actor).where(Contract.instrument_id == instrument_id)
    return list(s.scalars(asked.order_by(Contract.signed_from.is_(None), Contract.signed_from, Contract.id)))


def addenda_of(s: Session, actor: Actor, *contract_ids: int) -> list[Addendum]:
    """Visible addenda of contracts, by date of signature (the undated last)."""
    asked = select(Addendum).where(Addendum.contract_id.in_(contract_ids), told(actor, Addendum))
    return list(s.scalars(asked.order_by(Addendum.signed_from.is_(None), Addendum.signed_from, Addendum.id)))


def sees_all_under(s: Session, actor: Actor, contract_id: int) -> bool:
    """Whether the actor sees every flow and every addendum under a contract: a sum of fewer would be short."""
    seen, held = (
        ({one.id for one in flows_under(s, who, contract_id)}, {one.id for one in addenda_of(s, who, contract_id)})
        for who in (actor, SYSTEM)
    )
    return seen == held


def listed(s: Session, asked: Select) -> list[Flow]:
    """The flows asked for by value date (the undated last), then in the order they were booked."""
    return list(s.scalars(asked.order_by(Flow.valued_from.is_(None), Flow.valued_from, Flow.id)))


def _count_flows(actor: Actor, *conditions):
    asked = select(func.count(Flow.id)).where(*conditions, told(actor, Flow))
    return asked.correlate(Instrument).scalar_subquery()
