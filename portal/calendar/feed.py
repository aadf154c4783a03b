"""The calendar as iCalendar (RFC 5545): whole days, each with the address of its page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from portal.calendar.rules import Entry


def as_ics(
    entries: Iterable[Entry], *, name: str, host: str, at: datetime, address: Callable[[Entry], str], word
) -> bytes:
    """The feed. `address(entry)` is where it stands in the portal, `word(entry)` what it is ("Úkol"); `at` (UTC) its stamp."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Portal of International Cooperation//CS")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        if entry.first is None or entry.last is None:
            continue  # what names no day would get one
        item = Event()
        item.add("uid", f"{entry.kind}-{entry.id}@{host}")
        item.add("dtstamp", at)
        item.add("dtstart", entry.first)
        item.add("dtend", entry.last + timedelta(days=1))
        item.add("summary", entry.name if entry.kind == "event" else f"{word(entry)}: {entry.name}")
        item.add("url", address(entry))
        item.add("transp", "TRANSPARENT")
        if entry.place:
            item.add("location" if entry.kind == "event" else "description", entry.place)
        calendar.add_component(item)
    return calendar.to_ical()
