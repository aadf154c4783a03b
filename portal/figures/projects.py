"""Counts of projects: all of them, and by status as the sources of the scope say it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Select, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.figures.behind import Behind
from portal.figures.dimensions import AMBIGUOUS, DERIVED
from portal.figures.said import status_led_by_others, status_said
from portal.figures.scope import STATUS_NOT_STATED, STATUSES, Scope
from portal.figures.selection import around, carried_out, known_places, projects
from portal.figures.shapes import Breakdown, Count, Coverage, Group
from portal.kernel.permission import Actor
from portal.kernel.when import When
from portal.projects.models import Project


def counted(actor: Actor, scope: Scope, *columns) -> Select:
    """SELECT of `columns` of the projects that count: known to the sources of the scope, or carrying money known to them.

    Umbrella projects and their parts each count as a project.
    """
    asked = projects(actor, scope, *columns).where(*carried_out(scope))
    if scope.certainty == "all":  # admits every project there is
        return asked
    known = known_places(actor, scope, near=around(actor, scope))
    return asked.where(or_(Project.certainty.in_(scope.admitted), Project.id.in_(known)))


def told_apart(actor: Actor, scope: Scope, *columns) -> Select:
    """SELECT of (id, umbrella, part, placeholder, *columns) of the projects that count; each of the three 0 or 1."""
    part = aliased(Project, flat=True)
    has_parts = exists().where(part.umbrella_id == Project.id)
    return counted(
        actor, scope, Project.id, case((has_parts, 1), else_=0).label("umbrella"),
        case((Project.umbrella_id.is_not(None), 1), else_=0).label("part"),
        case((Project.placeholder, 1), else_=0).label("placeholder"), *columns,
    )  # fmt: skip


def count(s: Session, actor: Actor, scope: Scope) -> Count:
    """How many projects, and how many of them are umbrellas, parts of one, or only counted by a source and not named."""
    found = told_apart(actor, scope).subquery()
    sums = [func.coalesce(func.sum(found.c[name]), 0) for name in ("umbrella", "part", "placeholder")]
    row = s.execute(select(func.count(), *sums).select_from(found)).one()
    return Count(*(int(n) for n in row))


def key_of(status: str | None, basis: str | None) -> str:
    """The group of a status: its code, `<code>:derived`, `ambiguous` where no status can be told, `none` if not stated."""
    if basis == AMBIGUOUS:
        return AMBIGUOUS
    if status is None:
        return STATUS_NOT_STATED
    return f"{status}:{DERIVED}" if basis == DERIVED else status


KEYS = tuple(key for code in STATUSES[:-1] for key in (code, f"{code}:{DERIVED}")) + (AMBIGUOUS, STATUS_NOT_STATED)
"""All groups in the order of a chart."""


def by_status(s: Session, actor: Actor, scope: Scope) -> Breakdown:
    """Projects by status. A status derived from other facts stands apart from a stated one; only groups that occur."""
    status, basis = status_said(scope)
    found = counted(actor, scope, status.label("status"), basis.label("basis")).subquery()
    rows = s.execute(select(found.c.status, found.c.basis, func.count()).group_by(found.c.status, found.c.basis))
    return grouped(((key_of(code, how), number) for code, how, number in rows), count(s, actor, scope))


def grouped(rows: Iterable[tuple[str, int]], whole: Count) -> Breakdown:
    """The breakdown by status of (key of a group, number)."""
    numbers: dict[str, int] = {}
    for key, number in rows:
        numbers[key] = numbers.get(key, 0) + number
    return Breakdown("status", tuple(Group(key, number=numbers[key]) for key in KEYS if key in numbers), whole)


def status_coverage(s: Session, actor: Actor, scope: Scope) -> Coverage:
    """For how many projects a status is stated or derived; one that cannot be told is not known."""
    return by_status(s, actor, scope).coverage


@dataclass(frozen=True)
class SaidProject:
    """A project and what the sources of the scope say of its status: `key` as of its group (see `key_of`), `since` the day
    of that statement, where it is the one the portal follows."""

    project: Project
    key: str
    since: When | None


def _said(project: Project, status: str | None, basis: str | None, by_others: int) -> SaidProject:
    return SaidProject(project, key_of(status, basis), None if by_others else project.status_on)


def behind(actor: Actor, scope: Scope, by: str | None = None, part: str | None = None) -> Behind:
    """The projects behind a count, in Czech order: rows for `SaidProject`. With `by="status"`, `part` picks one group by its
    key. ValueError for what can be no key."""
    status, basis = status_said(scope)
    others = case((status_led_by_others(scope), 1), else_=0)
    asked = counted(actor, scope, Project, status.label("status"), basis.label("basis"), others.label("by_others"))
    found = Behind(asked, (Project.order_cs,), Project.id, _said)
    if part is None:
        return found
    if by != "status":
        raise ValueError(f"projects are not grouped by {by!r}")
    if part not in KEYS:
        raise ValueError(f"no such group: {part[:40]!r}")
    if part == AMBIGUOUS:
        asked = asked.where(basis == AMBIGUOUS)
    else:
        code, _, how = part.partition(":")
        others = (AMBIGUOUS,) if code == STATUS_NOT_STATED else (AMBIGUOUS, DERIVED)
        asked = asked.where(status.is_(None) if code == STATUS_NOT_STATED else status == code)
        asked = asked.where(basis == DERIVED if how else or_(basis.is_(None), basis.not_in(others)))
    return replace(found, select=asked)


def records(s: Session, actor: Actor, scope: Scope, by: str | None = None, part: str | None = None) -> list[Project]:
    """The projects behind a count, in Czech order."""
    return [row.project for row in behind(actor, scope, by, part).all(s)]
