"""Pages on paper: upright or on their side, no half-empty sheets, nothing cut off."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel import transaction
from portal.kernel.money import Money
from portal.kernel.record import Record
from tests.browser.paper import sheets
from tests.factories import changing, frameworks, funding

pytestmark = pytest.mark.needs("browser", "poppler")

PORTRAIT, LANDSCAPE = (595, 842), (842, 595)
TERMS, TEXT, LIST, PICTURE = 2000, 1400, 900, 700
"""Letters that a sheet of terms in two columns, of a chapter, of a list holds at least; those whose place a picture takes."""


def id_of(site, key: str) -> int:
    with Session(site.engine) as s:
        return s.scalars(select(Record.id).where(Record.key == key)).one()


def test_profiles_print_on_a_few_upright_sheets_and_lists_on_their_side(opened, reading_site) -> None:
    tab = opened(reading_site, "viewer", lang="cs")
    for path in (
        f"/projects/{id_of(reading_site, 'prague-process-targeted-initiative')}",
        f"/frameworks/{id_of(reading_site, 'prague-process')}",
    ):
        tab.go(path)
        printed = sheets(tab.page)
        assert {sheet.size for sheet in printed} == {PORTRAIT}, path
        assert len(printed) <= 6, path
    tab.go("/projects")
    assert {sheet.size for sheet in sheets(tab.page)} == {LANDSCAPE}


CODES = ("CHF", "CZK", "EUR", "GBP", "GEL", "MDL", "USD")


def test_what_management_prints_is_one_sheet_however_many_currencies_there_are(opened, site) -> None:
    with transaction.unit(site.engine) as s, changing(s):
        for n in range(2):
            name = f"Dialog o společném postupu při navracení a dlouhodobém začleňování osob, {n + 1}. část"
            project = funding.project(s, f"Projekt {name}", framework=frameworks.framework(s, name))
            for code in CODES:
                amounts = (("123456789.12", "exact", "2"), ("987654000", "rounded", "2"), ("45678.90", "exact", "3"))
                for amount, mark, kind in amounts:
                    funding.flow(s, project, Money.of(amount, code), amount_mark=mark, type_code=kind)
    for lang, left in (("cs", "a 3 další měny"), ("en", "and 3 more currencies")):
        tab = opened(site, "viewer", lang=lang)
        for path in ("/funding/report?certainty=all", "/management"):
            tab.go(path)
            printed = sheets(tab.page)
            assert len(printed) == 1, (path, lang)
            assert printed[0].size == PORTRAIT and printed[0].within_its_edges, (path, lang)
            if "report" in path:
                words = " ".join(printed[0].words).replace("\u00a0", " ")
                assert words.count(left) >= 4, "the headline figures and the rows say what they leave out"
                assert words.index("EUR") < words.index("CZK") < words.index("CHF")


def test_help_prints_upright_and_begins_below_its_title(opened, reading_site) -> None:
    tab = opened(reading_site, "viewer", lang="cs")
    for path, least in (
        ("/help/money", TEXT), ("/help/results", TEXT), ("/help/accessibility", TEXT), ("/help/glossary", TERMS),
        ("/help", LIST), ("/help/keyboard", LIST),
    ):  # fmt: skip
        tab.go(path)
        printed = sheets(tab.page)
        assert {sheet.size for sheet in printed} == {PORTRAIT}, path
        assert all(sheet.half_full for sheet in printed[:-1]), path
        held = sum(len(word) for sheet in printed for word in sheet.words)
        held += PICTURE * tab.page.locator("main figure").count()
        assert len(printed) <= 1 + held // least, f"{path}: {len(printed)} sheets for {held} letters"


@pytest.mark.parametrize(
    ("lang", "country", "brief", "told", "aside"),
    [
        (
            "cs", "Gruzie", "Podklad",
            ("Podklad k zemi", "Partnerství pro mobilitu s Gruzií", "30. 11. 2009", "≈ 3 000 000 EUR", "neuvedeno", "Vytištěno"),
            ("Excel", "Tisk", "Poslední změny"),
        ),
        (
            "en", "Georgia", "Brief",
            ("Brief of a country", "EU–Georgia Mobility Partnership", "30 November 2009", "≈ EUR 3,000,000", "not stated",
             "Printed"),
            ("Excel", "Print", "Latest changes"),
        ),
    ],
    ids=["cs", "en"],
)  # fmt: skip
def test_the_brief_of_a_country_is_printed_whole(opened, reading_site, lang, country, brief, told, aside) -> None:
    tab = opened(reading_site, "viewer", lang=lang)
    page = tab.page
    tab.go("/countries")
    page.click(f"main table >> text={country}")
    page.click(f"main .acts a >> text={brief}")
    page.wait_for_url("**/brief")
    printed = sheets(page)
    assert {sheet.size for sheet in printed} == {PORTRAIT}
    assert all(sheet.within_its_edges for sheet in printed)
    assert all(sheet.half_full for sheet in printed[:-1])
    words = [word for sheet in printed for word in sheet.words]
    said = f" {' '.join(words)} ".replace("\u00a0", " ")
    assert printed[0].words.index(country) < 15
    assert [one for one in told if f" {one} " not in said] == []
    assert [one for one in aside if f" {one} " in said] == []
    cells = page.locator("main table :is(th, td)").all_inner_texts()
    assert len(cells) > 100
    assert {word for cell in cells for word in cell.split()} - set(said.split()) == set()
