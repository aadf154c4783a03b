"""Bad input on the way to the recipient's file: where it is and what to do is said in both languages, no file is made, nothing is
lost. What else is not sent stands in tests/register/test_stopped.py."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from portal.donor_workbooks import actions, catalogue
from portal.donor_workbooks.models import DonorFile, DonorFileBytes
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.when import When
from portal.obligations.models import DueReport
from portal.sources.facts import Pair
from tests.donor_workbooks import test_money
from tests.factories import accounts, budgets, changing, donor_workbooks, frameworks, funding, obligations, rates
from tests.factories.donor_workbooks import cell
from tests.workbooks import donors

both = pytest.mark.parametrize("lang", ["cs", "en"])


def words(soup) -> str:
    return " ".join(soup.get_text(" ").replace("\u2060", "").replace("\xa0", " ").split())


@pytest.fixture
def planted(engine) -> Callable[..., str]:
    """`planted(lambda s, report: file)`: a report in preparation, its budget and that file; the address of the check."""

    def plant(make, regime: str = "B") -> str:
        with transaction.unit(engine) as s, changing(s):
            project = funding.project(
                s,
                "ERIS",
                framework=frameworks.framework(s, "Pražský proces"),
                description=Pair("O projektu", "About it"),
            )
            contract = funding.contract(
                s, project, "MIGR/2012/284", currency="EUR", rate_regime=regime, rounding="nearest", eu_share=Decimal(90),
                start=When("2014-01-01"), end=When("2015-12-31"),
            )  # fmt: skip
            budgets.budget(s, contract)
            report = obligations.due_report(s, contract)
            report.state = "in_preparation"
            return f"/reports/{report.id}/workbooks/{make(s, report).id}"

    return plant


def stopped(browser, path: str) -> str:
    """What stands in the way of the file, which leads to where it is mended; nothing is handed over."""
    page = browser.get(path)
    for link in (one.find("a") for one in page.soup.select("#problems li")):
        place = browser.get(link["href"].partition("#")[0])
        assert "#" not in link["href"] or place.soup.find(id=link["href"].partition("#")[2]), link["href"]
    assert "/filled" not in str(page.soup.main) and browser.get(f"{path}/filled", 303).location.startswith(
        f"{path}?at="
    )
    return words(page.soup.select_one("#problems li"))


def made(browser, path: str):
    """The file, now that nothing stands in the way."""
    assert browser.get(path).soup.select_one("#problems") is None
    answer = browser.browser.get(f"{path}/filled")
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.data))


def cut(data: bytes) -> bytes:
    """The workbook with a sheet that ends in the middle of a cell."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return donors.packed(parts | {"xl/worksheets/sheet1.xml": parts["xl/worksheets/sheet1.xml"][:-200]})


@both
def test_a_corrupt_template_is_refused_with_what_to_do_and_leaves_nothing(engine, client_as, lang) -> None:
    with transaction.unit(engine) as s, changing(s):
        form = f"/donor-workbooks/{donor_workbooks.workbook(s).id}/files/add"
    officer = client_as("reporting_officer", everywhere=True, lang=lang)
    damaged = {
        "cs": "Sešit je poškozený. Otevřete ho v Excelu, uložte pod jiným názvem a zkuste to znovu.",
        "en": "The workbook is damaged. Open it in Excel, save it under another name and try again.",
    }[lang]
    for data in (donors.report()[:-900], cut(donors.report()), b"PK\x03\x04 torn"):
        torn = {"file": (io.BytesIO(data), "report.xlsx")}
        refused = officer.submit(officer.get(form), 422, torn, valid_from="1. 1. 2014", valid_to="31. 12. 2014")
        assert damaged in words(refused.soup.find(id="file-error"))
        assert (refused.value("valid_from"), refused.value("valid_to")) == ("1. 1. 2014", "31. 12. 2014")
    with transaction.unit(engine) as s:
        assert [s.scalar(select(func.count()).select_from(one)) for one in (DonorFile, DonorFileBytes)] == [0, 0]


def merged_away() -> bytes:
    """The form as it might come next year: the cell for the end of the period lies within its label."""
    book = load_workbook(io.BytesIO(donors.report()))
    book["Information"].merge_cells("A7:B7")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@both
