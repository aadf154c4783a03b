"""How many projects and frameworks there are with each country."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from portal.figures import Scope
from portal.figures.projects import counted
from portal.figures.selection import held_flows, places
from portal.frameworks.models import Framework
from portal.kernel.permission import Actor, visible_to
from portal.partners.models import PARTNER_ROLES, Country, Participation
from portal.partners.queries import told_of
from portal.projects.models import Project, ProjectCountry
from portal.projects.queries import for_country


@dataclass(frozen=True)
class Partner:
    """A country with the numbers of projects for it and of frameworks whose partner it is."""

    country_id: int
    iso2: str
    name_cs: str
    name_en: str
    projects: int
    frameworks: int


def partners(s: Session, actor: Actor, scope: Scope) -> tuple[list[Partner], int, int]:
    """The countries in Czech order; of how many projects a country is stated, and of how many in all."""
    mine = counted(actor, scope, Project.id).subquery()
    for_it = dict(
        s.execute(
            select(ProjectCountry.country_id, func.count())
            .where(ProjectCountry.project_id.in_(select(mine.c.id)))
            .group_by(ProjectCountry.country_id)
        ).all()
    )
    with_it = dict(
        s.execute(
            select(Participation.participant_id, func.count(func.distinct(Participation.within_id)))
            .where(
                Participation.role.in_(PARTNER_ROLES), told_of(actor, Participation),
                Participation.certainty.in_(scope.admitted), Participation.within_id.in_(_frameworks(actor, scope)),
            )
            .group_by(Participation.participant_id)
        ).all()
    )  # fmt: skip
    asked = select(Country.id, Country.iso2, Country.name_cs, Country.name_en).where(
        visible_to(actor, Country), Country.id.in_({*for_it, *with_it})
    )
    found = [
        Partner(i, iso2, cs, en, for_it.get(i, 0), with_it.get(i, 0))
        for i, iso2, cs, en in s.execute(asked.order_by(Country.order_cs, Country.id))
    ]
    stated = select(func.count(func.distinct(ProjectCountry.project_id))).where(
        ProjectCountry.project_id.in_(select(mine.c.id))
    )
    return found, s.scalar(stated), s.scalar(select(func.count()).select_from(mine))


def taking_part(s: Session, actor: Actor, scope: Scope) -> tuple[Scope, int] | None:
    """How many projects that are not for the country of the scope it takes part in, and the scope of those in which it does;
    None where there are none, or no country is asked for."""
    country = scope.country
    if country is None or scope.organisation is not None:
        return None
    wider = replace(scope, country=None, organisation=country)
    others = counted(actor, wider, Project.id).where(~for_country(country)).subquery()
    number = s.scalar(select(func.count()).select_from(others))
    return (wider, number) if number else None


def _frameworks(actor: Actor, scope: Scope) -> Select:
    """SELECT of the ids of frameworks of the scope; where it asks for some money, of those with such money of their own."""
    asked = select(Framework.id).where(visible_to(actor, Framework), Framework.certainty.in_(scope.admitted))
    if scope.by_place:
        asked = asked.where(Framework.id.in_(places(actor, scope)))
    if scope.by_flow:
        asked = asked.where(Framework.id.in_(select(held_flows(actor, scope).c.booked_id)))
    return asked


def entries(s: Session, actor: Actor, scope: Scope, country_id: int) -> list[tuple[str, int, str, str]]:
    """(kind, id, Czech name, English name) of the frameworks and projects of a country, each in Czech order."""
    partner = select(Participation.within_id).where(
        Participation.participant_id == country_id, Participation.role.in_(PARTNER_ROLES), told_of(actor, Participation),
        Participation.certainty.in_(scope.admitted), Participation.within_id.in_(_frameworks(actor, scope)),
    )  # fmt: skip
    with_it = select(Framework.id, Framework.name_cs, Framework.name_en).where(Framework.id.in_(partner))
    for_it = counted(actor, scope, Project.id, Project.name_cs, Project.name_en).where(for_country(country_id))
    return [
        *(("framework", *row) for row in s.execute(with_it.order_by(Framework.order_cs, Framework.id))),
        *(("project", *row) for row in s.execute(for_it.order_by(Project.order_cs, Project.id))),
    ]
