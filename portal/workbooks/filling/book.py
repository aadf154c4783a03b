"""A workbook as filling sees it: its sheets, names, tables, protected styles and how it counts days."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree

from portal.workbooks.filling.areas import Area
from portal.workbooks.filling.days import shows_day
from portal.workbooks.filling.package import Package
from portal.workbooks.filling.sheet import Sheet

SIGNED = "_xmlsignatures/"


@dataclass(frozen=True)
class Table:
    """A table of a sheet: where it stands and what its columns are called."""

    sheet: str
    area: Area
    columns: tuple[str, ...]
    heads: int
    totals: int


@dataclass(frozen=True)
class Pivot:
    """A pivot table of a sheet: where it stands, the part of the cache it is made from, and its name."""

    sheet: str
    area: Area
    cache: str
    name: str = ""


class Book:
    """Reads what is asked for, each part once."""

    def __init__(self, data: bytes) -> None:
        self.package = Package(data)
        self._read: dict[str, Sheet] = {}
        self._names = {name.casefold(): name for name in self.package.sheets}

    def sheet(self, name: str) -> Sheet:
        """A sheet by its name, whatever its capitals; KeyError."""
        name = self._names[name.casefold()]
        if name not in self._read:
            self._read[name] = Sheet(self.package.read(self.package.sheets[name]), self._texts)
        return self._read[name]

    def named(self, name: str) -> str | None:
        """A sheet's name as the workbook spells it."""
        return self._names.get(name.casefold())

    @property
    def signed(self) -> bool:
        return any(name.startswith(SIGNED) for name in self.package.names)

    @cached_property
    def _tree(self) -> ElementTree.Element:
        return ElementTree.fromstring(self.package.read(self.package.workbook))

    @cached_property
    def since_1904(self) -> bool:
        """Whether days are counted from 1904."""
        told = self._tree.find("{*}workbookPr")
        return told is not None and told.get("date1904") in ("1", "true")

    def hidden(self, name: str) -> bool:
        """Whether a sheet is not shown."""
        return any(
            one.get("name") == name and one.get("state", "visible") != "visible"
            for one in self._tree.iterfind(".//{*}sheet")
        )

    @cached_property
    def iterates(self) -> bool:
        """Whether the workbook lets formulas refer to themselves and computes them step by step."""
        return any(one.get("iterate") in ("1", "true") for one in self._tree.iterfind(".//{*}calcPr"))

    @cached_property
    def names(self) -> dict[tuple[str, str], str]:
        """(name, sheet it holds for or "") → what it stands for, without "="; names in small letters."""
        sheets = [one.get("name", "") for one in self._tree.iterfind(".//{*}sheet")]
        found = {}
        for one in self._tree.iterfind(".//{*}definedName"):
            local = one.get("localSheetId")
            found[one.get("name", "").casefold(), sheets[int(local)] if local else ""] = one.text or ""
        return found

    @cached_property
    def tables(self) -> dict[str, Table]:
        """Tables by their names in small letters."""
        found = {}
        for sheet, path in self.package.sheets.items():
            for part in self.package.related(path, "table"):
                one = ElementTree.fromstring(self.package.read(part))
                columns = tuple(column.get("name", "") for column in one.iterfind(".//{*}tableColumn"))
                heads, totals = int(one.get("headerRowCount", 1)), int(one.get("totalsRowCount", 0))
                found[one.get("displayName", "").casefold()] = Table(
                    sheet, Area.of(one.get("ref", "")), columns, heads, totals
                )
        return found

    @cached_property
    def pivots(self) -> list[Pivot]:
        return [
            Pivot(sheet, Area.of(one.get("ref", "")), cache, root.get("name", ""))
            for sheet, path in self.package.sheets.items()
            for part in self.package.related(path, "pivotTable")
            for root in [ElementTree.fromstring(self.package.read(part))]
            for one in root.iterfind("{*}location")
            for cache in self.package.related(part, "pivotCacheDefinition")
        ]

    @cached_property
    def _texts(self) -> list[str]:
        parts = self.package.related(self.package.workbook, "sharedStrings")
        if not parts:
            return []
        found = []
        for one in ElementTree.fromstring(self.package.read(parts[0])).iterfind("{*}si"):
            runs = [one, *one.iterfind("{*}r")]
            found.append("".join(text.text or "" for run in runs for text in run.iterfind("{*}t")))
        return found

    @cached_property
    def _open_styles(self) -> set[int]:
        """Styles whose cells may be written where the sheet is protected. A style says nothing: it is locked."""
        parts = self.package.related(self.package.workbook, "styles")
        if not parts:
            return set()
        tree = ElementTree.fromstring(self.package.read(parts[0]))
        found = set()
        for number, one in enumerate(tree.iterfind("{*}cellXfs/{*}xf")):
            told = one.find("{*}protection")
            if told is not None and told.get("locked") in ("0", "false"):
                found.add(number)
        return found

    @cached_property
    def _day_styles(self) -> set[int]:
        """Styles whose cells show a number as a day."""
        parts = self.package.related(self.package.workbook, "styles")
        if not parts:
            return set()
        tree = ElementTree.fromstring(self.package.read(parts[0]))
        own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in tree.iterfind("{*}numFmts/{*}numFmt")}
        formats = [one.get("numFmtId", "0") for one in tree.iterfind("{*}cellXfs/{*}xf")]
        return {number for number, told in enumerate(formats) if shows_day(int(told), own.get(told))}

    def shows_days(self, sheet: str, row: int, column: int) -> bool:
        """Whether a number in this cell is shown as a day."""
        return self.sheet(sheet).style(row, column) in self._day_styles

    def locked(self, sheet: Sheet, row: int, column: int) -> bool:
        """Whether a person could not write into this cell."""
        return sheet.protected and sheet.style(row, column) not in self._open_styles
