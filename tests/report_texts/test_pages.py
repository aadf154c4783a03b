"""What people do with the texts of a report: written in both languages, counted at their limits, used in its files, frozen."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from portal.donor_workbooks import filling
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.obligations.models import DueReport
from portal.report_texts import catalogue  # noqa: F401  offers the texts as values
from portal.report_texts.models import ReportText
from tests.factories import budgets, changing, donor_workbooks, frameworks, funding, obligations, report_texts
from tests.history import undoing
from tests.history.test_pages import last


def words(soup) -> str:
    return " ".join(soup.get_text(" ").replace("\u2060", "").replace("\xa0", " ").split())


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """A yearly report of a framework, in preparation, and the recipient's file, a cell of which takes its progress in English."""
    with transaction.unit(engine) as s, changing(s):
        framework = frameworks.framework(s, "Pražský proces")
        report = obligations.due_report(s, framework, kind_code="annual", language="en")
        report.state = "in_preparation"
        file = donor_workbooks.file(s, mapped={})
        cells = [
            donor_workbooks.cell("Information!B9", "text.progress", text_limit=20, counting="form"),
            donor_workbooks.cell("Information!B4", "text.summary", language="cs"),
        ]
        donor_workbooks.map_cells(s, SYSTEM, file, cells)
        return {"framework": framework.id, "report": report.id, "file": file.id}


@pytest.fixture
def browser(client_as):
    return client_as("editor", everywhere=True, name="Jana Malá")


def address(scene, code: str = "progress") -> str:
    return f"/reports/{scene['report']}/texts/{code}/edit"


def needs(browser, scene) -> str:
    return words(browser.get(f"/reports/{scene['report']}").soup.select_one("#readiness"))


def test_a_text_is_written_counted_marked_as_older_and_said_to_be_the_same_again(scene, browser) -> None:
    told = needs(browser, scene)
    assert "Pokrok v období: české znění" in told and "Vnější rozměr: anglické znění" in told
    assert "Shrnutí: české znění" in told, "a mapped cell asks for it, too"
    page = browser.get(browser.get(f"/reports/{scene['report']}").link("Texty zprávy"))
    form = browser.get(page.soup.select_one("#progress a")["href"])
    counts = words(form.soup.select_one("#text_en-counts"))
    assert "výroční tabulka 0 z 2 500 znaků" in counts and "B9 0 z 20 znaků (konec řádku jako dva)" in counts
    assert "B9" not in words(form.soup.select_one("#text_cs-counts")), "the cell takes English"
    browser.submit(form, text_cs="Výbor zasedal.", text_en="The board met.\nTwice.")
    page = browser.get(f"/reports/{scene['report']}/texts")
    assert "B9 22 z 20" in words(page.soup.select_one("#progress")) and "moc dlouhé" in words(
        page.soup.select_one("#progress")
    )
    assert "Pokrok v období: anglické znění je příliš dlouhé nad limitem" in needs(browser, scene)
    browser.submit(browser.get(address(scene)), text_en="The board met.")
    browser.submit(browser.get(address(scene)), text_cs="Výbor se sešel.")
    assert "anglické znění je starší než české starší než druhý jazyk" in needs(browser, scene)
    assert "starší než české znění" in words(browser.get(page.path).soup.select_one("#progress"))
    browser.submit(browser.get(address(scene)), in_step="1")
    assert "Pokrok v období: " not in needs(browser, scene)
    assert browser.get(address(scene)).value("in_step") in (None, ""), "it was said of what stood then"


def test_two_people_at_one_text_are_both_heard_from_the_first_word_on(engine, scene, browser, client_as) -> None:
    other = client_as("editor", everywhere=True, name="Petr Velký")
    drawn = browser.get(address(scene))
    other.submit(other.get(address(scene)), text_cs="Petrův text")
    clash = browser.submit(drawn, 409, text_cs="Janin text", text_en="Jana's text")
    assert "Petr Velký" in clash.text and "Petrův text" in clash.text and "Janin text" in clash.text
    drawn = browser.get(address(scene))
    other.submit(other.get(address(scene)), text_en="Petr's text")
    browser.submit(drawn, text_cs="Janin text", in_step="1")
    with transaction.unit(engine) as s:
        held = s.get_one(ReportText, (scene["report"], "progress"))
        assert (held.text_cs, held.text_en, held.in_step) == ("Janin text", "Petr's text", False), (
            "that both say the same was not said of Petr's text"
        )


