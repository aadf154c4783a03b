"""The lists of flows, instruments and contracts: what they select, how they may be filtered and ordered."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from portal.frameworks.queries import subtree, tree
from portal.funding.models import FLOW_TYPES, Contract, Flow, Instrument
from portal.funding.queries.offers import offered_instruments
from portal.funding.queries.records import contracts, flows, instruments, told
from portal.kernel import codes
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record
from portal.kernel.search import matching
from portal.projects.models import Project
from portal.projects.queries import in_framework
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Choice, Listing, Search, Sort, Text

NONE = "none"
"""The value of "not stated" in a filter."""
Place = aliased(Record, name="place")
Giver = aliased(Record, name="giver")


def select_flows(actor: Actor) -> Select:
    """Visible flows joined to the record they are booked at (Place) and to their provider (Giver)."""
    return flows(actor).join(Place, Place.id == Flow.booked_id).outerjoin(Giver, Giver.id == Flow.provider_id)


def select_instruments(actor: Actor) -> Select:
    """(Instrument, flows, of which with a known amount), with the owner's name."""
    return instruments(actor)


def select_contracts(actor: Actor) -> Select:
    """Visible contracts with the names around them."""
    return contracts(actor)


def _at_framework(framework_id: int):
    """Flows booked at the framework, at one below it, or at a project of theirs."""
    at_project = select(Project.id).where(in_framework(framework_id))
    return or_(Flow.booked_id.in_(subtree(framework_id)), Flow.booked_id.in_(at_project))


def _from_instrument(value: str):
    """Flows from the instrument, their own or their contract's; or without a stated one."""
    through = select(Contract.id).where(Contract.instrument_id.is_not(None))
    if value == NONE:
        return and_(Flow.instrument_id.is_(None), or_(Flow.contract_id.is_(None), Flow.contract_id.not_in(through)))
    own = Flow.instrument_id == int(value)
    return own | Flow.contract_id.in_(select(Contract.id).where(Contract.instrument_id == int(value)))


def _in_year(text: str, v):
    if not (text.isascii() and text.isdigit() and 1900 <= int(text) <= 2100):
        raise ValueError(_("Write a year, for example 2013."))
    first, last = date(int(text), 1, 1), date(int(text), 12, 31)
    return and_(
        Flow.valued_edtf.is_not(None),
        or_(Flow.valued_from.is_(None), Flow.valued_from <= last),
        or_(Flow.valued_to.is_(None), Flow.valued_to >= first),
    )


def _frameworks(v) -> list[tuple[int, str]]:
    branches = (b for root in tree(v.s, v.actor, v.lang) for b in root.walk())
    return [(b.framework.id, "\u2003" * b.depth + b.framework.name(v.lang)) for b in branches]


def _instruments_or_none(v) -> list[tuple[object, str]]:
    return [*offered_instruments(v.s, v.actor, v.lang), (NONE, _("instrument not stated"))]


def _named(v, used) -> list[tuple[object, str]]:
    order = Record.order_cs if v.lang == "cs" else Record.order_en
    rows = v.s.scalars(select(Record).where(used, visible_to(v.actor, Record)).order_by(order, Record.id))
    return [(r.id, r.name(v.lang)) for r in rows]


def _providers(v) -> list[tuple[object, str]]:
    return [
        *_named(v, exists().where(Flow.provider_id == Record.id, told(v.actor, Flow))),
        (NONE, _("provider not stated")),
    ]


def _owners(v) -> list[tuple[object, str]]:
    return _named(v, exists().where(Instrument.owner_id == Record.id, told(v.actor, Instrument)))


def _coded(name: str, none: bool = False):
    return lambda v: [*codes.choices(name, v.lang), *([(NONE, _("not stated"))] if none else [])]


def _types(v) -> list[tuple[str, str]]:
    return [row for row in _coded("transaction_types", none=True)(v) if row[0] in (*FLOW_TYPES, NONE)]


def _of(column, value: str):
    """Equality with a value of a filter, "not stated" included; ids are numbers."""
    return column.is_(None) if value == NONE else column == (int(value) if column.type.python_type is int else value)


FLOWS = Listing(
    filters=(
        Search("q", _l("Search flows"), lambda text, v: matching(v.s, v.actor, text, Flow.id), hint=_l("e.g. iniciativa")),
        Choice("framework", _l("Framework"), _frameworks, lambda i, v: _at_framework(int(i))),
        Choice("provider", _l("Provider"), _providers, lambda i, v: _of(Flow.provider_id, i)),
        Choice("instrument", _l("Instrument"), _instruments_or_none, lambda i, v: _from_instrument(i)),
        Choice("type", _l("Type of flow"), _types, lambda c, v: _of(Flow.type_code, c)),
        Choice(
            "amount", _l("Amount"), lambda v: [("known", _("known")), ("unknown", _("not stated"))],
            lambda c, v: Flow.amount_minor.is_not(None) if c == "known" else Flow.amount_minor.is_(None),
        ),
        Choice("certainty", _l("How sure"), _coded("certainties"), lambda c, v: Flow.certainty == c, many=True),
        Text("year", _l("Year"), _in_year, hint=_l("e.g. 2013")),
    ),
    sorts=(
        Sort("place", _l("Booked at"), lambda v: [Place.order_cs if v.lang == "cs" else Place.order_en, Flow.booked_id]),
        Sort("provider", _l("From"), lambda v: [Giver.order_cs if v.lang == "cs" else Giver.order_en], nullable=True),
        Sort("valued", _l("Date"), lambda v: [Flow.valued_from], nullable=True),
        Sort("amount", _l("Amount"), lambda v: [Flow.amount_currency, Flow.amount_minor], nullable=True, descending=True),
    ),
    key=Flow.id,
)  # fmt: skip

INSTRUMENTS = Listing(
    filters=(
        Search("q", _l("Search instruments"), lambda text, v: matching(v.s, v.actor, text, Instrument.id)),
        Choice("kind", _l("Kind"), _coded("instrument_kinds", none=True), lambda c, v: _of(Instrument.kind_code, c)),
        Choice("owner", _l("Owner"), _owners, lambda i, v: Instrument.owner_id == int(i)),
    ),
    sorts=(
        Sort("name", _l("Instrument"), lambda v: [Instrument.order_cs if v.lang == "cs" else Instrument.order_en]),
        Sort("period", _l("Period"), lambda v: [Instrument.period_from], nullable=True),
    ),
    key=Instrument.id,
)

CONTRACTS = Listing(
    filters=(
        Search("q", _l("Search contracts"), lambda text, v: matching(v.s, v.actor, text, Contract.id)),
        Choice(
            "instrument", _l("Instrument"), _instruments_or_none, lambda i, v: _of(Contract.instrument_id, i)
        ),
    ),
    sorts=(
        Sort("name", _l("Contract"), lambda v: [Contract.order_cs if v.lang == "cs" else Contract.order_en]),
        Sort("signed", _l("Signed"), lambda v: [Contract.signed_from], nullable=True),
    ),
    key=Contract.id,
)  # fmt: skip
