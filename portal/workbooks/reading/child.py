"""The process that reads one workbook: bounded in memory and time, and alone with it.

Run as a file by `process.read`, without the portal around it, so that it starts at once: the limits stand in the arguments, the
workbook comes by the standard input, and one JSON document goes to the standard output: `{"sheets": [[name, [[row, [value, …]],
…]], …]}` or `{"code": …, "place": …}`. A number is `{"n": "12.5"}`, a day `{"d": "2026-11-01"}`, a moment `{"t": "…"}`.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import zipfile
from datetime import date, datetime, timedelta
from typing import Any
from xml.parsers import expat

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

CHUNK = 2**16
REFERENCE = re.compile(r"([A-Z]{1,4})([0-9]{1,9})")


class Refused(Exception):
    """A refusal: its code and place."""

    def __init__(self, code: str, place: str = "") -> None:
        super().__init__(code, place)
        self.code, self.place = code, place


class Look:
    """A look through one XML part: no document type, no entity, and no cell beyond the limits."""

    def __init__(self, name: str, rows: int, columns: int, cells: int) -> None:
        self.name, self.rows, self.columns, self.cells = name, rows, columns, cells
        self.is_sheet = False
        self.first = True
        self.row = self.column = self.widest = 0

    def begins(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if self.first:
            self.first, self.is_sheet = False, local == "worksheet"
        if not self.is_sheet:
            return
        if local == "row":
            self.row, self.column = self._row(attributes.get("r")), 0
        elif local == "c":
            self._cell(attributes.get("r"))

    def _row(self, said: str | None) -> int:
        number = int(said) if said and re.fullmatch(r"[0-9]{1,9}", said, re.ASCII) else self.row + 1
        if number > self.rows:
            raise Refused("far_cell", f"{self.name} A{number}")
        return number

    def _cell(self, said: str | None) -> None:
        self.column += 1
        if said is not None:
            match = REFERENCE.fullmatch(said)
            if match is None:
                raise Refused("broken")
            column = 0
            for letter in match[1]:
                column = column * 26 + ord(letter) - 64
            self.row, self.column = int(match[2]), column
        if self.row > self.rows or self.column > self.columns:
            raise Refused("far_cell", f"{self.name} {said or ''}".strip())
        self.widest = max(self.widest, self.column)
        if self.row * self.widest > self.cells:
            raise Refused("many_cells", self.name)

    def through(self, stream: Any, size: int) -> None:
        """Raises Refused. A part that unpacks to more than the directory says is one."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self.begins
        parser.StartDoctypeDeclHandler = self._document_type
        parser.EntityDeclHandler = self._document_type
        read = 0
        try:
            while chunk := stream.read(CHUNK):
                read += len(chunk)
                if read > size:
                    raise Refused("inflated")
                parser.Parse(chunk)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Refused("broken", self.name) from error

    def _document_type(self, *_said: object) -> None:
        raise Refused("dtd", self.name)


def look_through(data: bytes, rows: int, columns: int, cells: int) -> None:
    """Every part: those in XML for what they say, the others that they unpack to what the directory states."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.infolist():
            with archive.open(part) as stream:
                if part.filename.endswith((".xml", ".rels", ".vml")):
                    Look(part.filename, rows, columns, cells).through(stream, part.file_size)
                else:
                    while stream.read(CHUNK):
                        pass


def plain(value: Any) -> Any:
    """A value as JSON holds it; an empty cell is None. repr of a binary number is its shortest decimal."""
    if value is None or value == "":
        return None
    if isinstance(value, bool | str):
        return value
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
        return {"d": value.date().isoformat()} if midnight else {"t": value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, int | float):
        whole = isinstance(value, int) or (value.is_integer() and abs(value) < 1e15)
        return {"n": str(int(value)) if whole else repr(value)}
    return str(value.total_seconds()) if isinstance(value, timedelta) else str(value)


def sheets(data: bytes) -> list[Any]:
    """The visible sheets with their rows that are not empty, numbered from 1."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found = []
    for about in workbook.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
            continue
        rows = workbook.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
        kept = []
        for number, row in enumerate(rows, 1):
            values = [plain(value) for value in row]
            while values and values[-1] is None:
                values.pop()
            if values:
                kept.append([number, values])
        found.append([about.name, kept])
    return found


def answer(data: bytes, rows: int, columns: int, cells: int) -> dict[str, Any]:
    try:
        look_through(data, rows, columns, cells)
        return {"sheets": sheets(data)}
    except Refused as refusal:
        return {"code": refusal.code, "place": refusal.place}
    except MemoryError:
        return {"code": "too_heavy", "place": ""}
    except Exception:
        return {"code": "broken", "place": ""}


def main() -> None:
    memory, seconds, rows, columns, cells = map(int, sys.argv[1:])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(answer(sys.stdin.buffer.read(), rows, columns, cells), sys.stdout)


if __name__ == "__main__":
    main()
