"""A workbook being written: sheets, safe cells, formulas only where we write them, and the same bytes for the same data.

    book = Book(_("Projects"), lang="cs", moment=clock.now())
    ws = book.sheet("Projekty")
    book.text(ws, 1, 1, "=1+1", "title")            # text, whatever it starts with
    book.formula(ws, 2, 1, "SUM(A3:A9)", "total")   # the only way to a formula
    data = book.save()

openpyxl is imported when a `Book` is made, never before.
"""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from portal.workbooks.cells import Cell, cell_text
from portal.workbooks.looks import BLUE_DARK, FONT, INK, INK_SOFT, Looks
from portal.workbooks.text import cut, plain, sheet_name, starts_formula, stored

EPOCH = (1980, 1, 1, 0, 0, 0)
A4, A3 = 9, 8
WIDE = 190
"""A table wider than this many characters is printed on A3."""


class Book:
    """A new workbook. `moment` (aware) is the only time that enters the file: as created and as changed."""

    def __init__(
        self, title: str, lang: str, moment: datetime, *, subject: str = "", author: str = "",
        marks: dict[str, str | int] | None = None,
    ) -> None:  # fmt: skip
        from openpyxl import Workbook
        from openpyxl.packaging.custom import IntProperty, StringProperty
        from openpyxl.styles import Font

        self.lang = lang
        self.workbook: Any = Workbook()
        self.workbook.remove(self.workbook.active)
        self.workbook.calculation.fullCalcOnLoad = True
        self.workbook._named_styles["Normal"].font = Font(FONT, size=10)
        self.looks = Looks(self.workbook, lang)
        self.saved: dict[str, dict[str, int | Decimal | str]] = {}
        about = self.workbook.properties
        about.title, about.subject = cut(plain(title), 250), cut(plain(subject), 250)
        about.creator = about.lastModifiedBy = cut(plain(author), 250)
        about.language = lang
        about.created = about.modified = moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        for name, value in (marks or {}).items():
            kind = IntProperty if isinstance(value, int) else StringProperty
            self.workbook.custom_doc_props.append(kind(name=name, value=value))

    def sheet(self, name: str) -> Any:
        """A new sheet at the end, under a safe name of its own."""
        ws = self.workbook.create_sheet(sheet_name(name, self.workbook.sheetnames))
        ws.sheet_view.showGridLines = False
        return ws

    def text(self, ws: Any, row: int, column: int, text: str, look: str = "text", **more: Any) -> Any:
        """A text cell: stored as text, and marked so that it stays text when somebody edits it."""
        cell = ws.cell(row, column)
        self.looks.give(cell, look, **more)
        safe = cell_text(text)
        cell.value = stored(safe)
        cell.data_type = "s"
        if starts_formula(safe):
            cell.quotePrefix = True
        return cell

    def head(self, ws: Any, row: int, column: int, first: str, second: str, side: str = "", indent: int = 0) -> Any:
        """The head of a column in two languages: the file's own bold, the other below it. `side`: "right" over numbers;
        `indent`: away from what stands at its left."""
        from openpyxl.cell.rich_text import CellRichText, TextBlock
        from openpyxl.cell.text import InlineFont

        cell = ws.cell(row, column)
        if first == second:
            return self.text(ws, row, column, first, "head", indent=indent)
        self.looks.give(cell, "head_right" if side == "right" else "head", indent=indent)
        own = InlineFont(rFont=FONT, sz=9, b=True, color=BLUE_DARK)
        other = InlineFont(rFont=FONT, sz=8, color=INK_SOFT)
        cell.value = CellRichText(TextBlock(own, f"{first}\n"), TextBlock(other, second))
        return cell

    def two(self, ws: Any, row: int, column: int, cell: Cell) -> Any:
        """A text with a lighter second line. Rich text is text in every program: it cannot become a formula."""
        from openpyxl.cell.rich_text import CellRichText, TextBlock
        from openpyxl.cell.text import InlineFont

        made = ws.cell(row, column)
        self.looks.give(made, cell.look, indent=cell.indent, strong=cell.strong)
        own = InlineFont(rFont=FONT, sz=9, b=cell.strong, color=INK)
        other = InlineFont(rFont=FONT, sz=8, color=INK_SOFT)
        made.value = CellRichText(TextBlock(own, stored(f"{cell.value}\n")), TextBlock(other, stored(cell.second)))
        return made

    def put(self, ws: Any, row: int, column: int, cell: Cell) -> Any:
        """A plain cell of `portal.workbooks.cells`."""
        if cell.second:
            made = self.two(ws, row, column, cell)
        elif isinstance(cell.value, str):
            made = self.text(ws, row, column, cell.value, cell.look, indent=cell.indent, strong=cell.strong)
        else:
            made = ws.cell(row, column)
            self.looks.give(made, cell.look, cell.decimals)
            if cell.value is not None:
                made.value = cell.value
        if cell.link:
            made.hyperlink = cell.link
        return made

    def formula(
        self, ws: Any, row: int, column: int, formula: str, look: str = "total", *,
        saved: int | Decimal | str | None = None, **more: Any,
    ) -> Any:  # fmt: skip
        """A formula of our own (without the leading `=`). Never pass what people typed. `saved`: what it gives, for readers that
        do not compute."""
        cell = ws.cell(row, column)
        self.looks.give(cell, look, **more)
        cell.value = f"={formula}"
        if saved is not None:
            self.saved.setdefault(ws.title, {})[cell.coordinate] = saved
        return cell

    def inner_link(self, cell: Any, ws: Any, place: str) -> None:
        """Make a cell lead to a place of another sheet of this workbook."""
        from openpyxl.worksheet.hyperlink import Hyperlink

        name = ws.title.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!{place}", display=str(cell.value))

    def fit(self, ws: Any, row: int, points: float) -> None:
        """Give a row a measured height (points) that Excel may change when somebody edits the row."""
        ws.row_dimensions[row] = _measured()(ws, index=row, ht=points)

    def save(self) -> bytes:
        """The file. Equal data, moment and program give equal bytes: fixed order and times inside the package."""
        from openpyxl.writer.excel import ExcelWriter

        if not self.workbook.sheetnames:
            raise ValueError("a workbook has at least one sheet")
        self.workbook.active = 0
        made = io.BytesIO()
        names = self.workbook.sheetnames
        saved = {f"xl/worksheets/sheet{names.index(name) + 1}.xml": values for name, values in self.saved.items()}
        # Not workbook.save(): that would write the time of the clock into the properties.
        ExcelWriter(self.workbook, _FixedZip(made, saved)).save()
        return made.getvalue()


