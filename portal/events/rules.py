"""Pure rules of events and follow-ups."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from portal.kernel.when import When, certainly_before

MOST = 1_000_000
"""Participants of one event; a larger number is a slip of the pen."""
FARTHEST = 30
"""Years ahead for which an event may be booked or something promised."""
OPEN, DONE = "open", "done"
CANCELLED = "cancelled"
"""Of an event that did not take place."""


def problems_of_event(values: Mapping[str, object], today: date) -> dict[str, str]:
    """{unit: code} of each rule an event breaks. Units: name, held, attendance."""
    found = _named(values) | _not_too_far("held", values.get("held"), today)
    count = values.get("attendance")
    if isinstance(count, int) and not 0 < count <= MOST:
        found["attendance"] = "count_impossible"
    return found


def problems_of_follow_up(values: Mapping[str, object], today: date) -> dict[str, str]:
    """{unit: code} of each rule a follow-up breaks. Units: name, event, due, state, done.

    What is done has been done by today; what is still open has no day on which it was done.
    """
    found = _named(values) | _not_too_far("due", values.get("due"), today)
    if not values.get("event"):
        found["event"] = "event_missing"
    done = values.get("done")
    if isinstance(done, When):
        if done.earliest and done.earliest > today:
            found["done"] = "in_the_future"
        elif values.get("state") == OPEN:
            found["state"] = "open_but_done"
    return found


def is_overdue(state: str, due: When | None, today: date) -> bool:
    """Open, and the last day its date can mean has passed."""
    return state == OPEN and due is not None and certainly_before(due, When(today.isoformat()))


def _named(values: Mapping[str, object]) -> dict[str, str]:
    name = values.get("name")
    return {"name": "name_missing"} if name is not None and not (name.cs or name.en) else {}


def _not_too_far(unit: str, when: object, today: date) -> dict[str, str]:
    far = isinstance(when, When) and when.earliest is not None and when.earliest.year > today.year + FARTHEST
    return {unit: "too_far_ahead"} if far else {}
