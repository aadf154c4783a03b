"""The recipient's own file, filled and registered: made again to the same bytes, compared, each cell explained."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, text

from portal.donor_workbooks import actions, catalogue
from portal.donor_workbooks.models import DonorFile
from portal.funding.models import Contract, Flow
from portal.kernel import transaction
from portal.kernel.errors import Forbidden
from portal.kernel.permission import SYSTEM, Actor
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.ops import checks
from portal.partners.actions import edit_organisation
from portal.projects.actions import edit_project
from portal.projects.models import Project
from portal.register import making
from portal.register.making.template import Template
from portal.register.models import SentFile
from portal.register.rules import digest
from portal.sources.actions import UNSUPPORTED
from portal.sources.facts import Pair
from portal.workbooks.filling.remembering import fill_once
from portal.workbooks.reading import Place
from tests.factories import (
    accounts,
    budgets,
    changing,
    donor_workbooks,
    events,
    frameworks,
    funding,
    obligations,
    progress,
    register,
    results,
    sources,
)  # fmt: skip
from tests.factories.donor_workbooks import cell
from tests.fixtures import dispose, settings_for
from tests.register.remaking import remade
from tests.register.sending import state, taken, words
from tests.workbooks import donors

PATH = "/reports/{report}/workbooks/{file}"


def contract_of(s, year: int, **more):
    """A contract for a project with two payments of a year."""
    place = frameworks.framework(s, "Pražský proces")
    project = funding.project(s, "ERIS", framework=place, description=Pair("Popis", "About it"))
    coordinator = funding.organisation(s, "Ministerstvo vnitra")
    contract = funding.contract(
        s, project, "MIGR/2012/284", coordinator=coordinator.id, currency="EUR", name=Pair("Smlouva", "Contract"), **more
    )  # fmt: skip
    flows = [
        funding.flow(s, project, amount, contract=contract.id, type_code="3", valued=When(day))
        for amount, day in (("300000", f"{year}-03-02"), ("100000.50", f"{year}-09-03"))
    ]
    return project, contract, flows


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """A checked report on the contract, and the recipient's file mapped for it; ids by name."""
    with transaction.unit(engine) as s, changing(s):
        project, contract, flows = contract_of(s, 2014)
        giver = funding.organisation(s, "Evropská komise")
        backed = sources.support(s, quotation="Grantová dohoda MIGR/2012/284")
        sources.statement(s, contract, "number", "MIGR/2012/284", backed)
        report = register.checked(s, obligations.due_report(s, contract, recipient=giver.id))
        file = donor_workbooks.file(s, donor_workbooks.workbook(s, recipient=giver.id))
        return {
            "project": project.id, "contract": contract.id, "flow": flows[0].id, "coordinator": contract.coordinator_id,
            "giver": giver.id, "report": report.id, "file": file.id,
        }  # fmt: skip


def send(browser, ids, **typed) -> str:
    page = browser.get(PATH.format(**ids))
    given = {"on": "20. 2. 2015", "number": "MV-7/2015", **typed}
    return browser.submit(page, action=page.soup.select_one("#send form")["action"], **given).location


def rename(engine, ids, name: str) -> None:
    with transaction.unit(engine) as s, changing(s):
        edit_project(s, SYSTEM, s.get_one(Project, ids["project"]), {"description": Pair("Popis", name)}, UNSUPPORTED)


