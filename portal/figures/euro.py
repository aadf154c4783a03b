"""A figure in euro: each amount that counts, converted by the monthly rate of its value date, and then added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.figures.dimensions import DIMENSIONS
from portal.figures.measures import KNOWN_FUNDING, Measure
from portal.figures.parted import parted
from portal.figures.said import flow
from portal.figures.scope import Scope
from portal.kernel.money import Money
from portal.kernel.permission import Actor
from portal.kernel.when import When
from portal.rates.queries import book
from portal.rates.rules import Conversion, NoRate, Total, month_of_when, total_in


@dataclass(frozen=True)
class Converted:
    """Amounts of one currency by the same rate: `flows` of them, their sum, and the sum of what each is worth in euro, rounded
    to the cent each."""

    flows: int
    original: Money
    euro: Money
    by: Conversion


@dataclass(frozen=True)
class Left:
    """Amounts that are in no total in euro, of one currency and for one reason (`rates.rules.NoRate.reason`)."""

    flows: int
    original: Money
    why: NoRate


@dataclass(frozen=True)
class InEuro:
    """`approximate`: some of the amounts are rounded or estimated."""

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
        .where(held.c.reason.is_(None), held.c.minor.is_not(None))
        .order_by(held.c.currency, held.c.id)
    )
    if by is not None and part is not None:
        key, wanted = held.c[f"by_{by}"], DIMENSIONS[by].read(part)
        asked = asked.where(key.is_(None) if wanted is None else key == wanted)
    rows = s.execute(asked).all()
    amounts = (
        (Money(minor, currency), month_of_when(When(edtf) if edtf else None)) for minor, currency, edtf, _a in rows
    )
    total = total_in(amounts, book(s, actor, {row.currency for row in rows}))
    return InEuro(total, _together(total.conversions), _left(total.absent), any(row.approximate for row in rows))


def _together(conversions: Iterable[Conversion]) -> tuple[Converted, ...]:
    found: dict[tuple, Converted] = {}
    for one in conversions:
        key = (one.original.currency, one.rates)
        had = found.get(key)
        found[key] = (
            Converted(1, one.original, one.amount, one)
            if had is None
            else Converted(had.flows + 1, had.original + one.original, had.euro + one.amount, had.by)
        )
    return tuple(
        found[key] for key in sorted(found, key=lambda key: (key[0], [str(rate.month or rate.day) for rate in key[1]]))
    )


def _left(absent: Iterable[NoRate]) -> tuple[Left, ...]:
    found: dict[tuple, Left] = {}
    for one in absent:
        key = (one.original.currency, one.reason, one.missing)
        had = found.get(key)
        found[key] = (
            Left(1, one.original, one) if had is None else Left(had.flows + 1, had.original + one.original, had.why)
        )
    return tuple(found[key] for key in sorted(found))
