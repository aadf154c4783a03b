"""Meetings: when, where, who took part, what was agreed and what is to be done after them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.events.models import Event
from portal.reporting.overview.rows import EventRow
from portal.reporting.overview.voice import certainty
from portal.web.formats import when_text
from portal.web.i18n import gettext as _

if TYPE_CHECKING:
    from portal.reporting.overview.gathering import Gathering

FACTS = ("name", "kind_code", "under", "held", "place", "host", "attendance", "topics", "outcome")


def rows(g: Gathering) -> list[EventRow]:
    """The latest first; those without a date last."""
    return [_row(g, f"J{n}", event) for n, event in enumerate(g.found.events, 1)]


def _row(g: Gathering, code: str, event: Event) -> EventRow:
    v, other = g.voice, "en" if g.lang == "cs" else "cs"
    under = v.value(event, "under")
    return EventRow(
        code=code,
        name=g.names[event.id],
        other_name=v.name(event, other),
        kind=v.text(event, "kind_code"),
        held=v.value(event, "held"),
        place=v.text(event, "place"),
        host=v.text(event, "host"),
        under=g.place(under) if isinstance(under, int) else "",
        attendance=v.value(event, "attendance"),
        participants=g.participants(event),
        topics=v.text(event, "topics"),
        outcome=v.text(event, "outcome"),
        follow_ups=_follow_ups(g, event),
        certainty=certainty(event.certainty),
        sources=g.references(event, FACTS),
    )


def _follow_ups(g: Gathering, event: Event) -> str:
    """What is to be done, each with its state and the day: `Poslat zápis (otevřeno, do: leden 2027)`."""
    told = []
    for one in g.follow_ups.get(event.id, []):
        state = g.voice.text(one, "state")
        due = g.voice.value(one, "due")
        told.append(
            f"{g.names[one.id]} ({state}, {_('by %(when)s', when=when_text(due, g.lang))})"
            if due
            else f"{g.names[one.id]} ({state})"
        )
    return "; ".join(told)
