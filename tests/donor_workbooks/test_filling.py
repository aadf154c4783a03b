"""A due report fills the recipient's file with what the portal knows; what it does not know is said, an obstacle stops it."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from portal.accounts.actions.secrecy import set_secrecy
from portal.donor_workbooks import actions, catalogue, filling
from portal.donor_workbooks.catalogue import KNOWN, NOTHING, UNKNOWN
from portal.donor_workbooks.queries import for_report
from portal.donor_workbooks.refusals import OTHER_CURRENCY, OTHER_KIND, OTHER_RECIPIENT, ROOM
from portal.donor_workbooks.rules.labels import currencies
from portal.kernel.errors import Refused
from portal.kernel.money import Money
from portal.kernel.permission import SYSTEM, Actor
from portal.kernel.settling import settle
from portal.kernel.when import When
from portal.obligations.readiness import readiness
from portal.projects.actions import edit_project
from portal.sources.facts import Pair
from tests.factories import changing, donor_workbooks, events, frameworks, funding, obligations, progress, results
from tests.factories.donor_workbooks import cell
from tests.workbooks import donors


@pytest.fixture
def scene(s):
    project = funding.project(
        s, "ERIS", framework=frameworks.framework(s, "Pražský proces"), description=Pair("Popis česky", "In English")
    )
    coordinator = funding.organisation(s, "Ministerstvo vnitra")
    contract = funding.contract(
        s, project, "HOME/2012/1", coordinator=coordinator.id, currency="EUR", eu_share=Decimal(90), start=When("2013-02"),
        name=Pair("Smlouva", ""),
    )  # fmt: skip
    for amount, day, more in (
        ("300000", "2014-03-02", {}), ("100000.50", "2014-09", {}), ("7", "2013-12-31", {}), (None, "2014-12-30", {}),
        (Money.of("5000", "CZK"), "2014-12-31", {}),
    ):  # fmt: skip
        funding.flow(s, project, amount, contract=contract.id, type_code="3", valued=When(day), **more)
    return obligations.due_report(s, contract), project, contract, coordinator


def mapped(s, **more):
    return donor_workbooks.file(s, **more)


def filled(s, report, file):
    """The file as it is made for a report."""
    return filling.make(s, file, filling.gather(s, SYSTEM, report, file))


def told(gathered) -> dict[str, tuple]:
    return {str(one.place): (one.found.state, one.written) for one in gathered.all}


def test_the_file_holds_what_the_portal_knows_and_is_the_same_file_again(s, scene):
    report, file = scene[0], mapped(s)
    done = filled(s, report, file)
    assert done.data == filled(s, report, file).data
    book = load_workbook(io.BytesIO(done.data))
    info, paid = book["Information"], book["Payments"]
    assert (info["B3"].value, info["B4"].value, info["B5"].value) == ("HOME/2012/1", None, "Ministerstvo vnitra")
    assert (info["B6"].value.date(), info["B7"].value.date()) == (date(2014, 1, 1), date(2014, 12, 31))
    assert info["B9"].value == "In English"
    assert [(paid[f"B{n}"].value, paid[f"C{n}"].value) for n in (5, 7, 8)] == [
        ("September 2014", 100000.5), (paid["B7"].value, None), (None, None),
    ]  # fmt: skip
    saved = load_workbook(io.BytesIO(done.data), data_only=True)["Payments"]
    assert (saved["C10"].value, saved["C11"].value) == (400000.5, 0.75)


def test_what_is_unknown_in_doubt_or_not_mapped_is_told(s, scene):
    gathered = filling.gather(s, SYSTEM, scene[0], mapped(s))
    assert gathered.obstacles == []
    assert {str(one.place): one.found.why for one in gathered.lacking} == {
        "Information, B4": "written in the other language only", "Payments, C6": "not stated",
        "Payments, C7": "in another currency than the contract; it is not converted here",
    }  # fmt: skip
    doubts = {str(one.place): one.found.doubts for one in gathered.doubtful}
    assert doubts["Payments, B5"][-1].startswith("its day is not known") and doubts["Information, B3"] == (
        "without a source",
    )
    assert [str(place) for place in gathered.unmapped] == ["Information, B8", "Information, B10"]


def test_words_for_what_does_not_apply_stand_only_where_the_mapping_asks_for_them(s):
    framework = frameworks.framework(s, "Pražský proces")
    report = obligations.due_report(s, framework, kind_code="scoreboard")
    keys = {"Information!B3": "project.acronym", "Information!B5": "project.countries"}
    file = mapped(s, mapped=keys)
    rows = [
        cell("Payments!B4", "payments.date", otherwise="say"), cell("Payments!C4", "payments.amount"),
        cell("Information!B8", "contract.number", otherwise="say"),
    ]  # fmt: skip
    with changing(s):
        actions.map_cells(s, SYSTEM, file, rows)
        actions.edit_cell(
            s, SYSTEM, file.cells[0], 1, cell("Information!B3", "project.acronym", otherwise="say", language="cs")
        )
    gathered = filling.gather(s, SYSTEM, report, file)
    assert told(gathered) == {
        "Information, B3": (NOTHING, "Není relevantní"), "Information, B5": (NOTHING, None),
        "Information, B8": (UNKNOWN, None),  # unknown is not "not applicable"
    }  # fmt: skip
    book = load_workbook(io.BytesIO(filling.make(s, file, gathered).data))
    assert (book["Payments"]["B4"].value, book["Payments"]["C4"].value) == ("Not applicable", None)


def test_every_obstacle_is_told_at_once_and_nothing_is_made(s, scene):
    report, project, contract, _coordinator = scene
    file = mapped(s)
    for n in range(4):
        funding.flow(s, project, "1", contract=contract.id, type_code="3", valued=When(f"2014-05-0{n + 1}"))
    with changing(s):
        held = next(one for one in file.cells if one.key == "subject.description")
        actions.edit_cell(s, SYSTEM, held, 1, cell("Information!B9", held.key, text_limit=5, counting="form"))
    gathered = filling.gather(s, SYSTEM, report, file)
    assert [str(one.params) for one in gathered.obstacles] == [
        "{'place': 'Payments, B4', 'room': 6, 'count': 8}", "{'place': 'Information, B9', 'count': 10, 'limit': 5}",
    ]  # fmt: skip
    with pytest.raises(Refused):
        filled(s, report, file)


def test_an_old_file_a_withdrawn_and_an_unmapped_one_are_refused(s, scene):
    report = scene[0]
    old = mapped(s, first=date(2013, 1, 1), last=date(2013, 12, 31))
    empty = mapped(s, mapped={})
    newer = mapped(s)
    donor_workbooks.file(s, newer.workbook, {}, donors.budget())
    gone = mapped(s)
    with changing(s):
        actions.withdraw_workbook(s, SYSTEM, gone.workbook, 1, "Stará.")
    words = {
        one: [o.message for o in filling.gather(s, SYSTEM, report, one).obstacles] for one in (old, empty, newer, gone)
    }
    assert list(words.values()) == [
        [filling.OTHER_PERIOD],
        [filling.NOTHING_MAPPED],
        [filling.NEWER],
        [filling.WITHDRAWN],
    ]


def test_what_the_actor_may_not_see_is_not_written(s, scene):
    report, _project, contract, coordinator = scene
    file = mapped(s)
    with changing(s):
        set_secrecy(s, SYSTEM, s.get_one(type(contract), contract.id).subject, {"confidential": True, "readers": []})
        settle(s, [contract.subject])
    editor = Actor(None, "x", "editor", everywhere=True)
    gathered = filling.gather(s, editor, report, file)
    assert told(gathered)["Information, B9"] == (UNKNOWN, None)


def test_a_text_older_than_the_one_in_the_other_language_is_marked(s, scene):
    report, project, *_ = scene
    with changing(s):
        edit_project(s, SYSTEM, project, {"description": Pair("Nový popis", "In English")})
    found = filling.gather(s, SYSTEM, report, mapped(s))
    told = {str(one.place): one.found.doubts for one in found.all}["Information, B9"]
    assert told[-1] == "the English text is older than the Czech one"
    with changing(s):
        edit_project(s, SYSTEM, project, {"description": Pair("Nový popis", "A new description")})
    found = filling.gather(s, SYSTEM, report, mapped(s))
    assert "older" not in str({str(one.place): one.found.doubts for one in found.all}["Information, B9"])


def test_every_value_on_offer_answers_for_every_kind_of_report(s, scene):
    report, project, *_ = scene
    framework = project.framework
    progress.update(s, project, "2014-06-30", happened="Proběhla dvě školení.", lang="cs")
    results.measured(s, results.indicator(s, project, "Vyškolené osoby"), "2014-06", "12")
    events.event(s, "Jednání panelu", under=project, held="2014-05-05")
    reports = [report, *(obligations.due_report(s, one) for one in (project, framework))]
    answers = {}
    for n, one in enumerate(reports):
        asked = catalogue.Asked(s, SYSTEM, one, "cs")
        for key, offer in catalogue.offers().items():
            lines = catalogue.sources()[offer.rows].lines(asked) if offer.rows else [None]
            for line in lines or []:
                found = offer.value(asked, line) if offer.rows else offer.value(asked)
                assert found.state in (KNOWN, UNKNOWN, NOTHING) and (found.state == KNOWN) == (
                    found.value is not None
                ), key
                answers[n, key] = found.value
    assert answers[0, "update.happened"] == "Proběhla dvě školení." and answers[0, "contract.start"] == "únor 2013"
    assert (answers[1, "indicators.value"], answers[2, "meetings.name"]) == (Decimal(12), "Jednání panelu")
    assert answers[2, "projects.name"] == "ERIS" and answers[0, "contract.eu_share"] == Decimal(90)


@pytest.mark.parametrize(
    ("type_code", "paid"), [("1", True), ("3", True), ("4", True), ("7", True), ("2", False), ("11", False)]
)
def test_what_is_a_payment_is_one_for_readiness_and_for_the_recipients_file(s, type_code, paid):
    project = funding.project(s, "ERIS")
    contract = funding.contract(s, project, "C/1", currency="EUR")
    report = obligations.due_report(s, contract)
    flow = funding.flow(s, project, "2000", contract=contract.id, type_code=type_code, valued=When("2014-06-01"))
    needed = {(item.what, item.record.id) for item in readiness(s, SYSTEM, report)}
    assert (("amount", flow.id) in needed, ("payments", contract.id) in needed) == (paid, not paid)
    found = catalogue.sources()["payments"].lines(catalogue.Asked(s, SYSTEM, report))
    assert [one.id for one in found] == ([flow.id] if paid else [])


@pytest.mark.parametrize("kinds, other", [(["annual"], False), ([], True)])
def test_a_file_is_filled_only_for_a_report_that_its_workbook_serves(s, scene, kinds, other):
    report = scene[0]
    recipient = funding.organisation(s, "Jiný adresát").id if other else None
    file = mapped(s, of=donor_workbooks.workbook(s, kinds=kinds, recipient=recipient))
    assert for_report(s, SYSTEM, report) == []
    assert [one.message for one in filling.gather(s, SYSTEM, report, file).unfit] == [
        OTHER_RECIPIENT if other else OTHER_KIND
    ]
    with pytest.raises(Refused):
        filled(s, report, file)


@pytest.mark.parametrize("currency, written", [("EUR", True), ("CZK", False)])
def test_an_amount_is_written_only_under_a_label_of_its_currency(s, currency, written):
    project = funding.project(s, "ERIS")
    contract = funding.contract(s, project, "C/1", currency=currency)
    funding.flow(
        s, project, Money.of("500000", currency), contract=contract.id, type_code="3", valued=When("2014-06-01")
    )
    book = load_workbook(io.BytesIO(donor_workbooks.form()))
    assert book["Payments"]["C3"].value
    book["Payments"]["C3"] = "Amount in EUR"
    data = io.BytesIO()
    book.save(data)
    file = mapped(s, mapped={"Payments!C4": "payments.amount"}, data=data.getvalue())
    one = filling.gather(s, SYSTEM, obligations.due_report(s, contract), file).all[0]
    assert (one.written == 500000, one.found.state) == (written, KNOWN if written else UNKNOWN)
    assert written or one.found.why == OTHER_CURRENCY


@pytest.mark.parametrize(
    "label, told",
    [
        ("Total cost (in EUR)", {"EUR"}), ("Částka v Kč", {"CZK"}), ("Amount, €", {"EUR"}), ("Budget in GEL", {"GEL"}),
        ("Amount received", set()), ("European Commission", set()), ("Korunovace", set()), ("EUR / CZK", {"EUR", "CZK"}),
    ],
)  # fmt: skip
def test_a_label_names_currencies(label, told):
    assert currencies(label) == told


def test_an_unknown_value_of_a_row_leaves_its_cell_and_a_row_without_a_line_is_emptied(s, scene):
    book = load_workbook(io.BytesIO(donor_workbooks.form()))
    for row in (6, 9):
        book["Payments"][f"C{row}"] = "n/a unless stated"
    data = io.BytesIO()
    book.save(data)
    done = filled(s, scene[0], mapped(s, data=data.getvalue()))
    paid = load_workbook(io.BytesIO(done.data))["Payments"]
    assert (paid["C4"].value, paid["C6"].value, paid["C9"].value) == (300000, "n/a unless stated", None)


def test_more_projects_than_rows_are_an_obstacle_however_many_there_are(s):
    framework = frameworks.framework(s, "Pražský proces")
    for n in range(203):
        funding.project(s, f"Projekt {n}", framework=framework)
    file = mapped(s, mapped={"Information!B3": "report.first"})
    with changing(s):
        actions.map_cells(s, SYSTEM, file, [cell("Payments!C4", "projects.name", last=9)])
    gathered = filling.gather(s, SYSTEM, obligations.due_report(s, framework, kind_code="scoreboard"), file)
    assert [(one.message, one.params["count"]) for one in gathered.hindrances] == [(ROOM, 203)]
