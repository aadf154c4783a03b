"""J3, the journey of management: from the headline figures through a chart to the records, and to one sheet of paper."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from sqlalchemy import select

from portal.kernel import transaction
from portal.kernel.record import Record
from tests.browser.hands import Pointer
from tests.browser.paper import sheets
from tests.browser.quarters import let_a_quarter_end
from tests.factories import funding

pytestmark = pytest.mark.needs("browser", "poppler")

VIEW = "Gruzie z veřejných zdrojů"
ROUNDED = "≈ 3 000 000 EUR"


def said(place) -> str:
    return " ".join(place.inner_text().split())


def middle(box: dict) -> tuple[float, float]:
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_management_sees_what_moved_filters_drills_to_the_records_saves_and_prints(opened, site) -> None:
    let_a_quarter_end(site.engine)
    with transaction.unit(site.engine) as s:
        funding.flow(s, s.scalars(select(Record).where(Record.key == "eris")).one(), 50_000)
    tab = opened(site, "viewer", lang="cs")
    page, hands = tab.page, Pointer(tab)

    def look(address: str) -> None:
        """The page that was led to: whole, and nothing that axe finds."""
        page.wait_for_url(re.compile(address))
        tab.until_drawn()
        assert tab.violations() == [] and tab.too_wide() == [], page.url

    tab.go("/")
    hands.follow("Přehled pro vedení")
    look("/management$")
    funded, *_others, projects = [said(one) for one in page.locator(".figs > div").all()]
    assert "650 000 EUR" in funded and "známo u 2 z 12, 7 v rámci většího celku" in funded
    assert re.search(r"od konce čtvrtletí [1-4]/20\d\d: \+50 000 EUR", funded)
    assert projects.startswith("Projekty 12 ") and "beze změny" in projects

    hands.follow("Financování v grafech")
    page.wait_for_url(re.compile("/funding$"))
    page.select_option("select[name=country]", label="Gruzie")
    page.select_option("select[name=certainty]", value="public")
    hands.press("Použít")
    look("certainty=public")
    assert ROUNDED in said(page.locator(".figs")) and "známo u 1 ze 3" in said(page.locator(".figs"))
    assert page.locator("#gaps li").count() == 2, "what is unknown stands beside what is known"
    hands.follow("Uložit tento pohled")
    hands.write("name", VIEW)
    hands.press("Uložit")

    hands.follow("Známé financování podle rámce")
    look("/charts/known_funding_by_framework")
    with page.expect_download() as taken:
        page.click(".chart-files >> text=Excel")
    [ws] = openpyxl.load_workbook(io.BytesIO(taken.value.path().read_bytes())).worksheets
    assert len(ws._charts) == 1 and 3_000_000 in [cell.value for row in ws.iter_rows() for cell in row]
    page.mouse.click(*middle(page.locator(".chart-box .barlayer .point path").first.bounding_box()))
    look("/funding/known_funding_by_framework/records")
    told = said(page.locator("main"))
    assert page.locator("h1").inner_text() == "Jak číslo vzniklo" and ROUNDED in said(page.locator(".figs"))
    assert "Pro zemi: Gruzie" in told and "Trvalý odkaz" in told and "Zdroj 1" in told

    tab.go("/saved-views")
    hands.follow(VIEW)
    page.wait_for_url(re.compile("/funding.*certainty=public"))
    hands.follow("Zpráva pro vedení")
    look("/funding/report")
    [sheet] = sheets(page)
    printed = " ".join(sheet.words).replace("\u00a0", " ")
    assert sheet.within_its_edges and sheet.half_full
    assert (
        "Pro zemi: Gruzie" in printed and ROUNDED in printed and "známo u 1 ze 3" in printed and "Co nevíme" in printed
    )