def test_a_mapped_cell_that_was_merged_away_stops_the_file_until_its_value_has_another(
    planted, client_as, lang
) -> None:
    def make(s, _report):
        old = donor_workbooks.file(s)
        return donor_workbooks.file(s, old.workbook, {}, merged_away())

    path = planted(make)
    officer = client_as("reporting_officer", everywhere=True, lang=lang)
    carry = f"/donor-files/{path.rpartition('/')[2]}/carry"
    page = officer.get(carry)
    assert {"cs": "sloučen", "en": "merged"}[lang] in words(page.soup.select_one("#cells"))
    by_hand = next(one["value"] for one in page.soup.select("#cells select option") if one["value"].endswith("|hand"))
    page = officer.follow(officer.submit(page, same="1", c=by_hand))
    assert stopped(officer, path) == {
        "cs": "„Reporting period to“: Information, B7 předchozího souboru leží v tomto uvnitř sloučených buněk. Přiřaďte hodnotu "
        "jiné buňce, nebo uveďte, že ji tento soubor už nežádá.",
        "en": "“Reporting period to”: Information, B7 of the file before lies within merged cells in this one. Map its value to "
        "another cell, or say that this file does not ask for it any more.",
    }[lang]  # fmt: skip
    row = officer.get(path).soup.select_one("#problems a")["href"]
    assert row.startswith(f"{carry}#cell-") and officer.get(carry).soup.find(id=row.partition("#")[2])
    form = officer.get(carry.replace("carry", "cells/add?sheet=Information&cell=B7"))
    refused = officer.submit(form, 422, key="report.last", text_limit="12")
    said = {"cs": "leží uvnitř sloučených buněk", "en": "lies within merged cells"}[lang]
    assert said in words(refused.soup.find(id="cell-error")) and refused.value("text_limit") == "12"
    officer.submit(refused, cell="B8", text_limit="")
    told = {"cs": "nemá formát data", "en": "not formatted as a date"}[lang]
    minded = [words(row) for row in officer.get(path).soup.select("#cells tbody tr") if told in words(row)]
    assert len(minded) == 1 and minded[0].startswith("Information, B8")
    assert made(officer, path)["Information"]["B8"].value == "31 December 2014", (
        "no serial number, in words of the file"
    )


@both
def test_a_formula_that_refers_to_itself_stops_the_file_and_is_named(planted, client_as, lang) -> None:
    mapped = {"Data!B2": "contract.eu_share"}
    path = planted(lambda s, _report: donor_workbooks.file(s, None, mapped, donors.with_pivot()))
    officer = client_as("reporting_officer", everywhere=True, lang=lang)
    assert stopped(officer, path) == {
        "cs": "Vzorce závislé na tom, co se zapisuje, odkazují samy na sebe a nemají výsledek: Data, C5; Data, D5. Opravte je v "
        "souboru, nebo si od adresáta vyžádejte opravený, a nahrajte jej.",
        "en": "Formulas that depend on what is written refer to themselves and have no result: Data, C5; Data, D5. Mend them in "
        "the file, or ask the recipient for one that is mended, and upload it.",
    }[lang]  # fmt: skip
    kept = officer.browser.get(f"/donor-files/{path.rpartition('/')[2]}/original").data
    assert kept == donors.with_pivot(), "the recipient's file stays as it came"


def test_a_workbook_that_computes_circles_step_by_step_is_filled(planted, client_as) -> None:
    with zipfile.ZipFile(io.BytesIO(donors.with_pivot())) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    steps = parts["xl/workbook.xml"].replace(b"<calcPr", b'<calcPr iterate="1"')
    data = donors.packed(parts | {"xl/workbook.xml": steps})
    path = planted(lambda s, _report: donor_workbooks.file(s, None, {"Data!B2": "contract.eu_share"}, data))
    officer = client_as("reporting_officer", everywhere=True, lang="en")
    assert "Data, C5: it refers to itself, and Excel computes it step by step" in words(
        officer.get(path).soup.select_one("#lost")
    )
    assert made(officer, path)["Data"]["B2"].value == 90


