"""Meetings of the project or framework in the period."""

from __future__ import annotations

from sqlalchemy import select

from portal.donor_workbooks.catalogue.reading import day, named, of_fact, pair, within
from portal.donor_workbooks.catalogue.registry import Asked, offer, source
from portal.donor_workbooks.catalogue.subject import subject_of
from portal.events.models import Event
from portal.events.queries import events
from portal.kernel.errors import N_
from portal.kernel.when import meets
from portal.projects.queries import of_framework


def lines(asked: Asked) -> list[Event] | None:
    """Visible events that may fall into the period, by day; of a framework those of what lies below it, too."""
    held = subject_of(asked)
    if held is None:
        return None
    under = (
        of_framework(asked.actor, Event.under_id, held.id) if held.kind == "framework" else Event.under_id == held.id
    )
    within = (Event.held_from <= asked.report.period_to, Event.held_to >= asked.report.period_from)
    ids = select(Event.id).where(Event.held_from.is_not(None), *within)
    found = asked.s.scalars(events(asked.actor).where(under, Event.id.in_(ids)).order_by(Event.held_from, Event.id))
    return [one for one in found if meets(one.held, asked.report.period)]


source("meetings", N_("Meetings of the period"), lines)
offer(
    "meetings.date", N_("Day of the meeting"), ("Date", "Date of the meeting", "Datum", "Datum jednání"),
    of_fact("held", lambda asked, line, told: day(line.held, asked.language, *told, within(asked, line.held))),
    rows="meetings",
)  # fmt: skip
offer(
    "meetings.name", N_("Meeting"), ("Meeting", "Event", "Jednání", "Akce", "Událost"),
    of_fact("name", lambda asked, line, told: pair(asked, line, "name", *told, within(asked, line.held))),
    rows="meetings",
)  # fmt: skip
offer(
    "meetings.place", N_("Place"), ("Place", "Venue", "Místo", "Místo konání"),
    of_fact("place", lambda asked, line, told: pair(asked, line, "place", *told)), rows="meetings",
)  # fmt: skip
offer(
    "meetings.country",
    N_("Country"),
    ("Country", "Země"),
    of_fact("country", lambda asked, line, told: named(asked, line.country, *told)),
    rows="meetings",
)
offer(
    "meetings.outcome", N_("Outcome"), ("Outcome", "Result", "Conclusions", "Výsledek", "Závěry"),
    of_fact("outcome", lambda asked, line, told: pair(asked, line, "outcome", *told)), rows="meetings",
)  # fmt: skip
