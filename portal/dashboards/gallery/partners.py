"""The map of partner countries."""

from __future__ import annotations

from portal.dashboards.charts.atlas import atlas
from portal.dashboards.gallery.declared import PLACES, Ask, Declared, Entry, Native
from portal.dashboards.queries.partners import entries, partners
from portal.web.formats import known_of
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l
from portal.web.i18n import ngettext
from portal.workbooks.columns import Column

COLUMNS = {
    "key": "string",
    "iso2": "string",
    "name": "string",
    "projects": "int64",
    "frameworks": "int64",
    "number": "int64",
}


def frame(ask: Ask):
    """A row per country: projects for it, frameworks whose partner it is, and both together."""
    import pandas as pd

    found, stated, number = partners(ask.s, ask.actor, ask.scope)
    rows = [
        (
            str(one.country_id), one.iso2, (one.name_cs or one.name_en) if ask.lang == "cs" else (one.name_en or one.name_cs),
            one.projects, one.frameworks, one.projects + one.frameworks,
        )
        for one in found
    ]  # fmt: skip
    made = pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)
    made.attrs |= {"known": stated, "number": number}
    return made


def _says(row) -> str:
    projects = ngettext("%(num)s project", "%(num)s projects", int(row.projects))
    frameworks = ngettext("%(num)s framework", "%(num)s frameworks", int(row.frameworks))
    return f"{row.name}: {projects}, {frameworks}"


def draw(frame, ask: Ask) -> list[dict]:
    rows = list(frame.itertuples(index=False))
    return [atlas(rows, [_says(row) for row in rows], ask.wording.number_text, ask.url)]


def says(frame, ask: Ask) -> str:
    most = frame.sort_values("number", ascending=False, kind="stable").head(5)
    countries = ngettext("%(num)s country", "%(num)s countries", len(frame))
    return f"{countries}; " + "; ".join(_says(row) for row in most.itertuples(index=False)) if len(frame) else ""


def covers(frame, ask: Ask) -> str:
    return _("country of a project %(known)s", known=known_of(frame.attrs["known"], frame.attrs["number"]))


def behind(ask: Ask, part: str) -> list[Entry]:
    """The projects and frameworks of a country, by its id."""
    if not (part.isascii() and part.isdigit() and len(part) < 10):
        raise ValueError(f"no such country: {part[:40]!r}")
    return [
        Entry(
            kind,
            i,
            (cs or en) if ask.lang == "cs" else (en or cs),
            _("framework") if kind == "framework" else _("project"),
        )
        for kind, i, cs, en in entries(ask.s, ask.actor, ask.scope, int(part))
    ]


CHART = Declared(
    key="partners", group=PLACES, name=_l("Map of partner countries"),
    definition=_l(
        "How many projects are for a country, and of how many frameworks it is a partner. A project for several countries "
        "counts at each of them, so that the numbers do not add up to the number of projects. Money is not split among countries."
    ),
    note=_l(
        "The number in a country: projects and frameworks. "
        "Outlines: Natural Earth, simplified. Borders and names imply no position on legal status. As the European Union words "
        "it: Crimea and Sevastopol, Abkhazia and South Ossetia, and Transnistria stand within Ukraine, Georgia and Moldova, the "
        "north of Cyprus within Cyprus, the Golan Heights outside Israel; Western Sahara and Palestine* stand apart. * Kosovo: "
        "this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion "
        "on the Kosovo declaration of independence. * Palestine: this designation shall not be construed as recognition of a "
        "State of Palestine and is without prejudice to the individual positions of the Member States on this issue."
    ),
    columns=(
        Column("name", "Země", "Country", "text", lambda row, lang: str(row.name), 34),
        Column("projects", "Projektů", "Projects", "count", lambda row, lang: int(row.projects), 12),
        Column("frameworks", "Rámců", "Frameworks", "count", lambda row, lang: int(row.frameworks), 12),
    ),
    wide=True, frame=frame, draw=draw, says=says, covers=covers, behind=behind, native=Native("bar", "projects"),
)  # fmt: skip