@both
def test_a_text_over_its_limit_stops_the_file_with_both_counts(engine, planted, client_as, lang) -> None:
    def make(s, _report):
        file = donor_workbooks.file(s)
        held = next(one for one in file.cells if one.key == "subject.description")
        limited = cell("Information!B9", held.key, text_limit=5, counting="form", language="cs")
        actions.edit_cell(s, SYSTEM, held, held.version, limited)
        return file

    path = planted(make)
    officer = client_as("reporting_officer", everywhere=True, lang=lang)
    told = stopped(officer, path)
    assert (
        "Information, B9" in told and "10" in told and "5" in told and {"cs": "Zkraťte", "en": "Shorten"}[lang] in told
    )
    page = officer.get(path)
    assert "O projektu" in words(page.soup.select_one("#cells")), "the text is there in full, and not cut"
    with transaction.unit(engine) as s:
        file = s.get_one(DonorFile, int(path.rpartition("/")[2]))
        held = next(one for one in file.cells if one.key == "subject.description")
        edit = f"/donor-cells/{held.id}/edit"
    officer.submit(officer.get(edit), text_limit="10")
    assert made(officer, path)["Information"]["B9"].value == "O projektu"


MONEY = {"Report!C5": "money.2.1.incurred", "Report!C7": "money.heading11.incurred"}


@both
def test_a_missing_rate_stops_the_recipients_file_and_names_document_and_month(
    engine, planted, client_as, lang
) -> None:
    def make(s, report):
        budgets.item(s, report, "2.1", "40000", "GEL", document="FA 17")
        budgets.item(s, report, "1.1.1", "3200.00", document="FA 18")
        return donor_workbooks.file(s, None, MONEY, test_money.form())

    path = planted(make)
    officer = client_as("reporting_officer", everywhere=True, lang=lang)
    assert stopped(officer, path) == {
        "cs": "Doklad FA 17, řádek 2.1, nemá částku v měně smlouvy. Chybí kurz měny GEL za: březen 2014. Co chybí, nahrajte na "
        "stránce Kurzy.",
        "en": "Document FA 17, line 2.1, has no amount in the currency of the contract. No rate of GEL for: March 2014. Load "
        "what is missing on the page Exchange rates.",
    }[lang]  # fmt: skip
    with transaction.unit(engine) as s, changing(s):
        rates.load(s, accounts.person(s, "reporting_officer"), rates.line("GEL", "2014-03", "2.5"))
    sheet = made(officer, path)["Report"]
    assert (sheet["C5"].value, sheet["C7"].value) == (16000, 19200)


@both
def test_a_period_of_which_nothing_is_written_down_fills_no_zero(engine, planted, client_as, lang) -> None:
    path = planted(lambda s, _report: donor_workbooks.file(s, None, MONEY, test_money.form()))
    officer = client_as("reporting_officer", everywhere=True, lang=lang)
    said = {
        "cs": ("Za období není zapsaný žádný výdaj. Zapište", "vysvětlete každý řádek, ve kterém se nic neutratilo"),
        "en": ("No expenditure of the period is written down. Write", "explain each line in which nothing was spent"),
    }[lang]  # fmt: skip
    told = stopped(officer, path)
    assert told.startswith(said[0]) and said[1] in told and "1.1.1, 1.1.2, 1.3.1, 2.1" in told
    with transaction.unit(engine) as s, changing(s):
        report = s.get_one(DueReport, int(path.split("/")[2]))
        budgets.say(s, report, "2.1", explanation="Nikdo nikam nejel.")
        told = {key: catalogue.offers()[key].value(catalogue.Asked(s, SYSTEM, report)) for key in MONEY.values()}
        assert [one.value for one in told.values()] == [0, None], "zero is known of one line, and not of the sum"
    assert "1.1.1, 1.1.2, 1.3.1, 3.2" in stopped(officer, path)
    with transaction.unit(engine) as s, changing(s):
        report = s.get_one(DueReport, int(path.split("/")[2]))
        for code in {code for code, _n, _v in budgets.SIGNED} - {"2.1", "10"}:
            budgets.say(s, report, code, explanation="Nic.")
    sheet = made(officer, path)["Report"]
    assert (sheet["C5"].value, sheet["C7"].value) == (0, 0)
