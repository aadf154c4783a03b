"""What people do with recipients' workbooks on the pages: from the upload to a filled file, and next year's file beside it."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from portal.accounts.actions.secrecy import set_secrecy
from portal.donor_workbooks import catalogue
from portal.donor_workbooks.actions import map_cells
from portal.donor_workbooks.models import DonorFile
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.kernel.when import When
from portal.obligations.models import DueReport
from portal.sources.facts import Pair
from tests.factories import budgets, changing, donor_workbooks, frameworks, funding, obligations
from tests.factories.donor_workbooks import cell
from tests.workbooks import donors


def words(soup) -> str:
    return " ".join(soup.get_text(" ").replace("\u2060", "").replace("\xa0", " ").split())


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """A report on a contract; ids by name."""
    with transaction.unit(engine) as s, changing(s):
        project = funding.project(
            s, "ERIS", framework=frameworks.framework(s, "Pražský proces"), description=Pair("Popis", "About it")
        )
        recipient = funding.organisation(s, "Evropská komise")
        report = obligations.due_report(s, funding.contract(s, project, "MIGR/2012/284"), recipient=recipient.id)
        return {"report": report.id, "recipient": recipient.id}


def next_year() -> bytes:
    """The form as it might come next year: two labels of another name, one cell computed."""
    book = load_workbook(io.BytesIO(donor_workbooks.form()))
    info = book["Information"]
    info["A3"], info["A7"], info["B5"] = "Contract number of the grant", "Reporting period until", "=1+1"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_from_the_upload_to_the_filled_file(scene, client_as) -> None:
    officer = client_as("reporting_officer", everywhere=True)
    form = officer.get("/donor-workbooks/add")
    kinds = ["interim_financial"]
    made = officer.follow(
        officer.submit(form, name_cs="Finanční zpráva", recipient=str(scene["recipient"]), kinds=kinds)
    )
    form = officer.get(made.link("Nahrát soubor"))
    torn = {"file": (io.BytesIO(b"PK\x03\x04 torn"), "x.xlsx")}
    bad = officer.submit(form, 422, torn, valid_from="2014", valid_to="31. 12. 2014")
    told = bad.errors()
    assert any(one.startswith("Pro období od") for one in told) and bad.value("valid_to") == "31. 12. 2014"
    assert "poškozen" in " ".join(told) and "Vyberte soubor znovu" not in " ".join(told), "both at once"
    good = {"file": (io.BytesIO(donor_workbooks.form()), "report.xlsx")}
    bad = officer.submit(form, 422, good, valid_from="")
    assert "Vyberte soubor znovu" in words(bad.soup.find(id="file-error")), (
        "the file is fine, and has to be chosen again"
    )
    torn = {"file": (io.BytesIO(b"PK\x03\x04 torn"), "x.xlsx")}
    assert "poškozen" in " ".join(officer.submit(form, 422, torn, valid_from="1. 1. 2014").errors())
    good = {"file": (io.BytesIO(donor_workbooks.form()), "report.xlsx")}
    page = officer.follow(officer.submit(form, fields=good, valid_from="1. 1. 2014", valid_to="31. 12. 2014"))
    report = f"/reports/{scene['report']}"
    check = officer.get(officer.get(report).link("Vyplnit: Finanční zpráva"))
    assert "zatím není přiřazená žádná buňka" in words(check.soup.select_one("#problems"))
    proposed = {box["value"]: box for box in page.soup.select("#proposed input[name=p]")}
    assert "contract.number|Information|B3|" in proposed and "payments.amount|Payments|C4|9" in proposed
    assert not any("checked" in box.attrs for box in proposed.values())
    wanted = [
        sign for sign in proposed if sign.split("|")[0] in ("contract.number", "report.first", "subject.description")
    ]
    page = officer.follow(officer.submit(page, p=wanted, language="en"))
    assert "Přiřadily se 3 buňky." in words(page.soup)
    mapped = words(page.soup.select_one("#mapped"))
    assert "Information, B9" in mapped and "nejvýše 2 500" in mapped
    check = officer.get(officer.get(report).link("Vyplnit: Finanční zpráva"))
    assert check.soup.select_one("#problems") is None and "bez zdroje" in words(check.soup)
    done = officer.browser.get(check.link("Stáhnout vyplněný soubor"))
    assert done.headers["Cache-Control"] == "no-store"
    assert "report-2014-01-01-2014-12-31.xlsx" in done.headers["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(done.data))["Information"]
    assert (sheet["B3"].value, sheet["B9"].value, sheet["B5"].value) == ("MIGR/2012/284", "About it", None)


@pytest.fixture
def files(engine, scene) -> dict[str, int]:
    """The mapped file for 2014 and next year's without a mapping."""
    with transaction.unit(engine) as s, changing(s):
        old = donor_workbooks.file(s)
        new = donor_workbooks.file(s, old.workbook, {}, next_year())
        return {"old": old.id, "new": new.id, "workbook": old.workbook_id, "cell": old.cells[0].id}


