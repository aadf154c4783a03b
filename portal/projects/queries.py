"""Reading projects: one, its parts, its sets, and the SELECT that lists filter."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, CompoundSelect, Select, exists, func, or_, select, union, union_all
from sqlalchemy.orm import Session, aliased, object_session

from portal.frameworks.models import Framework
from portal.frameworks.queries import subtree
from portal.kernel.asof import values_as_of
from portal.kernel.permission import Actor, open_to, visible_to, writes_everywhere
from portal.kernel.record import Record
from portal.partners.models import PARTNER_ROLES, Country, Participation
from portal.partners.queries import takes_part, told_of
from portal.projects.models import Project, ProjectCountry, ProjectFramework, ProjectSector, ProjectTheme, Theme
from portal.sources.queries import names_of_kinds, names_where


def project(s: Session, actor: Actor, project_id: int) -> Project | None:
    """One visible project."""
    return s.scalar(select(Project).where(Project.id == project_id, open_to(actor, Project)))


def namesakes(s: Session, actor: Actor, *names: str) -> list[Project]:
    """The visible projects called by one of these names in either language, spaces and capitals aside, the oldest first."""
    wanted = {_bare(name) for name in names} - {""}
    rows = s.execute(select(Project.id, Project.name_cs, Project.name_en).where(visible_to(actor, Project)))
    ids = [i for i, cs, en in rows if not wanted.isdisjoint((_bare(cs), _bare(en)))]
    return list(s.scalars(select(Project).where(Project.id.in_(ids)).order_by(Project.id)))


def _bare(name: str) -> str:
    return " ".join(name.split()).casefold()


def projects(actor: Actor) -> Select:
    """SELECT of all visible projects."""
    return select(Project).where(visible_to(actor, Project))


def in_framework(actor: Actor, framework_id: int) -> ColumnElement[bool]:
    """SQL predicate: the project belongs to the framework or one below it, or serves it as a further framework, as far
    as the actor may see that framework.

    A part without a framework of its own belongs to that of its umbrella.
    """
    tree = subtree(actor, framework_id).cte()
    below = select(tree.c.id)
    further = exists().where(ProjectFramework.project_id == Project.id, ProjectFramework.framework_id.in_(below))
    umbrella = Project.__table__.alias("umbrella_in_framework")
    through = select(umbrella.c.id).where(umbrella.c.framework_id.in_(below))
    as_part = Project.framework_id.is_(None) & Project.umbrella_id.in_(through)
    return Project.framework_id.in_(below) | further | as_part


def counted_by_framework(actor: Actor, framework_ids: Collection[int], among: Select | None = None) -> Select:
    """SELECT (framework, number) of the projects that `in_framework` finds for each of the frameworks; `among`: of
    those whose ids it selects."""
    tree = Framework.__table__
    below = select(tree.c.id.label("top"), tree.c.id).where(tree.c.id.in_(framework_ids)).cte(recursive=True)
    below = below.union(select(below.c.top, tree.c.id).where(tree.c.parent_id == below.c.id))
    umbrella = Project.__table__.alias("umbrella")
    placed = (
        select(Project.id.label("project_id"), func.coalesce(Project.framework_id, umbrella.c.framework_id).label("at"))
        .outerjoin(umbrella, umbrella.c.id == Project.umbrella_id)
        .where(visible_to(actor, Project))
    )
    serving = select(ProjectFramework.project_id, ProjectFramework.framework_id.label("at")).where(
        visible_to(actor, ProjectFramework.project_id)
    )
    found = union(placed, serving).subquery()
    counted = (
        select(below.c.top, func.count(func.distinct(found.c.project_id)))
        .join(found, found.c.at == below.c.id)
        .where(visible_to(actor, below.c.id))
        .group_by(below.c.top)
    )
    return counted if among is None else counted.where(found.c.project_id.in_(among))


def for_country(country_id: int):
    """SQL predicate: the project is for, or takes place in, the country."""
    return exists().where(ProjectCountry.project_id == Project.id, ProjectCountry.country_id == country_id)


def of_framework(actor: Actor, column, framework_id: int) -> ColumnElement[bool]:
    """SQL predicate: the record in the column is the framework, one below it, or a project of theirs."""
    return or_(
        column.in_(subtree(actor, framework_id)),
        column.in_(select(Project.id).where(in_framework(actor, framework_id))),
    )


def of_country(actor: Actor, column, country_id: int) -> ColumnElement[bool]:
    """SQL predicate: the record in the column is a project for the country, or a framework whose partner country it is."""
    framework = Framework.__table__
    partner = takes_part(actor, framework.c.id, [country_id], PARTNER_ROLES)
    return or_(
        column.in_(select(Project.id).where(for_country(country_id))), column.in_(select(framework.c.id).where(partner))
    )


def has_work(actor: Actor) -> ColumnElement[bool]:
    """SQL predicate: the country takes part somewhere, or a project is for it."""
    takes_any = exists().where(Participation.participant_id == Country.id, told_of(actor, Participation))
    return takes_any | has_project(actor)


def is_served(actor: Actor) -> ColumnElement[bool]:
    """SQL predicate over `Country`: a project is for it, or it is the partner of a framework. To take part is another matter."""
    framework = Framework.__table__.c.id
    partner = exists().where(
        Participation.participant_id == Country.id, Participation.role.in_(PARTNER_ROLES), told_of(actor, Participation),
        Participation.within_id.in_(select(framework)),
    )  # fmt: skip
    return has_project(actor) | partner


def has_project(actor: Actor) -> ColumnElement[bool]:
    """SQL predicate over `Country`: a visible project is for it."""
    return exists().where(ProjectCountry.country_id == Country.id, visible_to(actor, ProjectCountry.project_id))


def country_choices(v) -> list[tuple[object, str]]:
    """Countries for the filter `of_country`: a project is for them, or they are the partner of a framework."""
    return names_where(v, Country, is_served(v.actor))


def project_countries(v) -> list[tuple[object, str]]:
    """Countries for the filter `for_country`: a project is for them."""
    return names_where(v, Country, has_project(v.actor))


def parts_of(s: Session, actor: Actor, umbrella_id: int) -> list[Project]:
    """The parts of an umbrella project in the order of their names."""
    return list(
        s.scalars(
            select(Project)
            .where(Project.umbrella_id == umbrella_id, visible_to(actor, Project))
            .order_by(Project.order_cs, Project.id)
        )
    )


def written_by(s: Session, actor: Actor, lang: str) -> list[tuple[int, str, str]]:
    """(id, name, kind) of the projects and frameworks the actor may edit, projects first, in the order of the language."""
    rows = names_of_kinds(s, actor, lang, ("project", "framework"))
    if actor.role == "system" or writes_everywhere(actor, None):
        return rows
    allowed = set(s.scalars(written_ids(actor)))
    return [row for row in rows if row[0] in allowed]


def written_ids(actor: Actor) -> CompoundSelect:
    """SELECT of the ids of the projects and frameworks that stand in the actor's frameworks."""
    umbrella, mine = aliased(Project, flat=True), actor.framework_ids
    written = select(Project.__table__.c.id).outerjoin(umbrella, umbrella.id == Project.__table__.c.umbrella_id)
    written = written.where(or_(Project.__table__.c.framework_id.in_(mine), umbrella.framework_id.in_(mine)))
    framework = Framework.__table__.c
    return union_all(written, select(framework.id).where(framework.id.in_(mine) | framework.parent_id.in_(mine)))


