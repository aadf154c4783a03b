"""What rows and columns are known by, and how alike two of them are."""

from __future__ import annotations

from difflib import SequenceMatcher

from portal.donor_workbooks.rules.aligning import Aligned
from portal.donor_workbooks.rules.labels import bare, is_label, number, plain, says_year, token, without_digits
from portal.workbooks.filling.looking import SheetLook


def from_one(found: Aligned) -> Aligned:
    """Rows and columns are counted from 1."""
    return Aligned(
        {n + 1: m + 1 for n, m in found.pairs.items()},
        {n + 1 for n in found.alike},
        {n + 1: [m + 1 for m in at] for n, at in found.unclear.items()},
        {n + 1 for n in found.moved},
    )


def row_of(sheet: SheetLook, row: int) -> tuple[str, ...]:
    """The labels of a row; where there are none, what its cells are: to be filled in or computed."""
    cells = sheet.rows.get(row, [])
    said = tuple(plain(c.text) for c in cells if is_label(c) and plain(c.text))
    return said or tuple(t for c in cells if (t := token(c)))


def line(sheet: SheetLook, row: int) -> str:
    return " | ".join(c.text for c in sheet.rows.get(row, []) if is_label(c))


def label_at(sheet: SheetLook, row: int, column: int) -> str:
    here = sheet.cells.get((row, column))
    return plain(here.text) if here is not None and is_label(here) else ""


def at(sheet: SheetLook, row: int, column: int) -> str:
    """What a column says in a row: the label there, of merged cells that of the first; else what the cell is."""
    area = sheet.around(row, column)
    here = sheet.cells.get((area.top, area.left) if area else (row, column))
    return plain(here.text) if here is not None and is_label(here) else token(here)


def heads(sheet: SheetLook, column: int) -> str:
    """The first words of a column."""
    said = [c.text for (_row, at), c in sorted(sheet.cells.items()) if at == column and is_label(c)]
    return " | ".join(said[:3])


def is_word(text: str) -> bool:
    return text not in ("", "□", "ƒ")


def says_nothing(texts: object) -> bool:
    return not any(map(is_word, texts))  # type: ignore[call-overload]


def says_nothing_set(texts: object) -> bool:
    return not texts


def alike(one: object, other: object) -> float:
    """How alike two rows are, 0 to 1. The same words under another number are the same row more likely than the same number."""
    a, b = " ".join(one), " ".join(other)  # type: ignore[call-overload]
    if without_digits(a) == without_digits(b):
        return 0.97 if says_year(a) and says_year(b) and number(a) == number(b) else 0.9
    if bare(a) == bare(b) and len(bare(a)) > 3:
        return 0.95
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def alike_sets(one: object, other: object) -> float:
    mine, theirs = set(one), set(other)  # type: ignore[call-overload]
    if not mine or not theirs:
        return 0.0
    shared = len(mine & theirs) / len(mine | theirs)
    if shared >= 0.5:
        return shared
    words = (" ".join(sorted(t for _r, t in side if is_word(t))) for side in (mine, theirs))
    a, b = words
    return max(shared, SequenceMatcher(None, a, b, autojunk=False).ratio() if a and b else 0.0)
