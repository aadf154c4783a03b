"""Rows of the lists as files take them, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from portal.accounts.queries import names
from portal.funding.models import Addendum
from portal.funding.queries.adding import Adding, adding
from portal.funding.queries.members import co_beneficiaries_of
from portal.funding.queries.records import addenda_of
from portal.kernel.permission import Actor
from portal.kernel.record import Record
from portal.sources.queries import Facts, facts_of


@dataclass
class Line:
    """A record of funding with who answers for it; of an instrument how many flows it has, of a contract its addenda, its
    co-beneficiaries and, where co-financing is stated, its facts; of a flow whether it adds to known funding."""

    record: Record
    responsible: str | None = None
    flows: int = 0
    known: int = 0
    adding: Adding = Adding()
    addenda: list[Addendum] = field(default_factory=list)
    co_beneficiaries: list[Record] = field(default_factory=list)
    facts: Facts | None = None


def of_flows(s: Session, actor: Actor, flows: Sequence) -> list[Line]:
    """The lines of flows, in their order."""
    people = names(s, [f.responsible_id for f in flows])
    told = adding(s, actor, flows)
    return [Line(f, people.get(f.responsible_id), adding=told[f.id]) for f in flows]


def of_instruments(s: Session, actor: Actor, rows: Sequence) -> list[Line]:
    """The lines of rows of `select_instruments`, in their order."""
    people = names(s, [instrument.responsible_id for instrument, _flows, _known in rows])
    return [Line(i, people.get(i.responsible_id), flows, known) for i, flows, known in rows]


def of_contracts(s: Session, actor: Actor, contracts: Sequence) -> list[Line]:
    """The lines of contracts with their addenda, in their order."""
    people = names(s, [c.responsible_id for c in contracts])
    addenda = defaultdict(list)
    for addendum in addenda_of(s, actor, *(c.id for c in contracts)):
        addenda[addendum.contract_id].append(addendum)
    beside = co_beneficiaries_of(s, actor, [c.id for c in contracts])
    stated = facts_of(s, actor, *(c for c in contracts if c.cofinancing))
    return [
        Line(
            c, people.get(c.responsible_id), addenda=addenda[c.id], co_beneficiaries=beside.get(c.id, []),
            facts=stated.get(c.id),
        )
        for c in contracts
    ]  # fmt: skip
