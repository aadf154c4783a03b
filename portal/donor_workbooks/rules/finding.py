"""The finder: for what the portal knows, the cells beside or below a label that means it. Proposals only: a person confirms."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from portal.donor_workbooks.rules.labels import bare, is_label, number, plain
from portal.workbooks.filling.looking import FORMULA, Look, Seen, SheetLook
from portal.workbooks.reading.cells import Place

EXACT, NEAR, BEGINS = 0, 1, 2
"""How well a label meets a word: the same, the same but for its number or brackets, it begins with it."""
LONGEST_LABEL = 80


@dataclass(frozen=True)
class Sought:
    """A value to find a cell for. `words`: labels that mean it, in both languages; one like "1.1.1" is the number a label begins
    with; one with a full stop ("Cumulative.") is the whole label, for "Cumulative budget" is another thing. `heads`: it stands
    where the row of a label crosses the column under one of these. `rows`: the source of repeated rows whose column it is; then
    `words` are heads of columns."""

    key: str
    words: tuple[str, ...]
    heads: tuple[str, ...] = ()
    rows: str = ""


@dataclass(frozen=True)
class Proposal:
    """A cell for a value, or the first cell of a column of rows down to row `last`; the label by which it was found."""

    key: str
    place: Place
    label: str
    last: int | None = None


def find(look: Look, sought: Collection[Sought], taken: Collection[Place] = ()) -> list[Proposal]:
    """Proposals in the order of the workbook. Cells that are `taken`, and those that cannot be written, are left out."""
    found: list[tuple[int, Proposal]] = []
    for sheet in (one for one in look.sheets if not one.hidden):
        labels = [cell for cell in sheet.cells.values() if is_label(cell) and len(cell.text) <= LONGEST_LABEL]
        single = [one for one in sought if not one.rows]
        found += [(rank, one) for rank, one in _beside(sheet, labels, [s for s in single if not s.heads])]
        found += [(rank, one) for rank, one in _crossing(sheet, labels, [s for s in single if s.heads])]
        found += [(EXACT, one) for one in _blocks(sheet, labels, [s for s in sought if s.rows])]
    best: dict[str, int] = {}
    for rank, one in found:
        best[one.key] = min(rank, best.get(one.key, rank))
    kept: dict[Place, Proposal] = {}
    for rank, one in sorted(found, key=lambda pair: pair[0]):
        if (rank < BEGINS or best[one.key] == rank) and one.place not in taken:
            kept.setdefault(one.place, one)
    order = {sheet.name: n for n, sheet in enumerate(look.sheets)}
    return sorted(kept.values(), key=lambda p: (order[p.place.sheet], p.place.row, p.place.column))


def meets(text: str, words: Sequence[str]) -> int | None:
    """How well a label meets the best of these words; None where it does not."""
    said, core = plain(text), bare(text)
    found = []
    for one in words:
        word, whole = plain(one), one.endswith(".")
        if word.replace(".", "").isdigit():
            found += [EXACT] if number(text) == word else []
        elif said == word:
            found.append(EXACT)
        elif core == word:
            found.append(NEAR)
        elif not whole and (said.startswith(word + " ") or core.startswith(word + " ")):
            found.append(BEGINS)
    return min(found, default=None)


def _beside(sheet: SheetLook, labels: list[Seen], sought: list[Sought]) -> Iterator[tuple[int, Proposal]]:
    for cell in labels:
        ranks = [(rank, one) for one in sought if (rank := meets(cell.text, one.words)) is not None]
        if ranks and (place := _input_by(sheet, cell)) is not None:
            yield from ((rank, Proposal(one.key, place, cell.text)) for rank, one in ranks)


def _input_by(sheet: SheetLook, cell: Seen) -> Place | None:
    """The cell to fill in that belongs to a label: to its right, else below it."""
    area = sheet.around(cell.row, cell.column)
    right, bottom = (area.right, area.bottom) if area else (cell.column, cell.row)
    for row, column in ((cell.row, right + 1), (bottom + 1, cell.column)):
        if _free(sheet, row, column):
            return Place(sheet.name, row, column)
    return None


def _free(sheet: SheetLook, row: int, column: int) -> bool:
    return sheet.hindrance(row, column) is None and not _is_text(sheet, row, column)


def _is_text(sheet: SheetLook, row: int, column: int) -> bool:
    here = sheet.cells.get((row, column))
    return here is not None and is_label(here)


def _crossing(sheet: SheetLook, labels: list[Seen], sought: list[Sought]) -> Iterator[tuple[int, Proposal]]:
    for one in sought:
        rows = [(rank, cell) for cell in labels if (rank := meets(cell.text, one.words)) is not None]
        heads = [(rank, cell) for cell in labels if (rank := meets(cell.text, one.heads)) is not None]
        for rank, cell in rows:
            over = [(r, h) for r, h in heads if h.row < cell.row and h.column > cell.column]
            for at, head in over:
                if _free(sheet, cell.row, head.column):
                    label = f"{cell.text} / {head.text}"
                    yield max(rank, at), Proposal(one.key, Place(sheet.name, cell.row, head.column), label)


def _blocks(sheet: SheetLook, labels: list[Seen], sought: list[Sought]) -> Iterator[Proposal]:
    """Columns of one source of rows, at least two heads of which stand in one row (or its only one), and the rows under them."""
    for source in dict.fromkeys(one.rows for one in sought):
        columns = [one for one in sought if one.rows == source]
        for row in dict.fromkeys(cell.row for cell in labels):
            heads: dict[str, Seen] = {}
            for cell in (one for one in labels if one.row == row):
                ranks = [(rank, one.key) for one in columns if (rank := meets(cell.text, one.words)) is not None]
                key = min(ranks)[1] if ranks else None
                if key is not None and key not in heads:
                    heads[key] = cell
            if len(heads) < min(2, len(columns)):
                continue
            first = max(_below(sheet, cell) for cell in heads.values())
            last = _room(sheet, first, [cell.column for cell in heads.values()])
            if last >= first:
                yield from (
                    Proposal(key, Place(sheet.name, first, cell.column), cell.text, last) for key, cell in heads.items()
                )


def _below(sheet: SheetLook, cell: Seen) -> int:
    area = sheet.around(cell.row, cell.column)
    return (area.bottom if area else cell.row) + 1


def _room(sheet: SheetLook, first: int, columns: Sequence[int]) -> int:
    """The last row from `first` on in which all these columns can be written; the first one less where none can."""
    last = first - 1
    for row in range(first, sheet.end[0] + 1):
        computed = any(c.kind == FORMULA for c in sheet.rows.get(row, ()) if c.column < min(columns))
        if computed or not all(_free(sheet, row, column) for column in columns):
            break
        if any(is_label(c) for c in sheet.rows.get(row, ()) if c.column <= max(columns)):
            break
        last = row
    return last
