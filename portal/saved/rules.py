"""What the name of a saved view must be. Pure."""

from __future__ import annotations

MOST = 50
"""Views a person may keep."""
LONGEST = 80
"""Characters of a name."""


def problems_of_view(name: str, taken: set[str], number: int) -> dict[str, str]:
    """{unit: code} of what is wrong with a view of that name beside `number` others, whose folded names are `taken`."""
    if not name:
        return {"name": "view_name_missing"}
    if len(name) > LONGEST:
        return {"name": "view_name_too_long"}
    if name.casefold() in taken:
        return {"name": "view_name_taken"}
    return {"": "too_many_views"} if number >= MOST else {}
