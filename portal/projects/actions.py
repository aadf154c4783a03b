"""Everything a person does with projects."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, object_session
from sqlalchemy.orm.attributes import flag_modified

from portal.accounts.actions.secrecy import set_secrecy
from portal.kernel.errors import InvalidInput
from portal.kernel.permission import Actor, need, visible_to
from portal.kernel.settling import settle
from portal.kernel.when import When
from portal.projects import facts, policy, texts  # noqa: F401  policy declares the permissions, texts registers what is searched
from portal.projects.models import Project, Theme
from portal.projects.queries import SETS, members
from portal.projects.rules import problems
from portal.sources.actions import (
    UNSUPPORTED,
    Support,
    checked,
    led,
    misplaced,
    set_plain,
    state_all,
    state_new,
    upheld,
)
from portal.sources.facts import NOTHING, Pair, beside_facts, kept_as_sets
from portal.sources.models import Statement

PLAIN = ("status_basis", "status_on", "note", "responsible", "reference", "file_mark", "placeholder", "certainty")


def add_project(
    s: Session, actor: Actor, values: Mapping[str, object], support: Support = UNSUPPORTED, *, key: str | None = None
) -> Project:
    """Add a project. `values` maps units (fact fields, `PLAIN` columns) to values of the unit's type.

    Raises InvalidInput {unit: code} where a rule is broken, Forbidden outside the actor's frameworks.
    """
    _check(s, actor, None, values)
    project = Project(key=key, framework_id=values.get("framework"), umbrella_id=values.get("umbrella"))
    need(actor, "project.add", _placed(s, values.get("framework"), values.get("umbrella")))
    if values.get("framework") is not None:
        need(actor, "project.add", _placed(s, values["framework"], None))
    if values.get("umbrella") is not None:
        need(actor, "project.edit", s.get(Project, values["umbrella"]))
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
    check(s, actor, project, values)
    set_plain(project, PLAIN, values)
    _write(s, actor, project, values, support)
    return project


def check(s: Session, actor: Actor, project: Project, values: Mapping[str, object]) -> None:
    """What `edit_project` asks of values before it writes them: the rules, and the right to place it elsewhere."""
    _check(s, actor, project, values)
    framework = values.get("framework", project.framework_id)
    umbrella = values.get("umbrella", project.umbrella_id)
    if (framework, umbrella) != (project.framework_id, project.umbrella_id):
        need(actor, "project.add", _placed(s, framework, umbrella))
    # Each new place must be the actor's to write in: the other one, that stays, gives no right there.
    if framework is not None and framework != project.framework_id:
        need(actor, "project.add", _placed(s, framework, None))
    if umbrella is not None and umbrella != project.umbrella_id:
        need(actor, "project.edit", s.get(Project, umbrella))


def _check_fact(s: Session, actor: Actor, project: Project, values: Mapping[str, object]) -> None:
    """The same of one fact somebody lets lead. With the status goes what was known of the one before."""
    check(s, actor, project, {"status_basis": None, **values} if "status" in values else values)


def _follow_status(s: Session, project: Project, statement: Statement) -> None:
    """The status is known as its leading statement knows it, and holds for the day of the latest source."""
    doubtful = statement.precision in ("derived", "inferred") or statement.certainty == "unsure"
    known = None if statement.value is None else "derived" if doubtful else "stated"
    project.status_basis = "ambiguous" if statement.precision == "ambiguous" else known
    dated = [c.document.dated for c in statement.citations if c.document.dated is not None]
    project.status_on = max(dated, key=lambda when: when.earliest or date.min, default=None)


def _keep(project: Project, unit: str, wanted: Collection) -> None:
    """Let the set be just `wanted`. It stands in a table of its own; the project's version counts its changes too."""
    table, column = SETS[unit]
    s, have = object_session(project), set(members(project, unit))
    gone, come = have - set(wanted), set(wanted) - have
    if gone:
        s.execute(delete(table).where(table.project_id == project.id, getattr(table, column).in_(gone)))
    s.add_all(table(project_id=project.id, **{column: value}) for value in sorted(come))
    if gone or come:
        flag_modified(project, "name_cs")
    s.flush()


