"""What would be written into a donor's file, and what stands in the way of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from portal.donor_workbooks import catalogue
from portal.donor_workbooks.catalogue import KNOWN, Found
from portal.donor_workbooks.models import DonorCell, DonorLetGo
from portal.donor_workbooks.refusals import Stopped
from portal.donor_workbooks.rules.mapping import NOT_APPLICABLE
from portal.workbooks.filling.looking import Look
from portal.workbooks.filling.values import Value
from portal.workbooks.reading.cells import Place


@dataclass(frozen=True)
class Entry:
    """One mapped cell: what is known for it, what is written (None: nothing), how long a text is. `line`: of repeated rows, what
    the line is told from the others by."""

    cell: DonorCell
    place: Place
    found: Found
    written: Value = None
    length: int | None = None
    line: str = ""

    @property
    def over(self) -> bool:
        return self.length is not None and self.cell.text_limit is not None and self.length > self.cell.text_limit


@dataclass(frozen=True)
class Rows:
    """Repeated rows of one source on one stretch of a sheet: `lines` of entries, one for each column. `lines` None: they do not
    apply to the report."""

    source: catalogue.Source
    cells: tuple[DonorCell, ...]
    lines: tuple[tuple[Entry, ...], ...] | None

    @property
    def first(self) -> DonorCell:
        return self.cells[0]

    @property
    def room(self) -> int:
        return (self.first.last or self.first.row) - self.first.row + 1

    @property
    def entries(self) -> list[Entry]:
        return [one for line in self.lines or () for one in line]

    @property
    def otherwise(self) -> list[tuple[DonorCell, Place, str]]:
        """Where there is no line, the words for it in the first row, where the rules ask for them."""
        return [] if self.lines else [
            (one, Place(one.sheet, one.row, one.column), NOT_APPLICABLE[one.language])
            for one in self.cells
            if one.otherwise == "say"
        ]  # fmt: skip

    @property
    def emptied(self) -> list[Place]:
        """Cells of rows for which there is no line: they are emptied, so that nothing of an earlier filling stays."""
        rows = range(self.first.row + len(self.lines), (self.first.last or self.first.row) + 1) if self.lines else ()
        return [Place(one.sheet, row, one.column) for row in rows for one in self.cells]

    @property
    def overflow(self) -> int:
        """How many lines have no row."""
        return max(0, len(self.lines or ()) - self.room)


@dataclass
class Gathered:
    """All that would be written into a file, and everything that stands in the way of it: `unfit`, why the file is not for this
    report; `hindrances`, what in it cannot be written."""

    look: Look
    file_id: int
    entries: list[Entry] = field(default_factory=list)
    unfit: list[Stopped] = field(default_factory=list)
    rows: list[Rows] = field(default_factory=list)
    hindrances: list[Stopped] = field(default_factory=list)
    unmapped: list[Place] = field(default_factory=list)
    left: list[DonorCell] = field(default_factory=list)
    """Cells of the file before whose value no cell of this one gets, and which nobody let go."""
    let_go: list[DonorLetGo] = field(default_factory=list)

    @property
    def obstacles(self) -> list[Stopped]:
        return [*self.unfit, *self.hindrances]

    @property
    def all(self) -> list[Entry]:
        return [*self.entries, *(one for rows in self.rows for one in rows.entries)]

    @property
    def lacking(self) -> list[Entry]:
        """Entries of which the value is not known, and those whose cell stays as it is because nothing applies."""
        return [one for one in self.all if one.found.state != KNOWN]

    @property
    def doubtful(self) -> list[Entry]:
        return [one for one in self.all if one.found.doubts]
