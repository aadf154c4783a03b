"""The project list: what it may be filtered and ordered by, and all a page of rows needs, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from portal.funding.models import Flow
from portal.funding.queries import from_instrument, told
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record, may_fall_into
from portal.partners.models import Link
from portal.partners.queries import Part, participations, told_of
from portal.portfolio.queries.money import Known, known_by_record
from portal.projects.models import Project
from portal.sources.models import Statement
from portal.sources.queries import disputes

Umbrella = aliased(Record, name="umbrella")
STARTS = func.coalesce(Project.actual_start_from, Project.planned_start_from)
ENDS = func.coalesce(Project.actual_end_to, Project.planned_end_to)
"""The earliest day a project can have started, the latest it can have ended."""


@dataclass
class ProjectRow:
    """One project in a list, with what stands beside its name. `inherited`: the framework is its umbrella's."""

    project: Project
    framework: Record | None = None
    inherited: bool = False
    umbrella: Record | None = None
    leads: list[Part] = field(default_factory=list)
    parts: int = 0
    disputed: frozenset[str] = frozenset()
    possibly_same: bool = False
    funding: Known | None = None

    @property
    def period_disputed(self) -> bool:
        return not self.disputed.isdisjoint(("actual_start", "planned_start", "actual_end", "planned_end"))


def select_projects(actor: Actor) -> Select:
    """SELECT of visible projects joined to their umbrella, so that parts can stand under it."""
    return (
        select(Project)
        .outerjoin(Umbrella, (Umbrella.id == Project.umbrella_id) & visible_to(actor, Umbrella))
        .where(visible_to(actor, Project))
    )


def tree_order(lang: str) -> list[ColumnElement]:
    """Umbrella projects by name, each followed by its parts by name."""
    own = Project.order_cs if lang == "cs" else Project.order_en
    above = Umbrella.order_cs if lang == "cs" else Umbrella.order_en
    return [
        func.coalesce(above, own),
        func.coalesce(Umbrella.id, Project.id),
        case((Umbrella.id.is_(None), 0), else_=1),
        own,
    ]


def with_instrument(actor: Actor, instrument_id: int | None) -> ColumnElement[bool]:
    """Money under the instrument is booked at the project; None: money whose instrument is not stated."""
    return exists().where(Flow.booked_id == Project.id, from_instrument(instrument_id), told(actor, Flow))


def in_year(year: int) -> ColumnElement[bool]:
    """The project may have been running on some day of the year, as far as its dates say."""
    return may_fall_into(STARTS, ENDS, func.coalesce(STARTS, ENDS), (year, year))


def dress(s: Session, actor: Actor, projects: Sequence[Project]) -> list[ProjectRow]:
    """Everything the rows show beside the project's own columns, in nine queries whatever their number."""
    rows = {p.id: ProjectRow(p) for p in projects}
    if not rows:
        return []
    ids = list(rows)
    umbrellas = {p.umbrella_id for p in projects} - {None}
    above = select(Project.id, Project.framework_id).where(Project.id.in_(umbrellas))
    framework_above = dict(s.execute(above).all()) if umbrellas else {}
    wanted = umbrellas | {p.framework_id for p in projects} | set(framework_above.values()) - {None}
    named = {r.id: r for r in s.scalars(select(Record).where(Record.id.in_(wanted), visible_to(actor)))}
    for row in rows.values():
        row.umbrella = named.get(row.project.umbrella_id)
        row.inherited = row.project.framework_id is None and row.umbrella is not None
        own = row.project.framework_id or framework_above.get(row.project.umbrella_id)
        row.framework = named.get(own)
    for part in participations(s, actor, within=ids):
        if part.participation.role == "lead":
            rows[part.within.id].leads.append(part)
    counted = (
        select(Project.umbrella_id, func.count())
        .where(Project.umbrella_id.in_(ids), visible_to(actor, Project))
        .group_by(Project.umbrella_id)
    )
    for umbrella_id, number in s.execute(counted):
        rows[umbrella_id].parts = number
    for record_id, name, _values in s.execute(disputes(actor).where(Statement.record_id.in_(ids))):
        rows[record_id].disputed |= {name}
    for record_id in _same(s, actor, ids):
        rows[record_id].possibly_same = True
    for project_id, known in known_by_record(s, actor, ids).items():
        rows[project_id].funding = known
    return [rows[p.id] for p in projects]


def _same(s: Session, actor: Actor, ids: list[int]) -> set[int]:
    rows = s.execute(
        select(Link.from_id, Link.to_id).where(
            Link.relation == "possibly_same",
            Link.from_id.in_(ids) | Link.to_id.in_(ids),
            told_of(actor, Link),
        )
    )
    return {i for pair in rows for i in pair} & set(ids)