def test_what_was_filled_and_sent_is_made_again_after_changes_and_a_restart(engine, scene, client_as, tmp_path) -> None:
    browser = client_as("editor", everywhere=True, lang="cs", name="Jana Malá")
    page = browser.get(PATH.format(**scene))
    assert "100 000,50" in words(page.soup.main) and "300 000,00" in words(page.soup.main), "money with all its digits"
    before = taken(browser, page.link("Stáhnout vyplněný soubor"))
    rename(engine, scene, "Changed between taking and sending")
    given = {"action": page.soup.select_one("#send form")["action"], "on": "20. 2. 2015", "number": "MV-7/2015"}
    address = browser.submit(page, **given).location
    kept = taken(browser, f"{address}/file")
    assert kept == before and state(engine, scene["report"]) == "sent"
    book = load_workbook(io.BytesIO(kept))
    assert (book["Information"]["B9"].value, book["Payments"]["C5"].value) == ("About it", 100000.5)
    for n in range(12):
        rename(engine, scene, f"About {n}")
    with transaction.unit(engine) as s, changing(s):
        file = s.get_one(DonorFile, scene["file"])
        actions.unmap_cell(s, SYSTEM, next(one for one in file.cells if one.key == "report.last"))
        donor_workbooks.file(s, file.workbook, {}, donors.budget())
    assert remade(engine, tmp_path, address) == digest(kept)

    from portal import create_app

    anew = create_app(settings_for(engine, tmp_path))
    anew.testing = True
    with transaction.unit(engine) as s:
        token = accounts.session_of(s, accounts.person(s, "viewer"))
    other = accounts.browser(anew, token)
    other.speak("en")
    assert "The same bytes" in other.get(f"{address}/again").text
    dispose(anew)
    told = words(browser.get(address).soup.main)
    for one in ("Finanční zpráva Komise", "č. 1", "formulas 1.", "MV-7/2015", "Information, B10", "2 z 6 řádků"):
        assert one in told, told
    assert "vlastní soubor adresáta" in words(
        browser.get("/sent-files?layout=recipients_file").soup.select_one("tbody")
    )


def test_what_has_changed_since_is_told_cell_by_cell(engine, scene, client_as) -> None:
    browser = client_as("editor", everywhere=True, lang="cs")
    address = send(browser, scene)
    assert "Nic: kdyby se soubor stejně vyrobil dnes" in browser.get(f"{address}/since").text
    rename(engine, scene, "About something else")
    with transaction.unit(engine) as s, changing(s):
        project, contract = s.get_one(Project, scene["project"]), s.get_one(Contract, scene["contract"])
        funding.flow(s, project, "50000", contract=contract.id, type_code="3", valued=When("2014-01-05"))
    rows = [words(row) for row in browser.get(f"{address}/since").soup.select("#cells tbody tr")]
    assert any("Information, B9" in row and "About it" in row and "About something else" in row for row in rows)
    assert any("nic se nezapsalo" in row and "50 000" in row for row in rows), (
        "a payment more is a row more, wherever it stands"
    )
    assert any("Payments, C10" in row and "400 000,50" in row and "450 000,50" in row for row in rows), rows
    assert any("Payments, C11" in row and "0,75" in row and "0,667" in row for row in rows), "a share is no amount"
    assert len(rows) == 5, "payments that moved down by a row are the same payments"
    browser.speak("en")
    rows = [words(row) for row in browser.get(f"{address}/since").soup.select("#cells tbody tr")]
    assert any("400,000.50" in row and "450,000.50" in row for row in rows), (
        "in the language of the page, not of the file"
    )
    for place, amount in (("C5", "100,000.50"), ("C10", "400,000.50")):
        assert amount in words(browser.get(f"{address}/cell?sheet=Payments&cell={place}").soup.select_one("#cell-card"))
    browser.speak("cs")
    with transaction.unit(engine) as s, changing(s):
        held = next(one for one in s.get_one(DonorFile, scene["file"]).cells if one.key == "subject.description")
        actions.edit_cell(s, SYSTEM, held, 1, cell("Information!B9", held.key, text_limit=5))
    told = words(browser.get(f"{address}/since").soup.main)
    assert "Přiřazení souboru se od té doby změnilo" in told and "Zkraťte jej" in told and "450 000,5" not in told


