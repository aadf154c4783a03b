"""Mapping cells of a file to what the portal knows; each one is confirmed by a person."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from portal.donor_workbooks import catalogue
from portal.donor_workbooks.actions.workbooks import CHOOSE, unchanged
from portal.donor_workbooks.models import DonorCell, DonorFile
from portal.donor_workbooks.queries import look_of
from portal.donor_workbooks.rules.labels import label_at
from portal.donor_workbooks.rules.mapping import BLOCKED, hindrance, overlapping, problems
from portal.kernel.errors import N_, InvalidInput
from portal.kernel.permission import Actor, need
from portal.workbooks.filling.looking import Look
from portal.workbooks.reading.cells import Place
from portal.workbooks.text import CELL_LIMIT

WORDS = {
    "rows_needed": N_("Write the last row of the rows that the file has for it."),
    "no_rows_needed": N_("This value takes one cell. Leave the last row empty."),
    "rows_impossible": N_("The last row lies before the first one, or more than 2,000 rows below it."),
    "limit_impossible": N_("Write a number from %(low)s to %(high)s."),
    "choose": CHOOSE,
    "taken": N_("A cell there is mapped already. Unmap it first."),
    "unknown_key": N_("The portal does not know this value. Choose another one."),
}
"""Code → words of a refusal."""
GONE = N_("The mapping was changed meanwhile; nothing was saved. Look it through once more.")
NEEDS_PLACE = N_("Choose a cell that the file has for it.")


def map_cells(s: Session, actor: Actor, file: DonorFile, cells: Collection[Mapping[str, Any]]) -> list[DonorCell]:
    """Map cells of a file; each: place, last, key, language, text_limit, counting, otherwise. All or none.

    Raises InvalidInput {unit: words} of the first that cannot be: `place` where it is computed, locked, within merged cells, or
    mapped already.
    """
    need(actor, "donor_workbook.edit", file.workbook)
    look = look_of(s, file)
    made: list[DonorCell] = []
    for values in cells:
        _refuse(look, values, [(_place(one), one.last) for one in (*file.cells, *made)])
        one = DonorCell(file_id=file.id)
        _write(look, one, values)
        made.append(one)
    s.add_all(made)
    s.flush()
    s.expire(file, ["cells"])
    return made


def edit_cell(s: Session, actor: Actor, held: DonorCell, version: int, values: Mapping[str, Any]) -> DonorCell:
    """Map a cell otherwise; it may take another place."""
    need(actor, "donor_workbook.edit", held.file.workbook)
    unchanged(held, version)
    look = look_of(s, held.file)
    _refuse(look, values, [(_place(one), one.last) for one in held.file.cells if one.id != held.id])
    _write(look, held, values)
    s.flush()
    return held


def unmap_cell(s: Session, actor: Actor, held: DonorCell) -> None:
    """Write nothing into this cell any more. What it was mapped to stays in the history."""
    need(actor, "donor_workbook.edit", held.file.workbook)
    file = held.file
    s.delete(held)
    s.flush()
    s.expire(file, ["cells"])


def _place(one: DonorCell) -> Place:
    return Place(one.sheet, one.row, one.column)


def _refuse(look: Look, values: Mapping[str, Any], others: Sequence[tuple[Place, int | None]]) -> None:
    place, last = values["place"], values["last"]
    offer = catalogue.offer_of(values["key"])
    if offer is None:
        raise InvalidInput({"key": WORDS["unknown_key"]})
    found = problems(dict(values), offer.rows != "")
    if found:
        raise InvalidInput({unit: WORDS[code] for unit, code in found.items()}, low=1, high=CELL_LIMIT)
    blocked = hindrance(look, place, last)
    if blocked is not None:
        raise InvalidInput({"place": BLOCKED[blocked[0]]}, place=str(blocked[1]))
    if overlapping(place, last, others):
        raise InvalidInput({"place": WORDS["taken"]})


def _write(look: Look, one: DonorCell, values: Mapping[str, Any]) -> None:
    place = values["place"]
    sheet = look.sheet(place.sheet)
    assert sheet is not None
    one.sheet, one.row, one.column, one.last = sheet.name, place.row, place.column, values["last"]
    one.key, one.language, one.text_limit = values["key"], values["language"], values["text_limit"]
    one.counting, one.otherwise = values["counting"], values["otherwise"]
    one.label = label_at(look, place, rows=one.last is not None)