def possible_umbrellas(s: Session, actor: Actor, lang: str, project: Project | None = None) -> list[Project]:
    """The visible projects that may have parts: those that are no part themselves, without the project asked for."""
    wanted = projects(actor).where(Project.umbrella_id.is_(None))
    if project is not None:
        wanted = wanted.where(Project.id != project.id)
    return list(s.scalars(wanted.order_by(Project.order_cs if lang == "cs" else Project.order_en, Project.id)))


SETS = {
    "further_frameworks": (ProjectFramework, "framework_id"),
    "countries": (ProjectCountry, "country_id"),
    "sectors": (ProjectSector, "sector_code"),
    "themes": (ProjectTheme, "theme_id"),
}
"""The sets of a project: the table each is kept in and its column."""


def sets_of(s: Session, project_id: int, change_id: int | None = None) -> dict[str, list]:
    """The sets of a project by unit, as ids or codes: now, or as right after a change."""
    found = {}
    for unit, (table, column) in SETS.items():
        if change_id is None:
            field = getattr(table, column)
            found[unit] = list(s.scalars(select(field).where(table.project_id == project_id).order_by(field)))
        else:
            rows = values_as_of(s, change_id, table.__table__, project_id=project_id)
            found[unit] = [row[column] for row in rows]
    return found


