"""What changes did to workbooks of recipients: to one itself, its files, the mapping of their cells, and what is let go.

A workbook is hidden with its recipient, and its history is told as that of a record is: a state under a recipient who is hidden
today was never there (`history.hidden`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, RowMapping, Table, or_, select, union
from sqlalchemy.orm import Session

from portal.history.beside.found import Found
from portal.history.rules import Difference, differences
from portal.history.subjects import twin
from portal.kernel.permission import Actor, open_to

WORKBOOK, FILE, CELL, LET_GO = OF_DONORS = ("donor_workbook", "donor_file", "donor_cell", "donor_let_go")
MAPPING = (CELL, LET_GO)
"""A mapping is mended where it stands: an undo leaves them alone."""
Sides = tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]
"""A row before a change and after it; None where it was not there."""


@dataclass
class WorkbookChange:
    """What a change did to one workbook: `state` is the last one of the workbook that may be seen, up to the moment
    looked at: it is called by the name it has, not by that of the change; `added` whether it came; files and cells by id,
    each before and after, what the files do not ask for any more likewise; `numbers` of the files of those."""

    id: int
    state: Mapping[str, Any]
    added: bool = False
    differences: list[Difference] = field(default_factory=list)
    files: list[Sides] = field(default_factory=list)
    cells: dict[int, list[Sides]] = field(default_factory=dict)
    let_go: dict[int, list[Sides]] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)

    @property
    def names(self) -> set[int]:
        found = {
            self.state["recipient_id"],
            *(i for d in self.differences if d.unit == "recipient" for i in (d.before, d.after)),
        }
        return {int(str(i)) for i in found if i}


def changes_of(workbook_id: int) -> CompoundSelect:
    """SELECT of the ids of the changes that touched a workbook, its files or their mappings."""
    book, file = twin(WORKBOOK), twin(FILE)
    files = select(file.c.id).where(file.c.workbook_id == workbook_id)
    mine = (
        (book, book.c.id == workbook_id),
        (file, file.c.workbook_id == workbook_id),
        *((part, part.c.file_id.in_(files)) for part in map(twin, MAPPING)),
    )
    came = [select(table.c.change_from).where(of_it) for table, of_it in mine]
    went = [select(table.c.change_to).where(of_it, table.c.change_to.is_not(None)) for table, of_it in mine]
    return union(*came, *went)


def read(
    s: Session, actor: Actor, change_ids: Collection[int], until: int | None = None, only: int | None = None
) -> dict[int, Found]:
    """By change: what it did to each workbook (to `only` one)."""
    file = twin(FILE)
    rows = {name: _rows(s, twin(name), change_ids) for name in OF_DONORS}
    touched = {row["file_id"] for name in MAPPING for row in rows[name]}
    of_files = (
        {row["id"]: row for row in s.execute(select(file).where(file.c.id.in_(touched))).mappings()} if touched else {}
    )
    of = {
        WORKBOOK: lambda row: row["id"],
        FILE: lambda row: row["workbook_id"],
        **dict.fromkeys(MAPPING, lambda row: of_files[row["file_id"]]["workbook_id"]),
    }
    ids = {of[name](row) for name in OF_DONORS for row in rows[name]}
    states = _States(s, actor, ids if only is None else ids & {only}, until)
    found: dict[int, Found] = {}
    for name in OF_DONORS:
        for change_id, workbook_id, sides in _changes(rows[name], of[name], set(change_ids)):
            if workbook_id not in states.all:
                continue
            to = found.setdefault(change_id, Found())
            if name == WORKBOOK:
                _tell(to, states, workbook_id, change_id)
            elif not states.seen_after(workbook_id, change_id):
                to.hidden = True
            else:
                thing = _thing(to, states, workbook_id, change_id)
                if name == FILE:
                    thing.files.append(sides)
                else:
                    row = sides[1] or sides[0] or {}
                    parts = thing.cells if name == CELL else thing.let_go
                    parts.setdefault(row["file_id"], []).append(sides)
                    thing.numbers[row["file_id"]] = of_files[row["file_id"]]["number"]
    return found


def _rows(s: Session, table: Table, change_ids: Collection[int]) -> list[RowMapping]:
    """The rows that came or went with one of the changes, in the order of their places or numbers."""
    order = [table.c[name] for name in ("sheet", "row", "column", "number") if name in table.c]
    touched = or_(table.c.change_from.in_(change_ids), table.c.change_to.in_(change_ids))
    return list(s.execute(select(table).where(touched).order_by(*order, table.c.id, table.c.change_from)).mappings())


def _changes(rows: Iterable[RowMapping], of: Any, change_ids: set[int]) -> list[tuple[int, int, Sides]]:
    """(change, workbook, row before and after), each row of a change once."""
    found: dict[tuple[int, int], list[Any]] = {}
    for row in rows:
        for side, change_id in ((0, row["change_to"]), (1, row["change_from"])):
            if change_id in change_ids:
                found.setdefault((change_id, row["id"]), [None, None, of(row)])[side] = row
    return [(change_id, workbook_id, (old, new)) for (change_id, _id), (old, new, workbook_id) in found.items()]


class _States:
    """The states of workbooks, read once: those whose recipient may be seen today. A workbook that is hidden today has none."""

    def __init__(self, s: Session, actor: Actor, ids: set[int], until: int | None) -> None:
        self.all: dict[int, list[RowMapping]] = {}
        self.until = until
        table = twin(WORKBOOK)
        seen: ColumnElement[bool] = open_to(actor, table.c.recipient_id)
        asked = select(table, seen.label("seen")).where(table.c.id.in_(ids)).order_by(table.c.id, table.c.change_from)
        for row in s.execute(asked).mappings() if ids else ():
            self.all.setdefault(row["id"], []).append(row)
        self.hidden = {i for i, rows in self.all.items() if not rows[-1]["seen"]}

    def of(self, workbook_id: int) -> list[RowMapping]:
        """Its states that may be seen, the oldest first."""
        return [] if workbook_id in self.hidden else [row for row in self.all[workbook_id] if row["seen"]]

    def seen_after(self, workbook_id: int, change_id: int) -> bool:
        """Whether its state just after a change may be seen."""
        return any(
            row["change_from"] <= change_id and (row["change_to"] is None or row["change_to"] > change_id)
            for row in self.of(workbook_id)
        )

    def latest(self, workbook_id: int) -> RowMapping:
        """Its last state that may be seen, as of `until`."""
        return [row for row in self.of(workbook_id) if self.until is None or row["change_from"] <= self.until][-1]


def _thing(to: Found, states: _States, workbook_id: int, change_id: int) -> WorkbookChange:
    for thing in to.things:
        if isinstance(thing, WorkbookChange) and thing.id == workbook_id:
            return thing
    made = WorkbookChange(workbook_id, states.latest(workbook_id))
    to.things.append(made)
    return made


def _tell(to: Found, states: _States, workbook_id: int, change_id: int) -> None:
    """What became of the workbook itself."""
    seen = states.of(workbook_id)
    place = next((n for n, row in enumerate(seen) if row["change_from"] == change_id), None)
    if place is None:
        to.hidden = True
        return
    old, new = seen[place - 1] if place else None, seen[place]
    to.hidden |= (
        old is not None and old["change_to"] != change_id or old is None and states.all[workbook_id][0] is not new
    )
    told = differences(old and _plain(old), _plain(new))
    if told:
        thing = _thing(to, states, workbook_id, change_id)
        thing.added, thing.differences = old is None, told


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "seen"}
