"""Flows that go one way of the drawing of ways."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.figures import Scope
from portal.figures.dimensions import DIMENSIONS
from portal.figures.links import ENDS
from portal.figures.measures import KNOWN_FUNDING
from portal.figures.parted import parted
from portal.figures.telling import adds
from portal.kernel.money import Money
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record


def flows_on(
    s: Session, actor: Actor, scope: Scope, currency: str, goes: Callable[[tuple[str, ...]], bool]
) -> list[tuple[int, str, str, Money, bool]]:
    """(flow id, Czech and English name of where it is booked, amount, approximate) of the flows that count in a currency and
    whose ends (keys of groups) `goes` accepts, the largest first."""
    held = parted(actor, scope, KNOWN_FUNDING, ENDS)
    place = Record.__table__.alias("place")
    keys = [held.c[f"by_{name}"] for name in ENDS]
    asked = (
        select(held.c.id, place.c.name_cs, place.c.name_en, held.c.minor, held.c.approximate, *keys)
        .join(place, place.c.id == held.c.booked_id)
        .where(adds(held), held.c.currency == currency, visible_to(actor, held.c.booked_id))
        .order_by(held.c.minor.desc(), held.c.id)
    )
    return [
        (i, cs, en, Money(int(minor), currency), bool(approximate))
        for i, cs, en, minor, approximate, *ends in s.execute(asked)
        if goes(tuple(DIMENSIONS[name].written(key) for name, key in zip(ENDS, ends, strict=True)))
    ]
