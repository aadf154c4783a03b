"""Pure rules of open questions."""

from __future__ import annotations

from collections.abc import Mapping

OPEN, SETTLED = "open", "settled"


def problems(values: Mapping[str, object]) -> dict[str, str]:
    """{unit: code} of each rule the values break. A settled question has its answer, an open one has none."""
    found = {}
    name = values.get("name")
    if name is not None and not (name.cs or name.en):
        found["name"] = "question_missing"
    if values.get("state") == SETTLED and not values.get("answer"):
        found["answer"] = "answer_missing"
    return found
