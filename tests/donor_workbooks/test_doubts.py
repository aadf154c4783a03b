"""Every value that reads a fact says what its statements leave in doubt, in the words of readiness."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from portal.donor_workbooks import catalogue
from portal.donor_workbooks.catalogue import KNOWN, UNKNOWN
from portal.donor_workbooks.catalogue.payments import NO_CURRENCY
from portal.donor_workbooks.catalogue.projects import PLANNED
from portal.donor_workbooks.catalogue.reading import ABOUT, DOUBTS, MAYBE
from portal.donor_workbooks.rules.ways import FACT
from portal.kernel import codes
from portal.kernel.money import Money
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.obligations.readiness import readiness
from portal.sources import facts
from portal.sources.facts import Pair
from portal.sources.queries import CONTRADICTORY, UNSURE
from tests.factories import events, frameworks, funding, obligations, partners, progress, results, sources

NO_FACTS = ("update.", "text.", "money.", "lines.", "words.")
"""Beginnings of values that are no facts: texts of reports, what budgets add up, words that are always the same."""
OF_REPORT = {f"report.{one}" for one in ("first", "last", "period", "year", "due", "edition")}
PASSING = {"subject.status", "projects.status", "indicators.target"}
"""What holds for a time is not contradicted by what is stated of another time."""
START, END = When("2014-01"), When("2014-12-31")


@pytest.fixture
def reports(s):
    """A report on a contract and one on the framework of its project, of which everything is stated."""
    text, place = Pair("Česky", "In English"), frameworks.framework(s, "Pražský proces", description=Pair("O", "About"))
    partner, giver, georgia = funding.organisation(s, "ICMPD"), funding.organisation(s), partners.country(s)
    project = funding.project(
        s, "ERIS", framework=place, status="2", countries=[georgia.id], full_title=text, acronym="ERIS", cz_role=text,
        description=text, planned_start=START, actual_start=START, planned_end=END, actual_end=END, website="https://eris.example",
    )  # fmt: skip
    contract = funding.contract(
        s, project, "HOME/2012/1", coordinator=partner.id, authority=giver.id, co_beneficiaries=[partner.id], name=text,
        instrument=funding.instrument(s).id, signed=START, start=START, end=END, eu_share=Decimal(90), currency="EUR",
    )  # fmt: skip
    funding.addendum(s, contract, number="1")
    funding.flow(
        s, project, "1000", contract=contract.id, type_code="3", valued=When("2014-06-01"), purpose=text, provider=giver.id,
        receiver=partner.id, certainty="uncited",
    )  # fmt: skip
    results.measured(s, results.indicator(s, project, "Školení", baseline="1", target="9"), "2014-06", "5")
    events.event(
        s, "Jednání", under=project, held="2014-05-05", place=text, country=georgia.id, outcome=text
    )  # fmt: skip
    partners.role(s, project, partner)
    told = {"recipient": partner.id, "due_rule": text}
    return [obligations.due_report(s, contract, **told), obligations.due_report(s, place, **told)]


def answers(s, reports) -> dict[str, catalogue.Found]:
    """What is answered, of rows the first line; the first report of which a value is known."""
    found: dict[str, catalogue.Found] = {}
    for report in reports:
        asked = catalogue.Asked(s, SYSTEM, report, "cs")
        for key, offer in catalogue.offers().items():
            lines = catalogue.sources()[offer.rows].lines(asked) if offer.rows else [None]
            for line in (lines or ())[:1]:
                if found.get(key) is None or found[key].state != KNOWN:
                    found[key] = catalogue.answer(asked, offer, line)
    return found


def stated(s):
    """(record, fact, value) of everything that some record holds."""
    for record in s.scalars(select(Record)).all():
        for f in facts.facts_of_kind(record.kind).values():
            if f.type != facts.YEARS and (value := facts.read(record, f)) is not None:
                yield record, f, value


def another(s, f: facts.Fact, value: object) -> object:
    """A value of a fact that is not the one it has."""
    if f.type == "code" or (f.type == facts.SET and f.code_list):
        code = next(one for one in codes.code_list(f.code_list).codes if one != value)
        return code if f.type == "code" else frozenset({code})
    if f.type in ("record", facts.SET):
        other = next(i for i in s.scalars(select(Record.id)) if i not in facts.records_in(f, value))
        return other if f.type == "record" else frozenset({other})
    by_type = {
        "when": When("1999"),
        "money": Money.of("7", "EUR"),
        "number": Decimal(77),
        "count": 77,
        "plain": "jinak",
    }
    return by_type.get(f.type, Pair("Jinak", "Otherwise"))


@pytest.mark.parametrize("doubt", [UNSURE, CONTRADICTORY])
def test_every_value_that_reads_a_fact_says_its_doubt(s, reports, doubt) -> None:
    backed = sources.support(s, unsure=doubt == UNSURE)
    for record, f, value in list(stated(s)):
        sources.statement(s, record, f.field, value, backed)
        if doubt == CONTRADICTORY:
            sources.statement(s, record, f.field, another(s, f, value), backed, lead=False)
    reading = {k: v for k, v in answers(s, reports).items() if k not in OF_REPORT and not k.startswith(NO_FACTS)}
    assert [key for key, one in reading.items() if one.state != KNOWN] == [], "the scene states everything"
    excused = PASSING if doubt == CONTRADICTORY else set()
    assert [k for k, one in reading.items() if DOUBTS[doubt] not in one.doubts and k not in excused] == []
    if doubt == UNSURE:
        needed = {one.what: one.state for one in readiness(s, SYSTEM, reports[0])}
        assert needed["amount"] == needed["number"] == UNSURE, "readiness of the same report says the same"


def test_what_may_lie_outside_the_period_says_so_whichever_of_its_cells_is_mapped(s, reports) -> None:
    project = reports[0].obligation.of.subject
    before = answers(s, reports)
    contract = funding.contract(s, project, "SML/2", currency="EUR")
    funding.flow(s, project, "5", contract=contract.id, type_code="3", valued=When("2013/2014"))
    events.event(s, "Dlouhé", under=project, held="2013-12-01/2014-01-31")
    results.measured(s, results.indicator(s, project, "Jiné"), "2014~", "5")
    progress.update(s, project, "2014-12/2015-01", happened="Proběhla školení.", lang="cs")
    asked = catalogue.Asked(s, SYSTEM, obligations.due_report(s, contract), "cs")
    assert MAYBE in catalogue.answer(asked, catalogue.offers()["update.happened"]).doubts
    for key, name in (("payments", ""), ("meetings", "Dlouhé"), ("indicators", "Jiné")):
        source = catalogue.sources()[key]
        line = next(one for one in source.lines(asked) if name in (getattr(one, "indicator", one).name_cs or ""))
        for cell in {"payments": ("date", "amount"), "meetings": ("date", "name"), "indicators": ("value", "period")}[
            key
        ]:
            found = catalogue.answer(asked, catalogue.offers()[f"{key}.{cell}"], line)
            assert found.state == KNOWN and MAYBE in found.doubts, (key, cell)
            assert MAYBE not in before[f"{key}.{cell}"].doubts


def test_an_amount_is_unknown_where_the_contract_states_no_currency(s) -> None:
    project = funding.project(s, "ERIS")
    contract = funding.contract(s, project, "SML/2")
    funding.flow(s, project, "5", contract=contract.id, type_code="3", valued=When("2014-06-01"))
    found = answers(s, [obligations.due_report(s, contract)])
    assert (found["payments.amount"].state, found["payments.amount"].why) == (UNKNOWN, NO_CURRENCY)
    way = found["payments.amount"].way
    assert (way.to, way.of, way.at) == (FACT, contract.id, "currency") and found["payments.currency"].value == "EUR"


@pytest.mark.parametrize(
    ("dates", "written", "planned"),
    [
        ({"planned_start": "2014-01-01", "actual_start": "2014-03-05"}, "2014-03-05", False),
        ({"planned_start": "2014-01-01"}, "2014-01-01", True),
        ({}, None, False),
    ],
)
def test_the_head_start_is_the_actual_one_and_a_planned_one_says_that_it_is(s, dates, written, planned) -> None:
    place = frameworks.framework(s, "Pražský proces")
    for side in ("start", "end"):
        given = {fact.replace("start", side): When(day) for fact, day in dates.items()}
        funding.project(s, f"Projekt {side}", framework=place, **given)
    asked = catalogue.Asked(s, SYSTEM, obligations.due_report(s, place), "cs")
    for side, line in zip(("start", "end"), catalogue.sources()["projects"].lines(asked), strict=True):
        found = catalogue.answer(asked, catalogue.offers()[f"projects.{side}"], line)
        assert (found.value and found.value.isoformat(), PLANNED in found.doubts) == (written, planned)


def test_a_rounded_number_is_approximate(s, reports) -> None:
    contract = reports[0].obligation.of
    sources.statement(s, contract, "eu_share", Decimal(95), sources.support(s, precision="rounded"))
    assert answers(s, reports)["contract.eu_share"].doubts == (ABOUT,)