def test_texts_are_in_the_layout_and_in_the_recipients_file_in_the_language_asked_for(engine, scene, browser) -> None:
    with transaction.unit(engine) as s:
        report = s.get_one(DueReport, scene["report"])
        report_texts.text(s, report, "progress", "Výbor zasedal.", "The board met.")
        report_texts.text(s, report, "visibility", "Plakáty.", "")
        gathered = filling.gather(s, SYSTEM, report, s.get_one(donor_workbooks.DonorFile, scene["file"]))
        told = {str(one.place): one for one in gathered.entries}
        assert told["Information, B9"].written == "The board met." and told["Information, B9"].length == 14
        assert told["Information, B4"].written is None and told["Information, B4"].found.why == "not stated"
    fields = {"cs": ("Výbor zasedal.", "Plakáty."), "en": ("The board met.", "[in Czech only] Plakáty.")}
    for lang, (progress, visibility) in fields.items():
        answer = browser.browser.get(f"/reports/{scene['report']}/file.xlsx?layout=annual&in={lang}")
        rows = load_workbook(io.BytesIO(answer.data)).worksheets[0].iter_rows(values_only=True)
        held = {str(row[0]): [str(cell) for cell in row] for row in rows}
        assert progress in held["2"] and visibility in held["5"], lang


def test_a_variation_is_explained_in_both_languages_beside_the_texts(engine, browser) -> None:
    with transaction.unit(engine) as s, changing(s):
        contract = funding.contract(s, funding.project(s, "ERIS"), "MIGR/1", currency="EUR", rounding="nearest")
        budgets.budget(s, contract)
        report = obligations.due_report(s, contract, language="en")
        report.state = "in_preparation"
        budgets.item(s, report, "2.1", "16000.00")
        scene = {"report": report.id}
    page = f"/reports/{scene['report']}/texts"
    told = browser.get(page)
    assert "Odchylka řádku 2.1" in words(told.soup.select_one("#variations")) and not told.soup.select("#asked")
    form = browser.get(told.soup.select_one("#variations a")["href"])
    browser.submit(form, explanation_cs="Zasedání v Tbilisi.")
    assert "Odchylka řádku 2.1 Řádek 2.1: anglické znění chybí" in needs(browser, scene)
    browser.submit(browser.get(form.path), explanation_en="A meeting in Tbilisi.")
    assert "Odchylka řádku 2.1" not in needs(browser, scene)
    for lang, said in (("cs", "Zasedání v Tbilisi."), ("en", "A meeting in Tbilisi.")):
        answer = browser.browser.get(f"/reports/{scene['report']}/file.xlsx?layout=financial&in={lang}")
        rows = [row for sheet in load_workbook(io.BytesIO(answer.data)) for row in sheet.iter_rows(values_only=True)]
        assert any(said in row for row in rows), lang


def test_history_tells_of_a_text_what_changed_in_each_language_and_names_it(engine, scene, browser) -> None:
    def told(language: str) -> str:
        browser.browser.set_cookie("lang", language)
        return words(browser.get(f"/changes/{last(engine)}").soup.main)

    browser.submit(browser.get(address(scene)), text_cs="Výbor zasedal.", text_en="The board met.")
    assert "Znění (česky) Výbor zasedal., Znění (anglicky) The board met." in told("cs")
    browser.submit(browser.get(address(scene)), text_cs="Výbor se sešel.", text_en="The board sat.")
    assert "Znění (česky): Výbor zasedal. → Výbor se sešel." in told("cs")
    assert "Znění (anglicky): The board met. → The board sat." in told("cs")
    browser.submit(browser.get(address(scene)), text_en="")
    browser.submit(browser.get(address(scene)), text_en="It sat.")
    assert "Znění (anglicky): neuvedeno → It sat." in told("cs") and "sešel" not in told("cs")
    assert "Wording (English): not stated → It sat." in told("en") and "sešel" not in told("en")


def test_a_text_is_told_by_history_undone_and_frozen_once_the_report_was_sent(
    engine, scene, browser, client_as
) -> None:
    browser.submit(browser.get(address(scene)), text_cs="Výbor zasedal.")
    browser.submit(browser.get(address(scene)), text_cs="Výbor se sešel.")
    told = words(browser.get(f"/records/{scene['report']}/history").soup.main)
    assert "text Pokrok v období, Znění (česky): Výbor zasedal. → Výbor se sešel." in told
    undoing.undo(browser, last(engine))
    with transaction.unit(engine) as s:
        assert s.get_one(ReportText, (scene["report"], "progress")).text_cs == "Výbor zasedal."
        with changing(s):
            s.get_one(DueReport, scene["report"]).state = "sent"
    page = browser.get(f"/reports/{scene['report']}/texts")
    assert "zmrazené" in words(page.soup.main) and not page.soup.select("#progress a")
    late = browser.submit(browser.get(address(scene)), 422, text_cs="Pozdě")
    assert "dalším vydání" in late.text and late.value("text_cs") == "Pozdě"
    with transaction.unit(engine) as s:
        assert s.get_one(ReportText, (scene["report"], "progress")).text_cs == "Výbor zasedal."
