"""The sheet of one project: its facts, who takes part, milestones, indicators, funding, sources."""

from __future__ import annotations

from dataclasses import dataclass

from portal.kernel import codes
from portal.kernel.errors import InvalidInput
from portal.layouts import material
from portal.layouts.draft import Draft, Row, Table
from portal.layouts.material import Material, notes
from portal.layouts.order import Order
from portal.projects.models import Project
from portal.reporting.overview import sheets
from portal.sources import facts
from portal.workbooks.columns import Column, Sheet

FACTS = (
    "name", "full_title", "acronym", "description", "framework", "umbrella", "status", "planned_start", "actual_start",
    "planned_end", "actual_end", "countries", "themes", "sectors", "cz_role", "website",
)  # fmt: skip


@dataclass
class Line:
    label: str
    value: str
    sources: str


SHEET = Sheet(
    "project", "Projekt", "Project",
    (
        Column("label", "Údaj", "Fact", "text", lambda line, lang: line.label, 26),
        Column("value", "Hodnota", "Value", "long", lambda line, lang: line.value, 80),
        Column("sources", "Zdroje", "Sources", "text", lambda line, lang: line.sources, 16, empty=""),
    ),
)  # fmt: skip
TAKING_PART = Sheet(
    "participants", "Účastníci", "Participants",
    (
        Column("role", "Role", "Role", "text", lambda line, lang: line.label, 30),
        Column("name", "Kdo", "Who", "text", lambda line, lang: line.value, 60),
        Column("sources", "Zdroje", "Sources", "text", lambda line, lang: line.sources, 16, empty=""),
    ),
)  # fmt: skip


def draft(order: Order) -> tuple[Draft, list[tuple[int, str]]]:
    """InvalidInput {layout} where the report is of no project."""
    if not isinstance(order.of, Project):
        raise InvalidInput({"layout": "layout_needs_project"})
    m = material.gathered(order, narrow=True)
    if order.of.id not in m.g.projects:
        raise InvalidInput({"certainty": "project_not_admitted"})
    p = m.g.projects[order.of.id]
    parts = Table(sheets.PROJECTS, [
        Row(f"project:{i}", row, m.named(i), notes(row.sources)) for i, row in m.rows("projects") if i != p.id
    ])  # fmt: skip
    tables = [
        Table(SHEET, [_fact(m, p, name) for name in FACTS]), Table(TAKING_PART, _participants(m, p)),
        *([parts] if parts.rows else []),
        material.plain(m, "milestones", sheets.MILESTONES), material.plain(m, "indicators", sheets.INDICATORS),
        material.funding(m),
    ]  # fmt: skip
    tables.append(material.sources(m, tables))
    name = m.g.names[p.id]
    about = f"{name}; {m.about.split('; ', 1)[-1]}"
    return Draft("Karta projektu", "Project sheet", about, tables), material.documents(m)


def _fact(m: Material, p: Project, name: str) -> Row:
    v, lang = m.g.voice, m.order.lang
    label = codes.fact_label("project", name, lang)
    told = v.numbers(v.claim(p, name), m.g.names[p.id], v.label("project", name))
    line = Line(label, v.text(p, name, m.g.names), told)
    claim = v.claim(p, name)
    records = {p.id, *(i for i in (p.framework_id, p.umbrella_id) if name in ("framework", "umbrella") and i)}
    if claim is not None:
        records |= {i for i in facts.records_in(claim.fact, claim.value) if i in m.g.names}
    return Row(f"fact:{name}", line, tuple(sorted(records)), notes(told))


def _participants(m: Material, p: Project) -> list[Row]:
    rows = []
    for part in m.g.parts.get(p.id, []):
        name, role = m.g.names[part.participant.id], m.g.role(part)
        told = m.g.voice.numbers(m.g.voice.claim(part.participation, "role"), m.g.names[p.id], f"{name} ({role})")
        ids = (part.participation.id, part.participant.id)
        rows.append(Row(f"participation:{part.participation.id}", Line(role, name, told), ids, notes(told)))
    return rows
