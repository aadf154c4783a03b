"""The sources of funding of docs/financial-report.md in our own workbook, and the same computed by LibreOffice."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from portal.accounts.actions.secrecy import set_secrecy
from portal.budgets.models import Budget
from portal.budgets.wording import UNSEEN
from portal.funding.actions import edit_contract
from portal.funding.models import Flow
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.settling import settle
from portal.kernel.when import When
from portal.obligations.models import DueReport
from portal.sources.actions import UNSUPPORTED
from portal.sources.facts import Pair
from tests.budgets.test_two_periods import load_rates, scene
from tests.factories import changing, funding
from tests.machine import needs
from tests.register.sending import words
from tests.workbooks.sheets import recalculated

SUMS = {
    "Evropská komise": (735682.59, 102273.04), "ICMPD": (63920.65, 10000.00), "State budget": (60000.00, None),
    "All sources": (859603.24, 112273.04), "Costs to date, heading 11 of the report": (None, 68205.98),
    "Received less costs to date": (None, 44067.06),
}  # fmt: skip
APART = {
    "EUR\xa0192,000": "after the period",
    "EUR\xa02,000": "its day is not known",
    "CZK\xa01,500,000": "in another currency, not converted",
    "EUR\xa03,000": "a reimbursement, not counted among payments",
}


def begun(s):
    """The final and the interim report under regime A, and their contract."""
    load_rates(s)
    _last, one, two = scene(s, "A")
    return one.obligation.of, one, two


@pytest.fixture
def reports(engine) -> dict[str, int]:
    """The final and the interim report under regime A, the money given for them, and what the coordinator passed on."""
    with transaction.unit(engine) as s:
        contract, one, two = begun(s)
        commission, icmpd, ours = (
            funding.organisation(s, name) for name in ("Evropská komise", "ICMPD", "Ministerstvo")
        )
        terms = {"coordinator": ours.id, "cofinancing": "2014: 60000.00 EUR; 2015: 1500000.00 CZK"}
        with changing(s):
            edit_contract(s, SYSTEM, contract, terms, UNSUPPORTED)
        added = funding.addendum(s, contract, name=Pair("Dodatek 1", "Addendum 1"), signed=When("2014-09-25"))
        for giver, amount, kind, day, more in (
            (commission, "255682.59", "2", "2014-06-20", {}), (commission, "480000.00", "2", None, {"addendum": added.id}),
            (commission, "102273.04", "3", "2014-07-15", {}), (commission, "192000.00", "3", "2015-01-20", {}),
            (icmpd, "63920.65", "2", None, {}), (icmpd, "10000.00", "3", "2014-12-01", {}),
            (icmpd, "2000.00", "3", None, {}), (icmpd, "3000.00", "7", "2014-12-03", {}),
            (ours, "7000.00", "3", "2014-12-02", {"receiver": icmpd.id}),
        ):  # fmt: skip
            funding.flow(
                s, contract.subject, amount, contract=contract.id, provider=giver.id, type_code=kind,
                valued=When(day) if day else None, **more,
            )  # fmt: skip
        return {"interim": one.id, "final": two.id}


def made(browser, report_id: int) -> bytes:
    return browser.browser.get(f"/reports/{report_id}/file.xlsx?layout=financial&in=en").data


def sums_of(book) -> dict[str, tuple]:
    rows = book["Sources of funding"].iter_rows(values_only=True)
    return {row[0]: (row[3], row[4]) for row in rows if row[0] in SUMS}


@needs("libreoffice")
def test_sources_add_up_to_what_is_written_by_hand(reports, client_as, tmp_path) -> None:
    data = made(client_as("editor", everywhere=True), reports["final"])
    assert sums_of(load_workbook(io.BytesIO(data), data_only=True)) == SUMS
    computed = sums_of(recalculated(data, tmp_path))
    assert {name: [one and round(one, 2) for one in told] for name, told in computed.items()} == {
        name: list(told) for name, told in SUMS.items()
    }
    rows = list(load_workbook(io.BytesIO(data))["Sources of funding"].iter_rows(values_only=True))
    assert {row[5]: row[6] for row in rows if row[5] and row[5] != "In no sum"}.items() >= APART.items(), rows
    assert not any("7,000" in str(cell) or cell == 7000 for row in rows for cell in row), "passed on, so no source"


def test_a_final_report_has_no_forecast_of_a_period_that_does_not_come(reports, client_as) -> None:
    browser = client_as("editor", everywhere=True)
    heads = {}
    for name, report_id in reports.items():
        book = load_workbook(io.BytesIO(made(browser, report_id)))
        heads[name] = [c for row in book["Forecast and follow-up"].iter_rows(max_row=8, values_only=True) for c in row]
    assert "The next period" in heads["interim"] and "The next period" not in heads["final"]
    paid = [row[0] for row in load_workbook(io.BytesIO(made(browser, reports["interim"])))["Sources of funding"].rows]
    assert "ICMPD" in [cell.value for cell in paid], "what is not received yet is agreed all the same"


def test_without_a_coordinator_money_of_an_unknown_payer_is_received(engine, client_as) -> None:
    with transaction.unit(engine) as s:
        contract, one, _two = begun(s)
        giver = funding.organisation(s, "Evropská komise")
        for amount, provider in (("1000.00", giver.id), ("2000.00", None)):
            funding.flow(
                s,
                contract.subject,
                amount,
                contract=contract.id,
                provider=provider,
                type_code="3",
                valued=When("2014-08-01"),
            )
        number = one.id
    rows = load_workbook(io.BytesIO(made(client_as("editor", everywhere=True), number)), data_only=True)[
        "Sources of funding"
    ]
    assert {row[0].value: row[4].value for row in rows if row[4].value}.items() >= {"All sources": 3000}.items()


@pytest.fixture
def short(engine) -> dict[str, int]:
    """A contract whose first sum nobody knows, with an addendum of no known amount; what was paid is rounded."""
    with transaction.unit(engine) as s:
        contract, one, _two = begun(s)
        giver, other = (funding.organisation(s, name) for name in ("Evropská komise", "ICMPD"))
        first = funding.addendum(s, contract, name=Pair("Dodatek 1", "Addendum 1"))
        funding.addendum(s, contract, name=Pair("Dodatek 2", "Addendum 2"))
        more = {"contract": contract.id, "provider": giver.id}
        funding.flow(s, contract.subject, "200.00", addendum=first.id, type_code="2", **more)
        funding.flow(
            s, contract.subject, "300.00", amount_mark="rounded", type_code="3", valued=When("2014-08-01"), **more
        )
        hidden = {"contract": contract.id, "provider": other.id, "valued": When("2014-08-02"), "type_code": "3"}
        return {"report": one.id, "hidden": funding.flow(s, contract.subject, "500.00", **hidden).id}


def test_a_sum_is_no_surer_and_no_more_complete_than_its_parts(short, client_as) -> None:
    data = made(client_as("editor", everywhere=True), short["report"])
    rows = list(load_workbook(io.BytesIO(data), data_only=True)["Sources of funding"].iter_rows(values_only=True))
    notes = {row[0] or row[1]: row[6] for row in rows}
    assert notes["the first sum"] == "the first sum is not booked"
    assert notes["Addendum 2"] == "no amount is booked under it"
    assert notes["Evropská komise"] == "≈, some amounts in it are not exact" and notes["ICMPD"] is None
    whole = "≈, some amounts in it are not exact; incomplete, some amounts are not known"
    assert notes["All sources"] == notes["Received less costs to date"] == whole
    assert {row[0]: row[3:5] for row in rows}["All sources"] == (200, 800)


def hide(s, record) -> None:
    set_secrecy(s, SYSTEM, record, {"confidential": True, "readers": []})
    settle(s, [record])


def test_a_sum_that_is_short_of_what_the_sender_may_not_see_is_not_sent(engine, short, client_as) -> None:
    page = f"/reports/{short['report']}/file?layout={{}}&in=en"
    officer = client_as("reporting_officer", everywhere=True, lang="en")
    with transaction.unit(engine) as s, changing(s):
        s.get_one(DueReport, short["report"]).state = "checked"
    for layout in ("financial", "budget"):
        shown = words(officer.get(page.format(layout)).soup.main)
        assert "Send and register" in shown and UNSEEN not in shown, layout
    with transaction.unit(engine) as s, changing(s):
        hide(s, s.get_one(Flow, short["hidden"]))
    assert UNSEEN in words(officer.get(page.format("financial")).soup.main)
    assert UNSEEN not in words(officer.get(page.format("budget")).soup.main), "the budget rests on no flow"
    with transaction.unit(engine) as s, changing(s):
        hide(s, s.scalars(select(Budget).order_by(Budget.id)).first())
    assert UNSEEN in words(officer.get(page.format("budget")).soup.main)
