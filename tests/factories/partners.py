"""Organisations, countries, roles and links for tests."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.partners import actions
from portal.partners.models import Country, Link, Organisation, Participation
from portal.sources.facts import NOTHING, Pair
from tests.factories import changing


def organisation(s: Session, name: str = "Mezinárodní organizace pro migraci", **values) -> Organisation:
    with changing(s):
        return actions.add_organisation(s, SYSTEM, {"name": Pair(name, ""), **values})


def country(s: Session, name: str = "Gruzie", iso2: str = "GE", key: str = "") -> Country:
    with changing(s):
        return actions.add_country(s, SYSTEM, iso2, Pair(name, ""), key=key or f"country:{iso2}", certainty="public")


def role(
    s: Session, within: Record, participant: Record, code: str = "partner", words: Pair = NOTHING
) -> Participation:
    with changing(s):
        return actions.give_role(s, SYSTEM, within, participant, code, words)


def link(s: Session, source: Record, target: Record, relation: str = "possibly_same") -> Link:
    with changing(s):
        return actions.link(s, SYSTEM, source, relation, target)
