"""Reports follow their obligation until they are begun; each has its way, and nobody checks their own."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.accounts.actions.secrecy import set_secrecy
from portal.kernel import clock
from portal.kernel.errors import Forbidden, InvalidInput, Refused
from portal.kernel.permission import SYSTEM, Actor
from portal.kernel.settling import settle
from portal.kernel.when import When
from portal.obligations import actions
from portal.obligations.models import DueReport
from portal.obligations.queries import reports_of
from portal.sources.actions import UNSUPPORTED, choose_leading, state_fact
from portal.sources.facts import Pair
from tests.factories import accounts, changing, frameworks, funding, obligations, sources


@pytest.fixture
def contract(s):
    return funding.contract(s, funding.project(s, "ERIS", framework=frameworks.framework(s, "Pražský proces")))


@pytest.fixture
def people(s) -> list[Actor]:
    """Two colleagues who write everywhere."""
    return [
        Actor(accounts.person(s, "editor", login=login).id, login, "editor", everywhere=True)
        for login in ("jana", "petr")
    ]


def periods(s, obligation, actor=SYSTEM) -> list[tuple[str, str, str]]:
    return [(r.period.edtf, r.due.edtf, r.state) for r in reports_of(s, actor, obligation.id)]


def edit(s, held, **values):
    with changing(s):
        return actions.edit_obligation(s, SYSTEM, held, values)


def move(s, actor, report, name, **given):
    if name == "send":
        given = {"how": "datovou schránkou"} | given
    with changing(s):
        return actions.move_report(s, actor, report, name, given.pop("version", report.version), **given)


def test_an_obligation_plans_its_reports_and_they_are_called_by_it(s, contract) -> None:
    made = obligations.obligation(s, contract)
    assert periods(s, made) == [
        ("2014-01-01/2014-12-31", "2015-03-01", "planned"), ("2015-01-01/2015-12-31", "2016-02-29", "planned"),
    ]  # fmt: skip
    first = reports_of(s, SYSTEM, made.id)[0]
    assert first.name_cs.replace("\xa0", " ") == "Průběžné zprávy, 1. 1. – 31. 12. 2014"
    edit(s, made, name=Pair("Zprávy o penězích", "Reports on money"))
    assert first.name_en.startswith("Reports on money, ")


def test_a_report_has_no_name_in_a_language_its_obligation_has_none_in(s, contract) -> None:
    made = obligations.obligation(s, contract)
    edit(s, made, name=Pair("Přehled plnění", ""))
    assert {r.name_en for r in reports_of(s, SYSTEM, made.id)} == {""}


def test_planned_reports_follow_the_rule_and_come_back_with_it(s, contract) -> None:
    made = obligations.obligation(s, contract)
    ids = [r.id for r in reports_of(s, SYSTEM, made.id)]
    edit(s, made, ends=When("2014-12-31"), due_days=90)
    assert periods(s, made) == [("2014-01-01/2014-12-31", "2015-03-31", "planned")]
    edit(s, made, ends=When("2015-12-31"))
    assert [r.id for r in reports_of(s, SYSTEM, made.id)] == ids
    edit(s, made, ends=When("2015"))
    assert periods(s, made) == []


def test_a_report_is_as_sure_as_its_obligation_becomes(s, contract) -> None:
    made = obligations.obligation(s, contract)
    assert {r.certainty for r in reports_of(s, SYSTEM, made.id)} == {"uncited"}
    with changing(s):
        actions.edit_obligation(s, SYSTEM, made, {"due_days": 45}, sources.support(s, "ministry"))
    assert made.certainty == "document"
    assert {r.certainty for r in reports_of(s, SYSTEM, made.id)} == {"document"}


def test_a_report_that_was_begun_keeps_period_and_day(s, contract) -> None:
    made = obligations.obligation(s, contract)
    first = reports_of(s, SYSTEM, made.id)[0]
    move(s, SYSTEM, first, "prepare")
    edit(s, made, due_days=90)
    assert [due for _period, due, _state in periods(s, made)] == ["2015-03-01", "2016-03-30"]
    with pytest.raises(InvalidInput) as refused:
        edit(s, made, every=6)
    assert refused.value.errors == {"every": "period_under_way"}
    edit(s, made, ends=When("2016-12-31"))
    assert len(periods(s, made)) == 3


@pytest.mark.parametrize("unit", ["kind_code", "of"])
def test_what_a_report_is_on_stays_once_one_was_begun(s, contract, people, unit) -> None:
    """Its money would be another contract's, or none."""
    other = funding.contract(s, None, "C/2")
    elsewhere = other.id if unit == "of" else "interim_narrative"
    held = obligations.obligation(s, contract, kind_code="annual")
    edit(s, held, **{unit: elsewhere})
    edit(s, held, of=contract.id, kind_code="interim_financial")
    move(s, people[0], reports_of(s, SYSTEM, held.id)[0], "prepare")
    with pytest.raises(InvalidInput) as refused:
        edit(s, held, **{unit: elsewhere})
    assert refused.value.errors == {unit: "obligation_under_way"}
    edit(s, held, of=contract.id, kind_code="interim_financial", due_days=30)
    with changing(s):
        said = state_fact(s, SYSTEM, held, unit, elsewhere, UNSUPPORTED, lead=False)
    with pytest.raises(InvalidInput) as refused, changing(s):
        choose_leading(s, SYSTEM, said, "podle smlouvy")
    assert refused.value.errors == {unit: "obligation_under_way"}