@cache
def _measured() -> Any:
    """A row with a height that is not fixed to it."""
    from openpyxl.worksheet.dimensions import RowDimension

    class Measured(RowDimension):
        customHeight = False

    return Measured


class _FixedZip(ZipFile):
    """A zip whose entries carry no time and no rights of their own; `saved` are the values of formulas by part and cell."""

    def __init__(self, made: io.BytesIO, saved: dict[str, dict[str, int | Decimal | str]]) -> None:
        super().__init__(made, "w", ZIP_DEFLATED)
        self.saved = saved

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_options: Any, **_more: Any) -> None:
        info = ZipInfo(getattr(zinfo_or_arcname, "filename", zinfo_or_arcname), EPOCH)
        info.compress_type = ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        super().writestr(info, data, compresslevel=6)

    def write(self, filename: Any, arcname: Any = None, *_options: Any, **_more: Any) -> None:
        name = str(arcname or filename)
        with open(filename, "rb") as file:
            data = file.read()
        self.writestr(name, _with_values(data, self.saved[name]) if name in self.saved else data)


_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)><f>(.*?)</f><v ?(?:/>|></v>)</c>', re.DOTALL)


def _with_values(sheet: bytes, saved: dict[str, int | Decimal | str]) -> bytes:
    """The sheet with a value beside each formula whose value is known; openpyxl writes formulas without one."""

    def valued(found: re.Match[bytes]) -> bytes:
        place, rest, formula = found.groups()
        value = saved.get(place.decode())
        if value is None:
            return found[0]
        kind = b' t="str"' if isinstance(value, str) else b""
        return b'<c r="%s"%s%s><f>%s</f><v>%s</v></c>' % (place, rest, kind, formula, escape(str(value)).encode())

    return _FORMULA.sub(valued, sheet)
