"""What was sent is kept, can be made again to the same bytes, and compared with the portal of today."""

from __future__ import annotations

import hashlib
import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from portal.contacts.actions import delete_contact
from portal.contacts.models import Contact
from portal.kernel import transaction
from portal.kernel.errors import SentStays
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.projects.actions import edit_project
from portal.projects.models import Project
from portal.register.models import SentContent, SentFile
from portal.sources.actions import UNSUPPORTED
from portal.sources.facts import Pair
from tests import machine
from tests.factories import accounts, budgets, changing, contacts, funding, obligations, progress, register
from tests.fixtures import dispose, settings_for
from tests.register.remaking import remade
from tests.register.sending import FILE, scene, send, state, taken, words

CHANGES = 500 if machine.prove() else 40
"""How many changes lie between sending and making again; `make prove` takes those the requirement names."""


@pytest.fixture
def sent(engine) -> dict[str, int]:
    return scene(engine)


def change_much(engine, ids, times: int) -> None:
    """So many changes of what the file says, one after another: names, money, reports, secrecy."""
    for n in range(times):
        with transaction.unit(engine) as s, changing(s):
            project = s.get_one(Project, ids["project"])
            if n % 4 == 0:
                edit_project(s, SYSTEM, project, {"name": Pair(f"ERIS {n}", "")}, UNSUPPORTED)
            elif n % 4 == 1:
                funding.flow(s, project, str(n), provider=ids["giver"])
            elif n % 4 == 2:
                progress.update(s, project, "2014-06", happened=f"{n}")
            else:
                funding.project(s, f"Nový {n}", framework=project.framework, confidential=n % 8 == 3)


def test_sent_today_and_made_again_after_many_changes_and_a_restart_it_is_the_same_bytes(
    engine, sent, client_as, tmp_path
) -> None:
    browser = client_as("editor", everywhere=True, lang="cs", name="Jana Malá")
    page = browser.get(FILE.format(sent["report"]) + "?explained=1")
    before = taken(browser, page.link("Stáhnout Excel"))
    with transaction.unit(engine) as s, changing(s):
        funding.project(s, "Přibyl mezi stažením a odesláním", framework=s.get_one(Project, sent["project"]).framework)
    address = browser.submit(page, action=page.soup.select_one("#send form")["action"], on="20. 2. 2015").location
    kept = taken(browser, f"{address}/file")
    assert kept == before, "what was downloaded is what is registered, whatever was written meanwhile"
    change_much(engine, sent, CHANGES)
    assert remade(engine, tmp_path, address) == hashlib.sha256(kept).hexdigest()

    from portal import create_app

    anew = create_app(settings_for(engine, tmp_path))
    anew.testing = True
    with transaction.unit(engine) as s:
        token = accounts.session_of(s, accounts.person(s, "viewer"))
    other = accounts.browser(anew, token)
    other.speak("en")
    assert "The same bytes" in other.get(f"{address}/again").text
    assert taken(other, f"{address}/file") == kept
    dispose(anew)
    told = words(browser.get(address).soup.main)
    assert hashlib.sha256(kept).hexdigest() in told and "Jana Malá" in told and "platí" in told


def test_what_has_changed_since_is_told_cell_by_cell(engine, sent, client_as) -> None:
    browser = client_as("editor", everywhere=True, lang="cs")
    address = send(browser, sent["report"])
    assert "Nic: kdyby se soubor stejně vyrobil dnes" in browser.get(f"{address}/since").text
    with transaction.unit(engine) as s, changing(s):
        edit_project(s, SYSTEM, s.get_one(Project, sent["project"]), {"name": Pair("ERIS II", "")}, UNSUPPORTED)
        funding.flow(s, s.get_one(Project, sent["silent"]), "1000.50", provider=sent["giver"])
    rows = [words(row) for row in browser.get(f"{address}/since").soup.select("#cells tbody tr")]
    assert any("ERIS" in row and "ERIS II" in row for row in rows)
    assert any("600 000 EUR" in row and "601 000,50 EUR" in row for row in rows), rows
    assert "Stejné bajty" in browser.get(f"{address}/again").text


def test_totals_are_live_formulas_with_saved_values_beside_the_figure_of_the_portal(sent, client_as) -> None:
    browser = client_as("viewer", lang="en")
    data = taken(browser, FILE.format(sent["report"]) + ".xlsx?layout=scoreboard&in=en&certainty=documents")
    live, saved = (load_workbook(io.BytesIO(data), data_only=values)["Funding"] for values in (False, True))
    rows = {row[0].value: row for row in live.iter_rows() if row[0].value}
    total = next(cell for cell in rows["Counted in total, EUR"] if str(cell.value).startswith("=SUMIFS"))
    check = next(cell for cell in rows["Check"] if str(cell.value).startswith("=IF(ROUND"))
    assert saved[total.coordinate].value == 600000 and saved[check.coordinate].value == "agrees"
    book = load_workbook(io.BytesIO(data))
    told = [cell.value for cell in book["Scoreboard"]["A"]]
    assert "Layout of the portal, not a template of the Commission." in told
    assert "not stated" in [cell.value for row in book["Scoreboard"].iter_rows() for cell in row], (
        "unknown, and no zero"
    )


