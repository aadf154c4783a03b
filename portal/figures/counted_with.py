"""What a flow that does not add is counted with: the newer sum, the larger flow, the same money told at an earlier stage."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, case, func, literal, select, union
from sqlalchemy.orm import Session

from portal.figures.measures import Measure, Paired
from portal.figures.scope import Scope
from portal.figures.selection import held_flows, judged
from portal.figures.telling import tellers, told_earlier
from portal.kernel.permission import Actor


@dataclass(frozen=True)
class CountedWith:
    """The flow `flow_id` that tells of the same money. `counts`: it adds up itself; else it is told by yet another one.
    Those that count are named before others; `number`: how many there are, `flow_id` the one booked first."""

    flow_id: int
    counts: bool
    number: int


def counted_with(
    s: Session, actor: Actor, scope: Scope, measure: Measure | Paired, flow_ids: Collection[int] | None
) -> dict[tuple[int, str], CountedWith]:
    """{(flow id, reason): what it is counted with} of those flows (None: of all of the scope) that another flow of the scope
    tells of, for the reasons `superseded`, `other_stage` and `included`. One statement for each side of the measure; none
    without flows."""
    if flow_ids is not None and not flow_ids:
        return {}
    found: dict[tuple[int, str], CountedWith] = {}
    for plain in (measure,) if isinstance(measure, Measure) else (measure.of, measure.less):
        for flow_id, reason, counts, by, number in s.execute(_tellers(actor, scope, plain, flow_ids)):
            if counts or (flow_id, reason) not in found:
                found[flow_id, reason] = CountedWith(by, bool(counts), number)
    return found


def _tellers(actor: Actor, scope: Scope, measure: Measure, flow_ids: Collection[int] | None) -> Select:
    """SELECT of (flow, reason, whether those that tell of it count, the first of those, how many)."""
    held, judgement = held_flows(actor, scope, measure=measure), judged(actor, scope, measure=measure)
    superseded, contained = tellers(held, scope.only.flows if scope.only else None)
    asked = [("superseded", superseded), ("included", contained)]
    if measure.staged:
        asked.append(("other_stage", told_earlier(held, by=True)))
    told = []
    for reason, pairs in asked:
        pair = pairs.subquery()
        one = select(pair.c.id, pair.c.by, literal(reason).label("reason"))
        told.append(one if flow_ids is None else one.where(pair.c.id.in_(flow_ids)))
    every = union(*told).subquery()
    counts = case((judgement.c.reason.is_(None), 1), else_=0)
    return (
        select(every.c.id, every.c.reason, counts, func.min(every.c.by), func.count())
        .join(judgement, judgement.c.id == every.c.by)
        .group_by(every.c.id, every.c.reason, counts)
    )
