"""Pure rules of status updates and of staleness."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Protocol, TypeVar

from portal.kernel.when import When

LONGEST = 2000
"""Characters of `happened` and `next_steps`."""

DRAFT, SUBMITTED, RETURNED, APPROVED = "draft", "submitted", "returned", "approved"
APPROVALS = (SUBMITTED, APPROVED, RETURNED, DRAFT)
"""Where a status update stands on its way; only an approved one is told to everybody and repeated by its project."""
UNFINISHED = (DRAFT, RETURNED)
"""It waits for its author; a submitted one waits for an approver."""


class Dated(Protocol):
    """A status update, as far as its place in time goes."""

    id: int
    held_on_from: date | None
    held_on_to: date | None


Update = TypeVar("Update", bound=Dated)


def latest(updates: Iterable[Update]) -> Update | None:
    """The update a record repeats: written one after the other, each takes the place of the one before, unless an earlier
    written one surely holds for a later day."""
    written = sorted(updates, key=lambda u: u.id)
    top = None
    for n, update in enumerate(written):
        to = update.held_on_to
        if to is None or not any(u.held_on_from is not None and u.held_on_from > to for u in written[:n]):
            top = update
    return top


def problems(values: Mapping[str, object], today: date) -> dict[str, str]:
    """{unit: code}. An update says something (light, status or text) and holds for a day that can have come."""
    found = {}
    if not any(values.get(unit) for unit in ("light", "status", "happened")):
        found["happened"] = "says_nothing"
    held_on = values.get("held_on")
    if not isinstance(held_on, When):
        found["held_on"] = "date_missing"
    elif held_on.earliest and held_on.earliest > today:
        found["held_on"] = "in_the_future"
    for unit in ("happened", "next_steps"):
        if len(values.get(unit) or "") > LONGEST:
            found[unit] = "too_long"
    return found


def stale_before(today: date, days: int) -> date:
    """An active record last reported before this day is stale (setting PORTAL_STALE_DAYS, default 90)."""
    return today - timedelta(days=days)