def members(project: Project, unit: str) -> list:
    """The ids or codes of one set of a project, in their order."""
    table, column = SETS[unit]
    field = getattr(table, column)
    s = object_session(project)
    return list(s.scalars(select(field).where(table.project_id == project.id).order_by(field))) if s else []


def further_frameworks(s: Session, actor: Actor, project_ids: Collection[int]) -> list[tuple[int, Record]]:
    """(project id, framework) of the further frameworks served."""
    return list(
        s.execute(
            select(ProjectFramework.project_id, Record)
            .join(Record, Record.id == ProjectFramework.framework_id)
            .where(ProjectFramework.project_id.in_(project_ids), visible_to(actor))
            .order_by(Record.order_cs)
        )
    )


def countries_of(s: Session, actor: Actor, project_ids: Collection[int]) -> list[tuple[int, Record]]:
    """(project id, country) of the countries the projects are for."""
    return list(
        s.execute(
            select(ProjectCountry.project_id, Record)
            .join(Record, Record.id == ProjectCountry.country_id)
            .where(ProjectCountry.project_id.in_(project_ids), visible_to(actor))
            .order_by(Record.order_cs)
        )
    )


def themes_of(s: Session, actor: Actor, project_ids: Collection[int]) -> list[tuple[int, Record]]:
    """(project id, theme) of the projects."""
    return list(
        s.execute(
            select(ProjectTheme.project_id, Record)
            .join(Record, Record.id == ProjectTheme.theme_id)
            .where(ProjectTheme.project_id.in_(project_ids), visible_to(actor))
            .order_by(Record.order_cs)
        )
    )


def themes(s: Session, actor: Actor) -> list[Theme]:
    """All themes in Czech order."""
    return list(s.scalars(select(Theme).where(visible_to(actor, Theme)).order_by(Theme.order_cs)))


def theme(s: Session, actor: Actor, theme_id: int) -> Theme | None:
    """One visible theme."""
    return s.scalar(select(Theme).where(Theme.id == theme_id, visible_to(actor, Theme)))


def themes_used(s: Session, actor: Actor, lang: str) -> list[tuple[Theme, int]]:
    """All visible themes in the order of the language, each with the number of visible projects that have it."""
    used = (
        select(func.count())
        .where(ProjectTheme.theme_id == Theme.id, visible_to(actor, ProjectTheme.project_id))
        .correlate(Theme)
        .scalar_subquery()
    )
    order = Theme.order_cs if lang == "cs" else Theme.order_en
    return list(s.execute(select(Theme, used).where(visible_to(actor, Theme)).order_by(order, Theme.id)))


def with_theme(theme_id: int):
    """SQL predicate: the project has the theme."""
    return exists().where(ProjectTheme.project_id == Project.id, ProjectTheme.theme_id == theme_id)


def sectors_of(s: Session, project_ids: Collection[int]) -> list[tuple[int, str]]:
    """(project id, DAC purpose code) of the projects."""
    return list(
        s.execute(
            select(ProjectSector.project_id, ProjectSector.sector_code)
            .where(ProjectSector.project_id.in_(project_ids))
            .order_by(ProjectSector.project_id, ProjectSector.sector_code)
        )
    )
