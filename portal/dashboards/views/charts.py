"""Addresses of charts: the groups, each chart on a page of its own, the records behind a part of it, its data as a file."""

from __future__ import annotations

from flask import request

from portal.dashboards.choices import said
from portal.dashboards.gallery import GALLERY, GROUPS, Declared, make
from portal.dashboards.views.asking import ask, asked_scope, bar, bp, drawing, sent
from portal.kernel.errors import NotFound
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import lang

SHOWN = 100
"""Records behind a part on one page."""


@bp.get("/charts")
@needs("dashboard.read")
def charts():
    """The charts of one group; the first group where none is asked for."""
    group = request.args.get("group")
    group = group if group in GROUPS else GROUPS[0]
    return _shown("dashboards/charts.html", [one for one in GALLERY.values() if one.group == group], group=group)


@bp.get("/charts/<chart>")
@needs("dashboard.read")
def chart(chart: str):
    """One chart, to read, print and refer to."""
    found = _chart(chart)
    return _shown("dashboards/chart.html", [found], group=found.group)


@bp.get("/charts/<chart>/part")
@needs("dashboard.read")
def part(chart: str):
    """The records behind a part of a chart; without one, the parts it has."""
    found, scope = _chart(chart), asked_scope()
    asked, key = ask(chart, scope), request.args.get("part", "")
    rows = list(found.frame(asked).itertuples(index=False))
    entries = []
    if key:
        if found.behind is None:
            raise NotFound("part")
        try:
            entries = found.behind(asked, key)
        except ValueError as error:
            raise NotFound("part") from error
    words = {str(row.key): found.named(row, lang()) for row in rows}
    number = len(entries) if key else len(words)
    pages = max(1, -(-number // SHOWN))
    shown = min(asked.page, pages)
    on_page = slice((shown - 1) * SHOWN, shown * SHOWN)
    return page.render(
        "dashboards/part.html", chart=found, named=words.get(key, ""), scope=scope, key=key, entries=entries[on_page],
        parts=[] if key else [(asked.url(k), text) for k, text in list(words.items())[on_page]], number=number, shown=shown,
        pages=pages, said=said(asked.s, asked.actor, scope, lang()),
    )  # fmt: skip


@bp.get("/charts/<chart>.<ending>")
@needs("dashboard.read")
def chart_file(chart: str, ending: str):
    """Exactly the data of one chart as xlsx or csv."""
    if ending not in ("xlsx", "csv"):
        raise NotFound("file")
    found, scope = _chart(chart), asked_scope()
    return sent([make(found, ask(chart, scope, whole=True), drawn=False)], found.name, scope, ending)


def _chart(key: str) -> Declared:
    if key not in GALLERY:
        raise NotFound("chart")
    return GALLERY[key]


def _shown(template: str, declared: list[Declared], group: str):
    scope = asked_scope()
    made = [make(one, ask(one.key, scope, among=len(declared) > 1)) for one in declared]
    return page.render(template, group=group, groups=GROUPS, charts=made, **bar(scope), **drawing())
