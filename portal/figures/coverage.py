"""For how many of how many projects an amount is known, which ones they are, and which may be one and the same.

The projects asked about are those of the scope that its sources know, and those that carry a known amount. Where the scope
asks for some money (an instrument, a provider, years, money of ours), they are the projects with such a flow, and the parts of
those; where it asks for years, also those that were possibly carried out within them and would be asked about without the years:
that the dates of money are not stated is no reason to have no project. There may be none: then there is nothing of which an
amount could be known.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from portal.figures.dimensions import DIMENSIONS, NONE
from portal.figures.measures import KNOWN_FUNDING, Measure, Paired
from portal.figures.parted import judged_of, paired_places, parted
from portal.figures.scope import NOT_STATED, Scope
from portal.figures.selection import around, carried_out, held_flows, judged, known_places, projects
from portal.figures.shapes import KNOWN, UNKNOWN, WITHIN, Coverage, Twins, Unit
from portal.figures.telling import adds
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record
from portal.partners.models import Link
from portal.partners.queries import told_of
from portal.projects.models import Project

SAME = "possibly_same"
"""The relation of two records that may be one and the same (code list `link_relations`)."""


def known_to(actor: Actor, scope: Scope, measure: Measure | Paired) -> Select:
    """SELECT of the ids of records with a known amount of the measure, as far as the projects of the scope and their umbrellas
    are asked about; of a paired one: of the units with both sides."""
    if isinstance(measure, Measure):
        return known_places(actor, scope, measure, around(actor, scope))
    return paired_places(actor, scope, measure)


def states(actor: Actor, scope: Scope, *columns, measure: Measure | Paired = KNOWN_FUNDING) -> Select:
    """SELECT of (project id, state, *columns) of the projects asked about."""
    known = known_to(actor, scope, measure)
    state = case((Project.id.in_(known), KNOWN), (Project.umbrella_id.in_(known), WITHIN), else_=UNKNOWN)
    asked = projects(actor, scope, Project.id.label("project_id"), state.label("state"), *columns)
    if scope.by_flow:
        # What goes through us comes to us, what is spent goes out from us: the same money is asked about as is added up.
        asks = replace(KNOWN_FUNDING, inside=measure.inside) if isinstance(measure, Measure) else KNOWN_FUNDING
        ran = [_ran(actor, scope, asks)] if scope.years is not None else []
        with_flow = Project.id.in_(select(held_flows(actor, scope, measure=asks).c.booked_id))
        return asked.where(or_(with_flow, Project.id.in_(known), Project.umbrella_id.in_(known), *ran))
    return asked.where(or_(Project.certainty.in_(scope.admitted), Project.id.in_(known)))


def _ran(actor: Actor, scope: Scope, asks: Measure) -> ColumnElement[bool]:
    """SQL predicate: the project was possibly carried out within the years of the scope, and is what it asks for besides."""
    besides = replace(scope, years=None)
    if besides.by_flow:
        about = Project.id.in_(select(held_flows(actor, besides, measure=asks).c.booked_id))
    else:
        about = Project.certainty.in_(scope.admitted)
    return and_(about, *carried_out(scope))


def coverage(s: Session, actor: Actor, scope: Scope, measure: Measure | Paired = KNOWN_FUNDING) -> Coverage:
    """Known, within an umbrella, unknown: how many projects of each; and frameworks that carry known money themselves."""
    found = states(actor, scope, measure=measure).subquery()
    counted = dict(s.execute(select(found.c.state, func.count()).group_by(found.c.state)).all())
    return Coverage(
        counted.get(KNOWN, 0), counted.get(WITHIN, 0), counted.get(UNKNOWN, 0),
        elsewhere=elsewhere(s, actor, scope, measure),
    )  # fmt: skip


def elsewhere(s: Session, actor: Actor, scope: Scope, measure: Measure | Paired = KNOWN_FUNDING) -> int:
    """How many frameworks of the scope carry a known amount of their own."""
    if isinstance(measure, Paired):
        both = judged_of(actor, scope, measure)
        kind = Record.__table__.alias("unit")
        asked = select(func.count(func.distinct(both.c.unit_id))).join(kind, kind.c.id == both.c.unit_id)
        return s.scalar(asked.where(kind.c.kind == "framework", adds(both)))
    held = held_flows(actor, scope, measure=measure)
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
    part: str | None = None,
    measure: Measure | Paired = KNOWN_FUNDING,
) -> list[Unit]:
    """The projects for which no amount is known, in Czech order, with the reasons their flows give.

    `by` and `part` pick those of one group of a breakdown by its key. Where groups are of places (a framework, a country)
    each project stands in one; where they are of money (an instrument), projects without any flow stand in the group
    without one, and others show by their flows.
    """
    columns = (Project.name_cs, Project.name_en, Project.umbrella_id, Project.order_cs)
    one = DIMENSIONS[by] if by is not None and part is not None else None
    place = one.of_place(actor, scope, Project.id) if one is not None and one.of_place else Project.id
    found = states(actor, scope, *columns, place.label("group_key"), measure=measure).subquery()
    asked = select(found).where(found.c.state == UNKNOWN).order_by(found.c.order_cs, found.c.project_id)
    if one is not None and one.of_place:
        key = one.read(part)
        asked = asked.where(found.c.group_key.is_(None) if key is None else found.c.group_key == key)
    elif one is not None:
        held = held_flows(actor, scope)
        asked = asked.where(found.c.project_id.not_in(select(held.c.booked_id)) if part == NONE else false())
    return _units(s, actor, scope, asked.limit(limit), measure)


def by_group(
    s: Session, actor: Actor, scope: Scope, measure: Measure | Paired, by: str
) -> dict[int | str | None, Coverage]:
    """The coverage of each group of a breakdown, by its key in SQL. Groups of places: of their projects. Groups of money: of
    the records with a flow in the group, known or not; projects without any flow stand in the group without a key."""
    one = DIMENSIONS[by]
    if one.of_place and by != "project":
        key = one.of_place(actor, scope, Project.id).label("group_key")
        found = states(actor, scope, key, measure=measure).subquery()
        asked = select(found.c.group_key, found.c.state, func.count()).group_by(found.c.group_key, found.c.state)
        return _coverages(s.execute(asked))
    held = parted(actor, scope, measure, (by,))
    key, place = held.c[f"by_{by}"], held.c.unit_id if isinstance(measure, Paired) else held.c.booked_id
    amount = and_(held.c.minor.is_not(None), held.c.known == 1)
    known = held.c.reason.is_(None) if isinstance(measure, Paired) else amount
    at = select(
        place.label("place"), key.label("group_key"), func.max(case((known, 1), else_=0)).label("known")
    ).group_by(place, key).subquery()  # fmt: skip
    state = case((at.c.known == 1, KNOWN), else_=UNKNOWN)
    told = select(at.c.group_key, state.label("state")).subquery()
    counts = select(told.c.group_key, told.c.state, func.count()).group_by(told.c.group_key, told.c.state)
    found = _coverages(s.execute(counts))
    if by == "project" or (by == "instrument" and scope.instrument is not None and scope.instrument != NOT_STATED):
        return found
    asked_about = states(actor, scope, measure=measure).subquery()
    without = asked_about.c.project_id.not_in(select(place))
    rest = s.execute(select(asked_about.c.state, func.count()).where(without).group_by(asked_about.c.state))
    counted, none = dict(rest.all()), found.get(None, Coverage())
    more = (
        counted.get(state, 0) for state in (KNOWN, WITHIN, UNKNOWN)
    )  # an umbrella is known by parts outside the scope
    total = Coverage(*(a + b for a, b in zip((none.known, none.within, none.unknown), more, strict=True)))
    return found | ({None: total} if total.total else {})


def _coverages(rows) -> dict[int | str | None, Coverage]:
    counted: dict[int | str | None, dict[str, int]] = defaultdict(dict)
    for key, state, count in rows:
        counted[key][state] = count
    return {k: Coverage(c.get(KNOWN, 0), c.get(WITHIN, 0), c.get(UNKNOWN, 0)) for k, c in counted.items()}


def state_of(s: Session, actor: Actor, scope: Scope, project_ids) -> dict[int, str]:
    """State of each of the projects given (for a column of a list); those the actor may not see are missing."""
    asked = Project.id.in_(project_ids)
    near = union_all(select(Project.id).where(asked), select(Project.umbrella_id).where(asked))
    known = known_places(actor, scope, near=near)
    state = case((Project.id.in_(known), KNOWN), (Project.umbrella_id.in_(known), WITHIN), else_=UNKNOWN)
    asked = select(Project.id, state).where(Project.id.in_(project_ids), visible_to(actor, Project))
    return dict(s.execute(asked).all())


def _units(
    s: Session, actor: Actor, scope: Scope, asked: Select, measure: Measure | Paired = KNOWN_FUNDING
) -> list[Unit]:
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
    otherwise = _of_other_years(s, actor, scope, unknown, measure)
    return [
        Unit(
            row.project_id, "project", row.name_cs, row.name_en, row.state, row.umbrella_id,
            tuple(sorted(reasons[row.project_id])) if row.project_id in reasons else (), row.project_id in otherwise,
        )
        for row in rows
    ]  # fmt: skip


def _of_other_years(s: Session, actor: Actor, scope: Scope, ids: list[int], measure: Measure | Paired) -> set[int]:
    """Those of the projects of which an amount is known that the years of the scope leave out."""
    if scope.years is None or isinstance(measure, Paired) or not ids:
        return set()
    near = select(Project.id).where(Project.id.in_(ids))
    return set(s.scalars(known_places(actor, replace(scope, years=None), measure, near)))


def twins(s: Session, actor: Actor, scope: Scope, among: Select | None = None) -> tuple[Twins, ...]:
    """Pairs of projects asked about that may be one and the same, with a warning where both carry money that counts.
    `among` (a SELECT of ids): instead of the projects asked about, those that are in it."""
    first, second = aliased(Project, flat=True), aliased(Project, flat=True)
    asked = select(states(actor, scope).subquery().c.project_id) if among is None else among
    held = judged(actor, scope)
    counting = select(held.c.booked_id).where(adds(held))
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
            first.id.in_(asked), second.id.in_(asked),
        )
        .order_by(Link.id)
    )  # fmt: skip
    return tuple(
        Twins(Unit(a, "project", a_cs, a_en, ""), Unit(b, "project", b_cs, b_en, ""), bool(both))
        for a, a_cs, a_en, b, b_cs, b_en, both in rows
    )
