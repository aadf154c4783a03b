"""Pure rules of status updates and of staleness."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from portal.kernel.when import When, certainly_before

LONGEST = 2000
"""Characters of `happened` and `next_steps`."""


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


def holding(updates: Iterable[tuple[int, When]]) -> int | None:
    """Of updates (id, the day each holds for) the one a project repeats: the last written that surely holds for no day
    before one written earlier. None where there is none."""
    held, days = None, []
    for update_id, day in sorted(updates, key=lambda one: one[0]):
        if not any(certainly_before(day, other) for other in days):
            held = update_id
        days.append(day)
    return held


def stale_before(today: date, days: int) -> date:
    """An active record last reported before this day is stale (setting PORTAL_STALE_DAYS, default 90)."""
    return today - timedelta(days=days)
