"""Looks of small sheets written down as lists, and what may become of them: rows and columns that come, go and move."""

from __future__ import annotations

from portal.workbooks.filling.looking import EMPTY, FORMULA, NUMBER, TEXT, Look, Seen, SheetLook
from portal.workbooks.reading import Place

FORM = [
    ["Financial report", None, None, None, None],
    ["Contract number", "_", None, None, None],
    ["Period", "_", "_", None, None],
    [None, None, None, None, None],
    ["Costs", "Unit", "# of units", "Unit value (EUR)", "Total 2026 (EUR)"],
    ["1. Human resources", None, None, None, "=SUM"],
    ["1.1.1 Technical", "_", "_", "_", "="],
    ["1.1.2 Administrative", "_", "_", "_", "="],
    ["2. Travel", None, None, None, "=SUM"],
    ["2.1 International", "_", "_", "_", "="],
    ["2.2 Local", "_", "_", "_", "="],
    ["Total", None, None, None, "=SUM"],
    [None, None, None, None, None],
    ["Date", "Amount", "Remark", None, None],
    ["_", "_", "_", None, None],
    ["_", "_", "_", None, None],
    ["_", "_", "_", None, None],
    ["Sum of payments", "=SUM", None, None, None],
]
"""A form: "_" is a cell to fill in, "=" one that is computed."""


def copy(grid: list[list]) -> list[list]:
    return [list(row) for row in grid]


def sheet(grid: list[list], name: str = "Report", **more) -> SheetLook:
    cells = {}
    for r, row in enumerate(grid, 1):
        for c, held in enumerate(row, 1):
            if held is None:
                continue
            if held == "_":
                cells[r, c] = Seen(r, c, "", EMPTY, asked=True)
            elif isinstance(held, str) and held.startswith("="):
                cells[r, c] = Seen(r, c, "0", FORMULA)
            else:
                cells[r, c] = Seen(r, c, str(held), TEXT if isinstance(held, str) else NUMBER)
    return SheetLook(name, cells, **more)


def look(*grids: list[list], **more) -> Look:
    return Look(tuple(sheet(grid, "Report" if not n else f"Report {n}", **more) for n, grid in enumerate(grids)))


def at(cell: str, name: str = "Report") -> Place:
    from portal.workbooks.filling.areas import cell_of

    return Place(name, *cell_of(cell))
