"""What was told of projects over time: their status, their traffic light."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from portal.dashboards.charts.stacks import Look, stacks_chart
from portal.dashboards.gallery import moments
from portal.dashboards.gallery.declared import PROJECTS, Ask, Declared, Entry, Key, Native
from portal.dashboards.queries.moments import lights, statuses
from portal.kernel import codes
from portal.projects.models import LIGHTS, STATUSES
from portal.web.formats import known_of
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l


@dataclass(frozen=True)
class Kind:
    """What is told: the query of it, its values and their looks, the code list of their names, how a project is called of
    which nothing was told."""

    told: Callable
    groups: tuple[str, ...]
    looks: dict[str, Look]
    names: str
    untold: object

    def name(self, group: str, lang: str) -> str:
        return str(self.untold) if group == moments.UNTOLD else codes.label(self.names, group, lang)


STATUS = Kind(
    statuses, STATUSES,
    {
        "1": Look("#5f8bc0", "", "light"), "2": Look("#1b4f92", "", "document"), "3": Look("#0f7f74", "/", "teal"),
        "4": Look("#5a6675", "", "grey"), "5": Look("#9a7400", "x", "ochre"), "6": Look("#8557a5", "\\", "violet"),
        moments.UNTOLD: Look("#75808e", ".", "dotted"),
    },
    "activity_status", _l("not known by then"),
)  # fmt: skip
LIGHT = Kind(
    lights, LIGHTS,
    {
        "ok": Look("#1a6b43", "", "green"), "warn": Look("#855000", "/", "amber"), "bad": Look("#ab231d", "x", "red"),
        moments.UNTOLD: Look("#75808e", ".", "dotted"),
    },
    "lights", _l("not rated by then"),
)  # fmt: skip
"""The colours of state, which belong to traffic lights alone; texture tells them apart in grey."""


def frame(ask: Ask, kind: Kind):
    told = kind.told(ask.s, ask.actor, ask.scope)
    return moments.over_time(ask, told, kind.groups, lambda group: kind.name(group, ask.lang))


def draw(frame, ask: Ask, kind: Kind) -> list[dict]:
    return [
        stacks_chart(
            frame, kind.looks, ask.wording.separators, ask.wording.number_text, ask.url, _("last told earlier")
        )
    ]


def covers(frame, ask: Ask) -> str:
    return _("at the end %(known)s", known=known_of(frame.attrs["known"], frame.attrs["number"]))


def legend(frame, ask: Ask, kind: Kind) -> tuple[Key, ...]:
    named = dict.fromkeys(zip(frame["group"], frame["name"], strict=True))
    found = tuple(Key(kind.looks[group].swatch, name) for group, name in named)
    silent = Key("soft", _("paler: last told for an earlier quarter or year, and by nobody since"))
    return (*found, silent) if frame["held"].any() else found


def behind(ask: Ask, part: str, kind: Kind) -> list[Entry]:
    return moments.entries(ask, kind.told(ask.s, ask.actor, ask.scope), kind.groups, part)


def chart(key: str, name: object, definition: object, heads: tuple[str, str], kind: Kind) -> Declared:
    """The declaration of a chart of one kind. `heads`: of its column of values, in Czech and English."""
    return Declared(
        key=key, group=PROJECTS, name=name, definition=definition, columns=moments.columns(*heads),
        frame=partial(frame, kind=kind), draw=partial(draw, kind=kind), says=moments.says, covers=covers,
        behind=partial(behind, kind=kind), legend=partial(legend, kind=kind), native=Native("stacked", "number"),
        link="number",
    )  # fmt: skip


CHARTS = (
    chart(
        "statuses", _l("Status of projects over time"),
        _l(
            "At each moment every project of today's selection stands under the status last told by then: by its reports and by "
            "the status it states with a day. "
            "What was last told in an earlier quarter or year, and by nobody since, is drawn paler: it may hold no longer. "
            "A derived status and one without a day say nothing of the past."
        ),
        ("Stav", "Status"), STATUS,
    ),
    chart(
        "lights", _l("Traffic lights over time"),
        _l(
            "At each moment every project of today's selection stands under the traffic light of its last report by then. A "
            "traffic light is the judgement of whoever reports; it is never derived. "
            "One given in an earlier quarter or year, and by nobody since, is drawn paler: it may hold no longer."
        ),
        ("Semafor", "Traffic light"), LIGHT,
    ),
)  # fmt: skip
