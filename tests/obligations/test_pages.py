"""What people do with reports on the pages: from the contract to a report that was sent, with what it needs."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from portal.kernel import transaction
from portal.kernel.transaction import Change
from portal.kernel.when import When
from portal.obligations.models import DueReport
from tests.exchange import files
from tests.factories import changing, frameworks, funding, obligations, progress, results, sources
from tests.history import undoing
from tests.history.test_pages import last


def words(soup) -> str:
    return " ".join(soup.get_text(" ").replace("\u2060", "").replace("\xa0", " ").split())


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """A contract for a project with one report to come, and one that is not about it; ids by name."""
    with transaction.unit(engine) as s, changing(s):
        project = funding.project(s, "ERIS", framework=frameworks.framework(s, "Pražský proces"))
        recipient = funding.organisation(s, "Evropská komise")
        contract = funding.contract(s, project, "MIGR/2012/284", authority=recipient.id)
        report = obligations.due_report(s, contract, recipient=recipient.id)
        return {
            "project": project.id, "contract": contract.id, "recipient": recipient.id, "report": report.id,
            "obligation": report.obligation_id,
        }  # fmt: skip


@pytest.fixture
def two(client_as):
    """Two colleagues' browsers."""
    return client_as("editor", everywhere=True, name="Jana Malá"), client_as(
        "editor", everywhere=True, name="Petr Velký"
    )


def test_an_obligation_added_from_its_contract_plans_reports_that_stand_on_three_pages(scene, two) -> None:
    browser = two[0]
    contract = browser.get(f"/contracts/{scene['contract']}")
    form = browser.get(contract.link("Založit povinnost podávat zprávy"))
    assert form.value("of") == str(scene["contract"])
    made = browser.follow(
        browser.submit(
            form, name_cs="Závěrečná zpráva", kind_code="final_financial", recipient=str(scene["recipient"]),
            starts="1. 1. 2013", ends="31. 12. 2014", due_months="3",
        )
    )  # fmt: skip
    assert "31. 3. 2015" in words(made.soup.select_one("#reports"))
    assert "31. 3. 2015" in words(browser.get("/reports").soup.main)
    assert "Nejbližší se má podat do 31. 3. 2015" in words(
        browser.get(f"/contracts/{scene['contract']}").soup.select_one("#obligations")
    )


