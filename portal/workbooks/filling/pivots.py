"""What the pivot tables of a workbook are made from, and what is made from them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from portal.workbooks.filling.areas import Area
from portal.workbooks.filling.book import Book
from portal.workbooks.filling.references import Placed, area
from portal.workbooks.filling.sheet import Spot
from portal.workbooks.filling.tags import elements
from portal.workbooks.reading.cells import Place

CACHE = "xl/pivotCache/pivotCacheDefinition"
ANEW, UNTOLD, STAYS = "anew", "untold", "stays"
"""Excel makes it anew when it opens the file; what in this workbook it is made from cannot be told; nothing it is made from is
written."""


@dataclass(frozen=True)
class Shown:
    """A pivot table of a filled workbook: its first cell, its name, and what becomes of what it shows (ANEW, UNTOLD, STAYS)."""

    place: Place
    name: str
    state: str


class Pivots:
    """`sources`: the part of each cache → the areas of which it keeps copies."""

    def __init__(self, book: Book) -> None:
        self.tables = book.pivots
        caches = sorted(name for name in book.package.names if name.startswith(CACHE))
        told = {cache: _sources(book, book.package.read(cache)) for cache in caches}
        self.sources = {cache: [one for one in found if one is not None] for cache, found in told.items()}
        self.untold = {cache for cache, found in told.items() if None in found}

    def made_from(self, cells: Iterable[tuple[str, Spot]]) -> set[str]:
        """The caches of these cells, also by way of what another table shows of them."""
        found: set[str] = set()
        front = [(sheet, Area(*spot, *spot)) for sheet, spot in cells] if self.sources else []
        while front:
            one = front.pop()
            new = {cache for cache, of in self.sources.items() if cache not in found and _meets(one, of)}
            found |= new
            front += [(table.sheet, table.area) for table in self.tables if table.cache in new]
        return found

    def become(self, cells: Iterable[tuple[str, Spot]]) -> tuple[Shown, ...]:
        """What becomes of each table where these cells are written or computed."""
        anew = self.made_from(cells)
        return tuple(
            Shown(
                Place(one.sheet, one.area.top, one.area.left), one.name,
                ANEW if one.cache in anew else UNTOLD if one.cache in self.untold else STAYS,
            )
            for one in self.tables
        )  # fmt: skip

    def shown(self, caches: Collection[str], areas: Iterable[Placed]) -> bool:
        """Whether a table made from one of these caches stands in one of these areas."""
        return any(table.cache in caches and _meets((table.sheet, table.area), areas) for table in self.tables)


def _meets(one: Placed, others: Iterable[Placed]) -> bool:
    return any(one[0] == sheet and one[1].meets(where) for sheet, where in others)


def _sources(book: Book, data: bytes) -> list[Placed | None]:
    """Areas of this workbook, None for one that cannot be told; into another workbook nothing is written."""
    found = []
    for one in elements(data, "worksheetSource", "rangeSet"):
        told = one.attributes
        if "id" not in told:
            found.append(area(book, book.named(told.get("sheet", "")) or "", told.get("ref") or told.get("name", "")))
    return found
