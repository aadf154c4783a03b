"""Rows of the lists of organisations and countries: in how many frameworks and projects each takes part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record
from portal.partners.models import Country, Organisation, Participation
from portal.partners.queries import role_order, told_of
from portal.projects.models import Project, ProjectCountry
from portal.projects.queries import has_work, in_framework, of_framework


@dataclass
class PartnerRow:
    """An organisation or country, its country, and the visible frameworks and projects it takes part in."""

    partner: Record
    country: Record | None = None
    frameworks: int = 0
    projects: int = 0
    roles: tuple[str, ...] = ()


def country_in_use(actor: Actor) -> ColumnElement[bool]:
    """The portfolio, as far as the actor may see it, says something of the country: it takes part, a project is for it,
    an organisation sits there."""
    return has_work(actor) | exists().where(Organisation.country_id == Country.id, visible_to(actor, Organisation))


def takes_part(
    actor: Actor, participant, framework_ids: Sequence[str] = (), role: str | None = None
) -> ColumnElement[bool]:
    """The participant in the column takes part (as `role`, or as anything) somewhere; with frameworks chosen in one of them,
    in one below it, or in a project of theirs."""
    part = aliased(Participation)
    asked = [part.participant_id == participant, told_of(actor, part)]
    if role is not None:
        asked.append(part.role == role)
    if framework_ids:
        asked.append(or_(*(of_framework(actor, part.within_id, int(i)) for i in framework_ids)))
    return exists().where(*asked)


def has_project(actor: Actor, framework_id: int) -> ColumnElement[bool]:
    """A visible project of the framework, or of one below it, is for the country."""
    theirs = select(Project.id).where(in_framework(actor, framework_id), visible_to(actor, Project))
    return exists().where(ProjectCountry.country_id == Country.id, ProjectCountry.project_id.in_(theirs))


def dress(s: Session, actor: Actor, partners: Sequence[Record]) -> list[PartnerRow]:
    """Rows in three queries whatever their number."""
    rows = {p.id: PartnerRow(p) for p in partners}
    if not rows:
        return []
    within = aliased(Record)
    mine = (Participation.participant_id.in_(rows), told_of(actor, Participation))
    counted = (
        select(Participation.participant_id, within.kind, func.count(func.distinct(within.id)))
        .join(within, within.id == Participation.within_id)
        .where(*mine)
        .group_by(Participation.participant_id, within.kind)
    )
    for participant_id, kind, number in s.execute(counted):
        if kind in ("framework", "project"):
            setattr(rows[participant_id], f"{kind}s", number)
    held = s.execute(select(Participation.participant_id, Participation.role).where(*mine).distinct()).all()
    rank = role_order()
    for participant_id, role in sorted(held, key=lambda row: rank[row.role]):
        rows[participant_id].roles += (role,)
    wanted = {p.country_id for p in partners if isinstance(p, Organisation)} - {None}
    if wanted:
        named = {c.id: c for c in s.scalars(select(Country).where(Country.id.in_(wanted), visible_to(actor, Country)))}
        for row in rows.values():
            row.country = named.get(row.partner.country_id)
    return list(rows.values())
