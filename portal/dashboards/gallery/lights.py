"""Traffic lights of projects over time."""

from __future__ import annotations

from portal.dashboards.charts.stacks import Look, stacks_chart
from portal.dashboards.gallery import moments
from portal.dashboards.gallery.declared import PROJECTS, Ask, Declared, Entry, Key, Native
from portal.dashboards.queries.moments import lights
from portal.kernel import codes
from portal.projects.models import LIGHTS
from portal.web.formats import known_of
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l

LOOKS = {
    "ok": Look("#1a6b43", "", "green"), "warn": Look("#855000", "/", "amber"), "bad": Look("#ab231d", "x", "red"),
    moments.UNTOLD: Look("#75808e", ".", "dotted"),
}  # fmt: skip
"""The colours of state, which belong to traffic lights alone; texture tells them apart in grey."""


def _name(group: str, lang: str) -> str:
    return _("not rated by then") if group == moments.UNTOLD else codes.label("lights", group, lang)


def frame(ask: Ask):
    return moments.over_time(ask, lights(ask.s, ask.actor, ask.scope), LIGHTS, lambda g: _name(g, ask.lang))


def draw(frame, ask: Ask) -> list[dict]:
    return [stacks_chart(frame, LOOKS, ask.wording.separators, ask.wording.number_text, ask.url)]


def covers(frame, ask: Ask) -> str:
    return _("at the end %(known)s", known=known_of(frame.attrs["known"], frame.attrs["number"]))


def legend(frame, ask: Ask) -> tuple[Key, ...]:
    return tuple(Key(LOOKS[g].swatch, n) for g, n in dict.fromkeys(zip(frame["group"], frame["name"], strict=True)))


def behind(ask: Ask, part: str) -> list[Entry]:
    return moments.entries(ask, lights(ask.s, ask.actor, ask.scope), LIGHTS, part)


CHART = Declared(
    key="lights", group=PROJECTS, name=_l("Traffic lights over time"),
    definition=_l(
        "At each moment every project of today's selection stands under the traffic light of its last report by then. A traffic "
        "light is the judgement of whoever reports; it is never derived, and holds until another one is given."
    ),
    columns=moments.columns("Semafor", "Traffic light"), frame=frame, draw=draw, says=moments.says, covers=covers,
    behind=behind, legend=legend, native=Native("stacked", "number", "moment", "group"), link="number",
)  # fmt: skip
