"""Known money beside records, from the figures: what the ministry's documents state first, else what public sources do."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, or_
from sqlalchemy.orm import Session

from portal.figures import Funding, Scope
from portal.figures.coverage import state_of
from portal.figures.funding import by_place
from portal.funding.models import Flow
from portal.funding.queries import flows
from portal.kernel.money import Money
from portal.kernel.permission import Actor
from portal.projects.models import Project

DOCUMENTS, PUBLIC = Scope(certainty="documents"), Scope(certainty="public")
MOST = 1000
"""A list longer than this shows no total of its own: the dashboard does."""


@dataclass(frozen=True)
class Total:
    """A sum in one currency, of exact amounts or of rounded and estimated ones: the two are not added to one another."""

    amount: Money
    approximate: bool


@dataclass(frozen=True)
class Known:
    """What is known of a record or of a list. `certainty`: document, public, or None where nothing is known."""

    totals: tuple[Total, ...] = ()
    certainty: str | None = None
    with_public: tuple[Total, ...] = ()
    known: int = 0
    within: int = 0
    total: int = 0


def totals(funding: Funding | None) -> tuple[Total, ...]:
    """The sums of a funding, exact before rounded, currencies in alphabetical order."""
    if funding is None:
        return ()
    apart = (
        (amount, about) for one in funding.sums.values() for amount, about in ((one.exact, False), (one.rounded, True))
    )
    return tuple(Total(amount, about) for amount, about in apart if amount is not None)


def known_by_record(s: Session, actor: Actor, ids: Collection[int]) -> dict[int, Known]:
    """Money booked at each record: by documents where they state any, else by public sources too."""
    if not ids:
        return {}
    stated = by_place(s, actor, DOCUMENTS, ids)
    public = by_place(s, actor, PUBLIC, ids)
    found = {}
    for i in ids:
        sure, wide = totals(stated.get(i)), totals(public.get(i))
        if sure or wide:
            found[i] = Known(sure or wide, "document" if sure else "public", wide if wide != sure else ())
    return found


def of_projects(s: Session, actor: Actor, wanted: Select) -> Known:
    """The total of a list of projects by the documents of the ministry, with its coverage. Empty for a very long list."""
    ids = list(
        s.scalars(wanted.with_only_columns(Project.id, maintain_column_froms=True).order_by(None).limit(MOST + 1))
    )
    if not ids or len(ids) > MOST:
        return Known(total=len(ids))
    per_project = by_place(s, actor, DOCUMENTS, ids)
    sums: dict[tuple[str, bool], Money] = {}
    for funding in per_project.values():
        for total in totals(funding):
            alike = (total.amount.currency, total.approximate)
            sums[alike] = sums[alike] + total.amount if alike in sums else total.amount
    states = state_of(s, actor, DOCUMENTS, ids)
    return Known(
        tuple(Total(sums[alike], alike[1]) for alike in sorted(sums)),
        "document",
        known=sum(states.get(i) == "known" for i in ids),
        within=sum(states.get(i) == "within" for i in ids),
        total=len(ids),
    )


def flows_with(s: Session, actor: Actor, participant_id: int) -> list[Flow]:
    """Flows a participant provides or receives."""
    mine = or_(Flow.provider_id == participant_id, Flow.receiver_id == participant_id)
    return list(s.scalars(flows(actor).where(mine).order_by(Flow.valued_from, Flow.id)).unique())