def test_a_cell_leads_to_its_value_its_records_and_what_they_cite(scene, client_as) -> None:
    browser = client_as("editor", everywhere=True, lang="cs")
    address = send(browser, scene)
    page = browser.get(f"{address}/cell?sheet=Information&cell=b3")
    told = words(page.soup.main)
    assert "MIGR/2012/284" in told and "contract.number" in told and "Grantová dohoda" in told
    assert words(page.soup.select_one("#records a")) == "Contract" or "Smlouva" in words(
        page.soup.select_one("#records")
    )
    formula = browser.get(f"{address}/cell?sheet=Payments&cell=C10")
    assert "400 000,5" in words(formula.soup.main) and "vlastním vzorcem" in words(formula.soup.main)
    row = browser.get(f"{address}/cell?sheet=Payments&cell=C4")
    assert "2. 3. 2014" in words(row.soup.select_one("#row")), "the other cells of the same payment"


def test_who_may_not_see_a_record_in_the_file_is_refused_and_given_nothing(engine, scene, client_as) -> None:
    address = send(client_as("editor", everywhere=True, lang="cs"), scene)
    with transaction.unit(engine) as s, changing(s):
        edit_project(s, SYSTEM, s.get_one(Project, scene["project"]), {"confidential": True}, UNSUPPORTED)
    viewer = client_as("viewer", lang="cs")
    viewer.get(address, 404)
    assert not viewer.get("/sent-files").soup.select("tbody"), "of a hidden contract not even the report is told of"


def test_whoever_may_not_fill_is_made_no_file_but_proves_the_one_that_was_sent(engine, scene, client_as) -> None:
    address = send(client_as("editor", everywhere=True, lang="cs"), scene)
    with transaction.unit(engine) as s:
        kept = s.get_one(SentFile, int(address.rpartition("/")[2]))
        asked = (kept.moment_id, kept.due_report_id, Template.read(kept.layout_version, kept.language, kept.choices))
        digest_then = kept.sha256
    viewer = making.seen_by(Actor(None, "x", "viewer"), ())
    with pytest.raises(Forbidden):
        making.make(engine, viewer, *asked)
    assert digest(making.make(engine, viewer, *asked, fresh=True).data) == digest_then
    client_as("viewer").get(PATH.format(**scene) + "/filled", 403)


def test_a_payer_who_became_secret_stands_in_the_way(engine, scene, client_as) -> None:
    browser = client_as("editor", everywhere=True, lang="cs")
    with transaction.unit(engine) as s, changing(s):
        secret = funding.organisation(s, "Tajný plátce")
        flow = s.get_one(Flow, scene["flow"])
        flow.provider_id = secret.id
        actions.map_cells(
            s, SYSTEM, s.get_one(DonorFile, scene["file"]), [cell("Payments!D4", "payments.provider")]
        )  # fmt: skip
        secret_id = secret.id
    address = send(browser, scene)
    with transaction.unit(engine) as s, changing(s):
        edit_organisation(s, SYSTEM, s.get_one(Record, secret_id), {"confidential": True}, UNSUPPORTED)
    viewer = client_as("viewer", lang="cs")
    told = viewer.get(address)
    assert "nesmíte vidět" in told.text and "Information, B10" not in told.text
    for part in ("file", "again", "since", "cell?sheet=Payments&cell=D4"):
        assert "Tajný" not in viewer.get(f"{address}/{part}", 403).text


def test_bad_input_sends_nothing_and_loses_nothing_and_of_two_the_second_is_told(engine, scene, client_as) -> None:
    jana, petr = (client_as("editor", everywhere=True, lang="cs") for _ in range(2))
    page = petr.get(PATH.format(**scene))
    action = page.soup.select_one("#send form")["action"]
    refused = petr.submit(page, 422, action=action, on="únor 2015", number="MV-1", recipient="DG HOME")
    assert refused.soup.find(id="on-error") and refused.values(action)["recipient"] == "DG HOME"
    assert state(engine, scene["report"]) == "checked"
    send(jana, scene)
    told = petr.submit(page, 422, action=action, on="20. 2. 2015")
    assert "mezitím posunul" in told.text and len(petr.get("/sent-files").soup.select("tbody tr")) == 1


