"""Whether a text fits into its limit is saved as Excel finds it."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from openpyxl import load_workbook

from portal.kernel.asof import Moment
from portal.layouts.annual import FIELDS, Entry
from portal.layouts.draft import Draft, Row, Table
from portal.layouts.order import Choices, Order
from portal.layouts.writing import write
from portal.web.i18n import speaking


def test_a_sign_of_two_units_counts_twice_at_the_limit_as_in_excel() -> None:
    rows = [Row(text, Entry(text, "x", "S", text, 5)) for text in ("žluté", "žlut😀", "žlu😀")]
    report: Any = SimpleNamespace(name=lambda lang: "Zpráva", edition=1)
    nowhere: Any = None
    order = Order(
        nowhere, nowhere, Moment(1, datetime(2026, 1, 1, tzinfo=UTC)), report, nowhere, Choices("annual", "cs")
    )
    with speaking("cs"):
        made = write(Draft("Tabulka", "Table", "Vše", [Table(FIELDS, rows, fits=("value", "limit", "fits"))]), order)
    told = {place.row: (place.cell, place.shown) for place in made.places if place.field == "fits"}
    assert [shown for _cell, shown in told.values()] == ["vejde se", "moc dlouhé", "vejde se"]
    saved, formulas = (load_workbook(io.BytesIO(made.data), data_only=known).active for known in (True, False))
    assert saved is not None and formulas is not None
    for cell, shown in told.values():
        assert (saved[cell].value, formulas[cell].value[:8]) == (shown, "=IF(LEN(")
