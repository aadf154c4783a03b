"""The money of a report in the recipient's own file: found by number and head, written as the portal adds it up."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from portal.accounts.actions.secrecy import set_secrecy
from portal.budgets.wording import UNSEEN
from portal.donor_workbooks import catalogue, filling
from portal.donor_workbooks.catalogue import NOTHING, UNKNOWN, Asked, money
from portal.donor_workbooks.catalogue.money import ABSENT, SPENT
from portal.donor_workbooks.catalogue.reading import DOUBTS
from portal.donor_workbooks.rules.finding import Sought, find, meets
from portal.donor_workbooks.rules.labels import numbers_in
from portal.donor_workbooks.wording import label_of
from portal.kernel.permission import SYSTEM, Actor
from portal.kernel.settling import settle
from portal.kernel.when import When
from portal.sources.queries import UNSURE
from portal.web.i18n import speaking
from portal.workbooks.filling.looking import look
from tests.factories import accounts, budgets, changing, donor_workbooks, frameworks, funding, obligations, sources

ROWS = (
    "1.1.1 Technical staff",
    "2.1 International travel",
    "7 Subtotal direct eligible costs",
    "11 Total eligible costs",
)


def form(rows: tuple[str, ...] = ROWS) -> bytes:
    """A form with usual rows and three columns of amounts."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Report"
    for n, head in enumerate(
        ("Costs", "Total cost (in EUR)", "Costs incurred in the period", "Explanation of variation"), 1
    ):
        sheet.cell(3, n, head)
    for n, words in enumerate(rows, 4):
        sheet.cell(n, 1, words)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.fixture
def report(s):
    """Travel of 400,000 CZK at the fixed rate of 25, which is 16,000 EUR of 14,451.50, in the budget of docs/budget.md."""
    project = funding.project(s, "ERIS", framework=frameworks.framework(s, "Pražský proces"))
    contract = funding.contract(
        s, project, "MIGR/2012/284", currency="EUR", rate_regime="fixed", fixed_rate=Decimal(25), fixed_currency="CZK",
        rounding="nearest", start=When("2014-01-01"), end=When("2015-12-31"),
    )  # fmt: skip
    budgets.budget(s, contract)
    made = obligations.due_report(s, contract)
    with changing(s):
        made.state = "in_preparation"
    budgets.item(s, made, "2.1", "400000", "CZK")
    budgets.say(s, made, "2.1", explanation="Zasedání v Tbilisi.")
    return made


def test_rows_and_heads_of_a_form_are_found_and_filled_with_what_the_portal_adds_up(s, report) -> None:
    data = form()
    sought = [Sought(one.key, one.words, one.heads, one.rows) for one in catalogue.offers().values()]
    found = {one.key: one.place for one in find(look(data), sought)}
    wanted = {
        "money.2.1.incurred": "C5", "money.2.1.budget": "B5", "money.2.1.explanation": "D5", "money.heading7.incurred": "C6",
        "money.heading11.budget": "B7",
    }  # fmt: skip
    assert {key: str(found[key]) for key in wanted} == {key: f"Report, {cell}" for key, cell in wanted.items()}
    file = donor_workbooks.file(s, None, {f"Report!{cell}": key for key, cell in wanted.items()}, data)
    done = filling.make(s, file, filling.gather(s, SYSTEM, report, file))
    sheet = load_workbook(io.BytesIO(done.data))["Report"]
    assert [sheet[cell].value for cell in ("B5", "C5", "C6", "B7")] == [14451.5, 16000, 16000, 319603.24]
    assert sheet["D5"].value == "Zasedání v Tbilisi." and sheet["C4"].value is None


def test_a_line_of_this_contract_alone_is_found_mapped_and_filled(s, report) -> None:
    data = form(
        ("1. Human resources", "1.1 Salaries", "1.1.1 Technical staff", "1.1.9 Interpreters", "2.4 Visas", "12.5 Other")
    )
    numbers = numbers_in(look(data))
    assert numbers == ["1.1.1", "1.1.9", "12.5", "2.4"], "1 and 1.1 are groups"
    offers = catalogue.offers(numbers)
    assert {one.number for key, one in offers.items() if key not in catalogue.offers()} == {"1.1.9", "2.4"}
    sought = [Sought(one.key, one.words, one.heads, one.rows) for one in offers.values()]
    found = {one.key: str(one.place) for one in find(look(data), sought)}
    assert found["money.1.1.9.incurred"] == "Report, C7" and found["money.2.4.budget"] == "Report, B8"
    budgets.item(s, report, "1.1.9", "350.00", document="FA 5")
    file = donor_workbooks.file(s, None, {"Report!C7": "money.1.1.9.incurred", "Report!B8": "money.2.4.budget"}, data)
    sheet = load_workbook(io.BytesIO(filling.make(s, file, filling.gather(s, SYSTEM, report, file)).data))["Report"]
    assert sheet["C7"].value == 350 and sheet["B8"].value is None, "the budget has no line 2.4"
    assert label_of("money.1.1.9.incurred").startswith("1.1.9\xa0")
    assert catalogue.offer_of("money.12.5.incurred") is None and catalogue.offer_of("money.1.1.incurred") is None


