"""Reading events and follow-ups, as far as the actor may see them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.accounts.queries import names
from portal.events.models import Event, FollowUp
from portal.events.rules import CANCELLED, OPEN
from portal.kernel.permission import Actor, open_to, visible_to
from portal.kernel.record import Record
from portal.kernel.standing import in_turn
from portal.partners.models import Country
from portal.partners.queries import takes_part
from portal.projects.queries import of_country, of_framework
from portal.sources.queries import names_of_kinds

ON_A_PROFILE = 50
"""Events on the profile of another record."""


def told_event(actor: Actor, sees=visible_to) -> ColumnElement[bool]:
    """SQL predicate: the event and what it belongs to are visible. The veils know today's references only, so a row of the
    past is asked for its own. `sees`: `open_to` adds withdrawn ones."""
    return and_(sees(actor, Event), sees(actor, Event.under_id))


def told_follow_up(actor: Actor, sees=visible_to) -> ColumnElement[bool]:
    """SQL predicate: the follow-up, its event and its owner are visible."""
    return and_(sees(actor, FollowUp), sees(actor, FollowUp.event_id), sees(actor, FollowUp.owner_id))


def events(actor: Actor, sees=visible_to) -> Select:
    """SELECT of visible events with what they belong to."""
    country = joinedload(Event.country.and_(visible_to(actor, Country.id)))
    return select(Event).where(told_event(actor, sees)).options(joinedload(Event.under), country)


def follow_ups(actor: Actor, sees=visible_to) -> Select:
    """SELECT of visible follow-ups joined to their event, with the names around them."""
    event = Event.__table__  # its own table is enough to filter by, and one alias of `record` fewer
    told = told_follow_up(actor, sees), told_event(actor, sees)
    asked = select(FollowUp).join(event, event.c.id == FollowUp.event_id).where(*told)
    return asked.options(joinedload(FollowUp.event).joinedload(Event.under), joinedload(FollowUp.owner))


def event(s: Session, actor: Actor, event_id: int) -> Event | None:
    """One visible event."""
    return s.scalar(events(actor, open_to).where(Event.id == event_id))


def follow_up(s: Session, actor: Actor, follow_up_id: int) -> FollowUp | None:
    """One visible follow-up."""
    return s.scalar(follow_ups(actor, open_to).where(FollowUp.id == follow_up_id))


def _latest(s: Session, asked: Select) -> list[Event]:
    """The latest first, those without a date last; as many as a profile shows, the list has all."""
    return list(
        s.scalars(asked.order_by(Event.held_from.is_(None), Event.held_from.desc(), Event.id).limit(ON_A_PROFILE))
    )


def events_under(s: Session, actor: Actor, *record_ids: int) -> list[Event]:
    """The latest visible events of frameworks or projects themselves."""
    return _latest(s, events(actor).where(Event.under_id.in_(record_ids)))


def events_of_framework(s: Session, actor: Actor, framework_id: int) -> list[Event]:
    """The latest visible events of a framework, of those below it and of their projects."""
    return _latest(s, events(actor).where(of_framework(actor, Event.under_id, framework_id)))


def events_with(s: Session, actor: Actor, participant_id: int) -> list[Event]:
    """The latest visible events in which an organisation, a country or an office holder takes part."""
    return _latest(s, events(actor).where(takes_part(actor, Event.id, [participant_id])))


def coming(s: Session, actor: Actor, today: date, most: int = 5) -> list[Event]:
    """The next visible events from today on, those that are cancelled left out. One dated to a month or a year may lie ahead."""
    with in_turn():
        ahead = events(actor).where(Event.held_to >= today, or_(Event.change.is_(None), Event.change != CANCELLED))
    ahead = ahead.order_by(Event.held_from, Event.id)
    # First which ones: SQLite reads all countries and records before it joins them to the first row.
    ids = list(s.scalars(ahead.with_only_columns(Event.id, maintain_column_froms=True).limit(most)))
    country = selectinload(Event.country.and_(visible_to(actor, Country.id)))
    found = s.scalars(select(Event).where(Event.id.in_(ids)).options(selectinload(Event.under), country)) if ids else ()
    return sorted(found, key=lambda event: ids.index(event.id))


def promises(actor: Actor) -> Select:
    """SELECT of the visible open follow-ups, the most urgent first."""
    order = (FollowUp.due_to.is_(None), FollowUp.due_to, FollowUp.id)
    return follow_ups(actor).where(FollowUp.state == OPEN).order_by(*order)


def is_overdue(today: date) -> ColumnElement[bool]:
    """SQL predicate over `FollowUp`: open, and the last day its date can mean has passed."""
    return and_(FollowUp.state == OPEN, FollowUp.due_to < today)


def about_country(actor: Actor, country_id: int) -> ColumnElement[bool]:
    """SQL predicate: the event took place in the country, the country takes part, or it is an event of a project for it or
    of a framework whose partner it is."""
    return or_(
        Event.country_id == country_id,
        takes_part(actor, Event.id, [country_id]),
        of_country(actor, Event.under_id, country_id),
    )


def events_of_country(s: Session, actor: Actor, country_id: int) -> list[Event]:
    """The latest visible events that concern a country."""
    return _latest(s, events(actor).where(about_country(actor, country_id)))


def follow_ups_of(s: Session, actor: Actor, *event_ids: int) -> list[FollowUp]:
    """Visible follow-ups of events: the open ones first, by the day they are due."""
    asked = follow_ups(actor).where(FollowUp.event_id.in_(event_ids))
    order = (FollowUp.state != OPEN, FollowUp.due_to.is_(None), FollowUp.due_to, FollowUp.id)
    return list(s.scalars(asked.order_by(*order)))


def counted_follow_ups(s: Session, actor: Actor, event_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """(all, open) follow-ups the actor may see, by event."""
    rows = s.execute(
        select(FollowUp.event_id, func.count(), func.count().filter(FollowUp.state == OPEN))
        .where(FollowUp.event_id.in_(event_ids), told_follow_up(actor))
        .group_by(FollowUp.event_id)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def offered_events(s: Session, actor: Actor, lang: str) -> list[tuple[int, str]]:
    """(id, name) of visible events."""
    return [(i, name) for i, name, _kind in names_of_kinds(s, actor, lang, ("event",))]


@dataclass
class Line:
    """An event or follow-up with who answers for it; of an event its follow-ups, and how many of them are open."""

    record: Record
    responsible: str | None = None
    follow_ups: int = 0
    open: int = 0


def event_lines(s: Session, actor: Actor, found: Sequence[Event]) -> list[Line]:
    """The lines of events, in their order, in two queries."""
    people = names(s, [e.responsible_id for e in found])
    counted = counted_follow_ups(s, actor, [e.id for e in found])
    return [Line(e, people.get(e.responsible_id), *counted.get(e.id, (0, 0))) for e in found]


def follow_up_lines(s: Session, actor: Actor, found: Sequence[FollowUp]) -> list[Line]:
    """The lines of follow-ups, in their order."""
    people = names(s, [f.responsible_id for f in found])
    return [Line(f, people.get(f.responsible_id)) for f in found]
