"""A report on money that must not be sent yet: what is wrong and what to do is said in both languages, nothing is sent, and what
was typed stays."""

from __future__ import annotations

import pytest

from portal.accounts.actions.secrecy import set_secrecy
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.kernel.when import When
from portal.obligations.models import DueReport
from tests.factories import accounts, budgets, changing, frameworks, funding, obligations, rates
from tests.register.sending import FILE, send, state, taken, words

both = pytest.mark.parametrize("lang", ["cs", "en"])
SILENT = {
    "cs": "Za období není zapsaný žádný výdaj. Zapište výdaje na stránce Peníze ve zprávě; pokud žádné nebyly, vysvětlete "
    "každý řádek, ve kterém se nic neutratilo. Zatím bez vysvětlení: 1.1.1, 1.1.2, 1.3.1, 2.1, 3.2, 4.2, 5.7, 6.1, 8.",
    "en": "No expenditure of the period is written down. Write it on the page of the report’s money; if there was none, "
    "explain each line in which nothing was spent. Not explained yet: 1.1.1, 1.1.2, 1.3.1, 2.1, 3.2, 4.2, 5.7, 6.1, 8.",
}  # fmt: skip
NO_RATE = {
    "cs": "Doklad FA 17, řádek 2.1, nemá částku v měně smlouvy. Chybí kurz měny GEL za: březen 2014. Co chybí, nahrajte na "
    "stránce Kurzy.",
    "en": "Document FA 17, line 2.1, has no amount in the currency of the contract. No rate of GEL for: March 2014. Load what "
    "is missing on the page Exchange rates.",
}  # fmt: skip
COMPUTED = {
    "cs": "Doklad FA 17, řádek 2.1, je přepočtený vypočteným kurzem (březen 2014), kterým se žádná zpráva neuzavírá. Zveřejněný "
    "kurz nahrajte na stránce Kurzy.",
    "en": "Document FA 17, line 2.1, is converted by a computed rate (March 2014), which closes no report. Load the published "
    "one on the page Exchange rates.",
}  # fmt: skip

UNSEEN = {
    "cs": "Nesmíte vidět všechno, z čeho se skládají součty této zprávy, takže by ve vašem souboru mohly být neúplné. Odeslat ji "
    "musí někdo, kdo smí vidět vše.",
    "en": "You may not see everything the sums of this report rest on, so in your file they could be short. Somebody who may see "
    "all of it has to send it.",
}  # fmt: skip


def checked(engine, **item) -> int:
    """A checked report on the money of a contract under regime B; with `item` one document is claimed in it."""
    with transaction.unit(engine) as s, changing(s):
        project = funding.project(s, "ERIS", framework=frameworks.framework(s, "Pražský proces"))
        contract = funding.contract(
            s, project, "MIGR/2012/284", currency="EUR", rate_regime="B", rounding="nearest", start=When("2014-01-01"),
            end=When("2015-12-31"),
        )  # fmt: skip
        budgets.budget(s, contract)
        report = obligations.due_report(s, contract)
        report.state = "in_preparation"
        if item:
            budgets.item(s, report, "2.1", **item)
        report.state = "checked"
        return report.id


def refused(browser, engine, report: int) -> list[str]:
    """What is said of trying to send it; it stays where it was, and so does what was typed."""
    page = browser.get(FILE.format(report))
    before = [words(one) for one in page.soup.select("#send .note li")]
    action = page.soup.select_one("#send form")["action"]
    told = browser.submit(page, 422, action=action, on="20. 2. 2015", number="MV-1", recipient="DG HOME")
    typed = told.values(action)
    assert [typed[name] for name in ("on", "number", "recipient")] == ["20. 2. 2015", "MV-1", "DG HOME"]
    assert state(engine, report) == "checked" and browser.get("/sent-files").soup.select("tbody tr") == []
    assert told.errors() == before, "it is said before anybody tries, too"
    return before


@both
@pytest.mark.parametrize(("currency", "told"), [("GEL", NO_RATE), ("CZK", COMPUTED)], ids=["missing", "computed"])
def test_a_missing_rate_is_named_with_its_month_and_nothing_is_sent(engine, client_as, currency, told, lang) -> None:
    report = checked(engine, amount="40000", currency=currency, document="FA 17")
    browser = client_as("editor", everywhere=True, lang=lang)
    assert refused(browser, engine, report) == [told[lang]]
    assert taken(browser, FILE.format(report) + ".xlsx?layout=financial"), (
        "it can be looked at, and says what is in no sum"
    )
    with transaction.unit(engine) as s, changing(s):
        rates.load(s, accounts.person(s, "reporting_officer"), rates.line(currency, "2014-03", "25"))
    send(browser, report)
    assert state(engine, report) == "sent"


@both
def test_a_period_without_data_is_not_sent_as_zeros(engine, client_as, lang) -> None:
    report = checked(engine)
    browser = client_as("editor", everywhere=True, lang=lang)
    assert refused(browser, engine, report) == [SILENT[lang]]
    with transaction.unit(engine) as s, changing(s):
        held = s.get_one(DueReport, report)
        held.state = "in_preparation"
        budgets.say(s, held, "2.1", explanation="V období se necestovalo.")
        held.state = "checked"
    assert refused(browser, engine, report) == [SILENT[lang].replace("2.1, ", "")], "of the other lines it says nothing"
    with transaction.unit(engine) as s, changing(s):
        held = s.get_one(DueReport, report)
        held.state = "in_preparation"
        for code in {code for code, _number, _value in budgets.SIGNED} - {"2.1", "10"}:
            budgets.say(s, held, code, explanation="V období se neplatilo.")
        held.state = "checked"
    send(browser, report)
    assert state(engine, report) == "sent"


@both
@pytest.mark.parametrize("hidden", ["report", "budget"])
def test_sums_short_of_what_is_hidden_are_not_sent_and_what_is_hidden_is_not_named(
    engine, client_as, hidden, lang
) -> None:
    """100.00 were claimed in the year before, or an addendum raised the budget; the sender may not know of it."""
    with transaction.unit(engine) as s, changing(s):
        contract = funding.contract(
            s, funding.project(s, "ERIS"), "MIGR/2012/284", currency="EUR", rate_regime="B", rounding="nearest",
            start=When("2014-01-01"), end=When("2015-12-31"),
        )  # fmt: skip
        first = budgets.budget(s, contract)
        top_up = funding.addendum(s, contract, number="TAJNÝ")
        budgets.budget(
            s, contract, kind_code="addendum", addendum=top_up.id, copied=first, lines=(), valid=When("2014-06-01")
        )
        before, report = obligations.reports(s, obligations.obligation(s, contract))
        before.state = report.state = "in_preparation"
        budgets.item(s, before, "2.1", "100.00", document="TAJNÝ")
        budgets.item(s, report, "2.1", "200.00", paid="2015-05-01", document="FA 2")
        report.state = "checked"
        secret = top_up if hidden == "budget" else before
        set_secrecy(s, SYSTEM, secret, {"confidential": True})
        settle(s, [secret])
        report_id, secret_id = report.id, secret.id
    browser = client_as("editor", everywhere=True, lang=lang)
    assert refused(browser, engine, report_id) == [UNSEEN[lang]]
    assert "TAJN" not in browser.get(FILE.format(report_id)).text
    with transaction.unit(engine) as s, changing(s):
        secret = s.get_one(Record, secret_id)
        set_secrecy(s, SYSTEM, secret, {"confidential": False})
        settle(s, [secret])
    send(browser, report_id)
    assert state(engine, report_id) == "sent"