def test_next_years_file_is_carried_over_only_as_confirmed(scene, files, client_as) -> None:
    officer = client_as("reporting_officer", everywhere=True)
    carry = f"/donor-files/{files['new']}/carry"
    page = officer.get(carry)
    cells = words(page.soup.select_one("#cells"))
    assert "5 buněk stojí, kde stálo" in cells and cells.count("jiný název") == 2 and "vzorec" in cells
    assert "Contract number of the grant" in words(page.soup.select_one("#changes"))
    assert "Přiřazení se mezitím změnilo" in officer.submit(page, 422, c=f"{files['cell']}|Information|B10|").text
    choice = page.soup.select_one("#cells select[name=c]")
    refused = officer.submit(page, 422, same="1")
    asks = "Koordinátor (Information, B5) : V tomto souboru nemá místo."
    assert len(refused.errors()) == 1 and refused.errors()[0].startswith(asks)
    assert refused.soup.select_one(f"#errors a[href='#{choice['id']}']") and refused.soup.find(id="same").has_attr(
        "checked"
    )
    assert officer.get(f"/donor-files/{files['new']}").soup.select("#mapped tbody tr") == [], "and nothing is mapped"
    gone = next(one["value"] for one in choice.find_all("option") if one["value"].endswith("|gone"))
    page = officer.follow(officer.submit(page, same="1", c=gone))
    assert "Přiřadilo se 5 buněk." in words(page.soup) and "Vypustila se 1 hodnota." in words(page.soup)
    left = [box["value"] for box in page.soup.select("#cells input[id^=c-]")]
    assert [sign.split("|")[2] for sign in left] == ["B3", "B7"]
    both = [left[0], next(one["value"] for one in page.soup.select("#cells input[id^=gone-]"))]
    assert "Buď hodnotu přiřaďte" in officer.submit(page, 422, c=both).errors()[0]
    file = officer.follow(officer.submit(page, c=left))
    assert file.path == f"/donor-files/{files['new']}", "nothing is left to be said of it"
    assert len(file.soup.select("#mapped tbody tr")) == 7
    assert "Koordinátor Information, B5: Coordinator" in words(file.soup.select_one("#let-go"))
    check = officer.get(f"/reports/{scene['report']}/workbooks/{files['new']}")
    assert check.soup.select_one("#left") is None and "Koordinátor" in words(check.soup.select_one("#let-go"))
    page = officer.get(carry)
    again = page.soup.select_one("#cells button[name=back]")["value"]
    page = officer.follow(officer.submit(page, back=again))
    assert page.soup.select_one("#cells select[name=c]") and officer.submit(page, 422, back=again)
    check = officer.get(f"/reports/{scene['report']}/workbooks/{files['new']}")
    assert check.soup.select_one("#let-go") is None and "Koordinátor" in words(check.soup.select_one("#left"))
    check = f"/reports/{scene['report']}/workbooks/{files['old']}"
    assert "novější soubor" in words(officer.get(check).soup.select_one("#problems"))
    assert officer.get(f"{check}/filled", 303).location.startswith(f"{check}?at=")


