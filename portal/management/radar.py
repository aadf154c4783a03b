"""The radar of silent frameworks: of each framework in force, when it last gave a sign of life, the longest silent first.

What a sign is, and when a framework counts as silent, is said once for all in `figures.silence`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.figures.kept_signs import last_days
from portal.figures.silence import is_in_force
from portal.frameworks.models import Framework
from portal.kernel.permission import Actor, visible_to


@dataclass(frozen=True)
class Echo:
    """`last`: the latest day its last sign of life can have been; None: there is none in the portal. `days` since."""

    framework: Framework
    last: date | None
    days: int | None

    def silent(self, days: int) -> bool:
        """Whether it gave no sign for more than so many days."""
        return self.days is None or self.days > days


def echoes(s: Session, actor: Actor, today: date, most: int) -> tuple[list[Echo], int]:
    """The frameworks in force that have been silent for the longest (those without any sign first), and how many there are
    in force."""
    days = last_days(s, actor, today)
    running = s.execute(
        select(Framework.id, Framework.order_cs).where(visible_to(actor, Framework), is_in_force())
    ).all()
    first = sorted(running, key=lambda row: (row.id in days, days.get(row.id, today), row.order_cs, row.id))[:most]
    held = {one.id: one for one in s.scalars(select(Framework).where(Framework.id.in_([row.id for row in first])))}
    lasts = [(held[row.id], days.get(row.id)) for row in first]
    return [Echo(one, day, (today - day).days if day else None) for one, day in lasts], len(running)
