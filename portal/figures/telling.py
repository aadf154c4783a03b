"""Which flows tell of the same money: the sum that holds another, the newer one that states it anew."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
)

from portal.funding.models import Flow
from portal.funding.rules import COMMITMENT, STAGES

flow = Flow.__table__
UNTYPED = "untyped"
"""Why a flow does not add to a measure of certain types: its own is not stated."""


def stage_of(kind: ColumnElement) -> ColumnElement:
    """The stage of a flow by its type (see `funding.rules.STAGES`), NULL for what is no stage of being given."""
    by_stage: dict[int, list[str]] = {}
    for code, stage in STAGES.items():
        if code is not None:
            by_stage.setdefault(stage, []).append(code)
    return case((kind.is_(None), COMMITMENT), *((kind.in_(codes), stage) for stage, codes in by_stage.items()))


def adds(held: CTE | Subquery) -> ColumnElement[bool]:
    """SQL predicate: a row of judged flows adds to the measure, its `reason` is NULL. Asked so, for PostgreSQL guesses that IS
    NULL of an expression holds for one row in 200 and then joins row by row; a comparison it takes to hold for one in three."""
    return func.coalesce(held.c.reason, "") <= ""


def told_by_others(held: CTE, among: Sequence[int] | None = None) -> tuple[Select, Select]:
    """SELECTs of the ids of flows that another of the scope tells of (see `tellers`)."""
    superseded, contained = tellers(held, among)
    return superseded.with_only_columns(superseded.selected_columns.id), contained.with_only_columns(
        contained.selected_columns.id
    )


def tellers(held: CTE, among: Sequence[int] | None = None) -> tuple[Select, Select]:
    """SELECTs of (id, by) of flows and the ones of the scope that tell of them, however far: (superseded by one whose amount is
    known and whose type the measure does not miss, included in one that was given). A part of a sum that was superseded since
    is in the new sum. The way may lead over flows out of the scope. `among`: no way leads out of these flows, so the others
    need not be read."""
    larger = select(flow.c.id.label("lower"), flow.c.included_in_id.label("upper"), literal(0).label("renewed"))
    newer = select(flow.c.supersedes_id, flow.c.id, literal(1))
    asked = () if among is None else (flow.c.id.in_(among),)
    step = union_all(
        larger.where(flow.c.included_in_id.is_not(None), *asked), newer.where(flow.c.supersedes_id.is_not(None), *asked)
    ).cte()
    above = (
        select(held.c.id, step.c.upper, step.c.renewed)
        .join(step, step.c.lower == held.c.id)
        .where(held.c.minor.is_not(None))
        .cte(recursive=True)
    )
    above = above.union(
        select(above.c.id, step.c.upper, above.c.renewed * step.c.renewed).join(step, step.c.lower == above.c.upper)
    )
    upper = held.alias()
    told = select(above.c.id, upper.c.id.label("by")).join(
        upper, (upper.c.id == above.c.upper) & (upper.c.id != above.c.id)
    )
    # A newer sum that the measure does not know for its own, because its type is not stated, takes the place of none.
    takes_its_place = or_(upper.c.reason.is_(None), upper.c.reason != UNTYPED)
    superseded = told.where(above.c.renewed == 1, upper.c.minor.is_not(None), takes_its_place)
    # What contains it counts, or is itself money told at an earlier stage: either way it is in the sum already.
    return superseded, told.where(upper.c.reason.is_(None))


def told_earlier(held: CTE, *, by: bool = False) -> CompoundSelect:
    """SELECT of the ids of flows of which another of the scope tells at an earlier stage: at the same record or its umbrella,
    from the same provider; where one of them does not state it, in the same currency. With `by`: (id, by)."""

    def at(place: ColumnElement, later, earlier) -> Select:
        same = or_(
            earlier.c.provider_id == later.c.provider_id,
            and_(
                or_(earlier.c.provider_id.is_(None), later.c.provider_id.is_(None)),
                earlier.c.currency == later.c.currency,
            ),
        )
        return (
            select(later.c.id, *([earlier.c.id.label("by")] if by else []))
            .join(earlier, earlier.c.booked_id == place)
            .where(later.c.stage > COMMITMENT, earlier.c.stage < later.c.stage, earlier.c.minor.is_not(None), same)
        )

    later, earlier = held.alias(), held.alias()  # unnamed: one statement may judge two scopes
    return union_all(at(later.c.booked_id, later, earlier), at(later.c.umbrella_id, later, earlier))
