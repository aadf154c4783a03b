"""Carrying the mapping of an older file over to a newer one: what is mapped as it was, and what is let go."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from portal.donor_workbooks.actions.mapping import GONE, map_cells
from portal.donor_workbooks.models import DonorCell, DonorFile, DonorLetGo
from portal.donor_workbooks.queries import is_let_go
from portal.donor_workbooks.rules.drift import Cell
from portal.kernel.errors import Refused
from portal.kernel.permission import Actor, need


def carry_cells(
    s: Session, actor: Actor, file: DonorFile, chosen: Sequence[tuple[DonorCell, Cell]],
    let_go: Sequence[DonorCell] = (),
) -> list[DonorCell]:  # fmt: skip
    """Map cells of a newer file as cells of an older one were, each at the place a person confirmed; keep that the file does not
    ask any more for what stood in those of `let_go`. Refused where a cell is not mapped any more as it was shown."""
    need(actor, "donor_workbook.edit", file.workbook)
    olds = [*(old for old, _new in chosen), *let_go]
    if len({one.id for one in olds}) != len(olds):
        raise Refused(GONE)
    if any(old.file.workbook_id != file.workbook_id or old.file_id == file.id for old in olds):
        raise Refused(GONE)
    if any(is_let_go(file, one) for one in let_go):
        raise Refused(GONE)
    made = map_cells(
        s, actor, file,
        [
            {
                "place": new.place, "last": new.last, "key": old.key, "language": old.language,
                "text_limit": old.text_limit, "counting": old.counting, "otherwise": old.otherwise,
            }
            for old, new in chosen
        ],
    )  # fmt: skip
    for one in let_go:
        s.add(
            DonorLetGo(file_id=file.id, sheet=one.sheet, row=one.row, column=one.column, key=one.key, label=one.label)
        )
    s.flush()
    s.expire(file, ["let_go"])
    return made


def ask_again(s: Session, actor: Actor, held: DonorLetGo) -> None:
    """Take it back that a file does not ask for a value any more. That it was said so stays in the history."""
    file = held.file
    need(actor, "donor_workbook.edit", file.workbook)
    s.delete(held)
    s.flush()
    s.expire(file, ["let_go"])
