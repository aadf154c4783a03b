"""Rules of mapped cells and of the periods files are for. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol, TypeVar

from portal.donor_workbooks.rules.limits import COUNTINGS
from portal.kernel.errors import N_
from portal.workbooks.filling.looking import IN_THE_WAY, Look
from portal.workbooks.reading.cells import Place
from portal.workbooks.text import CELL_LIMIT

OTHERWISE = {"leave": N_("leave the cell as it is"), "say": N_("write “Not applicable”")}
"""What is written where a value does not apply to the report."""
NOT_APPLICABLE = {"cs": "Není relevantní", "en": "Not applicable"}
"""The Czech words are those of the guidance of 2017 for reports through SFC (docs: reporting formats)."""
LANGUAGES = ("cs", "en")
MOST_ROWS = 2_000
BLOCKED = {
    "formula": N_("%(place)s holds a formula; choose a cell that is meant to be filled in."),
    "merged": N_("%(place)s lies within merged cells; choose the first of them."),
    "locked": N_("%(place)s is locked by whoever made the file; choose a cell that is meant to be filled in."),
    "table_head": N_("%(place)s is the head of a table; choose a cell below it."),
    "pivot": N_(
        "%(place)s lies within a pivot table, which Excel makes anew; choose a cell among the data it is made from."
    ),
    "no_sheet": N_("The file has no such sheet."),
}
"""Why a cell cannot be written → words, with its place."""
assert IN_THE_WAY.keys() <= BLOCKED.keys()


class File(Protocol):
    """What is asked of a file to choose among several."""

    number: int
    valid_from: date
    valid_to: date | None


F = TypeVar("F", bound=File)


def fits(one: File, first: date, last: date) -> bool:
    """Whether a file is for reports on this period, which lies within its own."""
    return one.valid_from <= first and (one.valid_to is None or last <= one.valid_to)


def chosen(files: Collection[F], first: date, last: date) -> F | None:
    """The file for a report on this period: the newest of those it lies within."""
    return max((one for one in files if fits(one, first, last)), key=lambda one: one.number, default=None)


def hindrance(look: Look, place: Place, last: int | None) -> tuple[str, Place] | None:
    """Why a cell, or one of the repeated rows down to `last`, cannot be written (a key of `looking.IN_THE_WAY` or "no_sheet"),
    and which."""
    for row in range(place.row, (last or place.row) + 1):
        at = Place(place.sheet, row, place.column)
        if (why := look.hindrance(at)) is not None:
            return why, at
    return None


def overlapping(place: Place, last: int | None, others: Sequence[tuple[Place, int | None]]) -> bool:
    """Whether a mapped cell shares a cell with others."""
    end = last or place.row
    return any(
        other.sheet.casefold() == place.sheet.casefold()
        and other.column == place.column
        and other.row <= end
        and place.row <= (until or other.row)
        for other, until in others
    )


def problems(values: dict[str, object], rows: bool) -> dict[str, str]:
    """{unit: code} of what is wrong with a mapping: last, text_limit, counting, otherwise, language. `rows`: its value comes from
    a source of repeated rows."""
    found, place, last = {}, values["place"], values["last"]
    assert isinstance(place, Place)
    if rows and last is None:
        found["last"] = "rows_needed"
    elif not rows and last is not None:
        found["last"] = "no_rows_needed"
    elif isinstance(last, int) and not place.row <= last < place.row + MOST_ROWS:
        found["last"] = "rows_impossible"
    limit = values["text_limit"]
    if isinstance(limit, int) and not 1 <= limit <= CELL_LIMIT:
        found["text_limit"] = "limit_impossible"
    if values["counting"] not in COUNTINGS:
        found["counting"] = "choose"
    if values["otherwise"] not in OTHERWISE:
        found["otherwise"] = "choose"
    if values["language"] not in LANGUAGES:
        found["language"] = "choose"
    return found
