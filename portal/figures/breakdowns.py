"""A measure parted by a dimension: which groups there are, in which order, and what is known of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from portal.figures import coverage as covering
from portal.figures.dimensions import DIMENSIONS, MORE, NONE, SEVERAL, Dimension
from portal.figures.funding import folded, merged, nothing, together_of
from portal.figures.measures import KNOWN_FUNDING, PLAIN, Measure, Paired
from portal.figures.said import framework_of
from portal.figures.scope import Scope
from portal.figures.selection import held_flows
from portal.figures.shapes import Breakdown, Coverage, Funding, Group, Shares
from portal.frameworks.models import Framework
from portal.funding.models import Instrument
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record


def breakdown(s: Session, actor: Actor, scope: Scope, measure: Measure | Paired, by: str) -> Breakdown:
    """A measure by a dimension. Groups of records stand in Czech order, codes in theirs, years one after another; then what has
    several, then what is not stated."""
    one = DIMENSIONS[by]
    parts = folded(s, actor, scope, measure, by)
    covered = covering.by_group(s, actor, scope, measure, by)
    share = isinstance(measure, Paired) and measure.share
    groups = []
    for key, record_id, cs, en in _named(s, actor, scope, one, {*parts, *covered}):
        value, around = parts.get(key, nothing(measure)), covered.get(key, Coverage())
        funding, shares = (None, value) if share else (value, None)
        groups.append(Group(one.written(key), record_id, cs, en, funding, shares, coverage=around))
    return Breakdown(by, tuple(groups), _whole(parts.values(), nothing(measure)))


def undated(s: Session, actor: Actor, scope: Scope, measure: Measure | Paired = KNOWN_FUNDING) -> Funding | None:
    """What would count without the years of the scope and is dated to no year; None: there is none, or no years are asked."""
    if scope.years is None or measure.key not in PLAIN:
        return None
    groups = breakdown(s, actor, replace(scope, years=None), measure, "year").groups
    return next((one.funding for one in groups if one.key == NONE and one.funding and one.funding.known), None)


def _named(s: Session, actor: Actor, scope: Scope, one: Dimension, found: set) -> list[tuple]:
    """(key, record id, Czech and English name) of each group, in order."""
    last = [(key, None, "", "") for key in (SEVERAL, None) if key in found]
    codes = found - {SEVERAL, None}
    if not one.ids:
        order = sorted(codes) if not one.keys else [key for key in one.keys if key in codes]
        return [*((key, None, "", "") for key in order), *last]
    named = {i: (cs, en) for i, cs, en in s.execute(_listed(actor, scope, one.name))} if one.name in LISTED else {}
    missing = codes - set(named)
    rows = s.execute(
        select(Record.id, Record.name_cs, Record.name_en)
        .where(Record.id.in_(missing), visible_to(actor))
        .order_by(Record.order_cs, Record.id)
    ) if missing else ()  # fmt: skip
    named = named | {i: (cs, en) for i, cs, en in rows}
    return [*((i, i, cs, en) for i, (cs, en) in named.items()), *last]


LISTED = ("instrument", "framework")
"""Dimensions whose records are all listed, those without any money too."""


def _listed(actor: Actor, scope: Scope, by: str):
    if by == "instrument":
        asked = select(Instrument.id, Instrument.name_cs, Instrument.name_en).where(
            visible_to(actor, Instrument), Instrument.certainty.in_(scope.admitted)
        )
        if scope.by_place or scope.by_flow:
            held = held_flows(actor, scope)
            mine = select(held.c.instrument_id).where(held.c.instrument_id.is_not(None))
            asked = asked.where(Instrument.id.in_(mine))
        return asked.order_by(Instrument.order_cs, Instrument.id)
    held = held_flows(actor, scope)
    mine = covering.states(actor, scope, framework_of().label("framework_id")).subquery()
    theirs = union(
        select(mine.c.framework_id).where(mine.c.framework_id.is_not(None)),
        select(held.c.framework_id).where(held.c.framework_id.is_not(None)),
    )
    asked = select(Framework.id, Framework.name_cs, Framework.name_en)
    return asked.where(visible_to(actor, Framework), Framework.id.in_(theirs)).order_by(
        Framework.order_cs, Framework.id
    )


def _whole(parts: Iterable[Funding | Shares], empty: Funding | Shares) -> Funding | Shares:
    """The total of a breakdown, folded from its parts."""
    parts, left_out = list(parts), defaultdict(int)
    for part in parts:
        for reason, count in part.left_out.items():
            left_out[reason] += count
    if isinstance(empty, Shares):
        return Shares(together_of(c for p in parts for c in p.cells), dict(left_out))
    return Funding(
        merged(c for p in parts for c in p.cells), merged(c for p in parts for c in p.included_cells), dict(left_out)
    )


__all__ = ["MORE", "NONE", "breakdown", "undated"]
