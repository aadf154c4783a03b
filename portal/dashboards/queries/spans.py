"""When projects run, as far as it is stated: a page of them, those that begin first at the top, the undated last."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from portal.figures import Scope
from portal.figures.projects import counted
from portal.kernel.permission import Actor
from portal.kernel.when import When
from portal.projects.models import Project


@dataclass(frozen=True)
class Span:
    """A project from `start` to `end`, None where not stated. `planned`: which of the ends are only planned."""

    project_id: int
    name_cs: str
    name_en: str
    start: When | None
    end: When | None
    planned_start: bool
    planned_end: bool


@dataclass(frozen=True)
class Spans:
    """One page of spans, how many projects there are in all, and of how many at least one end is stated."""

    rows: list[Span]
    number: int
    dated: int


def spans(s: Session, actor: Actor, scope: Scope, page: int, size: int) -> Spans:
    """The page (from 1) of the projects that count in the scope."""
    columns = (
        Project.id, Project.name_cs, Project.name_en, Project.order_cs,
        Project.actual_start_edtf, Project.planned_start_edtf, Project.actual_end_edtf, Project.planned_end_edtf,
        func.coalesce(Project.actual_start_from, Project.planned_start_from).label("first"),
        func.coalesce(Project.actual_end_to, Project.planned_end_to).label("last"),
    )  # fmt: skip
    found = counted(actor, scope, *columns).subquery()
    c = found.c
    ends = (c.actual_start_edtf, c.planned_start_edtf, c.actual_end_edtf, c.planned_end_edtf)
    stated = or_(*(end.is_not(None) for end in ends))
    asked = select(func.count(), func.count(func.coalesce(*ends))).select_from(found)
    number, dated = s.execute(asked).one()
    order = (~stated, func.coalesce(c.first, c.last).is_(None), func.coalesce(c.first, c.last), c.order_cs, c.id)
    rows = s.execute(select(found).order_by(*order).limit(size).offset((page - 1) * size))
    return Spans([_span(row) for row in rows], number, dated)


def _span(row) -> Span:
    start, end = (
        When(actual or planned) if actual or planned else None
        for actual, planned in (
            (row.actual_start_edtf, row.planned_start_edtf), (row.actual_end_edtf, row.planned_end_edtf),
        )
    )  # fmt: skip
    return Span(
        row.id, row.name_cs, row.name_en, start, end,
        start is not None and not row.actual_start_edtf, end is not None and not row.actual_end_edtf,
    )  # fmt: skip
