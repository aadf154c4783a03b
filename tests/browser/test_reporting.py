"""J4, the journey of the reporting officer in both languages: a report due, what it lacks, its money, its file, the register."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from sqlalchemy import select

from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.projects.actions import edit_project
from portal.sources.actions import UNSUPPORTED
from portal.sources.facts import Pair
from tests.factories import budgets, changing, donor_workbooks, funding, obligations
from tests.workbooks import donors

pytestmark = pytest.mark.needs("browser")

SHEET = {"cs": "Zpráva", "en": "Report"}
NUMBER = "MV-77/2015"


def planted(site) -> int:
    """A contract of ERIS in euro, paid in crowns too, with its agreed budget; the id of its first due report."""
    with transaction.unit(site.engine) as s, changing(s):
        eris = s.scalars(select(Record).where(Record.key == "eris")).one()
        contract = funding.contract(
            s, eris, "MIGR/2012/284", currency="EUR", rate_regime="fixed", fixed_rate=Decimal(25), fixed_currency="CZK",
            rounding="nearest", start=When("2014-01-01"), end=When("2015-12-31"),
        )  # fmt: skip
        budgets.budget(s, contract)
        return obligations.due_report(s, contract).id


def said(place) -> str:
    return " ".join(place.inner_text().replace("\u00a0", " ").split())


@pytest.mark.parametrize("lang", ["cs", "en"])
def test_a_report_is_prepared_checked_made_registered_and_made_again(opened, site, lang) -> None:
    report = planted(site)
    path = f"/reports/{report}"
    mine, other = opened(site, "editor", lang=lang), opened(site, "reporting_officer", lang=lang)
    page = mine.page

    def look(tab) -> None:
        assert tab.violations() == [] and tab.too_wide() == [], tab.page.url

    def press(tab, name: str) -> None:
        with tab.page.expect_event("load"):
            tab.page.click(f"main button[name={name}]")

    mine.go("/reports")
    page.click(f"main a[href='{path}']")
    page.wait_for_url(f"**{path}")
    missing = page.locator("#readiness tbody tr").count()
    look(mine)
    press(mine, "prepare")

    mine.go(f"{path}/expenditure/add")
    page.select_option("main select[name=code]", value="2.1")
    page.fill("main [name=document]", "FA 17")
    page.fill("main [name=paid]", "2014-03-31")
    page.fill("main [name=amount]", "400000")
    page.select_option("main select[name=amount-currency]", value="CZK")
    page.locator("#brings dl", has_text="16").wait_for()  # told while one types, before anything is saved
    look(mine)
    with page.expect_event("load"):
        page.locator("main form .actions button").first.click()
    assert "16 000" in said(page.locator("#expenditure")).replace("16,000", "16 000")
    assert page.locator("#checks li, #checks tr").count() > 0, "what more was spent than budgeted asks for a word"
    mine.go(f"{path}/lines/2.1/edit")
    page.fill(f"main [name=explanation_{lang}]", "Zasedání v Tbilisi.")
    with page.expect_event("load"):
        page.locator("main form .actions button").first.click()
    look(mine)
    mine.go(path)
    assert page.locator("#readiness tbody tr").count() <= missing + 1

    press(mine, "hand_over")
    other.go("/work")
    look(other)
    with other.page.expect_event("load"):
        other.page.locator("#to-check + ul a").first.click()
    other.page.check("#way input[name=seen]")
    press(other, "check")
    look(other)

    mine.go(f"{path}/file?layout=financial&in={'en' if lang == 'cs' else 'cs'}&explained=1")
    page.check(f"#in-{lang}")
    assert page.locator("#file a.btn--primary[href]").count() == 0, "a file that was not asked for is not taken"
    page.fill("#send [name=on]", "2015-02-20")
    page.locator("#send [name=on]").press("Control+Enter")
    page.locator("#send button[name=send]").click(force=True)
    assert page.locator("[data-unused]:visible").count() == 2 and said(page.locator("#unused-voice"))
    look(mine)
    page.fill("#send [name=on]", "")
    with page.expect_event("load"):
        page.click("#unused-file button")
    look(mine)
    with page.expect_download() as taken:
        page.click("#file a.btn--primary")
    sent = taken.value.path().read_bytes()
    ws = openpyxl.load_workbook(io.BytesIO(sent), data_only=True)[SHEET[lang]]
    row = next(row for row in ws.iter_rows(values_only=True) if row[0] == "2.1")
    assert 16000 in row and "Zasedání v Tbilisi." in row
    page.fill("#send [name=on]", "2015-02-20")
    page.fill("#send [name=number]", NUMBER)
    press(mine, "send")
    kept = page.url
    assert NUMBER in said(page.locator("#sent"))
    look(mine)
    with page.expect_download() as taken:
        page.click("main a.btn--primary")
    assert taken.value.path().read_bytes() == sent, "what was registered is what was downloaded"

    with transaction.unit(site.engine) as s, changing(s):
        eris = s.scalars(select(Record).where(Record.key == "eris")).one()
        edit_project(s, SYSTEM, eris, {"name": Pair("ERIS II", "ERIS II")}, UNSUPPORTED)
    page.goto(f"{kept}/again")
    assert page.locator("main .note--ok").count() == 1, "made again from the portal as it was, it is the same bytes"
    look(mine)
    mine.go(path)
    assert page.locator("#sent li").count() == 1
    look(mine)


def test_a_recipients_file_is_mapped_by_sheets_and_values_are_found_by_typing(opened, site) -> None:
    with transaction.unit(site.engine) as s, changing(s):
        old = donor_workbooks.file(s)
        bare = donor_workbooks.file(s, None, {}).id
        nexts = donor_workbooks.file(s, old.workbook, {}, donors.budget()).id
    tab = opened(site, "reporting_officer", lang="cs")
    page = tab.page
    tab.go(f"/donor-files/{bare}")
    page.click("#proposed-2 button[data-tick]")
    assert page.locator("#proposed input[name=p]:checked").count() == page.locator("#proposed-2 input").count() == 3
    assert tab.violations() == [] and tab.too_wide() == []
    tab.go(f"/donor-files/{bare}/cells/add?sheet=Information&cell=B10")
    page.fill("main .narrower", "cestovne")
    assert page.locator("#key optgroup").evaluate_all("all => all.map((one) => one.label)") == [
        "Peníze: 2\u00a0cestovné"
    ]
    page.select_option("#key", "money.2.1.incurred")
    page.fill("main .narrower", "")
    assert page.input_value("#key") == "money.2.1.incurred" and page.locator("#key optgroup").count() > 10
    assert tab.violations() == [] and tab.too_wide() == []
    tab.go(f"/donor-files/{nexts}/carry")
    tab.expected = 422
    page.click("#cells form .actions button")
    page.wait_for_selector("#errors")
    page.click("#errors a")
    assert page.evaluate("document.activeElement.name") == "c", "the link leads to the choice"
    assert tab.violations() == [] and tab.too_wide() == []
