"""One sheet of the old file and the one of the new that it became: which rows and columns are which, and where cells went."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from portal.donor_workbooks.rules.aligning import align
from portal.donor_workbooks.rules.drifted import (
    ADDED,
    BLOCKED,
    GONE,
    MOVED,
    REMOVED,
    RENAMED,
    SAME,
    UNCLEAR,
    Carry,
    Cell,
    Change,
    renamed_or_period,
)  # fmt: skip
from portal.donor_workbooks.rules.labels import above, is_label, names_of, plain
from portal.donor_workbooks.rules.signing import (
    alike,
    alike_sets,
    at,
    from_one,
    heads,
    is_word,
    label_at,
    line,
    row_of,
    says_nothing,
    says_nothing_set,
)  # fmt: skip
from portal.workbooks.filling.looking import SheetLook
from portal.workbooks.filling.sheet import Spot
from portal.workbooks.reading.cells import Place, letters


def inputs_of(cells: Collection[Cell]) -> set[Spot]:
    return {(row, one.place.column) for one in cells for row in range(one.place.row, (one.last or one.place.row) + 1)}


def labels_of(sheet: SheetLook, cell: Cell, inputs: Collection[Spot]) -> tuple[str, str]:
    return names_of(sheet, cell.place.row, cell.place.column, inputs, cell.last is not None)


class Pair:
    """A sheet of the old file and the one of the new that it became."""

    def __init__(self, old: SheetLook, new: SheetLook, mapped: Collection[Cell]) -> None:
        self.old, self.new = old, new
        self.inputs = inputs_of(mapped)
        # Both files are empty forms: an example that stands in a mapped cell stands in both, and helps to tell its row.
        mine = [row_of(old, n) for n in range(1, old.end[0] + 1)]
        theirs = [row_of(new, n) for n in range(1, new.end[0] + 1)]
        self.row_texts = mine, theirs
        self.rows = from_one(align(mine, theirs, says_nothing, alike))
        mine_c, theirs_c = self._columns()
        self.columns = from_one(align(mine_c, theirs_c, says_nothing_set, alike_sets))
        self.column_texts = mine_c, theirs_c

    def _columns(self) -> tuple[list[frozenset], list[frozenset]]:
        """For each column what stands in the rows that are paired: (row in the new sheet, text). The only words of a row, a title
        across the sheet say, tell no column from another when they change: they count as those of the new file."""
        found: tuple[list[frozenset], list[frozenset]] = [], []
        only = {
            old: (mine[0], theirs[0])
            for old, new in self.rows.pairs.items()
            if len(mine := self.row_texts[0][old - 1]) == 1 == len(theirs := self.row_texts[1][new - 1])
            and is_word(theirs[0])
        }
        for column in range(1, self.old.end[1] + 1):
            told = (
                (new, only[old][1] if old in only and said == only[old][0] else said)
                for old, new in self.rows.pairs.items()
                if (said := at(self.old, old, column))
            )
            found[0].append(frozenset(one for one in told if one[1]))
        for column in range(1, self.new.end[1] + 1):
            told = ((new, at(self.new, new, column)) for new in self.rows.pairs.values())
            found[1].append(frozenset(one for one in told if one[1]))
        return found

    # ---- what is told of rows and columns

    def changes(self) -> Iterator[Change]:
        yield from self._of_rows()
        yield from self._of_columns()

    def _of_rows(self) -> Iterator[Change]:
        mine, theirs = self.row_texts
        for n, texts in enumerate(mine, 1):
            if says_nothing(texts):
                continue
            new = self.rows.pairs.get(n)
            before = line(self.old, n)
            if new is None:
                if n not in self.rows.unclear:
                    yield Change("row", REMOVED, self.old.name, str(n), text=before)
                continue
            now = line(self.new, new)
            if self._differs(n, new):
                state = renamed_or_period(before, now)
                yield Change("row", state, self.old.name, str(n), str(new), before, now)
            if n in self.rows.moved:
                yield Change("row", MOVED, self.old.name, str(n), str(new), before, now)
        paired = set(self.rows.pairs.values()) | {m for at in self.rows.unclear.values() for m in at}
        for m, texts in enumerate(theirs, 1):
            if m not in paired and not says_nothing(texts):
                yield Change("row", ADDED, self.new.name, new=str(m), new_text=line(self.new, m))

    def _differs(self, old: int, new: int) -> bool:
        """Whether a text of the row is another one, columns that came or went left aside."""
        if old not in self.rows.alike:
            return False
        return any(label_at(self.old, old, a) != label_at(self.new, new, b) for a, b in self.columns.pairs.items())

    def _of_columns(self) -> Iterator[Change]:
        for n, texts in enumerate(self.column_texts[0], 1):
            new, said = self.columns.pairs.get(n), any(is_word(text) for _row, text in texts)
            if new is None:
                if said and n not in self.columns.unclear:
                    yield Change("column", REMOVED, self.old.name, letters(n), text=heads(self.old, n))
                continue
            before, now = heads(self.old, n), heads(self.new, new)
            if n in self.columns.moved:
                yield Change("column", MOVED, self.old.name, letters(n), letters(new), before, now)
        taken = set(self.columns.pairs.values()) | {m for at in self.columns.unclear.values() for m in at}
        for m, texts in enumerate(self.column_texts[1], 1):
            if m not in taken and any(is_word(text) for _row, text in texts):
                yield Change("column", ADDED, self.new.name, new=letters(m), new_text=heads(self.new, m))

    # ---- what became of a mapped cell

    def carry(self, cell: Cell) -> Carry:
        labels = labels_of(self.old, cell, self.inputs)
        row, column = self._row_of(cell), self.columns.pairs.get(cell.place.column)
        if row is None or column is None:
            candidates = self._candidates(cell, row, column)
            return Carry(cell, UNCLEAR if candidates else GONE, labels, candidates=candidates)
        new = Cell(Place(self.new.name, row, column), self._last_of(cell, row, column))
        told = labels_of(self.new, new, self._expected())
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
            and tuple(map(plain, labels_of(self.new, Cell(Place("", *spot), new.last), self._expected()))) == wanted
        ]

    def _row_of(self, cell: Cell) -> int | None:
        """The row of a cell; the first of repeated rows, and one that says nothing, by the row of its head."""
        n = cell.place.row
        if n in self.rows.unclear:
            return None
        if n in self.rows.pairs:
            return self.rows.pairs[n]
        if not says_nothing(self.row_texts[0][n - 1]):
            return None
        _text, head = above(self.old, n, cell.place.column, self.inputs)
        if head is None or head[0] not in self.rows.pairs:
            return None
        between = [self.row_texts[0][at - 1] for at in range(head[0] + 1, n)]
        new = self.rows.pairs[head[0]] + n - head[0]
        there = [self.row_texts[1][at - 1] for at in range(self.rows.pairs[head[0]] + 1, new) if at <= self.new.end[0]]
        return new if all(map(says_nothing, between)) and all(map(says_nothing, there)) else None

    def _last_of(self, cell: Cell, row: int, column: int) -> int | None:
        """The last of repeated rows in the new file: as far as they can be written and nothing is said in them."""
        if cell.last is None:
            return None
        mine = {self.rows.pairs.get(one) for one in range(cell.place.row, cell.last + 1)}
        last = row - 1
        for one in range(row, self.new.end[0] + 1):
            said = one > row and not says_nothing(self.row_texts[1][one - 1]) and one not in mine
            if said or self.new.hindrance(one, column) is not None or self._says(one, column):
                break
            last = one
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
            return renamed_or_period(" ".join(labels), " ".join(told))
        if cell.place.row in self.rows.alike and self._differs(cell.place.row, new.place.row) and cell.last is None:
            return RENAMED
        same = (cell.place.row, cell.place.column, cell.last) == (new.place.row, new.place.column, new.last)
        return SAME if same and self.old.name.casefold() == self.new.name.casefold() else MOVED
