"""Columns of events and follow-ups. Participants and counts are added by the list."""

from __future__ import annotations

from portal.workbooks.records import NUMBER, coded, fact, linked, names, pair, tail

EVENT = (
    NUMBER,
    *names("event", 50),
    coded("event", "kind_code", "event_kinds", 24),
    linked("event", "under", lambda e: e.under, 40, empty=""),
    fact("event", "held", "when", 20, bounds=True),
    coded("event", "change", "event_changes", 14, empty=""),
    *pair("event", "place", "text", 22),
    linked("event", "country", lambda e: e.country, 20, detail=True),
    *pair("event", "host", "text", 24, detail=True),
    fact("event", "attendance", "count", 12),
)
EVENT_TEXTS = (
    *pair("event", "topics", "long", 44),
    *pair("event", "outcome", "long", 44),
    fact("event", "website", "address", 36, detail=True),
)
EVENT_TAIL = tail("event")
FOLLOW_UP = (
    NUMBER,
    *names("follow_up", 54),
    linked("follow_up", "event", lambda f: f.event, 44),
    linked("follow_up", "owner", lambda f: f.owner, 28),
    fact("follow_up", "due", "when", 18, bounds=True),
    coded("follow_up", "state", "follow_up_states", 14),
    fact("follow_up", "done", "when", 18, bounds=True),
)
FOLLOW_UP_TAIL = tail("follow_up")
