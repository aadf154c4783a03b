"""What forms of funding offer to choose from: ids with names, light enough for a whole portfolio."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from portal.funding.models import Addendum, Contract, Flow
from portal.kernel.money import Money
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record
from portal.sources.queries import names_of_kinds


@dataclass(frozen=True)
class Offered:
    """A flow to choose: its name, where it is booked, its amount (None: unknown) and whether that is not exact."""

    id: int
    name: str
    place_id: int
    place: str
    amount: Money | None
    approximate: bool


def offered_instruments(s: Session, actor: Actor, lang: str) -> list[tuple[int, str]]:
    """(id, name) of visible instruments."""
    return [(i, name) for i, name, _kind in names_of_kinds(s, actor, lang, ("instrument",))]


def offered_contracts(s: Session, actor: Actor, lang: str) -> list[tuple[int, str]]:
    """(id, name with its number) of visible contracts."""
    asked = select(Contract.id, Contract.name_cs, Contract.name_en, Contract.number).where(visible_to(actor, Contract))
    rows = s.execute(_by_name(asked, Contract, lang))
    found = [(i, _name(cs, en, lang), number) for i, cs, en, number in rows]
    return [(i, f"{name} ({number})" if number and number != name else name) for i, name, number in found]


def offered_addenda(s: Session, actor: Actor, lang: str) -> list[tuple[int, str]]:
    """(id, contract and name) of visible addenda."""
    of = aliased(Record)
    asked = (
        select(Addendum.id, Addendum.name_cs, Addendum.name_en, of.name_cs, of.name_en)
        .join(of, of.id == Addendum.contract_id)
        .where(visible_to(actor, Addendum))
    )
    rows = s.execute(_by_name(asked, Addendum, lang))
    return [(i, f"{_name(of_cs, of_en, lang)}: {_name(cs, en, lang)}") for i, cs, en, of_cs, of_en in rows]


def offered_flows(
    s: Session, actor: Actor, lang: str, near: int | None = None, without: int | None = None
) -> list[Offered]:
    """Visible flows to be included in: those booked at the record `near` first."""
    place = aliased(Record)
    asked = (
        select(
            Flow.id, Flow.name_cs, Flow.name_en, place.id, place.name_cs, place.name_en, Flow.amount_minor,
            Flow.amount_currency, Flow.amount_mark,
        )
        .join(place, place.id == Flow.booked_id)
        .where(visible_to(actor, Flow))
        .order_by(place.id != (near or 0), place.order_cs if lang == "cs" else place.order_en, Flow.id)
    )  # fmt: skip
    return [
        Offered(
            i, _name(cs, en, lang), at, _name(at_cs, at_en, lang), None if minor is None else Money(minor, currency),
            minor is not None and mark != "exact",
        )
        for i, cs, en, at, at_cs, at_en, minor, currency, mark in s.execute(asked)
        if i != without
    ]  # fmt: skip


def _by_name(asked: Select, model, lang: str) -> Select:
    return asked.order_by(model.order_cs if lang == "cs" else model.order_en, model.id)


def _name(cs: str, en: str, lang: str) -> str:
    return (cs or en) if lang == "cs" else (en or cs)
