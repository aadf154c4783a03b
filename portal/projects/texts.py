"""What of a project is searched: its own texts and the names of its framework, umbrella, countries, themes, participants."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, union_all

from portal.kernel.record import Record
from portal.kernel.settling import searchable
from portal.kernel.words import BODY, KEY_PHRASE, LINKED_NAME, NAME
from portal.partners.texts import names, participant_names
from portal.projects.models import Project, ProjectCountry, ProjectFramework, ProjectTheme


def _project(s, projects: Iterable[Project]):
    for p in projects:
        yield from names(p.id, p, NAME)
        yield p.id, p.id, p.acronym or "", "cs", NAME
        yield p.id, p.id, p.full_title_cs, "cs", KEY_PHRASE
        yield p.id, p.id, p.full_title_en, "en", KEY_PHRASE
        yield p.id, p.id, p.description_cs, "cs", BODY
        yield p.id, p.id, p.description_en, "en", BODY
    ids = [p.id for p in projects]
    linked = union_all(
        select(Project.id, Project.framework_id).where(Project.id.in_(ids), Project.framework_id.is_not(None)),
        select(Project.id, Project.umbrella_id).where(Project.id.in_(ids), Project.umbrella_id.is_not(None)),
        select(ProjectFramework.project_id, ProjectFramework.framework_id).where(ProjectFramework.project_id.in_(ids)),
        select(ProjectCountry.project_id, ProjectCountry.country_id).where(ProjectCountry.project_id.in_(ids)),
        select(ProjectTheme.project_id, ProjectTheme.theme_id).where(ProjectTheme.project_id.in_(ids)),
    )
    pairs = s.execute(linked).all()
    found = {r.id: r for r in s.scalars(select(Record).where(Record.id.in_({i for _, i in pairs})))} if pairs else {}
    for project_id, i in pairs:
        yield from names(project_id, found[i], LINKED_NAME)
    yield from participant_names(s, ids)


def _theme(s, themes):
    for t in themes:
        yield from names(t.id, t, NAME)


searchable("project", _project)
searchable("theme", _theme)
