"""The overview of a framework or of the whole portfolio: frameworks, projects, funding, sources."""

from __future__ import annotations

from portal.layouts import material
from portal.layouts.draft import Draft
from portal.layouts.order import Order
from portal.reporting.overview import sheets


def draft(order: Order) -> tuple[Draft, list[tuple[int, str]]]:
    """Tables of what the report is of, or of everything."""
    m = material.gathered(order)
    tables = [material.projects(m), material.funding(m), material.plain(m, "frameworks", sheets.FRAMEWORKS)]
    tables.append(material.sources(m, tables))
    made = Draft("Přehled portfolia", "Portfolio overview", m.about, tables)
    return made, material.documents(m)