def test_cells_that_only_moved_are_ticked_at_once_and_still_confirmed(engine, files, client_as) -> None:
    book = load_workbook(io.BytesIO(donors.report()))
    for ws in book:
        ws.insert_rows(1)
    book.save(held := io.BytesIO())
    with transaction.unit(engine) as s, changing(s):
        old = s.get_one(DonorFile, files["old"])
        moved = donor_workbooks.file(s, old.workbook, {}, held.getvalue(), date(2016, 1, 1), None).id
    officer = client_as("reporting_officer", everywhere=True)
    path = f"/donor-files/{moved}/carry"
    page = officer.get(path)
    boxes = page.soup.select("#cells input[data-moved]")
    assert len(boxes) > 1 and not any(box.has_attr("checked") for box in boxes)
    assert f"Zaškrtnout {len(boxes)} bu" in words(page.soup.select_one("#cells button[name=tick]"))
    page = officer.submit(page, 200, tick="moved")
    assert all(box.has_attr("checked") for box in page.soup.select("#cells input[data-moved]"))
    assert officer.get(f"/donor-files/{moved}").soup.select("#mapped tbody tr") == [], "ticking maps nothing"
    assert not officer.submit(page, 200, tick="moved").soup.select("#cells input[data-moved][checked]"), "or none"


def test_two_who_change_one_cell_or_workbook_do_not_undo_each_other(files, client_as) -> None:
    one, two = client_as("reporting_officer"), client_as("administrator")
    cell = f"/donor-cells/{files['cell']}/edit"
    late = two.get(cell)
    one.follow(one.submit(one.get(cell), text_limit="40"))
    refused = two.submit(late, 422, text_limit="99")
    assert "nic se neuložilo" in " ".join(refused.errors()) and refused.value("text_limit") == "99"
    assert "vzorec" in " ".join(one.submit(one.get(cell), 422, cell="B12").errors())
    assert "Buňka už není přiřazená." in words(one.follow(one.submit(one.get(cell), button="unmap")).soup)
    two.submit(late, 404, text_limit="99")
    workbook = f"/donor-workbooks/{files['workbook']}"
    late = two.get(f"{workbook}/edit")
    assert "Nahrazen." in words(one.follow(one.submit(one.get(f"{workbook}/withdraw"), reason="Nahrazen.")).soup)
    assert two.submit(late, 422, name_cs="Jinak").value("name_cs") == "Jinak"
    assert "znovu používá" in words(one.follow(one.submit(one.get(f"{workbook}/withdraw"))).soup)


def test_a_workbook_with_macros_comes_back_byte_for_byte(engine, client_as) -> None:
    with transaction.unit(engine) as s, changing(s):
        made = donor_workbooks.file(s, None, {}, donors.with_macros(), name="výkaz 2014.xlsm").id
    got = client_as("viewer").browser.get(f"/donor-files/{made}/original")
    assert got.data == donors.with_macros() and got.headers["Content-Type"].endswith("macroEnabled.12")


def test_why_the_workbook_of_a_confidential_recipient_was_withdrawn_is_told_to_nobody_else(
    engine, scene, client_as
) -> None:
    officer = client_as("reporting_officer", everywhere=True)
    with transaction.unit(engine) as s, changing(s):
        made = donor_workbooks.workbook(s, recipient=scene["recipient"]).id
    page = officer.get(f"/donor-workbooks/{made}/withdraw")
    page = officer.follow(officer.submit(page, reason="Komise od toho ustoupila"))
    assert "Komise od toho ustoupila" in page.text, "it stands with the workbook"
    with transaction.unit(engine) as s, changing(s):
        held = s.get_one(Record, scene["recipient"])
        set_secrecy(s, SYSTEM, held, {"confidential": True})
        settle(s, [held])
    viewer = client_as("viewer")
    viewer.get(f"/donor-workbooks/{made}", 404)
    assert "ustoupila" not in viewer.get("/changes").text


def of_everything() -> bytes:
    """A form with a cell for every single value of the catalogue, and a row for the lines of every source."""
    book = Workbook()
    for n in range(1, len(catalogue.offers()) + 1):
        book.active.cell(n, 1, f"Label {n}")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_every_value_that_is_not_known_leads_to_where_it_is_mended(engine, scene, client_as) -> None:
    with transaction.unit(engine) as s, changing(s):
        report = s.get_one(DueReport, scene["report"])
        budgets.budget(s, report.obligation.of)
        funding.flow(
            s, report.obligation.of.subject, "5", contract=report.obligation.of_id, type_code="3", valued=When("2014")
        )
        file = donor_workbooks.file(s, None, {}, of_everything())
        map_cells(
            s, SYSTEM, file,
            [cell(f"Sheet!B{n}", one.key, last=n if one.rows else None) for n, one in enumerate(catalogue.offers().values(), 1)],
        )  # fmt: skip
        check = f"/reports/{report.id}/workbooks/{file.id}"
    officer = client_as("editor", everywhere=True)
    page = officer.get(check)
    rows = page.soup.select("#lacking tbody tr")
    unknown = [row for row in rows if "není známo" in words(row)]
    assert len(unknown) > 20 and [words(row) for row in unknown if not row.td.a] == []
    for path in {link["href"] for link in page.soup.select("main td a")}:
        place, _mark, anchor = path.partition("#")
        assert not anchor or officer.get(place).soup.find(id=anchor) or anchor in ("budget", "lines"), path
        assert officer.get(place)