def test_columns_are_chosen_and_put_in_order(sent, client_as) -> None:
    browser = client_as("viewer", lang="en")
    asked = "?layout=scoreboard&in=en&column=action&column=state&place_state=1&place_action=2"
    page = browser.get(FILE.format(sent["report"]) + asked)
    sheet = load_workbook(io.BytesIO(taken(browser, page.link("Download Excel"))))["Scoreboard"]
    head = next(row for row in sheet.iter_rows(values_only=True) if row[0] and str(row[0]).startswith("State of play"))
    assert [str(cell).split("\n")[0] for cell in head] == ["State of play", "Action"]


@pytest.mark.parametrize(
    "typed, field", [({"on": "únor 2015"}, "on"), ({"on": ""}, "on"), ({"number": "x" * 200}, "number")]
)
def test_bad_input_sends_nothing_and_loses_nothing(engine, sent, client_as, typed, field) -> None:
    browser = client_as("editor", everywhere=True, lang="cs")
    page = browser.get(FILE.format(sent["report"]) + "?layout=portfolio")
    action = page.soup.select_one("#send form")["action"]
    given = {"on": "20. 2. 2015", "number": "MV-1", "recipient": "DG HOME", **typed}
    refused = browser.submit(page, 422, action=action, **given)
    assert refused.soup.find(id=f"{field}-error") and refused.values(action) | given == refused.values(action)
    assert refused.soup.select_one("#layout-portfolio[checked]"), "what was chosen stays chosen"
    assert state(engine, sent["report"]) == "checked" and "Zatím není" in browser.get("/sent-files").text


def test_of_two_people_who_send_the_second_is_told(sent, client_as) -> None:
    jana, petr = (client_as("editor", everywhere=True, lang="cs") for _ in range(2))
    path = FILE.format(sent["report"])
    drawn = petr.get(path)
    send(jana, sent["report"])
    told = petr.submit(drawn, 422, action=drawn.soup.select_one("#send form")["action"], on="20. 2. 2015")
    assert "mezitím posunul" in told.text
    assert len(petr.get("/sent-files").soup.select("tbody tr")) == 1


def test_who_may_not_see_a_record_in_a_file_is_refused_with_the_reason_and_given_nothing(
    engine, sent, client_as
) -> None:
    browser = client_as("editor", everywhere=True, lang="cs")
    address = send(browser, sent["report"])
    with transaction.unit(engine) as s, changing(s):
        edit_project(s, SYSTEM, s.get_one(Project, sent["project"]), {"confidential": True}, UNSUPPORTED)
    viewer = client_as("viewer", lang="cs")
    told = viewer.get(address)
    assert "nesmíte vidět" in told.text and "nic se nevynechává mlčky" in words(told.soup.main)
    for part in ("file", "again", "since", "cell?sheet=Financování&cell=A1"):
        refused = viewer.get(f"{address}/{part}", 403)
        assert "nesmíte vidět" in refused.text and "ERIS" not in refused.text and "600 000" not in refused.text


def test_a_file_holds_what_its_sender_might_see_and_stays_so(engine, sent, client_as) -> None:
    with transaction.unit(engine) as s, changing(s):
        edit_project(s, SYSTEM, s.get_one(Project, sent["silent"]), {"confidential": True}, UNSUPPORTED)
    address = send(client_as("editor", everywhere=True, lang="cs"), sent["report"])
    with transaction.unit(engine) as s, changing(s):
        edit_project(s, SYSTEM, s.get_one(Project, sent["silent"]), {"confidential": False}, UNSUPPORTED)
    viewer = client_as("viewer", lang="cs")
    assert "Stejné bajty" in viewer.get(f"{address}/again").text
    since = words(viewer.get(f"{address}/since").soup.select_one("#cells"))
    assert "Vlajkový projekt" in since, "today it is open to everybody"


def test_erased_data_stand_in_the_way_of_making_it_again_never_of_the_file(engine, sent, client_as) -> None:
    with transaction.unit(engine) as s, changing(s):
        person = contacts.contact(s, s.get_one(Record, sent["giver"]))
        report = obligations.due_report(s, s.get_one(Record, sent["framework"]), name="Jiná zpráva")
        address = f"/sent-files/{register.sent(s, report, records=(person.id,)).id}"
        person_id = person.id
    browser = client_as("administrator", lang="cs")
    assert "vymazány" not in browser.get(address).text
    with transaction.unit(engine) as s, changing(s):
        delete_contact(s, SYSTEM, s.get_one(Contact, person_id))
    assert "vymazány" in browser.get(address).text and "vymazány" in browser.get(f"{address}/again", 403).text
    assert "Gruzie" in taken(browser, f"{address}/file").decode()


