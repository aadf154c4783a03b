"""What the pages of events and follow-ups show, and the lines of their lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from portal.events import queries
from portal.events.facts import EVENT, FOLLOW_UP
from portal.events.models import Event, FollowUp
from portal.kernel.permission import Actor
from portal.partners.queries import Part, links_of, participations
from portal.portfolio.queries.profiles import further, named
from portal.sources.queries import facts_of

ON_THEIR_OWN = ("name", "topics", "outcome")
"""Facts of an event that stand outside the card of basic facts."""


def of_event(s: Session, actor: Actor, event: Event) -> dict:
    """Context of an event's profile: its facts, who took part, the follow-ups."""
    people = participations(s, actor, within=[event.id])
    links = links_of(s, actor, [event.id])
    follow_ups = queries.follow_ups_of(s, actor, event.id)
    facts = facts_of(
        s, actor, event, *(p.participation for p in people), *(link for link, _a, _b in links), *follow_ups
    )
    mine = facts[event.id]
    skipped = ON_THEIR_OWN if event.change else (*ON_THEIR_OWN, "change")
    return {
        "event": event,
        "record": event,
        "facts": mine,
        "facts_by_record": facts,
        "named": named(s, actor, event, EVENT, mine),
        "declared": EVENT,
        "skipped": skipped,
        "further": further(mine, "event"),
        "participations": people,
        "links": links,
        "follow_ups": follow_ups,
    }


def of_follow_up(s: Session, actor: Actor, follow_up: FollowUp) -> dict:
    """Context of a follow-up's page."""
    mine = facts_of(s, actor, follow_up)[follow_up.id]
    return {
        "follow_up": follow_up,
        "record": follow_up,
        "facts": mine,
        "named": named(s, actor, follow_up, FOLLOW_UP, mine),
        "declared": FOLLOW_UP,
        "further": further(mine, "follow_up"),
    }


@dataclass
class EventLine:
    """A row of the file of events: the event, who answers for it, its follow-ups, and who took part."""

    record: Event
    responsible: str | None = None
    follow_ups: int = 0
    open: int = 0
    parts: list[Part] = field(default_factory=list)


def file_lines(s: Session, actor: Actor, found: Sequence[Event]) -> list[EventLine]:
    """The rows of the file of events, in their order, in three queries."""
    lines = {
        e.record.id: EventLine(e.record, e.responsible, e.follow_ups, e.open)
        for e in queries.event_lines(s, actor, found)
    }
    for part in participations(s, actor, within=lines) if lines else ():
        lines[part.within.id].parts.append(part)
    return list(lines.values())
