"""The judged flows of a measure with the keys of the groups they stand in: what value, records and links are read from."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import CTE, ColumnElement, Select, Subquery, and_, case, func, literal, select, union_all

from portal.figures.dimensions import DIMENSIONS
from portal.figures.measures import Measure, Paired
from portal.figures.said import flow
from portal.figures.scope import Scope
from portal.figures.selection import judged, wide
from portal.figures.telling import adds
from portal.kernel.permission import Actor
from portal.kernel.standing import in_force

OF, LESS = 1, -1
"""Sides of a paired measure; a plain one has the first only."""
UNSURE_FIRST = ("uncited", "unsure", "public", "document")
"""Certainties, the weakest first: a difference is as sure as the weaker of its sides."""


def rank(certainty: ColumnElement) -> ColumnElement:
    """The place of a certainty in `UNSURE_FIRST`."""
    return case({code: n for n, code in enumerate(UNSURE_FIRST)}, value=certainty, else_=0)


def included_sureness(held: CTE | Subquery) -> ColumnElement:
    """The certainty of an amount; of one that is left out because a larger flow holds it, no surer than that is."""
    weaker = rank(held.c.included_certainty) < rank(held.c.certainty)
    doubtful = and_(held.c.reason == "included", held.c.included_certainty.is_not(None), weaker)
    return case((doubtful, held.c.included_certainty), else_=held.c.certainty)


def judged_of(
    actor: Actor, scope: Scope, measure: Measure | Paired, booked_at: Select | None = None, unsourced: bool = False
) -> CTE | Subquery:  # fmt: skip
    """`selection.judged` of a plain or paired measure, with `side`; of a paired one with `unit_id`: the umbrella project, or
    where the flow is booked. The parts of an umbrella that is out of force are projects of their own."""
    if isinstance(measure, Measure):
        held = judged(actor, scope, booked_at, measure, unsourced)
        return select(*held.c, literal(OF).label("side")).subquery()
    both_of = ((measure.of, OF), (measure.less, LESS))
    sides = [(judged(actor, scope, booked_at, m, unsourced), side) for m, side in both_of]
    every = union_all(*(select(*held.c, literal(side).label("side")) for held, side in sides)).cte()
    unit = case(
        (in_force(every.c.umbrella_id), func.coalesce(every.c.umbrella_id, every.c.booked_id)), else_=every.c.booked_id
    )
    both = select(*every.c, unit.label("unit_id")).cte()
    pairs = (
        select(both.c.unit_id, both.c.currency)
        .where(adds(both))
        .group_by(both.c.unit_id, both.c.currency)
        .having(func.count(func.distinct(both.c.side)) == 2)
        .subquery()
    )
    reason = case((both.c.reason.is_not(None), both.c.reason), (pairs.c.unit_id.is_(None), "one_sided"))
    others = [c for c in both.c if c.name != "reason"]
    joined = both.outerjoin(pairs, and_(pairs.c.unit_id == both.c.unit_id, pairs.c.currency == both.c.currency))
    return select(*others, reason.label("reason")).select_from(joined).subquery()


def parted(
    actor: Actor,
    scope: Scope,
    measure: Measure | Paired,
    by: Sequence[str] = (),
    booked_at: Select | None = None,
    unsourced: bool = False,
) -> Subquery:
    """The rows of `judged_of` with a column `by_<name>` for each dimension named."""
    held = judged_of(actor, scope, measure, booked_at, unsourced)
    place = held.c.booked_id if isinstance(measure, Measure) else held.c.unit_id
    keys = []
    for name in by:
        one = DIMENSIONS[name]
        key = one.of_place(actor, scope, place) if one.of_place else one.of_flow(actor, scope, held)
        keys.append(key.label(f"by_{name}"))
    return select(*held.c, *keys).select_from(held.join(flow, flow.c.id == held.c.id)).subquery()


def paired_places(actor: Actor, scope: Scope, measure: Paired) -> Select:
    """SELECT of the ids of units for which both sides are known, whatever the scope asks of places."""
    held = judged_of(actor, wide(scope), measure)
    return select(held.c.unit_id).where(adds(held))
