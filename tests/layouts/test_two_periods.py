"""The worked example of docs/financial-report.md in our own workbook: its live formulas give what is written there by hand.

LibreOffice computes every formula; the values saved beside them are taken out before.
"""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from portal.kernel import transaction
from tests.budgets.test_two_periods import in_crowns, load_rates, scene
from tests.machine import needs
from tests.workbooks.sheets import all_recalculated, unsaved

SHOWN = ("total", "used", "incurred", "before", "to_date", "variation", "percent")
PLACES = dict(zip(SHOWN, (5, 6, 8, 9, 10, 11, 12), strict=True))
"""Columns of the sheet of the report, counted from 0."""
INTERIM = {
    "A": {
        "2.1": (14451.50, 2477.40, 4498.19, 0, 4498.19, -12430.71, -73.43),
        "4.2": (22800.00, 0, 2843.13, 0, 2843.13, -19956.87, -87.53),
        "7": (285610.51, 2477.40, 16941.32, 0, 16941.32, -271146.59, -94.12),
        "8": (19992.73, 0, 1000.00, 0, 1000.00, -18992.73, -95.00),
        "10": (14000.00, -2477.40, 0, 0, 0, -11522.60, -100.00),
        "11": (319603.24, 0, 17941.32, 0, 17941.32, -301661.92, -94.39),
    },
    "B": {
        "2.1": (14451.50, 2477.40, 4492.75, 0, 4492.75, -12436.15, -73.46),
        "4.2": (22800.00, 0, 2829.44, 0, 2829.44, -19970.56, -87.59),
        "7": (285610.51, 2477.40, 16922.19, 0, 16922.19, -271165.72, -94.13),
        "8": (19992.73, 0, 1000.00, 0, 1000.00, -18992.73, -95.00),
        "10": (14000.00, -2477.40, 0, 0, 0, -11522.60, -100.00),
        "11": (319603.24, 0, 17922.19, 0, 17922.19, -301681.05, -94.39),
    },
    "C": {
        "2.1": (14451.50, 2477.40, 4489.68, 0, 4489.68, -12439.22, -73.48),
        "4.2": (22800.00, 0, 2837.75, 0, 2837.75, -19962.25, -87.55),
        "7": (285610.51, 2477.40, 16927.43, 0, 16927.43, -271160.48, -94.12),
        "8": (19992.73, 0, 1000.00, 0, 1000.00, -18992.73, -95.00),
        "10": (14000.00, -2477.40, 0, 0, 0, -11522.60, -100.00),
        "11": (319603.24, 0, 17927.43, 0, 17927.43, -301675.81, -94.39),
    },
}
FINAL = {
    "A": {
        "2.1": (16928.90, 0, 7464.66, 4498.19, 11962.85, -4966.05, -29.33),
        "4.2": (22800.00, 0, 0, 2843.13, 2843.13, -19956.87, -87.53),
        "6.1": (619500.00, 0, 30000.00, 0, 30000.00, -589500.00, -95.16),
        "7": (848835.57, 0, 47064.66, 16941.32, 64005.98, -784829.59, -92.46),
        "8": (59245.06, 0, 3200.00, 1000.00, 4200.00, -55045.06, -92.91),
        "11": (919603.24, 0, 50264.66, 17941.32, 68205.98, -851397.26, -92.58),
    },
    "B": {
        "2.1": (16928.90, 0, 7450.22, 4492.75, 11942.97, -4985.93, -29.45),
        "4.2": (22800.00, 0, 0, 2829.44, 2829.44, -19970.56, -87.59),
        "6.1": (619500.00, 0, 30000.00, 0, 30000.00, -589500.00, -95.16),
        "7": (848835.57, 0, 47050.22, 16922.19, 63972.41, -784863.16, -92.46),
        "8": (59245.06, 0, 3200.00, 1000.00, 4200.00, -55045.06, -92.91),
        "11": (919603.24, 0, 50250.22, 17922.19, 68172.41, -851430.83, -92.59),
    },
    "C": {
        "2.1": (16928.90, 0, 7455.68, 4489.68, 11945.36, -4983.54, -29.44),
        "4.2": (22800.00, 0, 0, 2837.75, 2837.75, -19962.25, -87.55),
        "6.1": (619500.00, 0, 30000.00, 0, 30000.00, -589500.00, -95.16),
        "7": (848835.57, 0, 47055.68, 16927.43, 63983.11, -784852.46, -92.46),
        "8": (59245.06, 0, 3200.00, 1000.00, 4200.00, -55045.06, -92.91),
        "11": (919603.24, 0, 50255.68, 17927.43, 68183.11, -851420.13, -92.59),
    },
}
CROWNS = {
    "A": (1064000.00, 0, 559237.33, 416206.67, 975444.00, -88556.00, -8.32),
    "B": (1064000.00, 0, 559792.00, 417620.00, 977412.00, -86588.00, -8.14),
    "C": (1064000.00, 0, 559663.20, 416760.27, 976423.47, -87576.53, -8.23),
}
"""Heading 11 of the final report of the contract in crowns."""
OVER_FORECAST = {"A": 1271.16, "B": 1256.72, "C": 1262.18}
"""By how much line 2.1 went over the forecast of the second period: 7,464.66, 7,450.22 and 7,455.68 less 6,193.50."""


