"""The brief of a country or region: on a page, in Word and in Excel, the same rows in the language asked for."""

from __future__ import annotations

import io

import docx
import openpyxl
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel import transaction
from portal.kernel.record import Record
from portal.kernel.settling import settle
from tests.factories import changing, events, funding, partners, progress, questions, results


def keyed(store, key: str) -> int:
    with Session(store.reading) as s:
        return s.scalars(select(Record.id).where(Record.key == key)).one()


def sections(page) -> dict[str, list[str]]:
    """Titles of the sections, each with its rows in words."""
    found = {}
    for card in page.soup.select("main section.card"):
        rows = [" ".join(row.get_text(" ").replace("\xa0", " ").split()) for row in card.select("tbody tr")]
        found[card.h2.get_text().replace("\xa0", " ")] = rows
    return found


def test_the_brief_of_georgia_tells_what_there_is_and_that_its_money_is_not_stated(read_as, store) -> None:
    page = read_as("viewer").get(f"/records/{keyed(store, 'country-ge')}/brief")
    told = sections(page)
    assert page.h1 == "Gruzie"
    assert list(told) == [
        "Rámce a dialogy", "Projekty", "Další projekty s účastí země", "Jednání", "Otevřené závazky", "Nedosažené milníky",
        "Partneři", "Kontaktní osoby",
        "Poslední zprávy o stavu", "Otevřené otázky",
    ]  # fmt: skip
    assert any("Partnerství pro mobilitu s Gruzií" in row for row in told["Rámce a dialogy"])
    projects = [row for row in told["Projekty"] if "Podpora reintegrace gruzínských navrátilců" in row]
    assert len(projects) == 1 and "≈ 3 000 000 EUR" in projects[0]
    assert any("ICMPD" in row or "Cílené iniciativy" in row for row in told["Další projekty s účastí země"])
    assert any("Podpis Partnerství pro mobilitu s Gruzií" in row for row in told["Jednání"])
    assert len(told["Otevřené otázky"]) == 4
    assert "Známo podle dokumentů ministerstva: neuvedeno" in page.text.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("lang", "heads"), [("cs", ["Rámce a dialogy", "Projekty"]), ("en", ["Frameworks and dialogues", "Projects"])]
)
def test_word_and_excel_say_the_same_rows(read_as, store, lang, heads) -> None:
    viewer, address = read_as("viewer", lang=lang), f"/records/{keyed(store, 'country-ge')}/brief"
    told = sections(viewer.get(address))
    word = docx.Document(io.BytesIO(viewer.browser.get(f"{address}.docx?contacts=1").data))
    titles = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert titles == list(told) and titles[:2] == heads
    filled = [title for title in told if told[title]]
    assert [len(t.rows) - 1 for t in word.tables] == [len(told[title]) for title in filled]
    first = [
        " ".join(" ".join(c.text.replace("\xa0", " ") for c in row.cells).split()) for row in word.tables[0].rows[1:]
    ]
    assert first == told[heads[0]]
    assert word.core_properties.language == {"cs": "cs-CZ", "en": "en-GB"}[lang]
    book = openpyxl.load_workbook(io.BytesIO(viewer.browser.get(f"{address}.xlsx?contacts=1").data))
    assert book.sheetnames == list(told)
    viewer.get(f"{address}.pdf", 404)


def test_a_region_is_a_framework_with_all_below_it(read_as, store) -> None:
    told = sections(read_as("viewer").get(f"/records/{keyed(store, 'eastern-partnership')}/brief"))
    assert any("Panel Východního partnerství" in row for row in told["Rámce a dialogy"])
    assert len(told["Jednání"]) == 3
    read_as("viewer").get(f"/records/{keyed(store, 'eris')}/brief", 404)


def test_what_is_hidden_is_not_in_the_brief(client_as, engine) -> None:
    with transaction.unit(engine) as s, changing(s):
        georgia = partners.country(s)
        hidden = funding.project(s, "Neveřejný projekt", countries=[georgia.id], status="2")
        open_one = funding.project(s, "Veřejný projekt", countries=[georgia.id], status="2")
        meeting = events.event(s, "Neveřejné jednání", under=hidden)
        events.follow_up(s, meeting, "Neveřejný závazek")
        questions.question(s, hidden, "Neveřejná otázka?")
        results.milestone(s, hidden, "Neveřejný milník", due="2026-01")
        results.milestone(s, open_one, "Podpis smlouvy", due="2026-01")
        results.milestone(s, open_one, "Dosažený milník", due="2026-01", reached="2026-02")
        progress.update(s, hidden, "2026-11", light="bad", happened="Neveřejná zpráva")
        progress.update(s, open_one, "2026-11", light="ok", happened="Běží podle plánu")
        hidden.confidential = True
        settle(s, [hidden])
        georgia_id = georgia.id
    client = client_as("viewer")
    page = client.get(f"/records/{georgia_id}/brief")
    assert (
        "Veřejný projekt" in page.text
        and "Běží podle plánu" in page.text
        and "eveřejn" not in page.text.replace("Veřejn", "")
    )
    assert sections(page)["Nedosažené milníky"] == [
        "Podpis smlouvy Veřejný projekt leden 2026 po termínu nikdo konkrétní"
    ]
    for ending in ("docx", "xlsx"):
        assert client.browser.get(f"/records/{georgia_id}/brief.{ending}").status_code == 200
