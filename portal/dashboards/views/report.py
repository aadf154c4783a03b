"""A view of the portfolio on one sheet, to be printed for management."""

from __future__ import annotations

from portal.dashboards.choices import said
from portal.dashboards.queries import cautions
from portal.dashboards.views.asking import asked_scope, bp
from portal.figures import FIGURES, Funding
from portal.figures.coverage import gaps
from portal.figures.names import group_name
from portal.kernel import clock
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import lang

MAIN = ("known_funding", "commitments", "disbursements", "absorption", "projects")
PARTED = ("known_funding_by_framework", "known_funding_by_country", "projects_by_status")
ROWS, LINES, LETTERS = 8, 13, 26
"""Rows of a table, lines in them, letters of a name on one line; the rest is said in one line."""
LINES_OF_A_CAUTION = 1
"""Lines of each table for which a caution above them takes the room."""
CURRENCIES, FIRST = 4, ("EUR", "CZK")
"""So many currencies of one amount have room; these come first, the others by their codes. How many are left is said."""
UNKNOWN = 5
"""Projects without a known amount that are named."""


@bp.get("/funding/report")
@needs("dashboard.read")
def report():
    """The main figures of the filters in use, parted by framework, country and status, and what is unknown."""
    s, actor, scope = page.session(), page.actor(), asked_scope()
    told = cautions(s, actor, scope)
    room = LINES - LINES_OF_A_CAUTION * (
        len(told["twins"]) + sum(bool(told[one]) for one in ("disputed", "led_by_others", "unsourced", "undated"))
    )
    main = [(FIGURES[key], FIGURES[key].value(s, actor, scope), FIGURES[key].coverage(s, actor, scope)) for key in MAIN]
    parted = []
    for key in PARTED:
        value = FIGURES[key].value(s, actor, scope)
        rows = [(group_name(value.by, group.key, lang(), group.name(lang())), group) for group in value.groups]
        known = [row for row in rows if row[1].number is not None or row[1].funding.known]
        shown = _fitting(known, room)
        parted.append((FIGURES[key], value, known[:shown], known[shown:], len(rows) - len(known)))
    return page.render(
        "dashboards/report.html", main=main, parted=parted, scope=scope, said=said(s, actor, scope, lang()),
        gaps=gaps(s, actor, scope, max(1, UNKNOWN - len(told["twins"]))), **told, today=clock.today(), fitting=fitting,
    )  # fmt: skip


def fitting(value) -> tuple[list, int]:
    """The sums or shares of an amount that have room on the sheet, and of how many more currencies there are."""
    by_code = value.sums if isinstance(value, Funding) else {one.currency: one for one in value.cells}
    codes = sorted(by_code, key=lambda code: (FIRST.index(code) if code in FIRST else len(FIRST), code))
    return [by_code[code] for code in codes[:CURRENCIES]], max(0, len(codes) - CURRENCIES)


def _lines(name: str, group) -> int:
    """Lines that a row takes."""
    named = min(2, -(-len(name) // LETTERS))  # a longer name is cut on paper
    if group.funding is None:
        return named
    sums, left = fitting(group.funding)
    return max(named, sum(bool(one.exact) + bool(one.rounded) for one in sums) + bool(left))


def _fitting(rows: list, room: int) -> int:
    """How many of the rows fit into so many lines; at least one."""
    lines = 0
    for n, (name, group) in enumerate(rows[:ROWS]):
        lines += _lines(name, group)
        if lines > room:
            return max(n, 1)
    return min(len(rows), ROWS)
