"""A view of the portfolio on one sheet, to be printed for management."""

from __future__ import annotations

from portal.dashboards.choices import said
from portal.dashboards.views.asking import asked_scope, bp
from portal.figures import FIGURES
from portal.figures.coverage import gaps
from portal.figures.names import group_name
from portal.kernel import clock
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import lang

MAIN = ("known_funding", "commitments", "disbursements", "absorption", "projects")
PARTED = ("known_funding_by_framework", "known_funding_by_country", "projects_by_status")
ROWS, LINES = 8, 8
"""Rows of a table and lines in them, one for each currency; the rest is said in one line."""
UNKNOWN = 5
"""Projects without a known amount that are named."""


@bp.get("/funding/report")
@needs("dashboard.read")
def report():
    """The main figures of the filters in use, parted by framework, country and status, and what is unknown."""
    s, actor, scope = page.session(), page.actor(), asked_scope()
    main = [(FIGURES[key], FIGURES[key].value(s, actor, scope), FIGURES[key].coverage(s, actor, scope)) for key in MAIN]
    parted = []
    for key in PARTED:
        value = FIGURES[key].value(s, actor, scope)
        rows = [(group_name(value.by, group.key, lang(), group.name(lang())), group) for group in value.groups]
        known = [row for row in rows if row[1].number is not None or row[1].funding.known]
        shown = _fitting(known)
        parted.append((FIGURES[key], value, known[:shown], known[shown:], len(rows) - len(known)))
    return page.render(
        "dashboards/report.html", main=main, parted=parted, scope=scope, said=said(s, actor, scope, lang()),
        gaps=gaps(s, actor, scope, UNKNOWN), today=clock.today(),
    )  # fmt: skip


def _fitting(rows: list) -> int:
    """How many of the rows have room on the sheet; at least one."""
    lines = 0
    for n, (_name, group) in enumerate(rows[:ROWS]):
        lines += len(group.funding.sums) if group.funding is not None else 1
        if lines > LINES:
            return max(n, 1)
    return min(len(rows), ROWS)
