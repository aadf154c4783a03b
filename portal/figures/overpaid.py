"""Where more was paid than committed: the payments are left out as a later stage of the commitment, so the total is too small,
or one of the amounts is wrong. It is said beside the total and changes nothing in it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import CTE, ColumnElement, Select, Subquery, and_, case, func, select
from sqlalchemy.orm import Session

from portal.figures.measures import DISBURSEMENTS
from portal.figures.scope import Scope
from portal.figures.selection import held_flows, judged
from portal.figures.telling import adds, told_earlier
from portal.kernel.money import Money
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record
from portal.kernel.standing import in_force


@dataclass(frozen=True)
class Overpaid:
    """A project with its parts, or a framework, at which payments that are left out because of commitments exceed these.
    `_about`: the sum holds what is rounded or estimated."""

    place: Record
    committed: Money
    paid: Money
    committed_about: bool = False
    paid_about: bool = False


def overpaid(s: Session, actor: Actor, scope: Scope, booked_at: Select) -> list[Overpaid]:
    """Where that is so, among the units that hold one of the records given (a SELECT of ids), in the order they were entered. An
    amount counts on either side as it does in its own total: what is superseded, or included in another, not once more."""
    every, payments = judged(actor, scope), judged(actor, scope, measure=DISBURSEMENTS)
    pairs = told_earlier(held_flows(actor, scope), by=True).subquery()
    later, told, sums, near = every.alias(), payments.alias(), every.alias(), every.alias()
    left_out = (
        select(later.c.id, _unit(later).label("unit_id"), later.c.currency, later.c.minor, later.c.approximate)
        .join(told, told.c.id == later.c.id)
        .where(later.c.reason == "other_stage", adds(told))
        .cte()
    )
    # A commitment stands beside several payments and counts once.
    beside = (
        select(left_out.c.unit_id, sums.c.id, sums.c.currency, sums.c.minor, sums.c.approximate)
        .select_from(left_out.join(pairs, pairs.c.id == left_out.c.id).join(sums, sums.c.id == pairs.c.by))
        .where(adds(sums))
        .distinct()
        .subquery()
    )
    paid, committed = _summed(left_out), _summed(beside)
    asked = (
        select(Record, paid.c.currency, committed.c.minor, committed.c.approximate, paid.c.minor, paid.c.approximate)
        .join(paid, paid.c.unit_id == Record.id)
        .join(committed, and_(committed.c.unit_id == paid.c.unit_id, committed.c.currency == paid.c.currency))
        .where(
            paid.c.minor > committed.c.minor,
            visible_to(actor),
            Record.id.in_(select(_unit(near)).where(near.c.booked_id.in_(booked_at))),
        )
        .order_by(Record.id, paid.c.currency)
    )
    return [
        Overpaid(place, Money(int(before), code), Money(int(after), code), bool(roughly), bool(about))
        for place, code, before, roughly, after, about in s.execute(asked)
    ]


def _summed(rows: CTE | Subquery) -> Subquery:
    """The sums of rows by unit and currency."""
    alike = rows.c.unit_id, rows.c.currency
    sums = func.sum(rows.c.minor).label("minor"), func.max(rows.c.approximate).label("approximate")
    return select(*alike, *sums).group_by(*alike).subquery()


def _unit(held: CTE) -> ColumnElement[int]:
    """Where money of one whole is booked: the umbrella in force, else the record itself."""
    return case(
        (in_force(held.c.umbrella_id), func.coalesce(held.c.umbrella_id, held.c.booked_id)), else_=held.c.booked_id
    )