def test_what_was_filled_a_moment_ago_is_not_filled_once_more() -> None:
    data, one = donor_workbooks.form(), {Place("Information", 3, 2): "MIGR/1"}
    done = fill_once(data, one)
    assert fill_once(bytes(data), dict(one)) is done
    assert fill_once(data, {Place("Information", 3, 2): "MIGR/2"}).data != done.data


def test_a_value_names_every_record_it_would_be_another_without(s) -> None:
    project, contract, _flows = contract_of(
        s, 2015, rate_regime="fixed", fixed_rate=Decimal(25), fixed_currency="CZK", rounding="nearest",
        start=When("2014-01-01"), end=When("2015-12-31"),
    )  # fmt: skip
    partner = funding.organisation(s, "ICMPD")
    funding.addendum(s, contract)
    budgets.budget(s, contract)
    progress.update(s, project, "2015-06-30", happened="Proběhla dvě školení.", lang="cs")
    results.measured(s, results.indicator(s, project, "Vyškolené osoby"), "2015-06", "12")
    events.event(s, "Jednání panelu", under=project, held="2015-05-05")
    earlier, report = obligations.reports(s, obligations.obligation(s, contract, recipient=partner.id))
    for one, document in ((earlier, "FA 1"), (report, "FA 2")):
        with changing(s):
            one.state = "in_preparation"
        budgets.item(s, one, "2.1", "400000", "CZK", document=document)
    told = _answers(s, SYSTEM, report)
    assert any(one.rates for one in told.values()) and len(told) > 60
    for record in s.scalars(select(Record)).all():
        if record.id in {report.id, report.obligation_id, contract.id}:
            continue  # without these there is no file at all
        now = _answers(s, Actor(None, "x", "editor", everywhere=True, unseen=frozenset({record.id})), report)
        changed = [
            key for key, was in told.items()
            if was.value is not None and (key not in now or now[key].value != was.value)
        ]  # fmt: skip
        untold = [key for key in changed if record.id not in told[key].records]
        assert not untold, (record.kind, record.name("cs"), untold)
        assert changed or record.id not in {partner.id, earlier.id, project.id}, "they are asked of"


def _answers(s, actor, report) -> dict[tuple[str, str], catalogue.Found]:
    asked = catalogue.Asked(s, actor, report, "cs")
    found = {}
    for key, offer in catalogue.offers().items():
        source = catalogue.sources().get(offer.rows)
        lines = catalogue.lines_of(asked, source) if source else catalogue.Lines([None], frozenset())
        for line in lines.of or []:
            name = source.name(line) if source else ""
            found[key, name] = catalogue.answer(asked, offer, line, lines.within)
    return found


def test_portal_check_says_which_file_is_damaged(engine, scene, client_as) -> None:
    browser = client_as("editor", everywhere=True, lang="cs")
    address = send(browser, scene)
    assert not any(troubles for _name, troubles in checks.run(engine))
    trigger = "kept_sent_content_update" if engine.dialect.name == "sqlite" else "kept_sent_content ON sent_content"
    with engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(text("UPDATE sent_content SET data = :data"), {"data": b"PK torn"})
        connection.execute(text("UPDATE donor_file_bytes SET data = :data"), {"data": b"PK torn"})
    told = " ".join(line for _name, troubles in checks.run(engine) for line in troubles)
    assert "file sent no. 1, report 2014-2014-01-01-2014-12-31.xlsx, of report" in told
    assert "file no. 1 of the recipient's workbook 1, report 2014.xlsx" in told
    assert "nemají otisk" in words(browser.get(address).soup.main)
    assert "nejsou ty, které se nahrály" in words(browser.get(f"{address}/again").soup.select_one("#problems"))
