"""The finder proposes the cells that belong to labels; limits of texts count as whoever set them."""

from __future__ import annotations

import pytest

from portal.donor_workbooks.rules.finding import Sought, find, meets
from portal.donor_workbooks.rules.limits import count, limit_in
from portal.workbooks.filling.looking import look
from tests.donor_workbooks.grids import FORM, at
from tests.donor_workbooks.grids import look as grid_look
from tests.workbooks import donors

SOUGHT = (
    Sought("number", ("Contract number", "Číslo smlouvy")),
    Sought("title", ("Title of the action",)),
    Sought("days", ("Days reported on",)),
    Sought("coordinator", ("Coordinator",)),
    Sought("date", ("Date of payment", "Datum platby"), rows="payments"),
    Sought("amount", ("Amount", "Částka"), rows="payments"),
)


def test_cells_beside_labels_and_rows_under_heads_are_proposed_but_none_that_cannot_be_written():
    found = {one.key: (str(one.place), one.last) for one in find(look(donors.report()), SOUGHT)}
    assert found == {
        "number": ("Information, B3", None), "title": ("Information, B4", None), "coordinator": ("Information, B5", None),
        "date": ("Payments, B4", 9), "amount": ("Payments, C4", 9),
    }  # fmt: skip
    taken = [at("B3", "Information")]
    assert "number" not in {one.key for one in find(look(donors.report()), SOUGHT, taken)}


def test_a_budget_line_is_found_by_its_number_and_its_head():
    lines = (
        Sought("tech", ("1.1.1",), ("# of units", "Number of units")), Sought("unit", ("Local",), ("Unit value",)),
        Sought("total", ("1.1.1",), ("Total 2026",)),
    )  # fmt: skip
    found = {one.key: one.place.cell for one in find(grid_look(FORM), lines)}
    assert found == {"tech": "C7", "unit": "D11"}  # the total is computed by the form


@pytest.mark.parametrize(
    ("text", "word", "met"),
    [
        ("Contract number:", "Contract number", 0), ("2. CONTRACT  Number *", "contract number", 1),
        ("Amount (EUR)", "Amount", 1), ("Contract number of the action", "Contract number", 2), ("Contact", "Contract", None),
        ("1.1.1 Technical", "1.1.1", 0), ("1.1.10 Other", "1.1.1", None), ("Částka", "castka", 0), ("a) Title", "Title", 1),
        ("A title", "title", None),
        ("Cumulative (EUR)", "Cumulative.", 1), ("Cumulative budget", "Cumulative.", None), ("Grant No.:", "Grant No.", 0),
    ],
)  # fmt: skip
def test_labels_are_compared_without_capitals_accents_numbers_and_brackets(text, word, met):
    assert meets(text, [word]) == met


def test_texts_are_counted_as_the_target_counts():
    text = "Žluť 😀\nkůň"
    assert [count(text, one) for one in ("characters", "excel", "form", "bytes", "words")] == [10, 11, 11, 17, 3]
    assert [limit_in(t) for t in ("Popis (max. 2 500 znaků)", "Text: 300 characters", "Summary")] == [2500, 300, None]
