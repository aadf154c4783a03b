"""Everything a person does with projects."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.kernel.errors import InvalidInput
from portal.kernel.permission import Actor, need
from portal.kernel.settling import settle
from portal.kernel.when import When
from portal.projects import facts, texts  # noqa: F401  texts registers what is searched
from portal.projects.models import Project, ProjectCountry, ProjectFramework, ProjectSector, ProjectTheme, Theme
from portal.projects.rules import problems
from portal.sources.actions import UNSUPPORTED, Support, set_plain, state_all, state_new

SETS = {
    "further_frameworks": (ProjectFramework, "framework_id"),
    "countries": (ProjectCountry, "country_id"),
    "sectors": (ProjectSector, "sector_code"),
    "themes": (ProjectTheme, "theme_id"),
}
PLAIN = (
    "status_basis", "status_on", "note", "responsible", "reference", "confidential", "placeholder", "certainty",
)  # fmt: skip


def add_project(
    s: Session, actor: Actor, values: Mapping[str, object], support: Support = UNSUPPORTED, *, key: str | None = None
) -> Project:
    """Add a project. `values` maps units (fact fields, `PLAIN` columns, `SETS`) to values of the unit's type.

    Raises InvalidInput {unit: code} where a rule is broken, Forbidden outside the actor's frameworks.
    """
    _check(s, None, values)
    project = Project(key=key)
    project.framework_id = values.get("framework")
    need(actor, "project.add", project)
    project.rename(values["name"].cs, values["name"].en)
    set_plain(project, PLAIN, values)
    s.add(project)
    s.flush()
    _write(s, actor, project, values, support, new=True)
    return project


def edit_project(
    s: Session, actor: Actor, project: Project, values: Mapping[str, object], support: Support = UNSUPPORTED
) -> Project:
    """Change units of a project; each changed fact becomes a leading statement resting on `support`."""
    need(actor, "project.edit", project)
    _check(s, project, values)
    if "framework" in values and values["framework"] != project.framework_id:
        moved = Project(framework_id=values["framework"])
        need(actor, "project.add", moved)
    set_plain(project, PLAIN, values)
    _write(s, actor, project, values, support)
    return project


def add_theme(
    s: Session, actor: Actor, name_cs: str, name_en: str, *, key: str | None = None, certainty="uncited"
) -> Theme:
    """Add a theme."""
    need(actor, "theme.add")
    theme = Theme(key=key, certainty=certainty)
    theme.rename(name_cs, name_en)
    s.add(theme)
    settle(s, [theme])
    return theme


def take_report(project: Project, *, light: str | None, status: str | None, held_on: When, written_on) -> None:
    """Let the project repeat its latest status update (called by `progress`)."""
    project.light, project.light_on, project.reported_on = light, written_on if light else None, written_on
    if status is not None:
        project.status_basis, project.status_on = "stated", held_on


def _check(s: Session, project: Project | None, values: Mapping[str, object]) -> None:
    whole = dict(values)
    if project is not None:
        whole["id"] = project.id
        for unit in ("planned_start", "planned_end", "actual_start", "actual_end", "status", "status_basis"):
            whole.setdefault(unit, getattr(project, unit))
    found = problems(whole)
    umbrella_id = values.get("umbrella")
    if umbrella_id:
        umbrella = s.get(Project, umbrella_id)
        if umbrella is None or umbrella.umbrella_id is not None:
            found.append(("umbrella", "umbrella_is_a_part"))
        elif project is not None and s.scalar(select(Project.id).where(Project.umbrella_id == project.id).limit(1)):
            found.append(("umbrella", "has_parts_itself"))
    if found:
        raise InvalidInput(dict(found))


def _write(s: Session, actor: Actor, project: Project, values, support: Support, new: bool = False) -> None:
    if new:
        state_new(s, actor, project, facts.PROJECT, values, support)
    else:
        state_all(s, actor, project, {f.field: values[f.field] for f in facts.PROJECT if f.field in values}, support)
    for unit, (table, column) in SETS.items():
        if unit in values:
            _replace_set(s, project, table, column, set(values[unit]))
    settle(s, [project])


def _replace_set(s: Session, project: Project, table, column: str, wanted: Collection) -> None:
    field = getattr(table, column)
    have = set(s.scalars(select(field).where(table.project_id == project.id)))
    for gone in have - wanted:
        s.execute(delete(table).where(table.project_id == project.id, field == gone))
    s.add_all(table(project_id=project.id, **{column: value}) for value in sorted(wanted - have))
    s.flush()
