"""The journeys everything is judged by, in a real browser on the seed portfolio: J1, J2, J3, J6, J7, J8, and two at once."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.funding.models import Flow
from portal.kernel.record import Record
from portal.progress.models import StatusUpdate
from portal.projects.models import Project
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.needs("browser")

ERIS = "Vývoj společných zásad"
INITIATIVE = "Cílená iniciativa na implementaci Akčního plánu Pražského procesu"
HAPPENED = "Závěrečný seminář v Praze; výstupem je společná příručka."


def sign_in(tab, login: str) -> None:
    tab.go("/sign-in")
    tab.page.fill("input[name=login]", login)
    tab.page.fill("input[name=password]", PASSWORD)
    tab.page.click("main button[type=submit]")


def id_of(site, key: str) -> int:
    with Session(site.engine) as s:
        return s.scalars(select(Record.id).where(Record.key == key)).one()


def reported(site) -> StatusUpdate:
    with Session(site.engine) as s:
        return s.scalars(select(StatusUpdate)).one()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_status_is_updated_in_three_clicks_and_one_form(opened, site, scripts) -> None:
    tab = opened(site, scripts=scripts, lang="cs")
    page = tab.page
    sign_in(tab, "editor")
    page.click("header >> text=Moje práce")  # first click
    page.click(f"main >> text={ERIS}")  # second click
    page.check("input[name=light][value=warn]", force=True)
    page.fill("input[name=held_on]", "červen 2015")
    page.fill("textarea[name=happened]", HAPPENED)
    page.click("main form button[type=submit] >> nth=0")  # third click
    page.wait_for_url(re.compile(r"/(work|projects/\d+)(\?|#|$)"))
    assert page.locator(".flashes").inner_text().strip()
    update = reported(site)
    assert (update.light, update.held_on_edtf, update.happened) == ("warn", "2015-06", HAPPENED)
    with Session(site.engine) as s:
        assert s.get_one(Project, id_of(site, "eris")).light == "warn"


def test_status_is_updated_by_keyboard_alone(opened, site) -> None:
    tab = opened(site, lang="cs")
    page, keys = tab.page, tab.page.keyboard
    tab.go("/sign-in")
    page.focus("input[name=login]")
    keys.type("editor")
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    page.wait_for_url(re.compile(r"/(work)?$"), wait_until="load")
    reach(page, "header", "Moje práce")
    reach(page, "main", ERIS)
    page.wait_for_selector("textarea[name=happened]")
    reach_field(page, "happened")
    keys.type(HAPPENED)
    keys.press("Control+Enter")
    page.wait_for_url(re.compile(r"/(work|projects/\d+)(\?|#|$)"))
    assert reported(site).happened == HAPPENED


def reach(page, region: str, words: str) -> None:
    """Press Tab until the link with these words in the region has the focus, then Enter."""
    for _step in range(80):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "([region, words]) => { const a = document.activeElement;"
            " return a.tagName === 'A' && !!a.closest(region) && a.innerText.includes(words); }",
            [region, words],
        )
        if found:
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"{words}: the focus cannot be seen"
            with page.expect_event("load"):
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"no key leads to {words!r}")


def reach_field(page, name: str) -> None:
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"no key leads to the field {name!r}")


def test_a_top_up_is_booked_with_its_document_and_counts_once(opened, site) -> None:
    initiative = id_of(site, "prague-process-targeted-initiative")
    with Session(site.engine) as s:
        before = s.scalars(select(Flow.id)).all()
    tab = opened(site, "editor", lang="cs")
    page = tab.page
    tab.go(f"/flows/add?booked={id_of(site, 'tia-armenia')}")
    page.fill("input[name=amount]", "600 000")
    page.fill("input[name=provider]", "Evropská komise")
    page.fill("input[name=source]", "Mezinárodní spolupráce")
    page.fill("textarea[name=source_quotation]", "Tuto iniciativu podpořila Evropská komise dodatečně 600 000 EUR")
    page.click("main form button[type=submit] >> nth=0")
    assert "600 000 EUR" in page.locator("#money").inner_text().replace("\u00a0", " ")
    with Session(site.engine) as s:
        [flow] = s.scalars(select(Flow).where(Flow.id.not_in(before)))
        assert (flow.amount_minor, flow.amount_currency, flow.certainty) == (60_000_000, "EUR", "document")
    tab.go("/funding")
    assert "1 200 000 EUR" in page.locator(".figs .big").first.inner_text().replace("\u00a0", " ")
    tab.go(f"/projects/{initiative}")
    text = page.locator("#parts").inner_text()
    assert text.count("v rámci iniciativy") == 7


def test_the_dashboard_is_filtered_drilled_and_taken_away(opened, site) -> None:
    tab = opened(site, "viewer", lang="cs")
    page = tab.page
    tab.go("/funding")
    page.select_option("select[name=country]", label="Gruzie")
    page.select_option("select[name=certainty]", value="public")
    page.click("main form button[type=submit]")
    page.wait_for_url(re.compile("certainty=public"))
    tab.until_drawn()
    assert "≈ 3 000 000 EUR" in page.locator(".figs").inner_text().replace("\u00a0", " ")
    with page.expect_download() as taken:
        page.click(".chart-files >> nth=0 >> text=Excel")
    book = openpyxl.load_workbook(io.BytesIO(taken.value.path().read_bytes()))
    assert any(cell.value == 3_000_000 for row in book.active.iter_rows() for cell in row)
    bar = page.locator(".chart-box .barlayer .point path").first.bounding_box()
    page.mouse.click(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2)
    page.wait_for_url(re.compile("/records"))
    assert "3 000 000 EUR" in page.locator("main").inner_text().replace("\u00a0", " ")


def test_a_newcomer_finds_returnees_without_diacritics(opened, reading_site) -> None:
    tab = opened(reading_site, "viewer", lang="cs")
    tab.go("/")
    tab.page.keyboard.press("/")
    tab.page.keyboard.type("gruzie navratilci")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url(re.compile("/search"))
    first = tab.page.locator(".results li a").first.inner_text()
    assert first.replace("\u00a0", " ").startswith("Podpora reintegrace gruzínských navrátilců")


def test_a_colleague_gets_two_frameworks_and_loses_all_at_once(opened, site) -> None:
    admin = opened(site, "administrator", lang="cs")
    page = admin.page
    admin.go("/people/add")
    page.fill("input[name=name]", "Nová kolegyně")
    page.fill("input[name=login]", "nova.kolegyne")
    role = page.locator("[name=role]").first
    if role.evaluate("e => e.tagName") == "SELECT":
        role.select_option("editor")
    else:
        page.check("input[name=role][value=editor]")
    given = [id_of(site, key) for key in ("mp-georgia", "mp-moldova")]
    for framework in given:
        page.check(f"input[name=frameworks][value='{framework}']")
    page.click("main form button[type=submit] >> nth=0")
    password = page.locator("main code.big--mid").inner_text().strip()
    colleague = opened(site, lang="cs")
    colleague.go("/sign-in")
    colleague.page.fill("input[name=login]", "nova.kolegyne")
    colleague.page.fill("input[name=password]", password)
    colleague.page.click("main button[type=submit]")
    colleague.page.wait_for_url(re.compile(r"/(work)?$"))
    colleague.go(f"/projects/{id_of(site, 'georgia-reintegration-iom')}/edit")
    colleague.go(f"/projects/{id_of(site, 'eris')}/edit", 403)
    admin.go("/people")
    page.click("main >> text=Nová kolegyně")
    page.click("main a[href$='/disable']")
    page.click("main form button[type=submit] >> nth=0")
    page.wait_for_url(re.compile(r"/people(/\d+)?$"))
    colleague.expected = 200
    colleague.page.goto(site.address + "/work")
    assert "/sign-in" in colleague.page.url


def test_an_auditor_sees_who_changed_what_and_the_page_before(opened, site) -> None:
    eris = id_of(site, "eris")
    editor = opened(site, "editor", lang="cs")
    editor.go(f"/projects/{eris}/edit")
    editor.page.fill("input[name=acronym]", "ERIS-2")
    editor.page.click("main form button[type=submit] >> nth=0")
    tab = opened(site, "viewer", lang="cs")
    tab.go(f"/records/{eris}/history")
    told = tab.page.locator(".hist li").first.inner_text()
    assert "Referent odboru" in told and "ERIS-2" in told
    tab.go(f"/k/1/projects/{eris}")
    assert "Jak portál vypadal" in tab.page.locator(".asof").inner_text()
    assert "ERIS-2" not in tab.page.locator("main").inner_text()


def test_the_second_of_two_editors_is_shown_all_three_values_and_loses_nothing(opened, site) -> None:
    eris = id_of(site, "eris")
    first, second = opened(site, "editor", lang="cs"), opened(site, "administrator", lang="cs")
    for tab in (first, second):
        tab.go(f"/projects/{eris}/edit")
    first.page.fill("input[name=acronym]", "ERIS-A")
    first.page.click("main form button[type=submit] >> nth=0")
    second.page.fill("input[name=acronym]", "ERIS-B")
    second.page.fill("input[name=reference]", "MV-1/2026")
    second.expected = 409
    second.page.click("main form button[type=submit] >> nth=0")
    text = second.page.locator("main").inner_text()
    assert "ERIS-A" in text and "ERIS-B" in text and "MV-1/2026" in text
    assert second.page.locator("input[type=radio]").count() >= 2
