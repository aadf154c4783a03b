"""The sum in force of a contract: what was agreed at first, what addenda and top-ups add to it or state anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session

from portal.figures.shapes import Cell, Coverage, Sum, sums
from portal.figures.telling import flow, told_by_others
from portal.funding.models import Addendum, Flow
from portal.funding.rules import COMMITMENT, STAGES
from portal.kernel.permission import Actor, visible_to

AGREED = [code for code, stage in STAGES.items() if stage == COMMITMENT]
"""IATI types of flows that say what was agreed; None: no type is stated."""


@dataclass(frozen=True)
class Line:
    """An agreed amount, of the contract itself (`addendum` None) or of one of its addenda; `flow` None: none is booked of it.
    `reason`: why it does not add (unknown_amount, superseded, included), None where it does."""

    addendum: Addendum | None
    flow: Flow | None
    reason: str | None


@dataclass(frozen=True)
class InForce:
    """The lines in the order they were agreed; the sums they add up to by currency; for how many of the amounts they are known,
    those that are superseded or included left out. `whole` False: what was agreed at first is not known, so the sums are only
    what is known to have been added to it, or stated of it anew in part."""

    lines: tuple[Line, ...]
    sums: dict[str, Sum]
    coverage: Coverage
    whole: bool = True


def in_force(s: Session, actor: Actor, contract_id: int, addenda: Sequence[Addendum], flows: Sequence[Flow]) -> InForce:
    """What is agreed under a contract, of its addenda and flows that the actor sees; payments and spending are no part of it.
    Judged within the contract: money that a project passes on is agreed all the same."""
    agreed = [one for one in flows if one.type_code in AGREED]
    reasons = _reasons(s, actor, contract_id) if agreed else {}
    shown = {addendum.id for addendum in addenda}
    under = defaultdict(list)
    for one in agreed:
        under[one.addendum_id if one.addendum_id in shown else None].append(one)
    lines = [Line(None, one, reasons.get(one.id)) for one in under[None]]
    if addenda and not under[None]:
        lines = [Line(None, None, "unknown_amount")]
    for addendum in addenda:
        lines += [Line(addendum, one, reasons.get(one.id)) for one in under[addendum.id]]
        lines += [] if under[addendum.id] else [Line(addendum, None, "unknown_amount")]
    cells = [
        Cell(one.amount_currency, one.certainty, one.amount_mark != "exact", one.amount_minor, 1)
        for one in agreed
        if reasons.get(one.id) is None and one.amount_minor is not None
    ]
    unknown = sum(line.reason == "unknown_amount" for line in lines)
    whole = all(line.reason != "unknown_amount" for line in lines if line.addendum is None)
    return InForce(tuple(lines), sums(cells), Coverage(known=len(cells), unknown=unknown), whole)


def _reasons(s: Session, actor: Actor, contract_id: int) -> dict[int, str | None]:
    agreed = or_(flow.c.type_code.is_(None), flow.c.type_code.in_([code for code in AGREED if code]))
    held = (
        select(
            flow.c.id,
            flow.c.amount_minor.label("minor"),
            case((flow.c.amount_minor.is_(None), "unknown_amount")).label("reason"),
        )
        .where(flow.c.contract_id == contract_id, agreed, visible_to(actor, flow.c.id))
        .cte()
    )
    superseded, contained = told_by_others(held)
    reason = case(
        (held.c.reason.is_not(None), held.c.reason),
        (held.c.id.in_(superseded), "superseded"),
        (held.c.id.in_(contained), "included"),
    )
    return dict(s.execute(select(held.c.id, reason)).all())
