"""What stands around a flow: the records it may lie at, the flows it may be included in, what else may be the same money."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.frameworks.models import Framework
from portal.funding.models import Contract, Flow
from portal.funding.queries.records import flow, flows, flows_of, included_flows, listed, superseding
from portal.funding.rules import STAGES, precedes, problem_of_inclusion, problem_of_superseding
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record
from portal.projects.models import Project


def levels_of(s: Session, record_id: int) -> set[int]:
    """Ids of a project or framework and of what it lies in: its umbrella, its framework, the frameworks above."""
    return _levels(s, {record_id})[record_id]


def _levels(s: Session, record_ids: Collection[int]) -> dict[int, set[int]]:
    """`levels_of` several records, in two queries."""
    project, framework, umbrella = Project.__table__, Framework.__table__, Project.__table__.alias()
    above = dict(s.execute(select(framework.c.id, framework.c.parent_id)).all())
    places = {i: {i} for i in record_ids}
    asked = (
        select(project.c.id, project.c.umbrella_id, project.c.framework_id, umbrella.c.framework_id)
        .outerjoin(umbrella, umbrella.c.id == project.c.umbrella_id)
        .where(project.c.id.in_(record_ids))
    )
    for i, *lies_in in s.execute(asked):
        places[i] |= set(lies_in) - {None}
    for levels in places.values():
        front = set(levels)
        while front:
            front = {above[i] for i in front if above.get(i)} - levels
            levels |= front
    return places


def containers(s: Session, actor: Actor, record_id: int, without: int | None = None) -> list[Flow]:
    """Flows in which one booked at the record may be included: those of the record and of what it lies in."""
    asked = flows(actor).where(Flow.booked_id.in_(levels_of(s, record_id)))
    return listed(s, asked if without is None else asked.where(Flow.id != without))


def chain_above(s: Session, flow_id: int) -> list[int]:
    """Ids of the flows a flow is included in, from the nearest; stops where it would repeat."""
    chain: list[int] = []
    while flow_id is not None and flow_id not in chain:
        chain.append(flow_id)
        flow_id = s.scalar(select(Flow.__table__.c.included_in_id).where(Flow.__table__.c.id == flow_id))
    return chain[1:]


def reaches(s: Session, start: int, goal: int) -> bool:
    """Whether the money of a flow is told by another one, however far: the one it is included in, the one that supersedes it.
    Hidden flows take part, as they do in figures."""
    table, seen, front = Flow.__table__, {start}, {start}
    while front and goal not in seen:
        larger = select(table.c.included_in_id).where(table.c.id.in_(front), table.c.included_in_id.is_not(None))
        newer = select(table.c.id).where(table.c.supersedes_id.in_(front))
        front = {*s.scalars(larger), *s.scalars(newer)} - seen
        seen |= front
    return goal in seen


def restated(s: Session, actor: Actor, flow_ids: Collection[int]) -> set[int]:
    """Ids of those of the flows that a visible one of a known amount supersedes, however far; the way may lead over hidden ones,
    as it does in figures."""
    table = Flow.__table__
    newer = select(table.c.supersedes_id.label("older"), table.c.id.label("newer")).where(
        table.c.supersedes_id.in_(flow_ids)
    )
    chain = newer.cte(recursive=True)
    chain = chain.union(select(chain.c.older, table.c.id).join(table, table.c.supersedes_id == chain.c.newer))
    known = select(chain.c.older).join(table, table.c.id == chain.c.newer).where(table.c.amount_minor.is_not(None))
    return set(s.scalars(known.where(chain.c.newer != chain.c.older, visible_to(actor, table.c.id))))


def doubts(s: Session, actor: Actor, booked: Flow) -> list[tuple[str, Record]]:
    """What a person should look at once more after booking, as (code, the other record). It stays booked all the same.

    same_amount_booked       the same amount stands at the same record: perhaps the same money twice
    same_amount_at_umbrella  the umbrella carries the same amount: a part has no share of its own by that
    same_amount_at_part      a part of this umbrella carries the same amount
    parts_exceed_whole       the amounts included in the same flow are more than that flow
    misfits_its_whole        what it is included in has become less, has another currency, or lies elsewhere
    part_misfits             the same of a flow included in it
    instrument_differs       its contract is given under another instrument
    addendum_differs         its addendum belongs to another contract
    before_the_contract      its whole date lies before its contract was signed (or starts), and it is no pledge
    elsewhere_than_contract  its contract is for something that neither holds the record it is booked at nor lies in it
    superseded_twice         another flow supersedes the same one, so both count
    misfits_what_it_supersedes   what it supersedes lies elsewhere, under another contract, or is of another type
    The last eight come about where somebody changed one of two records without seeing the other.
    """
    found = _contradictions(s, actor, booked)
    if booked.amount is None:
        return found
    place = s.get(Project, booked.booked_id)
    parts = select(Project.id).where(Project.umbrella_id == booked.booked_id)
    same = flows(actor).where(
        Flow.id != booked.id, Flow.amount_minor == booked.amount_minor, Flow.amount_currency == booked.amount_currency
    )
    around = {"same_amount_booked": same.where(Flow.booked_id == booked.booked_id)}
    if place is not None and place.umbrella_id:
        around["same_amount_at_umbrella"] = same.where(Flow.booked_id == place.umbrella_id)
    if place is not None:
        around["same_amount_at_part"] = same.where(Flow.booked_id.in_(parts))
    for code, asked in around.items():
        for other in listed(s, asked):
            if not reaches(s, other.id, booked.id) and not reaches(s, booked.id, other.id):
                found.append((code, other))
    whole = flow(s, actor, booked.included_in_id)
    if whole is not None and whole.amount is not None and ("misfits_its_whole", whole) not in found:
        parts_of = included_flows(s, actor, whole.id)
        restated = {f.supersedes_id for f in parts_of if f.amount is not None}
        siblings = [f for f in parts_of if f.amount_currency == whole.amount_currency and f.id not in restated]
        if sum(f.amount_minor for f in siblings) > whole.amount_minor:
            found.append(("parts_exceed_whole", whole))
    return found


def umbrella_sums(s: Session, actor: Actor, booked: Flow) -> list[Flow]:
    """Sums of the umbrella in which the money of a part may be included though nothing says so: given, known, in its currency,
    not of another provider, and neither included nor superseded themselves. None for what is included somewhere already."""
    place = s.get(Project, booked.booked_id)
    if place is None or not place.umbrella_id or booked.amount is None or booked.type_code not in STAGES:
        return []
    if booked.included_in_id is not None:
        return []
    above = flows_of(s, actor, place.umbrella_id)
    anew = restated(s, actor, [one.id for one in above])
    return [
        one for one in above
        if one.type_code in STAGES and one.amount_currency == booked.amount_currency and one.included_in_id is None
        and one.id not in anew and (None in (one.provider_id, booked.provider_id) or one.provider_id == booked.provider_id)
        and not reaches(s, one.id, booked.id)
    ]  # fmt: skip


def _contradictions(s: Session, actor: Actor, booked: Flow) -> list[tuple[str, Record]]:
    found: list[tuple[str, Record]] = []
    whole = flow(s, actor, booked.included_in_id)
    if whole is not None and misfits(s, booked, whole):
        found.append(("misfits_its_whole", whole))
    parts = included_flows(s, actor, booked.id)
    levels = _levels(s, {part.booked_id for part in parts}) if parts else {}
    found += [("part_misfits", part) for part in parts if _misfit(part, booked, levels[part.booked_id])]
    older = flow(s, actor, booked.supersedes_id)
    if older is not None and mismatch(booked, older):
        found.append(("misfits_what_it_supersedes", older))
    if older is not None:
        found += [("superseded_twice", other) for other in superseding(s, actor, older.id) if other.id != booked.id]
    contract, addendum = booked.contract, booked.addendum
    if contract is not None and None not in (booked.instrument_id, contract.instrument_id):
        if booked.instrument_id != contract.instrument_id:
            found.append(("instrument_differs", contract))
    if contract is not None and before(contract, [booked]):
        found.append(("before_the_contract", contract))
    if contract is not None and contract.for_id is not None and not _on_one_way(s, booked.booked_id, contract.for_id):
        found.append(("elsewhere_than_contract", contract))
    if addendum is not None and addendum.contract_id != booked.contract_id:
        found.append(("addendum_differs", addendum))
    return found


def _on_one_way(s: Session, first: int, second: int) -> bool:
    """Whether one of two projects or frameworks is the other, or lies in it."""
    levels = _levels(s, {first, second})
    return first in levels[second] or second in levels[first]


def before(contract: Contract, flows: Collection[Flow]) -> list[Flow]:
    """Those of the flows under a contract that are certainly dated before it was signed (or starts), and are no pledges."""
    return [f for f in flows if precedes(f.type_code, f.valued, contract.signed or contract.start)]


def mismatch(new: Flow, old: Flow) -> str | None:
    """Why `new` cannot supersede `old`, as a code; None where it can."""
    return problem_of_superseding(*((f.booked_id, f.contract_id, f.type_code) for f in (new, old)))


def misfits(s: Session, part: Flow, whole: Flow) -> str | None:
    """Why `part` cannot be included in `whole`, as a code; None where it can."""
    return _misfit(part, whole, levels_of(s, part.booked_id))


def _misfit(part: Flow, whole: Flow, levels: set[int]) -> str | None:
    if whole.booked_id not in levels:
        return "included_elsewhere"
    return problem_of_inclusion(part.amount, part.amount_mark, whole.amount, whole.amount_mark)
