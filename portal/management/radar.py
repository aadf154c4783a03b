"""The radar of silent frameworks: of each framework in force, when it last gave a sign of life, the longest silent first.

What a sign is, and when a framework counts as silent, is said once for all in `figures.silence`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.figures.silence import is_in_force, last_signs
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
    last, running = last_signs(actor, today), (visible_to(actor, Framework), is_in_force())
    asked = select(Framework, last.c.day).outerjoin(last, last.c.root == Framework.id).where(*running)
    number = s.scalar(select(func.count()).select_from(Framework).where(*running))
    rows = s.execute(asked.order_by(last.c.day.is_not(None), last.c.day, Framework.order_cs, Framework.id).limit(most))
    return [Echo(one, day, (today - day).days if day else None) for one, day in rows], number
