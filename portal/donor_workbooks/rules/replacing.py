"""The recipient's own texts that stand where something is to be written."""

from __future__ import annotations

from collections.abc import Iterable

from portal.workbooks.filling.looking import TEXT, Look
from portal.workbooks.reading.cells import Place

QUOTED = 60
"""Characters of a text that are quoted."""


def own_text(look: Look, place: Place) -> str:
    """The text that the file itself has in a cell; "" where it has none, or a number."""
    sheet = look.sheet(place.sheet)
    here = sheet.cells.get((place.row, place.column)) if sheet is not None else None
    return here.text if here is not None and here.kind == TEXT else ""


def own_texts(look: Look, places: Iterable[Place]) -> list[tuple[Place, str]]:
    """The places that hold such a text, each with it, cut to be quoted."""
    return [(place, quoted(text)) for place in places if (text := own_text(look, place))]


def quoted(text: str) -> str:
    """A text on one line, cut where it is long."""
    words = " ".join(text.split())
    return words if len(words) <= QUOTED else f"{words[: QUOTED - 1].rstrip()}…"
