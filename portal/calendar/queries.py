"""What falls into a time, as far as the actor may see it; whose feed an address is."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.accounts.queries import actor_of
from portal.accounts.rules import token_hash
from portal.calendar.models import CalendarFeed
from portal.calendar.rules import Entry
from portal.desk.models import Follow, Task
from portal.desk.queries.tasks import assigned_to, tasks
from portal.events.models import Event, FollowUp
from portal.events.queries import events, follow_ups
from portal.events.rules import CANCELLED, OPEN, is_overdue
from portal.kernel.permission import Actor
from portal.kernel.when import When
from portal.obligations.models import DueReport, Obligation
from portal.obligations.queries import is_owed, reports
from portal.obligations.rules import is_overdue as report_overdue
from portal.results.models import Milestone
from portal.results.queries import results
from portal.results.rules import OVERDUE, milestone_state

MOST = 500
"""Entries of one kind on a page or in a feed."""
BACK, AHEAD = timedelta(days=365), timedelta(days=3 * 365)
"""How far a feed reaches."""


def entries(s: Session, actor: Actor, first: date, last: date, lang: str, *, mine: bool, today: date) -> list[Entry]:
    """Everything that may fall between two days, by day; what names no day comes last.

    `mine`: events that the actor answers for or follows, themselves or by what they belong to, milestones and reports likewise,
    and promises the actor sees to. Tasks are the actor's own in any case.
    """
    found = _events(s, actor, first, last, lang, mine) + _promises(s, actor, first, last, lang, mine, today)
    found += _milestones(s, actor, first, last, lang, mine, today) + _tasks(s, actor, first, last, today)
    found += _reports(s, actor, first, last, lang, mine, today)
    return sorted(found, key=lambda e: (e.first is None, e.first or date.max, e.kind, e.name, e.id))


def _between(earliest, latest, first: date, last: date):
    """SQL predicate: a date with these bounds may fall between the two days. One without a bound at either end does not."""
    return and_(earliest.is_not(None), latest.is_not(None), earliest <= last, latest >= first)


def _events(s: Session, actor: Actor, first: date, last: date, lang: str, mine: bool) -> list[Entry]:
    asked = events(actor).where(_between(Event.held_from, Event.held_to, first, last))
    asked = asked.where(or_(Event.change.is_(None), Event.change != CANCELLED))
    if mine:
        followed = select(Follow.record_id).where(Follow.person_id == actor.person_id)
        own = (Event.responsible_id == actor.person_id, Event.id.in_(followed), Event.under_id.in_(followed))
        asked = asked.where(or_(*own))
    made = []
    for event in s.scalars(asked.order_by(Event.held_from, Event.id).limit(MOST)):
        place = (event.place_cs or event.place_en) if lang == "cs" else (event.place_en or event.place_cs)
        made.append(Entry("event", event.id, event.name(lang), *_days(event.held), place=place, when=event.held))
    return made


def _promises(s: Session, actor: Actor, first: date, last: date, lang: str, mine: bool, today: date) -> list[Entry]:
    asked = follow_ups(actor).where(_between(FollowUp.due_from, FollowUp.due_to, first, last), FollowUp.state == OPEN)
    if mine:
        asked = asked.where(FollowUp.responsible_id == actor.person_id)
    return [
        Entry(
            "follow_up",
            one.id,
            one.name(lang),
            *_days(one.due),
            when=one.due,
            late=is_overdue(one.state, one.due, today),
        )
        for one in s.scalars(asked.order_by(FollowUp.due_to, FollowUp.id).limit(MOST))
    ]


def _milestones(s: Session, actor: Actor, first: date, last: date, lang: str, mine: bool, today: date) -> list[Entry]:
    """Those that are not reached."""
    asked = results(actor, Milestone).where(_between(Milestone.due_from, Milestone.due_to, first, last))
    asked = asked.where(Milestone.reached_edtf.is_(None))
    if mine:
        followed = select(Follow.record_id).where(Follow.person_id == actor.person_id)
        own = (Milestone.responsible_id == actor.person_id, Milestone.id.in_(followed), Milestone.of_id.in_(followed))
        asked = asked.where(or_(*own))
    return [
        Entry(
            "milestone",
            one.id,
            one.name(lang),
            *_days(one.due),
            place=one.of.name(lang),
            when=one.due,
            late=milestone_state(one.due, one.reached, today) == OVERDUE,
        )
        for one in s.scalars(asked.order_by(Milestone.due_to, Milestone.id).limit(MOST))
    ]


def _reports(s: Session, actor: Actor, first: date, last: date, lang: str, mine: bool, today: date) -> list[Entry]:
    """Those that are owed."""
    asked = reports(actor).where(_between(DueReport.due_from, DueReport.due_to, first, last), is_owed())
    if mine:
        followed = select(Follow.record_id).where(Follow.person_id == actor.person_id)
        own = (DueReport.responsible_id == actor.person_id, DueReport.id.in_(followed), Obligation.of_id.in_(followed))
        asked = asked.where(or_(*own))
    return [
        Entry(
            "due_report", one.id, one.name(lang), *_days(one.due), place=one.obligation.of.name(lang), when=one.due,
            late=report_overdue(one.state, one.due, today),
        )
        for one in s.scalars(asked.order_by(DueReport.due_to, DueReport.id).limit(MOST))
    ]  # fmt: skip


def _tasks(s: Session, actor: Actor, first: date, last: date, today: date) -> list[Entry]:
    asked = tasks(actor).where(assigned_to(actor), Task.state == "open", Task.due.between(first, last))
    rows = (row[0] for row in s.execute(asked.order_by(Task.due, Task.id).limit(MOST)))
    return [Entry("task", one.id, one.title, one.due, one.due, late=one.due < today) for one in rows]


def _days(when: When | None) -> tuple[date | None, date | None]:
    """The first and last day, where the date names days; else None."""
    ends = (when.start, when.end) if when is not None else ()
    if not ends or any(end is None or end.approximate or end.uncertain or end.days[0] != end.days[1] for end in ends):
        return None, None
    return when.earliest, when.latest


def feed_of(s: Session, person_id: int) -> datetime | None:
    """Since when the person has an address, None without one."""
    return s.scalar(select(CalendarFeed.made_at).where(CalendarFeed.person_id == person_id))


def actor_at(s: Session, token: str) -> tuple[Actor, str] | None:
    """Whose feed the address is: with today's rights, and the language chosen. None for a revoked one and a disabled person."""
    person = s.scalar(
        select(Person)
        .join(CalendarFeed, CalendarFeed.person_id == Person.id)
        .where(CalendarFeed.token_hash == token_hash(token), Person.active.is_(True))
    )
    return (actor_of(s, person), person.lang or "cs") if person is not None else None
