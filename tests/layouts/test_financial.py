"""The financial report as a workbook: what stands in it, live formulas that give it, and the same by LibreOffice."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from portal.budgets.models import Budget, Expenditure
from portal.kernel import transaction
from portal.kernel.when import When
from portal.obligations.models import DueReport
from tests.factories import budgets, changing, frameworks, funding, obligations
from tests.machine import needs
from tests.workbooks.sheets import all_recalculated, compared

MOVED = {"5.8": ("1", "1247.66"), "6.1": ("413", "1500.00"), "8": ("1", "59245.06"), "10": ("1", "14000.01")}
"""What the addendum of docs/budget.md changes."""
TRAVEL = ("2.1", "36", "412.90")
"""A use of contingencies after it: one journey more, out of the reserve."""


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """The contract of docs/budget.md with its addendum, a use of contingencies, and a report claiming money in two currencies."""
    with transaction.unit(engine) as s, changing(s):
        project = funding.project(s, "ERIS", framework=frameworks.framework(s, "Pražský proces"))
        contract = funding.contract(
            s, project, "MIGR/2012/284", currency="EUR", rate_regime="fixed", fixed_rate=Decimal(25), fixed_currency="CZK",
            rounding="nearest", start=When("2014-01-01"), end=When("2015-12-31"), eu_share=Decimal(80),
        )  # fmt: skip
        first = budgets.budget(s, contract)
        after = {code: (number, value) for code, number, value in budgets.SIGNED} | MOVED
        second = budgets.budget(
            s, contract, kind_code="addendum", lines=[(code, *told) for code, told in after.items()], valid=When("2014-06-01")
        )  # fmt: skip
        used = after | {"2.1": TRAVEL[1:], "10": ("1", "13587.11")}
        third = budgets.budget(
            s, contract, kind_code="contingencies", lines=[(code, *told) for code, told in used.items()],
            valid=When("2014-09-01"),
        )  # fmt: skip
        report = obligations.due_report(s, contract)
        report.state = "in_preparation"
        budgets.item(s, report, "2.1", "400000", "CZK", document="FA 17", payee="=cmd()")
        budgets.item(s, report, "1.1.1", "3200.00", document="FA 18")
        budgets.say(
            s,
            report,
            "2.1",
            explanation="Zasedání v Tbilisi.",
            expected_units=Decimal(3),
            expected=budgets.euro("412.90"),
        )
        return {"report": report.id, "budgets": [one.id for one in (first, second, third)]}


def made(browser, scene, layout: str = "financial", lang: str = "cs") -> bytes:
    answer = browser.browser.get(f"/reports/{scene['report']}/file.xlsx?layout={layout}&in={lang}")
    assert answer.status_code == 200, answer.get_data(as_text=True)[:500]
    return answer.data


def rows_of(data: bytes, sheet: str, values: bool = True) -> dict[str, list]:
    """By code: the cells of the row."""
    ws = load_workbook(io.BytesIO(data), data_only=values)[sheet]
    return {str(row[0].value): [cell.value for cell in row] for row in ws.iter_rows() if row[0].value}


def test_the_report_sets_budget_contingencies_and_expenditure_beside_each_other(scene, client_as) -> None:
    data = made(client_as("editor", everywhere=True), scene)
    rows = rows_of(data, "Zpráva")
    assert rows["2.1"][3:12] == [35, 412.9, 14451.5, 412.9, None, 16000, 0, 16000, 1135.6]
    assert (rows["2.1"][12], rows["2.1"][13]) == (7.64, "Zasedání v Tbilisi.")
    assert rows["11"][5] == 919603.24 and rows["11"][6] == 0 and rows["11"][10] == 19200
    assert rows["10"][5] == 14000.01 and rows["10"][6] == -412.9
    live = rows_of(data, "Zpráva", values=False)
    assert (
        live["2.1"][5].startswith("=ROUND(") and live["11"][5].startswith("=SUM(") and live["7"][8].startswith("=SUM(")
    )
    forecast = rows_of(data, "Předpověď a skutečnost")
    assert forecast["2.1"][3:8] == [16000, None, 3, 412.9, 1238.7] and forecast["11"][7] == 1238.7
    assert forecast["2"][7] == 1238.7 and [forecast[code][7] for code in ("1", "6")] == ["neuvedeno"] * 2
    assert {forecast[code][2] for code in ("1", "2", "7", "9", "11")} == {"neuvedeno"}, "nobody forecast this period"
    spent = load_workbook(io.BytesIO(data), data_only=True)["Výdaje"]
    told = " ".join(str(cell.value) for row in spent.iter_rows() for cell in row if cell.value is not None)
    assert "25 CZK = 1 EUR" in told.replace("\xa0", " ") and "FA 17" in told
    assert all(cell.data_type != "f" for row in spent.iter_rows() for cell in row), (
        "what people typed is never a formula"
    )


def test_the_addendum_adds_600_000_on_the_sheet_of_addenda(scene, client_as) -> None:
    rows = rows_of(made(client_as("editor", everywhere=True), scene, "budget", "en"), "Addenda and contingencies")
    assert (
        rows["2.1"][4] == 14451.5 and rows["2.1"][5] == 412.9 and rows["2.1"][8] == 14864.4 and rows["2.1"][9] == 412.9
    )
    budget = rows_of(made(client_as("editor", everywhere=True), scene, "budget", "en"), "Budget")
    assert budget["11"][5] == 919603.24 and budget["7"][5] == 846771.07


def test_a_budget_over_its_limit_says_so_in_its_own_checks(engine, scene, client_as) -> None:
    with transaction.unit(engine) as s, changing(s):
        held = s.get_one(Budget, scene["budgets"][2])
        limits = {"indirect_limit": Decimal(5)}
        budgets.budget(
            s, held.contract, kind_code="addendum", copied=held, lines=(), valid=When("2014-10-01"), **limits
        )
    data = made(client_as("editor", everywhere=True), scene, "budget", "en")
    ws = load_workbook(io.BytesIO(data), data_only=True)["Budget"]
    said = [
        cell.value
        for row in ws.iter_rows()
        for cell in row
        if cell.value in ("within the limit", "OVER THE LIMIT", "agrees")
    ]
    assert said == ["OVER THE LIMIT", "within the limit", "agrees"]


def test_without_an_agreed_budget_or_a_contract_nothing_is_made_and_it_is_said_why(engine, scene, client_as) -> None:
    with transaction.unit(engine) as s, changing(s):
        contract = funding.contract(
            s, funding.project(s, "Bez rozpočtu"), "SML/2", currency="EUR", start=When("2014-01-01")
        )
        bare = obligations.due_report(s, contract).id
    browser = client_as("editor", everywhere=True)
    answer = browser.get(f"/reports/{bare}/file.xlsx?layout=financial&in=cs", status=422)
    assert "Nejdřív jej schvalte" in answer.text
    with transaction.unit(engine) as s, changing(s):
        of_project = obligations.due_report(s, funding.project(s, "Projekt"), kind_code="annual").id
    assert "Finanční zpráva podle kapitol" not in browser.get(f"/reports/{of_project}/file").text


def test_without_expenditure_only_an_explained_line_had_none_and_no_sum_is_zero(engine, scene, client_as) -> None:
    with transaction.unit(engine) as s, changing(s):
        for one in s.scalars(select(Expenditure).where(Expenditure.due_report_id == scene["report"])):
            s.delete(one)
    data = made(client_as("editor", everywhere=True), scene)
    rows = rows_of(data, "Zpráva")
    assert rows["2.1"][8:12] == [0, 0, 0, -14864.4] and rows["2"][8:11] == [0, 0, 0]
    for code in ("1.1.1", "1", "7", "11"):
        assert rows[code][8] == "neuvedeno" and rows[code][9] == 0 and rows[code][10:13] == [None] * 3, code
    forecast = rows_of(data, "Předpověď a skutečnost")
    assert forecast["11"][3:5] == ["neuvedeno", None] and forecast["2.1"][3] == 0
    funds = load_workbook(io.BytesIO(data), data_only=True)["Zdroje financování"]
    costs = next(row for row in funds.iter_rows(values_only=True) if "kapitola 11" in str(row[0]))
    assert costs[4] == "neuvedeno"


@pytest.fixture
def in_dinars(engine) -> dict[str, int]:
    """A contract in a currency of three decimals, whose whole reserve went to travel: line 10 was taken away."""
    with transaction.unit(engine) as s, changing(s):
        given = {"currency": "TND", "start": When("2014-01-01"), "end": When("2015-12-31")}
        contract = funding.contract(s, funding.project(s, "Tunis"), "TUN/1", **given)
        budgets.budget(s, contract, lines=[("2.1", "3", "0.335"), ("10", "1", "0.050")], currency="TND")
        budgets.budget(
            s,
            contract,
            kind_code="contingencies",
            lines=[("2.1", "1", "1.055")],
            currency="TND",
            valid=When("2014-06-01"),
        )
        report = obligations.due_report(s, contract)
        report.state = "in_preparation"
        budgets.item(s, report, "2.1", "0.400", "TND")
        return {"report": report.id}


def test_a_line_that_was_used_up_stays_in_the_sums_and_cents_are_those_of_the_currency(in_dinars, client_as) -> None:
    data = made(client_as("editor", everywhere=True), in_dinars)
    rows, live = rows_of(data, "Zpráva"), rows_of(data, "Zpráva", values=False)
    assert rows["2.1"][3:7] == [3, 0.335, 1.005, 0.05] and live["2.1"][5].endswith(",3)")
    assert rows["10"][3:7] == [1, 0.05, 0.05, -0.05] and live["10"][5].startswith("=ROUND(")
    assert rows["10"][8:12] == [0, 0, 0, 0] and rows["11"][5:7] == [1.055, 0]
    ws = load_workbook(io.BytesIO(made(client_as("editor", everywhere=True), in_dinars, "budget", "en")))["Budget"]
    formulas = [cell.value for row in ws.iter_rows() for cell in row if cell.data_type == "f"]
    assert [one for one in formulas if "ROUND" in one and not one.rstrip(")").endswith((",3", '"'))] == []
    assert {cell.number_format for row in ws.iter_rows() for cell in row if cell.data_type == "n" and cell.value} <= {
        "#,##0.000", "General",
    }  # fmt: skip


@needs("libreoffice")
@pytest.mark.parametrize("layout", ["financial", "budget"])
def test_libreoffice_computes_what_is_saved(scene, in_dinars, client_as, layout: str, tmp_path) -> None:
    browser = client_as("editor", everywhere=True)
    files = {name: made(browser, one, layout, "en") for name, one in (("euro", scene), ("dinar", in_dinars))}
    again = all_recalculated(files, tmp_path)
    assert compared(files["euro"], again["euro"]) > 60 and compared(files["dinar"], again["dinar"]) > 30


def test_what_is_sent_is_the_same_bytes_again(engine, scene, client_as) -> None:
    browser = client_as("editor", everywhere=True)
    assert made(browser, scene) == made(browser, scene)
    with transaction.unit(engine) as s:
        assert s.get_one(DueReport, scene["report"]).state == "in_preparation"
