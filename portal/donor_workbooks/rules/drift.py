"""Drift: a newer file of the recipient compared with the one that is mapped. What moved, was renamed, added or removed is told,
and for each mapped cell a place in the new file is proposed where one can be told. Nothing is mapped here: a person confirms."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from portal.donor_workbooks.rules.aligning import Aligned, align
from portal.donor_workbooks.rules.labels import (
    above,
    bare,
    is_label,
    names_of,
    number,
    plain,
    says_year,
    token,
    without_digits,
)  # fmt: skip
from portal.kernel.errors import N_
from portal.workbooks.filling.looking import Look, SheetLook
from portal.workbooks.filling.sheet import Spot
from portal.workbooks.reading.cells import Place, letters

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


def compare(old: Look, new: Look, mapped: Collection[Cell]) -> Drift:
    """What moved between two files, and what became of the cells of the old one that are mapped."""
    sheets, changes = _sheets(old, new)
    carries: list[Carry] = []
    for sheet in old.sheets:
        mine = [one for one in mapped if one.place.sheet.casefold() == sheet.name.casefold()]
        other = sheets.get(sheet.name)
        if other is None:
            carries += [Carry(one, GONE, _labels(sheet, one, _inputs(mine))) for one in mine]
            continue
        pair = _Pair(sheet, other, mine)
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


def _inputs(cells: Collection[Cell]) -> set[Spot]:
    return {(row, one.place.column) for one in cells for row in range(one.place.row, (one.last or one.place.row) + 1)}


def _labels(sheet: SheetLook, cell: Cell, inputs: Collection[Spot]) -> tuple[str, str]:
    return names_of(sheet, cell.place.row, cell.place.column, inputs, cell.last is not None)


class _Pair:
    """A sheet of the old file and the one of the new that it became."""

    def __init__(self, old: SheetLook, new: SheetLook, mapped: Collection[Cell]) -> None:
        self.old, self.new = old, new
        self.inputs = _inputs(mapped)
        # Both files are empty forms: an example that stands in a mapped cell stands in both, and helps to tell its row.
        mine = [_row(old, n) for n in range(1, old.end[0] + 1)]
        theirs = [_row(new, n) for n in range(1, new.end[0] + 1)]
        self.rows = _from_one(align(mine, theirs, _says_nothing, _alike))
        self.row_texts = mine, theirs
        mine_c, theirs_c = self._columns()
        self.columns = _from_one(align(mine_c, theirs_c, _says_nothing_set, _alike_sets))
        self.column_texts = mine_c, theirs_c

    def _columns(self) -> tuple[list[frozenset], list[frozenset]]:
        """For each column what stands in the rows that are paired: (row in the new sheet, text)."""
        found: tuple[list[frozenset], list[frozenset]] = [], []
        for column in range(1, self.old.end[1] + 1):
            told = ((new, _at(self.old, old, column)) for old, new in self.rows.pairs.items())
            found[0].append(frozenset(one for one in told if one[1]))
        for column in range(1, self.new.end[1] + 1):
            told = ((new, _at(self.new, new, column)) for new in self.rows.pairs.values())
            found[1].append(frozenset(one for one in told if one[1]))
        return found

    # ---- what is told of rows and columns

    def changes(self) -> Iterator[Change]:
        yield from self._of_rows()
        yield from self._of_columns()

    def _of_rows(self) -> Iterator[Change]:
        mine, theirs = self.row_texts
        for n, texts in enumerate(mine, 1):
            if _says_nothing(texts):
                continue
            new = self.rows.pairs.get(n)
            before = _line(self.old, n)
            if new is None:
                if n not in self.rows.unclear:
                    yield Change("row", REMOVED, self.old.name, str(n), text=before)
                continue
            now = _line(self.new, new)
            if self._differs(n, new):
                state = _other_words(before, now)
                yield Change("row", state, self.old.name, str(n), str(new), before, now)
            if n in self.rows.moved:
                yield Change("row", MOVED, self.old.name, str(n), str(new), before, now)
        paired = set(self.rows.pairs.values()) | {m for at in self.rows.unclear.values() for m in at}
        for m, texts in enumerate(theirs, 1):
            if m not in paired and not _says_nothing(texts):
                yield Change("row", ADDED, self.new.name, new=str(m), new_text=_line(self.new, m))

    def _differs(self, old: int, new: int) -> bool:
        """Whether a text of the row is another one, columns that came or went left aside."""
        if old not in self.rows.alike:
            return False
        return any(_label_at(self.old, old, a) != _label_at(self.new, new, b) for a, b in self.columns.pairs.items())

    def _of_columns(self) -> Iterator[Change]:
        for n, texts in enumerate(self.column_texts[0], 1):
            new, said = self.columns.pairs.get(n), any(_is_word(text) for _row, text in texts)
            if new is None:
                if said and n not in self.columns.unclear:
                    yield Change("column", REMOVED, self.old.name, letters(n), text=_heads(self.old, n))
                continue
            before, now = _heads(self.old, n), _heads(self.new, new)
            if n in self.columns.moved:
                yield Change("column", MOVED, self.old.name, letters(n), letters(new), before, now)
        taken = set(self.columns.pairs.values()) | {m for at in self.columns.unclear.values() for m in at}
        for m, texts in enumerate(self.column_texts[1], 1):
            if m not in taken and any(_is_word(text) for _row, text in texts):
                yield Change("column", ADDED, self.new.name, new=letters(m), new_text=_heads(self.new, m))

    # ---- what became of a mapped cell

    def carry(self, cell: Cell) -> Carry:
        labels = _labels(self.old, cell, self.inputs)
        row, column = self._row_of(cell), self.columns.pairs.get(cell.place.column)
        if row is None or column is None:
            candidates = self._candidates(cell, row, column)
            return Carry(cell, UNCLEAR if candidates else GONE, labels, candidates=candidates)
        new = Cell(Place(self.new.name, row, column), self._last_of(cell, row, column))
        told = _labels(self.new, new, self._expected())
        if cell.last is not None and new.last is None:
            return Carry(cell, BLOCKED, labels, None, told, (new.place,))
        why = self.new.hindrance(row, column) or ("text" if self._occupied(cell, new) else "")
        if why:
            return Carry(cell, BLOCKED, labels, None, told, (new.place,), why)
        state = self._state(cell, new, labels, told)
        others = self._named_so(new, labels) if state == RENAMED else []
        nameless = any(before and not now for before, now in zip(labels, told, strict=True))
        if others or nameless:
            return Carry(cell, UNCLEAR, labels, candidates=(new.place, *others))
        return Carry(cell, state, labels, new, told)

    def _named_so(self, new: Cell, labels: tuple[str, str]) -> list[Place]:
        """Other cells of the new row, or of the new column, that are called as the old cell was."""
        wanted, (row, column) = tuple(map(plain, labels)), (new.place.row, new.place.column)
        line = [(row, c) for c in range(1, self.new.end[1] + 1)] if wanted[1] else []
        stack = [(r, column) for r in range(1, self.new.end[0] + 1)] if wanted[0] and new.last is None else []
        return [
            Place(self.new.name, *spot)
            for spot in (*line, *stack)
            if spot != (row, column)
            and self.new.hindrance(*spot) is None
            and not self._says(*spot)
            and tuple(map(plain, _labels(self.new, Cell(Place("", *spot), new.last), self._expected()))) == wanted
        ]

    def _row_of(self, cell: Cell) -> int | None:
        """The row of a cell; the first of repeated rows, and one that says nothing, by the row of its head."""
        n = cell.place.row
        if n in self.rows.unclear:
            return None
        if n in self.rows.pairs:
            return self.rows.pairs[n]
        if not _says_nothing(self.row_texts[0][n - 1]):
            return None
        _text, head = above(self.old, n, cell.place.column, self.inputs)
        if head is None or head[0] not in self.rows.pairs:
            return None
        between = [self.row_texts[0][at - 1] for at in range(head[0] + 1, n)]
        new = self.rows.pairs[head[0]] + n - head[0]
        there = [self.row_texts[1][at - 1] for at in range(self.rows.pairs[head[0]] + 1, new) if at <= self.new.end[0]]
        return new if all(map(_says_nothing, between)) and all(map(_says_nothing, there)) else None

    def _last_of(self, cell: Cell, row: int, column: int) -> int | None:
        """The last of repeated rows in the new file: as far as they can be written and nothing is said in them."""
        if cell.last is None:
            return None
        mine = {self.rows.pairs.get(at) for at in range(cell.place.row, cell.last + 1)}
        last = row - 1
        for at in range(row, self.new.end[0] + 1):
            said = at > row and not _says_nothing(self.row_texts[1][at - 1]) and at not in mine
            if said or self.new.hindrance(at, column) is not None or self._says(at, column):
                break
            last = at
        return last if last >= row else None

    def _says(self, row: int, column: int) -> bool:
        here = self.new.cells.get((row, column))
        return here is not None and is_label(here) and (row, column) not in self._expected()

    def _occupied(self, cell: Cell, new: Cell) -> bool:
        """Whether words stand in the new place that did not stand in the old one: it is a label now."""
        here = self.new.cells.get((new.place.row, new.place.column))
        before = self.old.cells.get((cell.place.row, cell.place.column))
        if here is None or not is_label(here):
            return False
        return before is None or plain(before.text) != plain(here.text)

    def _expected(self) -> set[Spot]:
        """Where in the new sheet the mapped cells are, as far as that is told."""
        rows, columns = self.rows.pairs, self.columns.pairs
        return {(rows[r], columns[c]) for r, c in self.inputs if r in rows and c in columns}

    def _candidates(self, cell: Cell, row: int | None, column: int | None) -> tuple[Place, ...]:
        rows = [row] if row else self.rows.unclear.get(cell.place.row, [])
        columns = [column] if column else self.columns.unclear.get(cell.place.column, [])
        return tuple(Place(self.new.name, r, c) for r in rows for c in columns)

    def _state(self, cell: Cell, new: Cell, labels: tuple[str, str], told: tuple[str, str]) -> str:
        if tuple(map(plain, labels)) != tuple(map(plain, told)):
            return _other_words(" ".join(labels), " ".join(told))
        if cell.place.row in self.rows.alike and self._differs(cell.place.row, new.place.row) and cell.last is None:
            return RENAMED
        same = (cell.place.row, cell.place.column, cell.last) == (new.place.row, new.place.column, new.last)
        return SAME if same and self.old.name.casefold() == self.new.name.casefold() else MOVED


def _from_one(found: Aligned) -> Aligned:
    """Rows and columns are counted from 1."""
    return Aligned(
        {n + 1: m + 1 for n, m in found.pairs.items()},
        {n + 1 for n in found.alike},
        {n + 1: [m + 1 for m in at] for n, at in found.unclear.items()},
        {n + 1 for n in found.moved},
    )


def _row(sheet: SheetLook, row: int) -> tuple[str, ...]:
    """The labels of a row; where there are none, what its cells are: to be filled in or computed."""
    cells = sheet.rows.get(row, [])
    said = tuple(plain(c.text) for c in cells if is_label(c) and plain(c.text))
    return said or tuple(t for c in cells if (t := token(c)))


def _line(sheet: SheetLook, row: int) -> str:
    return " | ".join(c.text for c in sheet.rows.get(row, []) if is_label(c))


def _label_at(sheet: SheetLook, row: int, column: int) -> str:
    here = sheet.cells.get((row, column))
    return plain(here.text) if here is not None and is_label(here) else ""


def _at(sheet: SheetLook, row: int, column: int) -> str:
    """What a column says in a row: the label there, of merged cells that of the first; else what the cell is."""
    area = sheet.around(row, column)
    here = sheet.cells.get((area.top, area.left) if area else (row, column))
    return plain(here.text) if here is not None and is_label(here) else token(here)


def _heads(sheet: SheetLook, column: int) -> str:
    """The first words of a column."""
    said = [c.text for (_row, at), c in sorted(sheet.cells.items()) if at == column and is_label(c)]
    return " | ".join(said[:3])


def _is_word(text: str) -> bool:
    return text not in ("", "□", "ƒ")


def _says_nothing(texts: object) -> bool:
    return not any(map(_is_word, texts))  # type: ignore[call-overload]


def _says_nothing_set(texts: object) -> bool:
    return not texts


def _alike(one: object, other: object) -> float:
    """How alike two rows are, 0 to 1. The same words under another number are the same row more likely than the same number."""
    a, b = " ".join(one), " ".join(other)  # type: ignore[call-overload]
    if without_digits(a) == without_digits(b):
        return 0.97 if says_year(a) and says_year(b) and number(a) == number(b) else 0.9
    if bare(a) == bare(b) and len(bare(a)) > 3:
        return 0.95
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def _alike_sets(one: object, other: object) -> float:
    mine, theirs = set(one), set(other)  # type: ignore[call-overload]
    if not mine or not theirs:
        return 0.0
    shared = len(mine & theirs) / len(mine | theirs)
    if shared >= 0.5:
        return shared
    words = (" ".join(sorted(t for _r, t in side if _is_word(t))) for side in (mine, theirs))
    a, b = words
    return max(shared, SequenceMatcher(None, a, b, autojunk=False).ratio() if a and b else 0.0)


def _other_words(before: str, now: str) -> str:
    """Whether only the period in a label changed, or its words."""
    same = without_digits(before) == without_digits(now) and says_year(before) and says_year(now)
    return PERIOD if same else RENAMED
