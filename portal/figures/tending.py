"""How projects are looked after: the traffic lights of active ones, and what is not known of a project, by all sources."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from portal.kernel.permission import Actor, visible_to
from portal.projects.models import Project
from portal.projects.rules import ACTIVE

NOT_RATED = "none"
"""The light of active projects that nobody has rated."""
LACKS: dict[str, ColumnElement[bool]] = {
    "status": Project.status.is_(None),
    "start": Project.planned_start_edtf.is_(None) & Project.actual_start_edtf.is_(None),
    "end": Project.planned_end_edtf.is_(None) & Project.actual_end_edtf.is_(None),
    "framework": Project.framework_id.is_(None) & Project.umbrella_id.is_(None),
    "responsible": Project.responsible_id.is_(None),
}


def told(actor: Actor) -> Select:
    """SELECT of (id, light, one column for each of `LACKS`) of the visible projects; light NULL of what is not active, each
    lack 0 or 1."""
    light = case((Project.status.in_(ACTIVE), func.coalesce(Project.light, NOT_RATED))).label("shown_light")
    lacks = [case((lack, 1), else_=0).label(f"no_{name}") for name, lack in LACKS.items()]
    return select(Project.id, light, *lacks).where(visible_to(actor, Project))


def lights(s: Session, actor: Actor) -> dict[str, int]:
    """How many active projects show each traffic light, `NOT_RATED` where nobody has rated them."""
    found = told(actor).subquery()
    asked = select(found.c.shown_light, func.count()).where(found.c.shown_light.is_not(None))
    return dict(s.execute(asked.group_by(found.c.shown_light)).all())


def lacking(s: Session, actor: Actor) -> dict[str, int]:
    """How many projects lack each of `LACKS`."""
    found = told(actor).subquery()
    sums = [func.coalesce(func.sum(found.c[f"no_{name}"]), 0) for name in LACKS]
    return {name: int(number) for name, number in zip(LACKS, s.execute(select(*sums)).one(), strict=True)}
