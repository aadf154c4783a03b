"""Excel's own charts: they draw what the table holds, by formulas into its cells."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from openpyxl.utils import range_boundaries

from portal.dashboards.gallery import GALLERY
from portal.dashboards.native import KINDS
from portal.dashboards.native.spans import bars_of
from tests.machine import needs
from tests.workbooks import sheets


@dataclass
class Dated:
    start_from: date | None = None
    start_to: date | None = None
    end_from: date | None = None
    end_to: date | None = None
    planned_start: bool = False
    planned_end: bool = False


def drawn_by_excel(ws, heads: list, first: int) -> Counter:
    """Cents by currency that the bars of a sheet's own charts add up, by the cells their formulas look into."""
    amount, currency = heads.index("amount") + 1, heads.index("amount_currency") + 1
    found: Counter = Counter()

    def add(row: int) -> None:
        found[ws.cell(row, currency).value] += round(float(ws.cell(row, amount).value) * 100)

    for chart in (one for one in ws._charts if one.tagname == "barChart"):
        for series in chart.series:
            left, top, _right, bottom = range_boundaries(series.val.numRef.f.split("!")[1].replace("$", ""))
            for cell in (ws.cell(row, left) for row in range(top, bottom + 1)):
                formula = str(cell.value or "")
                if cell.value is not None and not formula.startswith("="):
                    add(cell.row)
                elif match := re.search(r"=(\$[A-Z]+\d+)\)\*.*=([A-Z]+\$\d+)\)\*.*=\"(\w+)\"", formula):
                    wanted = [ws[match[1].replace("$", "")].value, ws[match[2].replace("$", "")].value, match[3]]
                    places = [heads.index(key) + 1 for key in ("provider", "instrument", "amount_currency")]
                    for row in range(first, ws.max_row + 1):
                        if [ws.cell(row, place).value for place in places] == wanted:
                            add(row)
                else:
                    for row in re.findall(r"[A-Z]+(\d+)", formula):
                        add(int(row))
    return found


def test_excel_draws_a_project_as_long_as_the_page_does() -> None:
    letters = {key: key.upper() for key in ("start_from", "start_to", "end_from", "end_to")}
    year = Dated(date(2010, 1, 1), date(2010, 12, 31), date(2013, 1, 1), date(2013, 3, 31))
    assert bars_of(year, 7, letters) == [
        "$START_FROM7", "$START_TO7-$START_FROM7", "$END_FROM7+1-$START_TO7", "$END_TO7-$END_FROM7",
    ]  # fmt: skip
    doubtful = Dated(date(2013, 1, 1), date(2013, 12, 31), date(2013, 1, 1), date(2013, 12, 31))
    assert bars_of(doubtful, 7, letters) == ["$START_FROM7", "$END_TO7+1-$START_FROM7"]
    planned = Dated(date(2013, 2, 1), date(2013, 2, 1), date(2014, 8, 27), date(2014, 8, 27), planned_end=True)
    assert bars_of(planned, 7, letters) == ["$START_FROM7", "$END_TO7+1-$START_FROM7"], "a plan is not sure"
    assert bars_of(Dated(None, None, date(2013, 5, 1), date(2013, 5, 31)), 7, letters) == [
        "$END_FROM7-270", "$END_TO7-$END_FROM7+270",
    ]  # fmt: skip
    assert bars_of(Dated(date(2013, 5, 1), None, None, None), 7, letters) == [
        "$START_FROM7",
        "$START_FROM7-$START_FROM7+270",
    ]
    assert bars_of(Dated(None, None, None, None), 7, letters) == []


@needs("libreoffice")
def test_what_formulas_give_is_saved_with_them_for_who_does_not_compute(client_as, read_as, money, tmp_path) -> None:
    made, seeded = client_as("viewer", lang="en").browser, read_as("viewer", "cs").browser
    files = {"whole": made.get("/funding/dashboard.xlsx?certainty=public").data}
    files |= {kind: made.get(f"/charts/{kind}.xlsx?certainty=public").data for kind in ("ways", "years")}
    by_kind = {GALLERY[key].native.kind: key for key in sorted(GALLERY)}
    files |= {
        kind: seeded.get(f"/charts/{by_kind[kind]}.xlsx?certainty=all").data for kind in by_kind if kind not in files
    }
    assert set(files) == {"whole", *KINDS}
    again = sheets.all_recalculated(files, tmp_path)
    numbers = {name: sheets.compared(data, again[name]) for name, data in files.items()}
    assert all(numbers[kind] for kind in files if kind != "bar") and numbers["whole"] >= 12
