"""Reading CSV: UTF-8, with the separator that its first line uses. Every value is text."""

from __future__ import annotations

import csv
import io

from portal.workbooks.reading.cells import Place, Row
from portal.workbooks.reading.limits import Limits
from portal.workbooks.reading.refusals import Unreadable

SEPARATORS = ";,\t"


def read_separated(data: bytes, limits: Limits) -> list[Row]:
    """Its rows that are not empty, numbered as Excel shows them when it opens the file. Raises Unreadable."""
    if b"\0" in data:
        raise Unreadable("kind")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("encoding") from error
    first = text.lstrip().partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[Row] = []
    cells = number = 0
    try:
        for number, line in enumerate(reader, 1):
            cells += len(line)
            if number > limits.rows or len(line) > limits.columns:
                raise Unreadable(
                    "far_cell", Place("", number, max(len(line), 1)).cell, rows=limits.rows, columns=limits.columns
                )
            if cells > limits.cells:
                raise Unreadable("many_cells", Place("", number, 1).cell)
            if any(value.strip() for value in line):
                found.append(Row("", number, tuple(value.strip() or None for value in line)))
    except csv.Error as error:
        raise Unreadable("csv", str(number + 1)) from error
    return found
