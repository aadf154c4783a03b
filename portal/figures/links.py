"""Money that counts, from its provider through its instrument to where it is booked and to who carries that out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.figures.dimensions import DIMENSIONS, MORE, NONE
from portal.figures.measures import KNOWN_FUNDING, Measure
from portal.figures.parted import parted
from portal.figures.scope import Scope
from portal.figures.telling import adds
from portal.kernel.money import Money
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record

ENDS = ("provider", "instrument", "project", "implementer")
"""The columns of the drawing, from left to right."""


@dataclass(frozen=True)
class Link:
    """A sum of money that goes the same way. `ends`: the key of each dimension asked for (`none` where it is not stated)."""

    ends: tuple[str, ...]
    amount: Money
    approximate: bool
    flows: int


@dataclass(frozen=True)
class Ways:
    """`links`, each flow that counts in exactly one; `names`: {id: (Czech, English)} of the records among the ends."""

    links: tuple[Link, ...]
    names: dict[int, tuple[str, str]]


def links(s: Session, actor: Actor, scope: Scope, measure: Measure = KNOWN_FUNDING, ends: Sequence[str] = ENDS) -> Ways:
    """Money of the scope that counts, by all these dimensions at once: it adds up to the total. Unknown ends are `none`."""
    held = parted(actor, scope, measure, ends)
    keys = [held.c[f"by_{name}"] for name in ends]
    alike = [*keys, held.c.currency, held.c.approximate]
    rows = s.execute(select(*alike, func.sum(held.c.minor), func.count()).where(adds(held)).group_by(*alike)).all()
    found = sorted(
        (
            Link(
                tuple(DIMENSIONS[name].written(key) for name, key in zip(ends, row, strict=False)),
                Money(int(row[-2]), row[-4]), bool(row[-3]), row[-1],
            )
            for row in rows
        ),
        key=lambda link: (link.amount.currency, -link.amount.minor, link.ends),
    )  # fmt: skip
    places = [n for n, name in enumerate(ends) if DIMENSIONS[name].ids]
    ids = {int(link.ends[n]) for link in found for n in places if link.ends[n] not in (NONE, MORE)}
    asked = select(Record.id, Record.name_cs, Record.name_en).where(Record.id.in_(ids), visible_to(actor))
    return Ways(tuple(found), {i: (cs, en) for i, cs, en in s.execute(asked)} if ids else {})
