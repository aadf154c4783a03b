"""The timeline: when projects run, with ends as soft as their dates."""

from __future__ import annotations

from portal.dashboards.charts.spans import spans_chart
from portal.dashboards.gallery.declared import PROJECTS, Ask, Declared, Entry, Key, Native
from portal.dashboards.queries.spans import spans
from portal.kernel.when import When, span
from portal.web.formats import known_of
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l
from portal.web.i18n import ngettext
from portal.workbooks.columns import Column, Planned

SIZE = 40
"""Projects on one page of the chart."""
COLUMNS = (
    "key",
    "name",
    "start",
    "start_from",
    "start_to",
    "end",
    "end_from",
    "end_to",
    "planned_start",
    "planned_end",
)


def frame(ask: Ask):
    """A row per project: `start` and `end` in EDTF with the days they can mean, missing where not stated."""
    import pandas as pd

    page, size = 1 if ask.whole else max(1, ask.page), ask.size(SIZE)
    found = spans(ask.s, ask.actor, ask.scope, page, None if ask.whole else size)
    rows = [
        (
            str(one.project_id), _name(one, ask.lang),
            one.start.edtf if one.start else None, *_bounds(one.start), one.end.edtf if one.end else None, *_bounds(one.end),
            one.planned_start, one.planned_end,
        )
        for one in found.rows
    ]  # fmt: skip
    made = pd.DataFrame(rows, columns=COLUMNS, dtype=object)
    made.attrs |= {
        "page": page, "pages": max(1, -(-found.number // size)), "number": found.number, "dated": found.dated,
        "more": max(0, found.number - page * size),
    }  # fmt: skip
    return made


def _bounds(when: When | None) -> tuple:
    return (when.earliest, when.latest) if when else (None, None)


def _name(one, lang: str) -> str:
    return (one.name_cs or one.name_en) if lang == "cs" else (one.name_en or one.name_cs)


def _dated(frame) -> list:
    return [r for r in frame.itertuples(index=False) if any((r.start_from, r.start_to, r.end_from, r.end_to))]


def draw(frame, ask: Ask) -> list[dict]:
    rows = _dated(frame)
    hovers = [f"{row.name}: {_period(row, ask.lang)}" for row in rows]
    return [spans_chart(rows, hovers, ask.wording.separators, ask.url)] if rows else []


def _period(row, lang: str) -> str:
    said = span(_when(row.start), _when(row.end), lang) or _("not stated")
    return _("%(when)s (planned)", when=said) if row.planned_start or row.planned_end else said


def _when(edtf) -> When | None:
    return When(str(edtf)) if edtf else None


def says(frame, ask: Ask) -> str:
    dated, number = frame.attrs["dated"], frame.attrs["number"]
    begins = min((r.start_from for r in _dated(frame) if r.start_from), default=None)
    ends = max((r.end_to for r in _dated(frame) if r.end_to), default=None)
    words = ngettext("%(num)s project", "%(num)s projects", number)
    undated = ngettext("the dates of %(num)s are not stated", "the dates of %(num)s are not stated", number - dated)
    planned = sum(bool(r.planned_start or r.planned_end) for r in _dated(frame))
    only = ngettext("an end of %(num)s drawn is only planned", "an end of %(num)s drawn is only planned", planned)
    range_ = f"; {begins.year if begins else '?'}–{ends.year if ends else '?'}" if begins or ends else ""
    more = [undated] * (number > dated) + [only] * (planned > 0)
    return "; ".join([f"{words}{range_}", *more])


def covers(frame, ask: Ask) -> str:
    return _("dates %(known)s", known=known_of(frame.attrs["dated"], frame.attrs["number"]))


def legend(frame, ask: Ask) -> tuple[Key, ...]:
    return (
        Key("document", _("surely ran")), Key("fading", _("may have run: the date is no more precise")),
        Key("open", _("? this end is not stated")),
        *([Key("public", _("an end is only planned"))] if any(r.planned_start or r.planned_end for r in _dated(frame)) else ()),
    )  # fmt: skip


def behind(ask: Ask, part: str) -> list[Entry]:
    """The project of a bar."""
    return [Entry("project", int(part), "")] if part.isdigit() else []


def _date(field: str):
    def value(row, lang: str):
        when = _when(getattr(row, field))
        return Planned(when) if when and getattr(row, f"planned_{field}") else when

    return value


CHART = Declared(
    key="timeline", group=PROJECTS, name=_l("Timeline of projects"),
    definition=_l(
        "Projects by their dates: the actual ones, where they are not stated the planned ones, which are drawn hatched. An end "
        "fades over all the days that its date can mean. What has no date is not drawn and stands in the table."
    ),
    columns=(
        Column("name", "Projekt", "Project", "text", lambda row, lang: str(row.name), 52),
        Column("start", "Začátek", "Start", "when", _date("start"), 18, bounds=True),
        Column("end", "Konec", "End", "when", _date("end"), 18, bounds=True),
    ),
    wide=True, frame=frame, draw=draw, says=says, covers=covers, behind=behind, legend=legend,
    native=Native("spans"),
)  # fmt: skip
