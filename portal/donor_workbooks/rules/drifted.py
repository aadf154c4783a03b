"""What drift is told in: what became of rows, columns, sheets and mapped cells."""

from __future__ import annotations

from dataclasses import dataclass

from portal.donor_workbooks.rules.labels import says_year, without_digits
from portal.kernel.errors import N_
from portal.workbooks.reading.cells import Place

SAME, MOVED, RENAMED, PERIOD, UNCLEAR, GONE, BLOCKED = (
    "same",
    "moved",
    "renamed",
    "period",
    "unclear",
    "gone",
    "blocked",
)
CARRIED = {
    SAME: N_("stands where it stood"),
    MOVED: N_("moved"),
    RENAMED: N_("called otherwise"),
    PERIOD: N_("another period in its label"),
    UNCLEAR: N_("several could be meant"),
    GONE: N_("not found"),
    BLOCKED: N_("cannot be written any more"),
}
"""What became of a mapped cell. Only the first four have a place that can be confirmed."""
ADDED, REMOVED = "added", "removed"


@dataclass(frozen=True)
class Cell:
    """A mapped cell of the old file; of repeated rows the first cell, and their last row."""

    place: Place
    last: int | None = None


@dataclass(frozen=True)
class Carry:
    """What became of a mapped cell. Labels are the one beside it and the head above it, in both files; `new` None where no place
    is proposed; `candidates` those that could be meant; `why` a key of `looking.IN_THE_WAY` where it is blocked."""

    old: Cell
    state: str
    labels: tuple[str, str]
    new: Cell | None = None
    new_labels: tuple[str, str] = ("", "")
    candidates: tuple[Place, ...] = ()
    why: str = ""

    @property
    def room(self) -> tuple[int, int] | None:
        """How many rows there were and are, of repeated rows for which that changed."""
        if self.new is None or self.old.last is None or self.new.last is None:
            return None
        before, now = self.old.last - self.old.place.row + 1, self.new.last - self.new.place.row + 1
        return (before, now) if before != now else None


@dataclass(frozen=True)
class Change:
    """A row, column or sheet that is not as it was. `kind` "row", "column" or "sheet"; places as people read them."""

    kind: str
    state: str
    sheet: str
    old: str = ""
    new: str = ""
    text: str = ""
    new_text: str = ""


@dataclass(frozen=True)
class Drift:
    changes: tuple[Change, ...]
    carries: tuple[Carry, ...]


def renamed_or_period(before: str, now: str) -> str:
    """Whether only the period in a label changed, or its words."""
    same = without_digits(before) == without_digits(now) and says_year(before) and says_year(now)
    return PERIOD if same else RENAMED
