"""Reading what a page or a query says of the sets of a project."""

from __future__ import annotations

from portal.sources.models import Statement
from portal.sources.queries import disputes, facts_of


def words(tag) -> str:
    return " ".join(tag.get_text(" ").replace("\u2060", "").split()).replace(" ,", ",")


def row(page, label: str):
    """The <dd> of a basic fact."""
    return next(dt for dt in page.soup.find(id="facts").find_all("dt") if words(dt) == label).find_next_sibling("dd")


def said(s, who, project, field: str) -> list[tuple]:
    """(members, leads, certainty) of what is stated of a set, as far as the actor is told."""
    view = facts_of(s, who, project)[project.id][field]
    return [(c.value and set(c.value), c.leading, c.statement.certainty) for c in view.claims]


def told_disputes(s, who, project) -> set[str]:
    """Fields in dispute: as lists know them; the facts themselves must say the same."""
    rows = {one.field for one in s.execute(disputes(who).where(Statement.record_id == project.id))}
    assert rows == {view.field for view in facts_of(s, who, project)[project.id].disputes}
    return rows
