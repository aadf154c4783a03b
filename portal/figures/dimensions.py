"""The dimensions by which money is parted: for each flow exactly one key, so that groups always add up to the total.

Keys: the id of a record, a code, `MORE` where there are several (a project for two countries stands once, in a group of
its own), NULL where nothing is stated. A time that spans years is a key of its own ("2010-2013"): nothing is split.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, String, case, cast, exists, extract, func, literal, select
from sqlalchemy.orm import aliased

from portal.figures.said import flow, said, status_said
from portal.figures.scope import CERTAINTIES, STATUSES, Scope
from portal.frameworks.models import Framework
from portal.kernel.permission import Actor, visible_to
from portal.partners.models import PARTNER_ROLES, Participation
from portal.partners.queries import told_of
from portal.projects.models import Project, ProjectCountry

NONE, MORE = "none", "more"
"""Keys of the groups of what is not stated, and of what has several."""
SEVERAL = -1
"""`MORE` among ids."""
IMPLEMENTING = ("implementing",)
"""Roles of those that carry a project out (IATI OrganisationRole 4)."""
LEVELS = ("framework", "umbrella", "project", "part")
AMBIGUOUS, DERIVED, AT_FRAMEWORK = "ambiguous", "derived", "framework"
STATUS_KEYS = tuple(k for code in STATUSES[:-1] for k in (code, f"{code}:{DERIVED}")) + (AMBIGUOUS, NONE, AT_FRAMEWORK)
_project, _framework = Project.__table__, Framework.__table__


@dataclass(frozen=True)
class Dimension:
    """`of_place(actor, scope, column)` gives the key of the record in a column, `of_flow(actor, scope, held)` that of a row of
    `judged` joined with `flow`; one of the two. `ids`: keys are ids of records. `keys`: the codes, in their order; else
    `pattern` says what a key may be."""

    name: str
    of_place: Callable | None = None
    of_flow: Callable | None = None
    ids: bool = True
    keys: tuple[str, ...] = ()
    pattern: str = ""
    paired: bool = True

    def read(self, part: str) -> int | str | None:
        """The key of a group of an address as it stands in SQL. ValueError for what can be none."""
        if part == NONE:
            return None
        if self.ids:
            if part == MORE:
                return SEVERAL
            if re.fullmatch(r"[0-9]{1,9}", part, re.ASCII):
                return int(part)
        elif part in self.keys or (self.pattern and re.fullmatch(self.pattern, part, re.ASCII)):
            return part
        raise ValueError(f"no such group: {part[:40]!r}")

    def written(self, key: int | str | None) -> str:
        """The key of a group for people's addresses."""
        return NONE if key is None else MORE if key == SEVERAL else str(key)


def _only(column) -> ColumnElement:
    """The one value of a column, `SEVERAL` where there are more."""
    return case((func.count(func.distinct(column)) > 1, SEVERAL), else_=func.min(column))


def _country(actor: Actor, scope: Scope, place) -> ColumnElement:
    """The country a project is for, or the partner country of a framework."""
    of_project = select(_only(ProjectCountry.country_id)).where(
        ProjectCountry.project_id == place, visible_to(actor, ProjectCountry.country_id)
    )
    part, at = aliased(Participation), _framework.alias()
    of_framework = select(_only(part.participant_id)).where(
        part.within_id == place, part.role.in_(PARTNER_ROLES), told_of(actor, part),
        part.participant_id.in_(_countries()), exists().where(at.c.id == part.within_id),
    )  # fmt: skip
    return func.coalesce(of_project.correlate_except(ProjectCountry).scalar_subquery(), _inner(of_framework, part))


def _countries():
    from portal.partners.models import Country

    return select(Country.__table__.c.id)


def _inner(asked, own) -> ColumnElement:
    return asked.correlate_except(own).scalar_subquery()


