"""Limits of texts, counted as whoever sets them counts."""

from __future__ import annotations

import re

from portal.kernel.errors import N_
from portal.workbooks.text import units

COUNTINGS = {
    "excel": N_("characters as Excel counts them"),
    "characters": N_("characters"),
    "form": N_("characters, an end of line as two"),
    "bytes": N_("bytes (UTF-8)"),
    "words": N_("words"),
}
"""How a limit counts. Excel's LEN counts units of UTF-16, so a rare sign counts twice; forms on the web send two characters
for the end of a line; databases often limit bytes, of which a Czech letter with a mark takes two."""


def count(text: str, counting: str) -> int:
    """How long a text is. KeyError for a way of counting that is not in COUNTINGS."""
    lines = text.replace("\r\n", "\n")
    return {
        "excel": lambda: units(lines),
        "characters": lambda: len(lines),
        "form": lambda: len(lines) + lines.count("\n"),
        "bytes": lambda: len(lines.encode()),
        "words": lambda: len(lines.split()),
    }[counting]()


_TOLD = re.compile(r"([0-9]{1,3}(?:[ .,\u00a0\u202f]?[0-9]{3})?)[ \u00a0]*(?:characters|chars|znak)", re.IGNORECASE)


def limit_in(label: str) -> int | None:
    """The limit that a label tells: 2,500 of "Description (max. 2,500 characters)"; None where it tells none."""
    found = _TOLD.search(label)
    return int(re.sub(r"[^0-9]", "", found[1])) if found else None
