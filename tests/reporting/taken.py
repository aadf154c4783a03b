"""The overview as a person takes it."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import load_workbook

from tests.client import Client

PATH = "/exports/commission-overview.xlsx"


def data(client: Client, query: str = "", at: str = "") -> bytes:
    """The bytes of the overview."""
    response = client.browser.get(f"{at}{PATH}{query}")
    assert response.status_code == 200, response.get_data(as_text=True)[:500]
    return response.data


def workbook(client: Client, query: str = "") -> Any:
    """The overview as openpyxl reads it."""
    return load_workbook(io.BytesIO(data(client, query)))


def head_row(ws: Any) -> int:
    """The row of the heads: the one that is frozen above the data."""
    return int("".join(c for c in ws.freeze_panes if c.isdigit())) - 1


def table(ws: Any) -> list[dict[str, Any]]:
    """The rows of a table by the first line of their heads."""
    head = head_row(ws)
    last = int(ws.auto_filter.ref.split(":")[1].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    keys = [str(cell.value).split("\n")[0] for cell in ws[head]]
    lines = ws.iter_rows(min_row=head + 1, max_row=last)
    return [dict(zip(keys, (cell.value for cell in line), strict=True)) for line in lines]


def numbers(book: Any, value: float) -> list[str]:
    """Where a number is written (not computed) in the workbook."""
    return [
        f"{ws.title}!{cell.coordinate}"
        for ws in book
        for row in ws.iter_rows()
        for cell in row
        if isinstance(cell.value, (int, float)) and cell.value == value
    ]


def labelled(ws: Any, text: str, column: int = 1) -> Any:
    """The row whose cell in `column` says `text`."""
    for row in ws.iter_rows():
        if row[column - 1].value == text:
            return row
    raise AssertionError(f"{text!r} stands nowhere in column {column} of {ws.title}")
