"""The seed portfolio after some time in use: what the documents do not hold, so that every page has something to show."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Engine, select

from portal.kernel import clock, transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.merging.actions import Choices, merge
from portal.obligations.rules import PREPARED
from tests.factories import (
    accounts,
    budgets,
    contacts,
    desk,
    donor_workbooks,
    events,
    funding,
    obligations,
    partners,
    progress,
    rates,
    register,
    report_texts,
    results,
)
from tests.workbooks import donors


def spend(s, project: Record) -> None:
    """A contract with a draft of its budget, and a report in preparation that claims money under it."""
    contract = funding.contract(s, project, "UKÁZKA/1", currency="EUR", rate_regime="B", rounding="nearest")
    first = budgets.budget(s, contract)
    budgets.budget(s, contract, kind_code="addendum", copied=first, lines=[("5.8", "1", "1247.66")], agreed=False)
    report = obligations.due_report(s, contract)
    report.state = PREPARED
    budgets.item(s, report, "2.1", "412.90", payee="České dráhy")
    budgets.item(s, report, "2.1", "12400.00", "CZK", "2014-03-31", "FA 2014/0017")
    budgets.say(s, report, "2.1", explanation="Jedno zasedání přibylo.")
    report_texts.text(s, report, "summary", "Výbor zasedal dvakrát.", "The board met twice.")
    report_texts.text(s, report, "summary", "Výbor zasedal třikrát.", "The board met twice.")


def live_in(engine: Engine) -> None:
    """One framework has a status update, a comment and a task, written by a person, so that it can be undone; a project has
    results, an organisation contact persons and one merged into it; a report of another framework waits for approval."""
    with transaction.unit(engine) as s, transaction.change(s, None, "seed", actor_name="Počáteční data"):
        eris, asking, panel, icmpd = (
            s.scalars(select(Record).where(Record.key == key)).one()
            for key in ("eris", "eu-russia-migration-dialogue", "eap-panel-prague-2013-11", "icmpd")
        )
        events.follow_up(s, panel, "Rozeslat zápis", due="2013-12")
        results.milestone(s, eris, "Úvodní setkání", due="2013-03", reached="2013-03")
        results.activity(s, eris, "Školení", state="running")
        results.measured(s, results.indicator(s, eris, "Proškolení úředníci", target="120"), "2014", "84")
        results.risk(s, eris, "Partner odstoupí", "2", "4")
        first, second = obligations.reports(s, obligations.obligation(s, eris, recipient=icmpd.id))
        register.sent(s, first)
        register.checked(s, second)
        spend(s, eris)
        mapped = {"Information!B3": "subject.name", "Information!B5": "contract.number"}
        form = donor_workbooks.file(s, donor_workbooks.workbook(s, recipient=icmpd.id), mapped)
        donor_workbooks.file(s, form.workbook, {}, donors.protected(), date(2015, 1, 1), None, "costs 2015.xlsm")
        contacts.contact(s, icmpd, email="novakova@example.org", phone="+420 974 811 111", concerns=eris.id)
        contacts.contact(s, icmpd, "Bedřich Vzorný", delete_on=clock.today() + timedelta(days=3))
        asking.asks_approval = True
        progress.update(s, asking, "2015-06", happened="Čeká na schválení.")
        twice = partners.organisation(s, "Středisko zapsané dvakrát")
        merge(s, SYSTEM, icmpd, twice, Choices(), "Zapsáno dvakrát.")
    with transaction.unit(engine) as s, transaction.change(s, None, "form", actor_name="Referent odboru"):
        framework = s.scalars(select(Record).where(Record.key == "eu-china-migration-dialogue")).one()
        progress.update(s, framework, "2015-06", light="ok", happened="Jednání v Praze.", next_steps="Zápis.")
        colleague = accounts.person(s, "viewer", name="Olga Hlasitá")
        desk.comment(s, framework, colleague)
        desk.task(s, framework, colleague)
    with transaction.unit(engine) as s:
        officer = accounts.person(s, "reporting_officer", name="Výkaznice odboru")
        rates.load(s, officer, rates.line("CZK", "2025-02", "25.1"), rates.line("CZK", "2025-03", "25.2"))
        rates.load(s, officer, rates.line("CZK", "2025-03", "25.25"), reason="Oprava")
