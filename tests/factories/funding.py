"""Money for tests, and what stands around it, through the actions a person uses."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.frameworks.models import Framework
from portal.funding import actions
from portal.funding.models import Addendum, Contract, Flow, Instrument
from portal.kernel.money import Money
from portal.kernel.permission import SYSTEM, Actor
from portal.kernel.record import Record
from portal.partners.actions import add_organisation
from portal.partners.models import Organisation
from portal.projects.actions import add_project
from portal.projects.models import Project
from portal.sources.actions import Quotation, Support, register_document
from portal.sources.facts import Pair
from portal.sources.models import Document
from tests.factories import changing
from tests.factories.serial import letters

_serial = letters()


def eur(amount: str | int) -> Money:
    """An amount in euros, from major units."""
    return Money.of(str(amount), "EUR")


def document(s: Session, title: str = "Stránka ministerstva", origin: str = "ministry", **values) -> Document:
    """A document; of the ministry unless said otherwise."""
    with changing(s):
        return register_document(s, SYSTEM, title_cs=title, origin=origin, **values)


def support(s: Session, certainty: str = "document", quotation: str = "600 000 EUR", **values) -> Support:
    """What a fact rests on: a new document that can bear `certainty`, quoted. `uncited`: nothing."""
    if certainty == "uncited":
        return Support(**values)
    origin = "ministry" if certainty == "document" else "public"
    cited = document(s, f"Zdroj {next(_serial)}", origin)
    return Support(certainty, (Quotation(cited.id, "s. 1", quotation),), **values)


def organisation(s: Session, name: str = "Evropská komise", **values) -> Organisation:
    with changing(s):
        return add_organisation(s, SYSTEM, {"name": Pair(name, ""), **values})


def project(
    s: Session, name: str, *, framework: Framework | None = None, umbrella: Project | None = None,
    certainty: str = "document", backed: Support | None = None, **values,
) -> Project:  # fmt: skip
    """A project that documents of the ministry know. `backed` bears its facts (its status, say)."""
    places = {"framework": framework and framework.id, "umbrella": umbrella and umbrella.id}
    with changing(s):
        given = {"name": Pair(name, ""), "certainty": certainty, **places, **values}
        return add_project(s, SYSTEM, given, backed or Support())


def instrument(s: Session, name: str = "Tematický program", *, certainty: str = "document", **values) -> Instrument:
    with changing(s):
        return actions.add_instrument(s, SYSTEM, {"name": Pair(name, ""), "certainty": certainty, **values})


def contract(s: Session, booked: Record | None, number: str = "MIGR/2012/284", **values) -> Contract:
    with changing(s):
        return actions.sign_contract(s, SYSTEM, {"number": number, "for": booked and booked.id, **values})


def addendum(s: Session, of: Contract, **values) -> Addendum:
    with changing(s):
        return actions.add_addendum(s, SYSTEM, {"contract": of.id, **values})


def flow(
    s: Session, booked: Record, amount: Money | str | int | None = None, *, certainty: str = "document",
    actor: Actor = SYSTEM, included_in: Flow | None = None, instrument: Instrument | None = None, **values,
) -> Flow:  # fmt: skip
    """A flow booked at `booked`; a bare number is euros, None is an amount the source does not state."""
    if amount is not None and not isinstance(amount, Money):
        amount = eur(amount)
    given = {"booked": booked.id, "amount": amount, "unknown_reason": None if amount else "not_stated", **values}
    given |= {"included_in": included_in and included_in.id, "instrument": instrument and instrument.id}
    with changing(s):
        return actions.book_flow(s, actor, given, support(s, certainty))
