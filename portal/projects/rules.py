"""Pure rules of projects."""

from __future__ import annotations

from collections.abc import Mapping

from portal.kernel.when import When, certainly_before

CLOSED = frozenset({"4", "5"})
ACTIVE = frozenset({"1", "2", "3"})
"""IATI ActivityStatus: pipeline, implementation and finalisation count as active; only an active project can be stale. One in
preparation is asked after too: its document of years ago may still call it that when it has long ended."""


def problems(values: Mapping[str, object]) -> list[tuple[str, str]]:
    """(unit, code) of each rule the values break. Run on what was typed and again on what a merge gives.

    Units: name, umbrella, is_umbrella, id, planned_start, planned_end, actual_start, actual_end.
    """
    found = []
    name = values.get("name")
    if name is not None and not (name.cs or name.en):
        found.append(("name", "name_missing"))
    for start, end in (("planned_start", "planned_end"), ("actual_start", "actual_end")):
        a, b = values.get(start), values.get(end)
        if isinstance(a, When) and isinstance(b, When) and certainly_before(b, a):
            found.append((end, "end_before_start"))
    umbrella = values.get("umbrella")
    if umbrella is not None and umbrella == values.get("id"):
        found.append(("umbrella", "part_of_itself"))
    if values.get("status") is None and values.get("status_basis") == "stated":
        found.append(("status", "status_missing"))
    return found
