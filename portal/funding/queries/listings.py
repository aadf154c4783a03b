"""The lists of flows, instruments and contracts: what they select, how they may be filtered and ordered."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, exists, func, or_
from sqlalchemy.orm import aliased

from portal.frameworks.queries import indented
from portal.funding.models import FLOW_TYPES, CoBeneficiary, Contract, Flow, Instrument
from portal.funding.queries.offers import offered_instruments
from portal.funding.queries.records import contracts, flows, from_instrument, instruments, told
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record, may_fall_into
from portal.kernel.search import matching
from portal.projects.models import Project
from portal.projects.queries import country_choices, of_country, of_framework
from portal.sources.queries import certainty, names_where, responsible
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Choice, Listing, Search, Sort, Text
from portal.web.listing.values import NONE, archived, coded_or_none, equals, year

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


def _instruments_or_none(v) -> list[tuple[object, str]]:
    return [*offered_instruments(v.s, v.actor, v.lang), (NONE, _("instrument not stated"))]


def _held(column, model):
    """Choices: the records that stand in a column of rows the actor may see."""
    return lambda v: names_where(v, Record, exists().where(column == Record.id, told(v.actor, model)))


def _held_or_none(column, model, none):
    """The same, and “not stated”, which `none` words."""
    return lambda v: [*_held(column, model)(v), (NONE, str(none))]


def _framework(column) -> Choice:
    """The framework, or one below it, at which or at whose project the money stands."""
    offered = _l("Framework"), lambda v: indented(v.s, v.actor, v.lang)
    return Choice("framework", *offered, lambda i, v: of_framework(v.actor, column, int(i)))


def _country(column) -> Choice:
    return Choice("country", _l("For the country"), country_choices, lambda i, v: of_country(v.actor, column, int(i)))


def _year(where) -> Text:
    return Text("year", _l("Year"), lambda text, v: where((year(text),) * 2), hint=_l("e.g. 2013"))


def _valued(years: tuple[int, int]) -> ColumnElement[bool]:
    return may_fall_into(Flow.valued_from, Flow.valued_to, Flow.valued_edtf, years)


def _offered(years: tuple[int, int]) -> ColumnElement[bool]:
    return may_fall_into(Instrument.period_from, Instrument.period_to, Instrument.period_edtf, years)


def _signed_or_running(years: tuple[int, int]) -> ColumnElement[bool]:
    """Signed in the years, or, where a start or an end is stated, perhaps running in them."""
    signed = may_fall_into(Contract.signed_from, Contract.signed_to, Contract.signed_edtf, years)
    starts = func.coalesce(Contract.start_from, Contract.signed_from)
    return signed | may_fall_into(starts, Contract.end_to, func.coalesce(Contract.start_edtf, Contract.end_edtf), years)


PARTIES = {"authority": Contract.authority_id, "coordinator": Contract.coordinator_id}
"""The roles an organisation or a country has in a contract."""


BESIDE = "co_beneficiary"
"""The role that several organisations may have in a contract."""


def _parties(v) -> list[tuple[object, str]]:
    stand = exists().where(or_(*(column == Record.id for column in PARTIES.values())), told(v.actor, Contract))
    beside = exists().where(CoBeneficiary.organisation_id == Record.id, CoBeneficiary.contract_id == Contract.id)
    return names_where(v, Record, stand | beside.where(told(v.actor, Contract)))


def _is_party(i: str, v) -> ColumnElement[bool]:
    return or_(*(column == int(i) for column in PARTIES.values()), _has_beside(v, [int(i)]))


def _has_beside(v, chosen: list[int]) -> ColumnElement[bool]:
    """One of those chosen (or any) is a co-beneficiary of the contract, as far as the reader may see it."""
    asked = [CoBeneficiary.organisation_id.in_(chosen)] if chosen else []
    seen = visible_to(v.actor, CoBeneficiary.organisation_id)
    return exists().where(CoBeneficiary.contract_id == Contract.id, seen, *asked)


def _roles(v) -> list[tuple[str, str]]:
    return [
        ("authority", _("Contracting authority")), ("coordinator", _("Coordinator")), (BESIDE, _("Co-beneficiary")),
    ]  # fmt: skip


def _in_role(role: str, v) -> ColumnElement[bool]:
    """Somebody, of those chosen before it, has the role in the contract."""
    chosen = [int(i) for i in v.values.get("organisation", ())]
    if role == BESIDE:
        return _has_beside(v, chosen)
    return PARTIES[role].in_(chosen) if chosen else PARTIES[role].is_not(None)


def _types(v) -> list[tuple[str, str]]:
    return [row for row in coded_or_none("transaction_types")(v) if row[0] in (*FLOW_TYPES, NONE)]


FLOWS = Listing(
    filters=(
        Search("q", _l("Search flows"), lambda text, v: matching(v.s, v.actor, text, Flow.id), hint=_l("e.g. iniciativa")),
        _framework(Flow.booked_id),
        Choice(
            "provider", _l("Provider"), _held_or_none(Flow.provider_id, Flow, _l("provider not stated")),
            lambda i, v: equals(Flow.provider_id, i),
        ),
        Choice("instrument", _l("Instrument"), _instruments_or_none, lambda i, v: from_instrument(None if i == NONE else int(i))),
        Choice("type", _l("Type of flow"), _types, lambda c, v: equals(Flow.type_code, c)),
        Choice(
            "amount", _l("Amount"), lambda v: [("known", _("known")), ("unknown", _("not stated"))],
            lambda c, v: Flow.amount_minor.is_not(None) if c == "known" else Flow.amount_minor.is_(None),
        ),
        certainty(Flow),
        _year(_valued),
        _country(Flow.booked_id),
        Choice(
            "receiver", _l("Receiver"), _held_or_none(Flow.receiver_id, Flow, _l("receiver not stated")),
            lambda i, v: equals(Flow.receiver_id, i),
        ),
        responsible(Flow),
        archived(Flow),
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
        Choice("kind", _l("Kind"), coded_or_none("instrument_kinds"), lambda c, v: equals(Instrument.kind_code, c)),
        Choice("owner", _l("Owner"), _held(Instrument.owner_id, Instrument), lambda i, v: Instrument.owner_id == int(i)),
        _year(_offered),
        certainty(Instrument),
        responsible(Instrument),
        archived(Instrument),
    ),
    sorts=(
        Sort("name", _l("Instrument"), lambda v: [Instrument.order_cs if v.lang == "cs" else Instrument.order_en]),
        Sort("period", _l("Period"), lambda v: [Instrument.period_from], nullable=True),
    ),
    key=Instrument.id,
)  # fmt: skip

CONTRACTS = Listing(
    filters=(
        Search("q", _l("Search contracts"), lambda text, v: matching(v.s, v.actor, text, Contract.id)),
        _framework(Contract.for_id),
        Choice(
            "project", _l("Project"),
            lambda v: names_where(v, Project, exists().where(Contract.for_id == Project.id, told(v.actor, Contract))),
            lambda i, v: Contract.for_id == int(i),
        ),
        Choice("instrument", _l("Instrument"), _instruments_or_none, lambda i, v: equals(Contract.instrument_id, i)),
        Choice(
            "organisation", _l("Party"), _parties,
            _is_party,
        ),
        Choice("role", _l("Role in the contract"), _roles, _in_role, any=_l("Any")),
        _year(_signed_or_running),
        _country(Contract.for_id),
        certainty(Contract),
        responsible(Contract),
        archived(Contract),
    ),
    sorts=(
        Sort("name", _l("Contract"), lambda v: [Contract.order_cs if v.lang == "cs" else Contract.order_en]),
        Sort("signed", _l("Signed"), lambda v: [Contract.signed_from], nullable=True),
    ),
    key=Contract.id,
)  # fmt: skip
