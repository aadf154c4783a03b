"""Rows of the lists as files take them: all that stands on the page, and what a page has no room for.

Each function takes what the list selects and answers in a fixed number of queries, whatever the number of rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.queries import names
from portal.figures.coverage import state_of
from portal.figures.funding import by_place
from portal.figures.shapes import UNKNOWN, Funding
from portal.frameworks.models import Framework
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record
from portal.partners.models import Organisation
from portal.partners.queries import Part, participations
from portal.portfolio.queries import framework_rows, partner_rows, project_rows
from portal.portfolio.queries.framework_rows import FrameworkRow
from portal.portfolio.queries.money import DOCUMENTS, PUBLIC
from portal.portfolio.queries.partner_rows import PartnerRow
from portal.portfolio.queries.project_rows import ProjectRow
from portal.projects import queries as project_queries
from portal.projects.models import Project


@dataclass
class ProjectLine:
    """A project with everything around it. Its money by the documents of the ministry and by public sources too; the
    states say whether it is known, lies within an umbrella project's, or is unknown."""

    row: ProjectRow
    parts: list[Part] = field(default_factory=list)
    countries: list[Record] = field(default_factory=list)
    themes: list[Record] = field(default_factory=list)
    sectors: list[str] = field(default_factory=list)
    further: list[Record] = field(default_factory=list)
    responsible: str | None = None
    documents: Funding | None = None
    public: Funding | None = None
    documents_state: str = UNKNOWN
    public_state: str = UNKNOWN

    @property
    def project(self) -> Project:
        return self.row.project


@dataclass
class FrameworkLine:
    """A framework with its level in the tree (0 at the top), the one above it, and all who take part."""

    row: FrameworkRow
    level: int
    parent: Record | None = None
    parts: list[Part] = field(default_factory=list)
    responsible: str | None = None

    @property
    def framework(self) -> Framework:
        return self.row.framework


@dataclass
class PartnerLine:
    """An organisation or country, the organisation above it, who answers for it."""

    row: PartnerRow
    parent: Record | None = None
    responsible: str | None = None

    @property
    def partner(self) -> Record:
        return self.row.partner


def of_projects(s: Session, actor: Actor, projects: Sequence[Project]) -> list[ProjectLine]:
    """The lines of projects, in their order."""
    lines = {row.project.id: ProjectLine(row) for row in project_rows.dress(s, actor, projects)}
    if not lines:
        return []
    ids = list(lines)
    _share(lines, "parts", ((p.within.id, p) for p in participations(s, actor, within=ids)))
    _share(lines, "countries", project_queries.countries_of(s, actor, ids))
    _share(lines, "themes", project_queries.themes_of(s, actor, ids))
    _share(lines, "sectors", project_queries.sectors_of(s, ids))
    _share(lines, "further", project_queries.further_frameworks(s, actor, ids))
    documents, public = by_place(s, actor, DOCUMENTS, ids), by_place(s, actor, PUBLIC, ids)
    stated, wider = state_of(s, actor, DOCUMENTS, ids), state_of(s, actor, PUBLIC, ids)
    people = names(s, [p.responsible_id for p in projects])
    for i, line in lines.items():
        line.documents, line.public = documents.get(i), public.get(i)
        line.documents_state, line.public_state = stated.get(i, UNKNOWN), wider.get(i, UNKNOWN)
        line.responsible = people.get(line.project.responsible_id)
    return list(lines.values())


def of_frameworks(s: Session, actor: Actor, frameworks: Sequence[Framework]) -> list[FrameworkLine]:
    """The lines of frameworks, in their order."""
    return _framework_lines(s, actor, framework_rows.dress(s, actor, frameworks))


def whole_tree(s: Session, actor: Actor, lang: str) -> list[FrameworkLine]:
    """The lines of all frameworks in the order of the tree."""
    return _framework_lines(s, actor, framework_rows.dressed_tree(s, actor, lang))


def of_partners(s: Session, actor: Actor, partners: Sequence[Record]) -> list[PartnerLine]:
    """The lines of organisations or countries, in their order."""
    rows = partner_rows.dress(s, actor, partners)
    above = _named(s, actor, (p.parent_id for p in partners if isinstance(p, Organisation)))
    people = names(s, [p.responsible_id for p in partners])
    return [
        PartnerLine(row, above.get(getattr(row.partner, "parent_id", None)), people.get(row.partner.responsible_id))
        for row in rows
    ]


def _framework_lines(s: Session, actor: Actor, rows: Sequence[FrameworkRow]) -> list[FrameworkLine]:
    above = dict(s.execute(select(Framework.id, Framework.parent_id).where(visible_to(actor, Framework))).all())
    named = _named(s, actor, (row.framework.parent_id for row in rows))
    people = names(s, [row.framework.responsible_id for row in rows])
    lines = {
        row.framework.id: FrameworkLine(
            row,
            _level(row.framework.id, above),
            named.get(row.framework.parent_id),
            responsible=people.get(row.framework.responsible_id),
        )
        for row in rows
    }
    _share(lines, "parts", ((p.within.id, p) for p in (participations(s, actor, within=list(lines)) if lines else ())))
    return list(lines.values())


def _level(framework_id: int, above: dict[int, int | None]) -> int:
    seen = {framework_id}
    while (parent := above.get(framework_id)) in above and parent not in seen:
        seen.add(parent)
        framework_id = parent
    return len(seen) - 1


def _share(lines: dict, name: str, pairs: Iterable[tuple]) -> None:
    found = defaultdict(list)
    for i, one in pairs:
        found[i].append(one)
    for i, all_of_them in found.items():
        setattr(lines[i], name, all_of_them)


def _named(s: Session, actor: Actor, ids: Iterable[int | None]) -> dict[int, Record]:
    wanted = {i for i in ids if i is not None}
    found = s.scalars(select(Record).where(Record.id.in_(wanted), visible_to(actor))) if wanted else ()
    return {r.id: r for r in found}
