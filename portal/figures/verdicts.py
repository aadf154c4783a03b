"""Whether single flows add to known funding, for pages and files that show flows beside no figure.

Judged in the whole portfolio, in lists and files by all statements: a list has no selection of its own to judge within, and its
filters must not turn the answer round from one page to the next.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.figures.affected import excerpt
from portal.figures.counted_with import counted_with
from portal.figures.funding import FEW
from portal.figures.measures import KNOWN_FUNDING
from portal.figures.names import OUT, why_not
from portal.figures.scope import Scope
from portal.figures.selection import judged
from portal.funding.models import Flow
from portal.funding.queries import flows as visible_flows
from portal.funding.queries.adding import Adding, judged_by
from portal.kernel.money import Money
from portal.kernel.permission import Actor


def verdicts(s: Session, actor: Actor, flows: Collection[Flow], certainty: str = "all") -> dict[int, Adding]:
    """{flow id: whether it adds, why not, and the flow it is counted with}. By all statements, a flow that no figure holds is out
    of force; by fewer, one that these do not state is left out."""
    at: dict[int, list[Flow]] = {}
    for one in flows:
        at.setdefault(one.booked_id, []).append(one)
    places, found = sorted(at), {}
    for start in range(0, len(places), FEW):
        some = places[start : start + FEW]
        found |= _of_places(s, actor, some, [one for place in some for one in at[place]], certainty)
    return found


def _of_places(s: Session, actor: Actor, places: list[int], flows: list[Flow], certainty: str) -> dict[int, Adding]:
    """The verdicts of flows booked at a few places, read with only the flows that theirs rest on."""
    scope = Scope(certainty=certainty, only=excerpt(s, places))
    held = judged(actor, scope)
    amount = held.c.minor, held.c.currency, held.c.approximate
    rows = s.execute(select(held.c.id, held.c.reason, *amount).where(held.c.id.in_([one.id for one in flows]))).all()
    reasons = {row.id: row.reason for row in rows}
    amounts = {row.id: (Money(row.minor, row.currency), bool(row.approximate)) for row in rows if row.minor is not None}
    left_out = [i for i, reason in reasons.items() if reason is not None]
    withs = counted_with(s, actor, scope, KNOWN_FUNDING, left_out)
    named = {withs[i, reasons[i]].flow_id for i in left_out if (i, reasons[i]) in withs}
    others = {one.id: one for one in s.scalars(visible_flows(actor).where(Flow.id.in_(named)))} if named else {}
    found = {}
    for one in flows:
        if certainty != "all" and one.id not in reasons:
            continue
        reason = reasons.get(one.id, "out")
        told = withs.get((one.id, reason))
        why = str(OUT) if reason == "out" else why_not(reason, one.included_certainty)
        found[one.id] = Adding(reason, why, others.get(told.flow_id) if told else None, *amounts.get(one.id, ()))
    return found


judged_by(verdicts)
