"""Drift: a newer file of the recipient compared with the one that is mapped. What moved, was renamed, added or removed is told,
and for each mapped cell a place in the new file is proposed where one can be told. Nothing is mapped here: a person confirms."""

from __future__ import annotations

from collections.abc import Collection

from portal.donor_workbooks.rules.drifted import (
    ADDED,
    BLOCKED,
    CARRIED,
    GONE,
    MOVED,
    PERIOD,
    REMOVED,
    RENAMED,
    SAME,
    UNCLEAR,
    Carry,
    Cell,
    Change,
    Drift,
)  # fmt: skip
from portal.donor_workbooks.rules.labels import is_label, without_digits
from portal.donor_workbooks.rules.pairing import Pair, inputs_of, labels_of
from portal.workbooks.filling.looking import Look, SheetLook

__all__ = [
    "ADDED", "BLOCKED", "CARRIED", "GONE", "MOVED", "PERIOD", "REMOVED", "RENAMED", "SAME", "UNCLEAR", "Carry", "Cell", "Change",
    "Drift", "compare",
]  # fmt: skip


def compare(old: Look, new: Look, mapped: Collection[Cell]) -> Drift:
    """What moved between two files, and what became of the cells of the old one that are mapped."""
    sheets, changes = _sheets(old, new)
    carries: list[Carry] = []
    for sheet in old.sheets:
        mine = [one for one in mapped if one.place.sheet.casefold() == sheet.name.casefold()]
        other = sheets.get(sheet.name)
        if other is None:
            carries += [Carry(one, GONE, labels_of(sheet, one, inputs_of(mine))) for one in mine]
            continue
        pair = Pair(sheet, other, mine)
        changes += pair.changes()
        carries += [pair.carry(one) for one in mine]
    order = {(c.place, c.last): n for n, c in enumerate(mapped)}
    return Drift(tuple(changes), tuple(sorted(carries, key=lambda c: order[c.old.place, c.old.last])))


def _sheets(old: Look, new: Look) -> tuple[dict[str, SheetLook], list[Change]]:
    """Sheets by their names, else by what stands in them, where one is alike by far."""
    found = {one.name: other for one in old.sheets if (other := new.sheet(one.name)) is not None}
    left = [one for one in new.sheets if one not in found.values()]
    changes = []
    for sheet in (one for one in old.sheets if one.name not in found):
        scores = sorted(((_alike_sheets(sheet, one), n) for n, one in enumerate(left)), reverse=True)
        sure = scores and scores[0][0] >= 0.5 and (len(scores) == 1 or scores[0][0] - scores[1][0] >= 0.2)
        if not sure:
            changes.append(Change("sheet", REMOVED, sheet.name, sheet.name))
            continue
        other = left.pop(scores[0][1])
        found[sheet.name] = other
        state = PERIOD if without_digits(sheet.name) == without_digits(other.name) else RENAMED
        changes.append(Change("sheet", state, sheet.name, sheet.name, other.name))
    changes += [Change("sheet", ADDED, one.name, new=one.name) for one in left]
    return found, changes


def _alike_sheets(one: SheetLook, other: SheetLook) -> float:
    mine, theirs = ({without_digits(c.text) for c in s.cells.values() if is_label(c)} for s in (one, other))
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0