def test_all_proposals_of_a_sheet_are_ticked_without_a_script_and_the_place_is_kept(engine, client_as) -> None:
    with transaction.unit(engine) as s, changing(s):
        path = f"/donor-files/{donor_workbooks.file(s, None, {}).id}"
    officer = client_as("reporting_officer", everywhere=True)

    def ticked(page) -> set[str]:
        return {box["value"].split("|")[1] for box in page.soup.select("#proposed input[name=p][checked]")}

    page = officer.get(f"{path}?sheet=1")
    page = officer.submit(page, 200, fields={"all": "Payments"}, p="contract.number|Information|B3|")
    assert ticked(page) == {"Information", "Payments"} and len(page.soup.select("input[name=p][checked]")) == 4
    assert ticked(officer.submit(page, 200, fields={"all": "Payments"})) == {"Information"}, (
        "pressed again: none of them"
    )
    assert officer.submit(page).response.headers["Location"] == f"{path}?sheet=1#proposed"
    form = officer.get(f"{path}/cells/add?sheet=Information&cell=B10&key=update.happened")
    groups = {group["label"]: len(group.find_all("option")) for group in form.soup.select("#key optgroup")}
    assert {"Zpráva", "Smlouva", "Partneři", "Peníze: 2\u00a0cestovné", "Platby za období"} <= groups.keys()
    assert sum(groups.values()) == len(catalogue.offers())
    assert officer.submit(form).response.headers["Location"] == f"{path}#at-B10"
    assert officer.get(path).soup.select_one("#at-B10")


def test_a_text_of_the_file_that_is_written_over_is_quoted_where_it_is_mapped_and_filled(
    engine, scene, client_as
) -> None:
    book = load_workbook(io.BytesIO(donor_workbooks.form()))
    book["Information"]["B3"] = "Number of the contract as it stands on the first page of the grant agreement"
    book["Payments"]["B4"], book["Payments"]["B8"] = "First payment", "Continue here"
    book["Payments"]["C4"] = 12
    out = io.BytesIO()
    book.save(out)
    with transaction.unit(engine) as s, changing(s):
        contract = s.get_one(DueReport, scene["report"]).obligation.of
        project = funding.project(s, "GDISC")
        funding.flow(s, project, "300000", contract=contract.id, type_code="3", valued=When("2014-03-02"))
        file = donor_workbooks.file(s, data=out.getvalue())
        address = f"/reports/{scene['report']}/workbooks/{file.id}"
        mapping = f"/donor-files/{file.id}"
    officer = client_as("reporting_officer", everywhere=True)
    long = "nahradí text v souboru: „Number of the contract as it stands on the first page of th…“"
    told = {
        " ".join(words(row.th).split()[:2]): words(row) for row in officer.get(mapping).soup.select("#mapped tbody tr")
    }
    assert long in told["Information, B3"] and "nahradí" not in told["Information, B5"]
    assert (
        "B4: nahradí text v souboru: „First payment“" in told["Payments, B4"]
        and "„Continue here“" in told["Payments, B4"]
    )
    assert "nahradí" not in told["Payments, C4"], "a number is what was filled in before"
    page = officer.get(address).soup.main
    assert long in words(page) and words(page).count("„First payment“") == 1
    assert "nahradí i texty souboru: B8 „Continue here“" in words(page)
    answer = officer.browser.get(f"{address}/filled")
    assert load_workbook(io.BytesIO(answer.data))["Information"]["B3"].value == "MIGR/2012/284", "it stays possible"