def test_a_cell_leads_to_its_records_and_sources(sent, client_as) -> None:
    browser = client_as("editor", everywhere=True, lang="cs")
    address = send(browser, sent["report"], "?explained=1")
    sheet = load_workbook(io.BytesIO(taken(browser, f"{address}/file")))
    assert sheet.sheetnames[-1] == "Vysvětlení"
    total = next(
        cell.coordinate
        for row in sheet["Financování"].iter_rows()
        for cell in row
        if str(cell.value).startswith("=SUMIFS")
    )
    page = browser.get(f"{address}/cell?sheet=Financování&cell={total.lower()}")
    assert "600 000 EUR" in words(page.soup.main) and "Známé financování" in words(page.soup.main)
    assert page.soup.select("#records a"), "the flows behind it"
    assert "V té buňce nic není" in browser.get(f"{address}/cell?sheet=x&cell=ZZ9").text


def test_a_figure_of_a_cell_is_called_as_everywhere_and_what_is_no_figure_is_not_called_one(
    engine, sent, client_as
) -> None:
    with transaction.unit(engine) as s, changing(s):
        of = s.get_one(Record, sent["framework"])
        files = {
            figure: register.sent(s, obligations.due_report(s, of, name=f"Zpráva {figure}"), figure=figure).id
            for figure in ("projects", "commitments_by_year", "budget", "")
        }
    browser = client_as("editor", everywhere=True, lang="cs")
    told = {}
    for figure, file_id in files.items():
        facts = browser.get(f"/sent-files/{file_id}/cell?sheet=Projekty&cell=B7").soup.select("#cell-card dl > div")
        told[figure] = [words(one.dd) for one in facts if words(one.dt) == "Údaj portálu"]
    assert [name.split(" Vedle")[0] for name in sum(told.values(), [])] == ["Projekty", "Závazky podle roku"]
    assert told["budget"] == told[""] == []


def test_what_was_sent_is_neither_changed_nor_deleted(engine, sent, client_as) -> None:
    send(client_as("editor", everywhere=True), sent["report"])
    for table in (SentFile.__tablename__, SentContent.__tablename__):
        for statement in (
            f"DELETE FROM {table}",
            f"UPDATE {table} SET {'size' if table == 'sent_file' else 'drawn'} = '1'",
        ):
            with pytest.raises(SentStays), transaction.unit(engine) as s:
                s.execute(text(statement))


def test_a_file_made_elsewhere_is_kept_as_it_is(engine, sent, client_as) -> None:
    browser = client_as("editor", everywhere=True, lang="cs")
    path = f"/reports/{sent['report']}/file-elsewhere"
    form = browser.get(path)
    action = form.soup.select_one("main form[enctype]")["action"]
    told = browser.submit(form, 422, action=action, on="20. 2. 2015", number="MV-9")
    assert (
        "Vyberte soubor" in told.text and told.value("number") == "MV-9" and state(engine, sent["report"]) == "checked"
    )
    data = b"%PDF-1.4 podepsano"
    address = browser.submit(form, action=action, on="20. 2. 2015", file=(io.BytesIO(data), "zprava.pdf")).location
    page = browser.get(address)
    assert "nemůže vyrobit znovu" in words(page.soup.main) and page.h1 == "zprava.pdf"
    assert taken(browser, f"{address}/file") == data and state(engine, sent["report"]) == "sent"
    browser.get(f"{address}/again", 404)
    again = browser.submit(browser.get(path), action=action, file=(io.BytesIO(b"priloha"), "priloha.txt"))
    assert taken(browser, f"{again.location}/file") == b"priloha", "more files belong to what was sent"


def test_another_report_behind_an_amount_is_said_to_come_before_and_whether_it_is_in_it(engine, client_as) -> None:
    with transaction.unit(engine) as s, changing(s):
        given = {"currency": "EUR", "start": When("2014-01-01"), "end": When("2015-12-31")}
        contract = funding.contract(s, funding.project(s, "ERIS"), "MIGR/2012/284", **given)
        budgets.budget(s, contract)
        earlier, report = (obligations.due_report(s, contract) for _ in range(2))
        for one, amount in ((earlier, "100"), (report, "200")):
            one.state = "in_preparation"
            budgets.item(s, one, "2.1", amount, document=f"FA {amount}")
        report.state = "checked"
        earlier_id, report_id = earlier.id, report.id
    browser = client_as("editor", everywhere=True, lang="cs")
    address = send(browser, report_id)
    sheet = load_workbook(io.BytesIO(taken(browser, f"{address}/file")))["Zpráva"]
    row = next(one[0].row for one in sheet.iter_rows() if one[0].value == "2.1")
    assert [sheet[f"{column}{row}"].value for column in "IJ"] == [200, 100]
    told = []
    for column in "IJ":
        listed = browser.get(f"{address}/cell?sheet=Zpráva&cell={column}{row}").soup.select("#records li")
        of = {one.a["href"].rpartition("/")[2]: words(one) for one in listed}
        assert "předchází" not in of[str(report_id)]
        told.append(of[str(earlier_id)])
    assert "v této buňce z toho není nic" in told[0] and "proto je v této částce" in told[1]