checked("project", _check_fact)


def _leave_reports(project: Project) -> None:
    """A status that is not stated holds for no day; lights and reports are the department's own."""
    project.light = project.reported_on = project.light_on = None
    if project.status is None:
        project.status_basis = project.status_on = None


led("project", "status", _follow_status)
beside_facts("project", _leave_reports)
kept_as_sets("project", members, _keep)


def add_theme(
    s: Session,
    actor: Actor,
    name_cs: str,
    name_en: str,
    *,
    key: str | None = None,
    certainty="uncited",
    note: Pair = NOTHING,
) -> Theme:
    """Add a theme. InvalidInput {name: name_missing | theme_there}."""
    need(actor, "theme.add")
    _check_theme(s, actor, None, Pair(name_cs, name_en))
    theme = Theme(key=key, certainty=certainty, note_cs=note.cs, note_en=note.en)
    theme.rename(name_cs, name_en)
    s.add(theme)
    settle(s, [theme])
    return theme


def edit_theme(s: Session, actor: Actor, theme: Theme, values: Mapping[str, object]) -> Theme:
    """Rename a theme (`name`), or change its note; projects keep it. InvalidInput as of `add_theme`."""
    need(actor, "theme.edit", theme)
    name = values.get("name", Pair(theme.name_cs, theme.name_en))
    _check_theme(s, actor, theme, name)
    set_plain(theme, PLAIN, values)
    state_all(s, actor, theme, {"name": name}, UNSUPPORTED)
    settle(s, [theme])
    return theme


def _check_theme(s: Session, actor: Actor, theme: Theme | None, name: Pair) -> None:
    """A theme has a name, and not that of another one the actor may see."""
    if not name:
        raise InvalidInput({"name": "name_missing"})
    wanted = {text.casefold() for text in (name.cs, name.en) if text}
    others = s.execute(select(Theme.id, Theme.name_cs, Theme.name_en).where(visible_to(actor, Theme)))
    if any(wanted & {cs.casefold(), en.casefold()} for i, cs, en in others if theme is None or i != theme.id):
        raise InvalidInput({"name": "theme_there"})


upheld("theme", lambda s, actor, theme, _before: _check_theme(s, actor, theme, Pair(theme.name_cs, theme.name_en)))


def take_report(project: Project, *, light: str | None, status: Statement | None, held_on: When, written_on) -> None:
    """Let the project repeat its latest status update (called by `progress`). `status`: the statement it makes, if it does."""
    project.light, project.light_on, project.reported_on = light, written_on if light else None, written_on
    if status is not None:
        take_status(project, status, held_on)


def take_status(project: Project, status: Statement | None, held_on: When) -> None:
    """Let the status be known as the statement of it is that leads, for the day of the update it comes from (called by
    `progress`)."""
    doubtful = status is not None and status.certainty == "unsure"
    project.status_basis, project.status_on = "derived" if doubtful else "stated", held_on


def _placed(s: Session, framework_id: int | None, umbrella_id: int | None) -> Project:
    """A project standing there, to ask who may write it."""
    return Project(framework_id=framework_id, umbrella=s.get(Project, umbrella_id) if umbrella_id else None)


def _check(s: Session, actor: Actor, project: Project | None, values: Mapping[str, object]) -> None:
    whole = dict(values)
    if project is not None:
        whole["id"] = project.id
        for unit in ("planned_start", "planned_end", "actual_start", "actual_end", "status", "status_basis"):
            whole.setdefault(unit, getattr(project, unit))
    found = [*problems(whole), *misplaced(s, actor, facts.PROJECT, values).items()]
    umbrella_id = values.get("umbrella")
    if umbrella_id and "umbrella" not in dict(found):
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
    set_secrecy(s, actor, project, values)
    settle(s, [project])
