"""A figure in euro: each amount that counts, converted by the monthly rate of its value date, and then added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.figures.dimensions import DIMENSIONS
from portal.figures.measures import KNOWN_FUNDING, Measure
from portal.figures.parted import parted
from portal.figures.said import flow
from portal.figures.scope import Scope
from portal.figures.telling import adds
from portal.kernel.money import Money
from portal.kernel.permission import Actor
from portal.kernel.when import When
from portal.rates.queries import book
from portal.rates.rules import Conversion, NoRate, Total, month_of_when, total_in


@dataclass(frozen=True)
class Converted:
    """Amounts of one currency by the same rate: `flows` of them, their sum, and the sum of what each is worth in euro, rounded
    to the cent each. `approximate`: one of them is rounded or estimated."""

    flows: int
    original: Money
    euro: Money
    by: Conversion
    approximate: bool = False


@dataclass(frozen=True)
class Left:
    """Amounts that are in no total in euro, of one currency and for one reason (`rates.rules.NoRate.reason`)."""

    flows: int
    original: Money
    why: NoRate
    approximate: bool = False


@dataclass(frozen=True)
class InEuro:
    """`approximate`: some of the amounts in the total are rounded or estimated."""

    total: Total
    converted: tuple[Converted, ...]
    left: tuple[Left, ...]
    approximate: bool


def in_euro(
    s: Session,
    actor: Actor,
    scope: Scope,
    measure: Measure = KNOWN_FUNDING,
    by: str | None = None,
    part: str | None = None,
) -> InEuro:
    """What adds up to a measure, or to one group of it, in euro. The value date must name a month: what is dated less precisely
    is not converted, and stands under `left`. ValueError for what can be no group."""
    held = parted(actor, scope, measure, () if by is None or part is None else (by,))
    asked = (
        select(held.c.minor, held.c.currency, flow.c.valued_edtf, held.c.approximate)
        .join(flow, flow.c.id == held.c.id)
        .where(adds(held), held.c.minor.is_not(None))
        .order_by(held.c.currency, held.c.id)
    )
    if by is not None and part is not None:
        key, wanted = held.c[f"by_{by}"], DIMENSIONS[by].read(part)
        asked = asked.where(key.is_(None) if wanted is None else key == wanted)
    rows = s.execute(asked).all()
    rates = book(s, actor, {row.currency for row in rows})
    total, rough = (
        total_in(
            ((Money(r.minor, r.currency), month_of_when(When(r.valued_edtf) if r.valued_edtf else None)) for r in some),
            rates,
        )
        for some in (rows, [row for row in rows if row.approximate])
    )
    marked = {_rate_of(one) for one in rough.conversions} | {_reason_of(one) for one in rough.absent}
    return InEuro(total, _together(total.conversions, marked), _left(total.absent, marked), bool(rough.conversions))


def _rate_of(one: Conversion) -> tuple:
    return (one.original.currency, one.rates)


def _reason_of(one: NoRate) -> tuple:
    return (one.original.currency, one.reason, one.missing)


def _together(conversions: Iterable[Conversion], approximate: set[tuple]) -> tuple[Converted, ...]:
    found: dict[tuple, Converted] = {}
    for one in conversions:
        key = _rate_of(one)
        had = found.get(key)
        found[key] = (
            Converted(1, one.original, one.amount, one, key in approximate)
            if had is None
            else replace(had, flows=had.flows + 1, original=had.original + one.original, euro=had.euro + one.amount)
        )
    return tuple(
        found[key] for key in sorted(found, key=lambda key: (key[0], [str(rate.month or rate.day) for rate in key[1]]))
    )


def _left(absent: Iterable[NoRate], approximate: set[tuple]) -> tuple[Left, ...]:
    found: dict[tuple, Left] = {}
    for one in absent:
        key = _reason_of(one)
        had = found.get(key)
        found[key] = (
            Left(1, one.original, one, key in approximate)
            if had is None
            else replace(had, flows=had.flows + 1, original=had.original + one.original)
        )
    return tuple(found[key] for key in sorted(found))
