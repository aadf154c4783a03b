"""The charts of the portal, each declared in a file of its own; adding one is a file and a line here."""

from __future__ import annotations

from portal.dashboards.gallery import breakdowns, over_time, partners, timeline, ways, years
from portal.dashboards.gallery.declared import GROUPS, Ask, Declared, Made, make

GALLERY: dict[str, Declared] = {
    chart.key: chart
    for chart in (
        *breakdowns.CHARTS,
        years.CHART,
        ways.CHART,
        timeline.CHART,
        *over_time.CHARTS,
        partners.CHART,
    )
}

__all__ = ["GALLERY", "GROUPS", "Ask", "Declared", "Made", "make"]
