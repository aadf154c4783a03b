"""Pure rules of frameworks."""

from __future__ import annotations

from collections.abc import Mapping

from portal.kernel.when import When, certainly_before

ACTIVE = frozenset({"active", "concluded", "under_negotiation"})


def problems(values: Mapping[str, object]) -> dict[str, str]:
    """{unit: code} of each rule the values break. Run on what was typed and again on what a merge gives."""
    found = {}
    name = values.get("name")
    if name is not None and not (name.cs or name.en):
        found["name"] = "name_missing"
    for earlier, later in (("launched", "ended"), ("signed", "ended")):
        a, b = values.get(earlier), values.get(later)
        if isinstance(a, When) and isinstance(b, When) and certainly_before(b, a):
            found["ended"] = "end_before_start"
    if values.get("parent") is not None and values.get("parent") == values.get("id"):
        found["parent"] = "part_of_itself"
    return found


def problems_of_phase(values: Mapping[str, object]) -> dict[str, str]:
    """{unit: code} of each rule a phase breaks. Units: name, framework, position (from 1; a hundred are a slip of the pen)."""
    found = {}
    name = values.get("name")
    if name is not None and not (name.cs or name.en):
        found["name"] = "name_missing"
    if "framework" in values and not values["framework"]:
        found["framework"] = "programme_missing"
    position = values.get("position")
    if isinstance(position, int) and not 0 < position < 100:
        found["position"] = "no_such_position"
    return found
