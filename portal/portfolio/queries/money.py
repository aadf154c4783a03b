"""Known money beside records, from the figures: what the ministry's documents state first, else what public sources do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from portal.figures import Funding, Scope
from portal.figures.coverage import elsewhere, state_of
from portal.figures.funding import by_place, included_outside, known_funding, known_funding_at
from portal.funding.models import Flow
from portal.funding.queries import flows
from portal.kernel.money import Money
from portal.kernel.permission import Actor, visible_to
from portal.projects.models import Project
from portal.projects.queries import in_framework

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
    """What is known of a record or of a list. `certainty`: document, public, or None where nothing is known.

    Of a list: `total` projects are asked about, those that the documents know, as the coverage of the figure has it; of the rest
    `beside` are known to public sources only, `doubtful` by doubtful statements only, `unsourced` were added without a source.
    `counted` is False where it is too long to be added up. `apart`: the total holds an
    amount that is included in another one outside the list, so that the rows beside it do not add it. `frameworks`: how many
    frameworks carry money of their own in it. `whole`: the total with that of the frameworks, where it is another.
    """

    totals: tuple[Total, ...] = ()
    certainty: str | None = None
    with_public: tuple[Total, ...] = ()
    known: int = 0
    within: int = 0
    total: int = 0
    beside: int = 0
    doubtful: int = 0
    unsourced: int = 0
    counted: bool = True
    apart: bool = False
    frameworks: int = 0
    whole: tuple[Total, ...] = ()


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
            found[i] = Known(sure or wide, "document" if sure else "public", wide if sure and wide != sure else ())
    return found


def of_projects(s: Session, actor: Actor, wanted: Select) -> Known:
    """The total of a list of projects by the documents of the ministry, judged as the dashboard judges a selection of just
    them, with its coverage. Not added up for a very long list."""
    ids = list(
        s.scalars(wanted.with_only_columns(Project.id, maintain_column_froms=True).order_by(None).limit(MOST + 1))
    )
    if not ids or len(ids) > MOST:
        return Known(total=len(ids), counted=not ids)
    places = select(Project.id).where(Project.id.in_(ids))
    told = dict(s.execute(select(Project.id, Project.certainty).where(Project.id.in_(ids))).all())
    states = state_of(s, actor, DOCUMENTS, ids)
    asked = [i for i in ids if told[i] in DOCUMENTS.admitted or states.get(i) == "known"]
    rest = Counter(told[i] for i in set(ids).difference(asked))
    return Known(
        totals(known_funding_at(s, actor, DOCUMENTS, places)),
        "document",
        known=sum(states.get(i) == "known" for i in asked),
        within=sum(states.get(i) == "within" for i in asked),
        total=len(asked),
        beside=rest["public"],
        doubtful=rest["unsure"],
        unsourced=rest["uncited"],
        apart=included_outside(s, actor, DOCUMENTS, places) > 0,
    )


def of_framework(s: Session, actor: Actor, framework_id: int) -> Known:
    """The total of a framework: the figure the dashboard shows when filtered to it, money booked at the framework and at
    those below it included. The coverage is that of its projects."""
    scope = Scope(framework=framework_id)
    listed = of_projects(s, actor, select(Project).where(visible_to(actor, Project), in_framework(actor, framework_id)))
    found = totals(known_funding(s, actor, scope))
    return replace(
        listed, totals=found, certainty="document", frameworks=elsewhere(s, actor, scope),
        apart=included_outside(s, actor, scope) > 0,
    )  # fmt: skip


def of_list(s: Session, actor: Actor, wanted: Select, framework_id: int | None) -> Known:
    """The total of a list of projects. `framework_id`: the list is that of a framework, so the total of the framework is
    named beside it where they differ, because money is booked at frameworks as well."""
    listed = of_projects(s, actor, wanted)
    if framework_id is None:
        return listed
    whole = totals(known_funding(s, actor, Scope(framework=framework_id)))
    return replace(listed, whole=whole if whole != listed.totals else ())


def flows_with(s: Session, actor: Actor, participant_id: int) -> list[Flow]:
    """Flows a participant provides or receives."""
    mine = or_(Flow.provider_id == participant_id, Flow.receiver_id == participant_id)
    return list(
        s.scalars(flows(actor).where(mine).order_by(Flow.valued_from.is_(None), Flow.valued_from, Flow.id)).unique()
    )