def test_heads_that_forms_often_use_are_known_and_those_that_mean_another_thing_are_not_taken_for_them() -> None:
    offers = catalogue.offers()
    for head, column in (
        ("Spent this period (EUR)", "incurred"), ("Spent before (EUR)", "before"), ("Spent previously [EUR]", "before"),
        ("Cumulative", "to_date"), ("Cumulative (CZK)", "to_date"), ("Čerpáno celkem (v EUR)", "to_date"),
        ("Cumulative costs before this period", "before"), ("Cumulative budget", None), ("This period forecast", None),
    ):  # fmt: skip
        met = {name for name in (*SPENT, "budget") if meets(head, offers[f"lines.{name}"].words) is not None}
        assert met == ({column} if column else set()), head
    assert meets("2. Grant agreement No:", offers["contract.number"].words) == 1
    assert meets("Grant agreement", offers["contract.number"].words) is None


def test_what_no_budget_gives_is_not_made_up(s, report) -> None:
    offers = catalogue.offers()
    assert offers["money.1.2.budget"].value(Asked(s, SYSTEM, report)).state == NOTHING
    budgets.item(s, report, "2.1", "100", "USD", paid=None, document="FA 2")
    found = offers["money.2.1.incurred"].value(Asked(s, SYSTEM, report))
    assert found.value == 16000 and ABSENT in found.doubts, "what has no amount in euro is in no sum, and that is told"
    bare = obligations.due_report(s, funding.contract(s, funding.project(s, "Bez rozpočtu"), "SML/2", currency="EUR"))
    assert offers["money.heading11.to_date"].value(Asked(s, SYSTEM, bare)).state == UNKNOWN
    lines = catalogue.sources()["lines"].lines(Asked(s, SYSTEM, report))
    assert [one.code for one in lines][:2] == ["1.1.1", "1.1.2"]
    assert catalogue.sources()["lines"].lines(Asked(s, SYSTEM, bare)) is None


def test_an_amount_names_what_it_adds_and_only_what_lacks_something_says_so(s, report) -> None:
    budgets.item(s, report, "1.1.1", "50", "RUB", document="FA 9")
    asked = Asked(s, SYSTEM, report, "en")
    told = {n: catalogue.answer(asked, catalogue.offers()[f"money.heading{n}.incurred"]) for n in (1, 2, 3, 11)}
    assert [one.replace("\xa0", " ") for one in told[2].items] == [
        "FA 1 (2.1), 10 March 2014: CZK 400,000 = EUR 16,000"
    ]
    assert told[2].rates and not told[3].items and told[11].items == told[2].items
    assert {n for n, one in told.items() if ABSENT in one.doubts} == {1, 11}


def test_a_sum_says_what_is_in_doubt_of_the_terms_by_which_it_was_converted(s, report) -> None:
    contract = report.obligation.of
    budgets.item(s, report, "1.1.1", "50", "EUR", document="FA 9")
    for fact, value in (("rate_regime", "fixed"), ("rounding", "nearest"), ("fixed_currency", "CZK")):
        sources.statement(s, contract, fact, value, sources.support(s))
    backed = sources.support(s, quotation="25 CZK", unsure=True)
    sources.statement(s, contract, "fixed_rate", Decimal(25), backed)
    asked = Asked(s, SYSTEM, report, "en")
    told = {
        key: catalogue.answer(asked, catalogue.offers()[f"money.{key}.incurred"])
        for key in ("1.1.1", "2.1", "heading11")
    }
    assert {key: one.doubts for key, one in told.items()} == {
        "1.1.1": (), "2.1": (DOUBTS[UNSURE],), "heading11": (DOUBTS[UNSURE],),
    }  # fmt: skip
    assert "25 CZK" in {one.quotation for one in told["2.1"].quoted}


def test_documents_of_one_number_are_as_many_items_as_amounts(s, report) -> None:
    for paid in ("2014-05-01", "2014-06-01", "2014-06-01", None):
        budgets.item(s, report, "2.1", "100", "EUR", document="D 5", paid=paid)
    told = catalogue.answer(Asked(s, SYSTEM, report, "en"), catalogue.offers()["money.2.1.incurred"])
    assert told.value == 16400 and len(told.items) == 5, "what is shown adds up to the cell"
    assert [one.partition(":")[0] for one in told.items[1:]] == [
        "D 5 (2.1), 1 May 2014", "D 5 (2.1), 1 June 2014", "D 5 (2.1), 1 June 2014", "D 5 (2.1), not stated",
    ]  # fmt: skip


def test_what_the_sender_may_not_see_stops_just_the_values_that_rest_on_it(s, report) -> None:
    officer = Actor(accounts.person(s, "reporting_officer", login="zprava").id, "zprava", "reporting_officer")
    contract = report.obligation.of
    giver = funding.organisation(s, "Evropská komise")
    paid = funding.flow(
        s, contract.subject, "500.00", contract=contract.id, provider=giver.id, type_code="3", valued=When("2014-08-02")
    )
    version = funding.addendum(s, contract, number="tajný")
    budgets.budget(s, contract, kind_code="addendum", addendum=version.id, valid=When("2014-02-01"))
    keys = {"money.2.1.budget": version, "money.2.1.incurred": version, "payments.amount": paid}
    told = lambda key: [text for text, _way in money.stops(Asked(s, officer, report, "en"), [key])]  # noqa: E731
    assert [told(key) for key in keys] == [[], [], []]
    for record in (paid, version):
        with changing(s):
            set_secrecy(s, SYSTEM, record, {"confidential": True, "readers": []})
            settle(s, [record])
        with speaking("en"):
            assert [UNSEEN in told(key) for key in keys] == [record is version, record is version, True]