def rows_of(book, sheet: str) -> dict[str, tuple]:
    """By code: the values of the row."""
    return {str(row[0]): row for row in book[sheet].iter_rows(values_only=True) if row[0] is not None}


def shown(book) -> dict[str, tuple]:
    """By code: the columns SHOWN of the sheet of the report; an empty cell is 0."""
    rows = rows_of(book, "Report")
    return {code: tuple(row[PLACES[one]] or 0 for one in SHOWN) for code, row in rows.items() if len(row) > 12}


@pytest.fixture
def reports(engine) -> dict[str, int]:
    """The due reports of the example: "A interim" to "C final", and in crowns "A crowns" to "C crowns"."""
    with transaction.unit(engine) as s:
        load_rates(s)
        found = {}
        for regime in "ABC":
            _last, one, two = scene(s, regime)
            found |= {
                f"{regime} interim": one.id,
                f"{regime} final": two.id,
                f"{regime} crowns": in_crowns(s, regime)[1].id,
            }
        return found


@needs("libreoffice")
def test_the_formulas_give_what_is_written_by_hand_in_both_reports_under_every_regime(
    reports, client_as, tmp_path
) -> None:
    browser = client_as("editor", everywhere=True).browser
    asked = {name: f"/reports/{n}/file.xlsx?layout=financial&in=en" for name, n in reports.items()}
    asked["budget"] = f"/reports/{reports['A final']}/file.xlsx?layout=budget&in=en"
    files = {name: browser.get(path).data for name, path in asked.items()}
    empty = load_workbook(io.BytesIO(unsaved(files["A final"])), data_only=True)
    assert rows_of(empty, "Report")["11"][5] is None, "nothing that was saved is left to be read"
    books = all_recalculated(files, tmp_path)
    for regime in "ABC":
        for name, expected in ((f"{regime} interim", INTERIM[regime]), (f"{regime} final", FINAL[regime])):
            found = shown(books[name])
            for code, values in expected.items():
                assert found[code] == pytest.approx(values, abs=1e-6), (name, code)
        assert shown(books[f"{regime} crowns"])["11"] == pytest.approx(CROWNS[regime], abs=1e-6), regime
        past = rows_of(books[f"{regime} final"], "Forecast and follow-up")
        assert past["2.1"][2:5:2] == pytest.approx((6193.50, OVER_FORECAST[regime]))
    moved = rows_of(books["A final"], "Addenda and contingencies")
    assert [moved["11"][n] for n in (4, 8, 9)] == [319603.24, 919603.24, pytest.approx(600000.00)]
    assert [moved["2.1"][n] for n in (4, 5, 8, 9)] == [14451.50, 2477.40, 16928.90, pytest.approx(2477.40)]
    assert (moved["10"][5], moved["6.1"][9]) == (-2477.40, pytest.approx(559500.00))
    budget = rows_of(books["budget"], "Budget")
    assert [budget[code][5] for code in ("7", "8", "10", "11")] == [848835.57, 59245.06, 11522.61, 919603.24]
    told = [cell for row in books["budget"]["Budget"].iter_rows(values_only=True) for cell in row]
    assert 59418.48 in told and told.count("within the limit") == 2 and "agrees" in told
