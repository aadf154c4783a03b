"""The radar of silent frameworks: of each framework in force, when it last gave a sign of life, the longest silent first.

Signs are status reports, meetings that took place and money, of the framework, of one below it, or of their projects. What
lies ahead is no sign, and what the reader may not see is none for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import CTE, CompoundSelect, func, or_, select, union_all
from sqlalchemy.orm import Session

from portal.events.models import Event
from portal.frameworks.models import Framework
from portal.frameworks.rules import ACTIVE
from portal.funding.models import Flow
from portal.kernel.permission import Actor, visible_to
from portal.progress.models import StatusUpdate
from portal.progress.queries import told
from portal.projects.models import Project


@dataclass(frozen=True)
class Echo:
    """`last`: the latest day its last sign of life can have been; None: there is none in the portal. `days` since."""

    framework: Framework
    last: date | None
    days: int | None


def echoes(s: Session, actor: Actor, today: date, most: int) -> tuple[list[Echo], int]:
    """The frameworks in force that have been silent for the longest (those without any sign first), and how many there are
    in force."""
    places = _places(actor)
    signs = _signs(actor, today).cte()
    last = (
        select(places.c.root, func.max(signs.c.day).label("day"))
        .join(signs, signs.c.place == places.c.place)
        .group_by(places.c.root)
        .subquery()
    )
    running = (visible_to(actor, Framework), or_(Framework.status.in_(ACTIVE), Framework.status.is_(None)))
    asked = select(Framework, last.c.day).outerjoin(last, last.c.root == Framework.id).where(*running)
    number = s.scalar(select(func.count()).select_from(Framework).where(*running))
    rows = s.execute(asked.order_by(last.c.day.is_not(None), last.c.day, Framework.order_cs, Framework.id).limit(most))
    return [Echo(one, day, (today - day).days if day else None) for one, day in rows], number


def _places(actor: Actor) -> CTE:
    """(root, place): a framework, each one below it, and their projects."""
    table, project, umbrella = Framework.__table__, Project.__table__, Project.__table__.alias()
    below = select(table.c.id.label("root"), table.c.id.label("place")).cte(recursive=True)
    below = below.union(select(below.c.root, table.c.id).where(table.c.parent_id == below.c.place))
    of = func.coalesce(project.c.framework_id, umbrella.c.framework_id)
    projects = select(below.c.root, project.c.id).select_from(
        project.outerjoin(umbrella, umbrella.c.id == project.c.umbrella_id).join(below, below.c.place == of)
    )
    return union_all(select(below.c.root, below.c.place), projects).cte()


def _signs(actor: Actor, today: date) -> CompoundSelect:
    """(place, day) of each sign of life."""
    reports = select(StatusUpdate.of_id.label("place"), StatusUpdate.written_on.label("day")).where(told(actor))
    met = func.coalesce(Event.held_to, Event.held_from)
    took_place = or_(Event.change.is_(None), Event.change != "cancelled")
    events = select(Event.under_id, met).where(visible_to(actor, Event), met <= today, took_place)
    flows = select(Flow.booked_id, Flow.valued_to).where(visible_to(actor, Flow), Flow.valued_to <= today)
    return union_all(reports, events, flows)