def _implementer(actor: Actor, scope: Scope, place) -> ColumnElement:
    """Who carries the project or framework out."""
    part = aliased(Participation)
    asked = select(_only(part.participant_id)).where(
        part.within_id == place, part.role.in_(IMPLEMENTING), told_of(actor, part)
    )
    return _inner(asked, part)


def _belongs_to(actor: Actor, scope: Scope, place) -> ColumnElement:
    """The framework itself, or that of the project or its umbrella."""
    mine, above, at = _project.alias(), _project.alias(), _framework.alias()
    of_project = (
        select(func.coalesce(mine.c.framework_id, above.c.framework_id))
        .select_from(mine.outerjoin(above, above.c.id == mine.c.umbrella_id))
        .where(mine.c.id == place)
    )
    itself = select(at.c.id).where(at.c.id == place)
    return func.coalesce(itself.scalar_subquery(), of_project.scalar_subquery())


def _level(actor: Actor, scope: Scope, place) -> ColumnElement:
    part, mine, at = _project.alias(), _project.alias(), _framework.alias()
    return case(
        (exists().where(at.c.id == place), "framework"),
        (exists().where(mine.c.id == place, mine.c.umbrella_id.is_not(None)), "part"),
        (exists().where(part.c.umbrella_id == place, visible_to(actor, part.c.id)), "umbrella"),
        else_="project",
    )


def _status(actor: Actor, scope: Scope, place) -> ColumnElement:
    """The status of a project as the sources of the scope say it (`projects.key_of`); frameworks have none of these."""
    status, basis = status_said(scope)
    key = case(
        (basis == AMBIGUOUS, AMBIGUOUS), (status.is_(None), NONE), (basis == DERIVED, status + f":{DERIVED}"), else_=status
    )  # fmt: skip
    at = _framework.alias()
    own = (
        place is Project.id
    )  # a SELECT of projects has the row at hand; a subquery of the same table would ask it of itself
    asked = key if own else select(key).where(Project.id == place).correlate_except(Project).scalar_subquery()
    return func.nullif(case((exists().where(at.c.id == place), AT_FRAMEWORK), else_=asked), NONE)


def _year(actor: Actor, scope: Scope, held) -> ColumnElement:
    """The year of the value date, "2010-2013" for a time over more years ("2014-" open), NULL for none."""
    first, last = (cast(cast(extract("year", c), Integer), String) for c in (flow.c.valued_from, flow.c.valued_to))
    span = func.coalesce(first, "") + literal("-") + func.coalesce(last, "")
    return case(
        (flow.c.valued_edtf.is_(None), None), (flow.c.valued_from.is_(None) & flow.c.valued_to.is_(None), None),
        (first == last, first), else_=span,
    )  # fmt: skip


DIMENSIONS: dict[str, Dimension] = {
    d.name: d
    for d in (
        Dimension("instrument", of_flow=lambda a, scope, held: held.c.instrument_id, paired=False),
        Dimension("framework", of_place=_belongs_to),
        Dimension(
            "provider", of_flow=lambda a, scope, h: said(scope, flow.c.id, "provider", flow.c.provider_id), paired=False
        ),
        Dimension(
            "receiver", of_flow=lambda a, scope, h: said(scope, flow.c.id, "receiver", flow.c.receiver_id), paired=False
        ),
        Dimension("project", of_place=lambda actor, scope, place: place),
        Dimension("country", of_place=_country),
        Dimension("year", of_flow=_year, ids=False, pattern=r"\d{4}|\d{4}-\d{4}|\d{4}-|-\d{4}", paired=False),
        Dimension("currency", of_flow=lambda a, scope, held: held.c.currency, ids=False, pattern="[A-Z]{3}"),
        Dimension(
            "certainty", of_flow=lambda a, scope, h: h.c.certainty, ids=False, keys=CERTAINTIES["all"], paired=False
        ),
        Dimension("status", of_place=_status, ids=False, keys=STATUS_KEYS),
        Dimension("level", of_place=_level, ids=False, keys=LEVELS),
        Dimension("implementer", of_place=_implementer),
    )
}
