"""Whose money it is: what a scope asks of the ends of a flow.

*Through us* is what comes in to us, and of a measure of what goes out (expenditure) what goes out from us: the end opposite to
the one that makes a flow internal. *Our own* is what we provide, but for money that somebody else gave: a flow included,
however deep, in one that another provides is that one's money, passed on by us.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, select

from portal.figures.measures import Measure
from portal.figures.said import amount_stated, flow, said
from portal.figures.scope import Scope
from portal.figures.us import us
from portal.kernel.among import among
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record

_OPPOSITE = {"provider_id": "receiver", "receiver_id": "provider"}


def of_reach(actor: Actor, scope: Scope, measure: Measure) -> list[ColumnElement[bool]]:
    """Conditions on a flow that the reach of the scope asks; none for `all` and `led`, which ask nothing of the ends."""
    if scope.reach == "through":
        end = _OPPOSITE[measure.inside]
        return [said(scope, flow.c.id, end, flow.c[f"{end}_id"]).in_(us(actor, scope))]
    if scope.reach == "own":
        ours = said(scope, flow.c.id, "provider", flow.c.provider_id).in_(us(actor, scope))
        return [ours, ~among(flow.c.id, _passed_on(actor, scope))]
    return []


def _passed_on(actor: Actor, scope: Scope) -> Select:
    """SELECT of the ids of flows that are included in one that somebody else provides, as far as the actor sees that one and
    the sources of the scope state it."""
    larger, record = flow.alias("larger"), Record.__table__.alias("larger_record")
    given = (
        select(larger.c.id)
        .join(record, record.c.id == larger.c.id)
        .where(
            amount_stated(scope, larger, record),
            said(scope, larger.c.id, "provider", larger.c.provider_id).not_in(us(actor, scope)),
            visible_to(actor, larger.c.id),
            visible_to(actor, larger.c.provider_id),
        )
    )
    part = flow.alias("part")
    held = select(part.c.id).where(part.c.included_in_id.in_(given)).cte(recursive=True)
    smaller = flow.alias("smaller")
    held = held.union(select(smaller.c.id).join(held, smaller.c.included_in_id == held.c.id))
    return select(held.c.id)
