"""Status of projects over time."""

from __future__ import annotations

from portal.dashboards.charts.stacks import Look, stacks_chart
from portal.dashboards.gallery import moments
from portal.dashboards.gallery.declared import PROJECTS, Ask, Declared, Entry, Key, Native
from portal.dashboards.queries.moments import statuses
from portal.kernel import codes
from portal.projects.models import STATUSES
from portal.web.formats import known_of
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l

LOOKS = {
    "1": Look("#5f8bc0", "", "light"), "2": Look("#1b4f92", "", "document"), "3": Look("#0f7f74", "/", "teal"),
    "4": Look("#5a6675", "", "grey"), "5": Look("#9a7400", "x", "ochre"), "6": Look("#8557a5", "\\", "violet"),
    moments.UNTOLD: Look("#75808e", ".", "dotted"),
}  # fmt: skip


def _name(group: str, lang: str) -> str:
    return _("not known by then") if group == moments.UNTOLD else codes.label("activity_status", group, lang)


def frame(ask: Ask):
    return moments.over_time(ask, statuses(ask.s, ask.actor, ask.scope), STATUSES, lambda g: _name(g, ask.lang))


def draw(frame, ask: Ask) -> list[dict]:
    return [stacks_chart(frame, LOOKS, ask.wording.separators, ask.wording.number_text, ask.url)]


def covers(frame, ask: Ask) -> str:
    return _("at the end %(known)s", known=known_of(frame.attrs["known"], frame.attrs["number"]))


def legend(frame, ask: Ask) -> tuple[Key, ...]:
    return tuple(Key(LOOKS[g].swatch, n) for g, n in dict.fromkeys(zip(frame["group"], frame["name"], strict=True)))


def behind(ask: Ask, part: str) -> list[Entry]:
    return moments.entries(ask, statuses(ask.s, ask.actor, ask.scope), STATUSES, part)


CHART = Declared(
    key="statuses", group=PROJECTS, name=_l("Status of projects over time"),
    definition=_l(
        "At each moment every project of today's selection stands under the status last told by then: by its reports and by the "
        "status it states with a day. A derived status and one without a day say nothing of the past."
    ),
    columns=moments.columns("Stav", "Status"), frame=frame, draw=draw, says=moments.says, covers=covers, behind=behind,
    legend=legend, native=Native("stacked", "number", "moment", "group"), link="number",
)  # fmt: skip