@pytest.mark.parametrize(
    "typed, field, said",
    [
        ({"every": "0"}, "every", "1"),
        ({"due_days": "30", "due_months": "1"}, "due_months", "počet dnů, nebo počet měsíců"),
        ({"ends": "2012"}, "ends", "Konec je dříve"),
        ({"every": "dvanáct"}, "every", ""),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_kept(scene, two, typed, field, said) -> None:
    browser = two[0]
    refused = browser.submit(browser.get(f"/obligations/{scene['obligation']}/edit"), 422, **typed)
    assert said in words(refused.soup.find(id=f"{field}-error") or refused.soup.main)
    assert all(refused.value(name) == value for name, value in typed.items())


def test_where_no_day_is_stated_the_page_says_what_is_missing(scene, two) -> None:
    browser = two[0]
    page = browser.follow(browser.submit(browser.get(f"/obligations/{scene['obligation']}/edit"), starts="leden 2014"))
    told = words(page.soup.select_one("#reports"))
    assert "Zatím nelze naplánovat" in told and "První den vykazovaného období" in told


def press(browser, path: str, button: str, status: int = 303, **typed):
    page = browser.get(path)
    seen = {"check": {"seen": "1"}, "send": {"otherwise": "1", "how": "datovou schránkou"}}.get(button, {})
    return browser.submit(page, status, action=path, **{button: "1", **seen, **typed})


def test_an_undo_does_not_get_round_the_check_by_somebody_else(engine, scene, two) -> None:
    jana, petr = two
    path = f"/reports/{scene['report']}"
    press(jana, path, "prepare")
    press(petr, path, "check")
    press(petr, path, "reopen", reason="špatný součet")
    with transaction.unit(engine) as s:
        reopened = s.scalar(select(func.max(Change.id)))
    page = jana.get(f"/changes/{reopened}/undo")
    assert "zpět k přípravě" in words(page.soup.main) and not page.soup.main.find("form")
    undoing.post(jana, reopened, 409)
    assert "připravuje se" in words(jana.get(path).soup.select_one("#way"))


def needs(browser, path: str) -> dict[tuple[str, str], str]:
    """{(what, of what): how it stands}."""
    rows = browser.get(path).soup.select("#readiness tbody tr")
    of = {r: r.select("td")[1].a or r.select("td")[1] for r in rows}
    return {(words(r.th), words(of[r])): words(r.select("td")[0]).split(": ")[-1] for r in rows}


def test_an_undo_does_not_change_what_a_report_that_was_begun_is_on(engine, scene, two) -> None:
    path = f"/obligations/{scene['obligation']}/edit"
    two[0].submit(two[0].get(path), kind_code="interim_narrative")
    changed = last(engine)
    two[0].submit(two[0].get(f"/reports/{scene['report']}"), action=f"/reports/{scene['report']}", prepare="1")
    refused = two[0].submit(two[0].get(f"/changes/{changed}/undo"), 422)
    assert "už je rozpracovaná nebo podaná" in words(refused.soup.main)


def test_the_page_of_a_report_says_of_each_thing_it_needs_how_it_stands(engine, scene, two) -> None:
    browser, path = two[0], f"/reports/{scene['report']}"
    at_first = needs(browser, path)
    assert at_first["Číslo", "MIGR/2012/284"].endswith("bez zdroje")
    assert at_first["Režim přepočtu", "MIGR/2012/284"].endswith("chybí")
    assert at_first["Zpráva o stavu za období", "ERIS"].endswith("chybí")
    assert at_first["Platby v období", "MIGR/2012/284"].endswith("chybí")
    with transaction.unit(engine) as s, changing(s):
        report = s.get_one(DueReport, scene["report"])
        contract, project = report.obligation.of, report.obligation.of.subject
        progress.update(s, project, "2013-06", happened="dávno")
        funding.flow(
            s, project, 500, type_code="3", contract=contract.id, valued=When("2014-03-01"), purpose=funding.Pair("záloha", "")
        )  # fmt: skip
        indicator = results.indicator(s, project, "Navrátilci")
        results.measured(s, indicator, "2013", "30")
    later = needs(browser, path)
    assert later["Zpráva o stavu za období", "ERIS"].endswith("starší než období")
    assert later["Hodnota za období", "Navrátilci"].endswith("starší než období")
    assert ("Platby v období", "MIGR/2012/284") not in later
    with transaction.unit(engine) as s, changing(s):
        project = s.get_one(DueReport, scene["report"]).obligation.of.subject
        progress.update(s, project, "2014-10", happened="letos")
        results.measured(s, s.merge(indicator), "2014", "40")
    assert needs(browser, path)["Zpráva o stavu za období", "ERIS"].endswith("je")
    assert needs(browser, path)["Hodnota za období", "Navrátilci"].endswith("je")


def test_a_viewer_reads_and_moves_nothing(scene, client_as) -> None:
    viewer = client_as("viewer", lang="cs")
    page = viewer.get(f"/reports/{scene['report']}")
    assert page.soup.select_one("#readiness") and not page.soup.select_one("button[name=prepare]")
    assert not viewer.get(f"/obligations/{scene['obligation']}").soup.main.find("a", string="Upravit")


def test_what_moved_since_the_last_report_was_sent_is_told_with_both_values(engine, scene, two) -> None:
    jana, petr = two
    first, second = scene["report"], scene["report"] + 1
    assert not jana.get(f"/reports/{second}").soup.select_one("#moved")
    press(jana, f"/reports/{first}", "prepare")
    press(petr, f"/reports/{first}", "check")
    press(petr, f"/reports/{first}", "send", on="20. 2. 2015")
    listed = [link["href"] for link in jana.get("/reports").soup.select("main tbody th a")]
    assert listed.index(f"/reports/{second}") < listed.index(f"/reports/{first}"), (
        "what was sent stands before what is owed"
    )
    card = jana.get(f"/reports/{second}").soup.select_one("#moved")
    assert "nezměnilo" in words(card)
    jana.submit(jana.get(f"/contracts/{scene['contract']}/edit"), end="31. 12. 2016", number="MIGR/2012/285")
    rows = jana.get(f"/reports/{second}").soup.select("#moved tbody tr")
    told = {words(row.th): [words(cell).split(": ")[-1] for cell in row.select("td")[:2]] for row in rows}
    assert told["Číslo"] == ["Tehdy MIGR/2012/284", "Teď MIGR/2012/285"] or told["Číslo"] == [
        "MIGR/2012/284",
        "MIGR/2012/285",
    ]
    assert told["Konec"][0].endswith("neuvedeno") and told["Konec"][1].endswith("31. 12. 2016")
    assert "Začátek" not in told


def test_readiness_is_no_surer_than_the_days_and_the_sources(engine, scene, two) -> None:
    browser, path = two[0], f"/reports/{scene['report']}"
    with transaction.unit(engine) as s, changing(s):
        contract = s.get_one(DueReport, scene["report"]).obligation.of
        progress.update(s, contract.subject, "2019-05", happened="po letech")
        sources.statement(s, contract, "number", "MIGR/2012/284", sources.support(s, unsure=True))
        for minor, valued in ((500, "2014-03-01"), (700, "2014-01-15/2015-02")):
            paid = {"type_code": "3", "contract": contract.id, "purpose": funding.Pair("záloha", "")}
            funding.flow(s, contract.subject, minor, valued=When(valued), **paid)
    told = needs(browser, path)
    assert told["Zpráva o stavu za období", "ERIS"].endswith("pozdější než období")
    assert told["Číslo", "MIGR/2012/284"].endswith("odvozeno nebo nejisté")
    rows = [
        words(r)
        for r in browser.get(path).soup.select("#readiness tbody tr")
        if "500 EUR" in words(r) or "700 EUR" in words(r)
    ]
    assert len({*rows}) == 2 and ["může ležet mimo období" in row for row in rows].count(True) == 1, rows
    with transaction.unit(engine) as s, changing(s):
        progress.update(
            s, s.get_one(DueReport, scene["report"]).obligation.of.subject, "2015-02-10", happened="k termínu"
        )
    assert needs(browser, path)["Zpráva o stavu za období", "ERIS"].endswith("je")


def test_what_documents_stated_by_a_day_says_that_the_portal_keeps_reports(engine, client_as) -> None:
    with transaction.unit(engine) as s, changing(s):
        document = sources.document(s, "Smlouva", dated=When("2013"))
        backed = sources.Support("document", (sources.Quotation(document.id, "", "ERIS"),))
        project = funding.project(s, "ERIS", backed=backed)
        made, place = obligations.obligation(s, project, backed=backed).id, project.id
    viewer, kept = client_as("viewer", lang="cs"), "Zprávy k podání vede portál; dokumenty je neuvádějí."
    for path in (
        f"/projects/{place}",
        f"/obligations/{made}",
        "/reports",
        "/management",
        "/funding/overdue_reports/records",
    ):
        assert kept in words(viewer.get(f"/d/2014-08-27{path}").soup.main), path
    assert "dokumenty neuvádějí" in viewer.get("/d/2014-08-27/obligations").text
    table = viewer.browser.get("/d/2014-08-27/exports/obligations.csv").get_data(as_text=True)
    assert table.count("dokumenty neuvádějí") == 2
    book = files.workbook(viewer, "reports", at="/d/2014-08-27").worksheets[0]
    assert kept in [cell.value for row in book["A1:A8"] for cell in row]
    book = files.workbook(viewer, "reports").worksheets[0]
    assert kept not in [cell.value for row in book["A1:A8"] for cell in row]


def test_a_report_sent_after_its_day_or_before_its_end_says_so(scene, two) -> None:
    jana, petr = two
    for number, day, said in ((0, "5. 6. 2015", "pozdě"), (1, "1. 6. 2015", "před koncem období")):
        path = f"/reports/{scene['report'] + number}"
        press(jana, path, "prepare")
        press(petr, path, "check")
        assert said in words(petr.follow(press(petr, path, "send", on=day)).soup.select_one("#way"))
    history = words(jana.get(f"/records/{scene['report']}/history").soup.main)
    assert "Zkontroloval(a): " in history and "checked_by" not in history and "prepared_by" not in history


def test_a_report_its_rule_withdrew_is_not_put_back_by_hand(engine, scene, two) -> None:
    browser, second = two[0], scene["report"] + 1
    browser.submit(browser.get(f"/obligations/{scene['obligation']}/edit"), ends="31. 12. 2014")
    page = browser.get(f"/reports/{second}")
    assert "Povinnost toto období už neurčuje." in page.text and "does not give" not in page.text
    assert words(page.soup.select_one("#way dd")) == "v plánu"
    form = browser.get(f"/records/{second}/standing")
    assert form.value("standing") == ""
    refused = browser.submit(form, 422, standing_reason="přece jen")
    assert "zpráva se pak vrátí sama" in refused.text
    browser.submit(browser.get(f"/obligations/{scene['obligation']}/edit"), ends="31. 12. 2015")
    assert "Povinnost toto období už neurčuje." not in browser.get(f"/reports/{second}").text


def test_withdrawing_an_obligation_tells_how_many_overdue_reports_go(scene, two) -> None:
    told = words(two[0].get(f"/records/{scene['obligation']}/standing").soup.select_one("#effects"))
    assert "Zprávy po termínu" in told and "2" in told and "0" in told


def test_the_report_of_a_confidential_obligation_says_so_and_that_nobody_else_may_check_it(engine, scene, two) -> None:
    jana = two[0]
    jana.submit(jana.get(f"/obligations/{scene['obligation']}/edit"), confidential="y")
    page = jana.follow(press(jana, f"/reports/{scene['report']}", "prepare"))
    assert "Důvěrné" in words(page.soup.main)
    assert "nesmí zkontrolovat" in words(page.soup.select_one("#way"))
    table = jana.browser.get("/exports/reports.csv").get_data(as_text=True)
    assert len(table.splitlines()) > 2 and table.splitlines()[2].count("ano") == 1, table
