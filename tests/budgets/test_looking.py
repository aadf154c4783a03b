"""What a form of money would do is told while one types, by the same rules as when it is saved, and nothing is saved by that."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import func, select

from portal.budgets.models import BudgetLine, Expenditure
from portal.kernel import transaction
from tests.budgets.test_pages import browser, scene, words  # noqa: F401
from tests.budgets.test_two_periods import contract_of
from tests.factories import budgets

LINES = [("2.1", "10", "400.00"), ("4.2", "10", "800.00"), ("8", "1", "840.00"), ("10", "1", "600.00")]


def looked(browser, page, id_: str, **typed) -> str:  # noqa: F811
    return words(browser.submit(page, 200, look="1", **typed).soup.find(id=id_))


def test_an_item_tells_what_it_does_before_it_is_saved(engine, client_as) -> None:
    with transaction.unit(engine) as s:
        contract, one, _two = contract_of(s, "fixed", fixed_rate=Decimal(25), fixed_currency="CZK")
        budgets.budget(s, contract, lines=LINES)
        budgets.item(s, one, "2.1", "3000.00", paid="2014-08-15", document="FA 17")
        path = f"/reports/{one.id}/expenditure"
    editor = client_as("editor", lang="en", everywhere=True)
    page = editor.get(f"{path}/add")
    assert "here stands what they do" in words(page.soup.find(id="brings"))
    euro = {"amount-currency": "EUR"}
    told = looked(editor, page, "brings", code="2.1", document="FA 18", paid="15 August 2014", amount="900", **euro)
    assert "to date 3,900.00 budget 4,000.00" in told and "nothing to check" in told
    told = looked(editor, page, "brings", code="2.1", document="fa17", paid="15 August 2014", amount="3000", **euro)
    assert "to date 6,000.00" in told and "Heading 2: EUR 6,000 to date; without an addendum at most EUR 5,000" in told
    assert "the same document" in told and "Line 2.1 varies and is not explained" in told
    told = looked(
        editor,
        page,
        "brings",
        code="4.2",
        document="FA 3",
        paid="1 October 2014",
        amount="25000",
        **{"amount-currency": "CZK"},
    )
    assert "EUR 1,000" in told and "25" in told and "after" in told
    told = looked(editor, page, "brings", code="2.1", document="FA 4", paid="31 February 2014", amount="9", **euro)
    assert "cannot be read yet" in told and "not stated" not in told
    told = looked(editor, page, "brings", code="4.2", amount="five", **euro)
    assert "here stands what they do" in told
    saved = editor.get(f"{path}/1/edit")
    assert "to date 3,000.00" in words(saved.soup.find(id="brings"))
    told = looked(editor, saved, "brings", amount="100")
    assert "to date 100.00" in told, "what is typed stands for what is saved"
    with transaction.unit(engine) as s:
        assert s.scalar(select(func.count()).select_from(Expenditure)) == 1


def test_a_line_tells_which_heading_it_moves_too_far(engine, client_as) -> None:
    with transaction.unit(engine) as s:
        contract, _one, _two = contract_of(s, "A")
        first = budgets.budget(s, contract, lines=LINES)
        use = budgets.budget(s, contract, kind_code="contingencies", copied=first, lines=[], agreed=False)
        path = f"/budgets/{use.id}/lines"
        rows = s.scalar(select(func.count()).select_from(BudgetLine))
    editor = client_as("editor", lang="en", everywhere=True)
    page = editor.get(f"{path}/1/edit")
    board = words(page.soup.find(id="board"))
    assert "No heading moves further than 25 % of itself from version 1" in board and "4,000.00" in board
    told = looked(editor, page, "board", number="12.5")
    assert "5,000.00" in told and "further than 25" not in told.replace("No heading moves further than 25 %", "")
    told = looked(editor, page, "board", number="12.51")
    assert "2 travel" in told and "1,004.00; allowed 1,000.00" in told and "That takes an addendum" in told
    told = looked(editor, page, "board", number="abc")
    assert "not counted in" in told and "those of the saved line" in told
    told = looked(editor, editor.get(f"{path}/add"), "board", code="5.7", number="1", value="70")
    assert "70.00" in told and "5 other costs, services" in told and "allowed 0.00" in told
    with transaction.unit(engine) as s:
        assert s.scalar(select(func.count()).select_from(BudgetLine)) == rows
