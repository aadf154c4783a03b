"""For how many of how many projects an amount is known, which ones they are, and which may be one and the same.

The projects asked about are those of the scope that its sources know, and those that carry a known amount. Where the scope
asks for some money (an instrument, a provider, years), they are the projects with such a flow, and the parts of those.
"""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Select, case, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.figures.scope import Scope
from portal.figures.selection import framework_of, held_flows, judged, known_places, projects
from portal.figures.shapes import KNOWN, UNKNOWN, WITHIN, Coverage, Twins, Unit
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record
from portal.partners.models import Link
from portal.partners.queries import told_of
from portal.projects.models import Project

SAME = "possibly_same"
"""The relation of two records that may be one and the same (code list `link_relations`)."""


def states(actor: Actor, scope: Scope, *columns) -> Select:
    """SELECT of (project id, state, *columns) of the projects asked about."""
    known = known_places(actor, scope)
    state = case((Project.id.in_(known), KNOWN), (Project.umbrella_id.in_(known), WITHIN), else_=UNKNOWN)
    asked = projects(actor, scope, Project.id.label("project_id"), state.label("state"), *columns)
    if scope.by_flow:
        with_flow = select(held_flows(actor, scope).c.booked_id)
        return asked.where(or_(Project.id.in_(with_flow), Project.id.in_(known), Project.umbrella_id.in_(known)))
    return asked.where(or_(Project.certainty.in_(scope.admitted), Project.id.in_(known)))


def coverage(s: Session, actor: Actor, scope: Scope) -> Coverage:
    """Known, within an umbrella, unknown: how many projects of each; and frameworks that carry known money themselves."""
    found = states(actor, scope).subquery()
    counted = dict(s.execute(select(found.c.state, func.count()).group_by(found.c.state)).all())
    return Coverage(
        counted.get(KNOWN, 0), counted.get(WITHIN, 0), counted.get(UNKNOWN, 0), elsewhere=elsewhere(s, actor, scope)
    )


def elsewhere(s: Session, actor: Actor, scope: Scope) -> int:
    """How many frameworks of the scope carry a known amount of their own."""
    held = held_flows(actor, scope)
    place = Record.__table__.alias("place")
    asked = select(func.count(func.distinct(held.c.booked_id))).join(place, place.c.id == held.c.booked_id)
    return s.scalar(asked.where(place.c.kind == "framework", held.c.known == 1))


def units(s: Session, actor: Actor, scope: Scope, limit: int | None = 40) -> list[Unit]:
    """The projects asked about: known first, then those within an umbrella, then the unknown, each in Czech order."""
    found = states(actor, scope, Project.name_cs, Project.name_en, Project.umbrella_id, Project.order_cs).subquery()
    rank = case((found.c.state == KNOWN, 0), (found.c.state == WITHIN, 1), else_=2)
    return _units(s, actor, scope, select(found).order_by(rank, found.c.order_cs, found.c.project_id).limit(limit))


def gaps(
    s: Session,
    actor: Actor,
    scope: Scope,
    limit: int | None = None,
    by: str | None = None,
    record_id: int | None = None,
) -> list[Unit]:
    """The projects for which no amount is known, in Czech order, with the reasons their flows give.

    `by` and `record_id` pick those of one group of a breakdown (None: of the group without a record): "framework", or
    "instrument", where projects without any flow stand in the group without one, and others show by their flows.
    """
    columns = (Project.name_cs, Project.name_en, Project.umbrella_id, Project.order_cs)
    found = states(actor, scope, *columns, framework_of().label("framework_id")).subquery()
    asked = select(found).where(found.c.state == UNKNOWN).order_by(found.c.order_cs, found.c.project_id)
    if by == "framework":
        asked = asked.where(found.c.framework_id.is_(None) if record_id is None else found.c.framework_id == record_id)
    elif by == "instrument":
        held = held_flows(actor, scope)
        without = found.c.project_id.not_in(select(held.c.booked_id))
        asked = asked.where(without if record_id is None else false())
    return _units(s, actor, scope, asked.limit(limit))


def state_of(s: Session, actor: Actor, scope: Scope, project_ids) -> dict[int, str]:
    """State of each of the projects given (for a column of a list); those the actor may not see are missing."""
    known = known_places(actor, scope)
    state = case((Project.id.in_(known), KNOWN), (Project.umbrella_id.in_(known), WITHIN), else_=UNKNOWN)
    asked = select(Project.id, state).where(Project.id.in_(project_ids), visible_to(actor, Project))
    return dict(s.execute(asked).all())


def _units(s: Session, actor: Actor, scope: Scope, asked: Select) -> list[Unit]:
    rows = s.execute(asked).all()
    reasons: dict[int, set[str]] = defaultdict(set)
    unknown = [row.project_id for row in rows if row.state == UNKNOWN]
    if unknown:
        held = judged(actor, scope)
        for place, reason in s.execute(
            select(held.c.booked_id, held.c.unknown_reason).where(
                held.c.booked_id.in_(unknown), held.c.unknown_reason.is_not(None)
            )
        ):
            reasons[place].add(reason)
    return [
        Unit(
            row.project_id, "project", row.name_cs, row.name_en, row.state, row.umbrella_id,
            tuple(sorted(reasons[row.project_id])) if row.project_id in reasons else (),
        )
        for row in rows
    ]  # fmt: skip


def twins(s: Session, actor: Actor, scope: Scope) -> tuple[Twins, ...]:
    """Pairs of projects asked about that may be one and the same, with a warning where both carry money that counts."""
    first, second = aliased(Project, flat=True), aliased(Project, flat=True)
    asked = states(actor, scope).subquery()
    held = judged(actor, scope)
    counting = select(held.c.booked_id).where(held.c.reason.is_(None))
    rows = s.execute(
        select(
            first.id, first.name_cs, first.name_en, second.id, second.name_cs, second.name_en,
            case((first.id.in_(counting) & second.id.in_(counting), 1), else_=0),
        )
        .select_from(Link)
        .join(first, first.id == Link.from_id)
        .join(second, second.id == Link.to_id)
        .where(
            Link.relation == SAME, told_of(actor, Link),
            first.id.in_(select(asked.c.project_id)), second.id.in_(select(asked.c.project_id)),
        )
        .order_by(Link.id)
    )  # fmt: skip
    return tuple(
        Twins(Unit(a, "project", a_cs, a_en, ""), Unit(b, "project", b_cs, b_en, ""), bool(both))
        for a, a_cs, a_en, b, b_cs, b_en, both in rows
    )