def test_a_report_is_prepared_checked_by_another_sent_returned_and_sent_anew(s, contract, people) -> None:
    jana, petr = people
    report = obligations.due_report(s, contract)
    move(s, jana, report, "prepare")
    with pytest.raises(Forbidden):
        move(s, jana, report, "check")
    with pytest.raises(Refused):
        move(s, petr, report, "send", on=When("2015-02-20"))
    move(s, petr, report, "check")
    for on, code in (
        (None, "day_missing"),
        (When("2015-02"), "day_missing"),
        (When("2013-12-31"), "sent_before_its_period"),
    ):
        with pytest.raises(InvalidInput) as refused:
            move(s, petr, report, "send", on=on)
        assert refused.value.errors == {"on": code}
    tomorrow = When(clock.today().replace(year=clock.today().year + 1).isoformat())
    with pytest.raises(InvalidInput):
        move(s, petr, report, "send", on=tomorrow)
    move(s, petr, report, "send", on=When("2015-02-20"), reference="MV-1234/2015")
    assert (report.state, report.sent.edtf, report.reference) == ("sent", "2015-02-20", "MV-1234/2015")
    with pytest.raises(InvalidInput):
        move(s, petr, report, "return")
    move(s, petr, report, "return", reason="chybí přehled kurzů")
    move(s, petr, report, "prepare")
    assert (report.state, report.edition, report.sent, report.checked_by_id) == ("in_preparation", 2, None, None)
    assert report.reference is None
    move(s, jana, report, "check")
    move(s, jana, report, "reopen", reason="špatný součet")
    assert (report.state, report.checked_by_id) == ("in_preparation", None)
    assert report.returned_for == "špatný součet\n\nchybí přehled kurzů", (
        "what the recipient returned it for still stands"
    )
    move(s, jana, report, "check")
    move(s, jana, report, "send", on=When("2015-03-30"))
    move(s, jana, report, "accept")
    assert (report.state, report.edition) == ("accepted", 2)


def test_of_two_people_the_second_is_told_and_nothing_is_lost(s, contract, people) -> None:
    jana, petr = people
    report = obligations.due_report(s, contract)
    read = report.version
    move(s, jana, report, "prepare", version=read)
    with pytest.raises(Refused):
        move(s, petr, report, "prepare", version=read)
    assert report.prepared_by_id == jana.person_id


def test_who_does_not_write_there_may_not_lay_down_or_move(s, contract) -> None:
    report = obligations.due_report(s, contract)
    viewer = Actor(accounts.person(s, "viewer", login="ctenar").id, "ctenar", "viewer")
    with pytest.raises(Forbidden):
        move(s, viewer, report, "prepare")
    with pytest.raises(Forbidden), changing(s):
        actions.edit_obligation(s, viewer, report.obligation, {"due_days": 1})


def test_what_is_hidden_hides_its_obligations_and_reports(s, contract) -> None:
    report = obligations.due_report(s, contract)
    viewer = Actor(accounts.person(s, "viewer", login="ctenar").id, "ctenar", "viewer")
    assert reports_of(s, viewer, report.obligation_id)
    with changing(s):
        set_secrecy(s, SYSTEM, contract, {"confidential": True, "readers": []})
        settle(s, [contract])
    assert not reports_of(s, viewer, report.obligation_id)
    assert s.scalars(select(DueReport)).all()
