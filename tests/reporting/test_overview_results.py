"""Milestones, indicators and legal documents in the overview: by the sources relied on, and by the rights of who takes it."""

from __future__ import annotations

import pytest

from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.partners.actions import link
from portal.standing.actions import set_standing
from tests.factories import changing, events, frameworks, legal, projects, results, sources
from tests.reporting import taken


@pytest.fixture
def scene(engine, client_as):
    """(browser, ids): a project with results that a public page states, one in another framework, a hidden one."""
    with transaction.unit(engine) as s, changing(s):
        public = sources.support(s, "public", "the seminar took place")
        here, there = frameworks.framework(s, "Pražský proces"), frameworks.framework(s, "Jinde")
        eris, other = (
            projects.project(s, name, framework=at, certainty="public")
            for name, at in (("ERIS", here), ("Jiný", there))
        )
        hidden = projects.project(s, "Tajný", framework=here, confidential=True, readers=[])
        for of, name in ((eris, "Seminář"), (other, "Jinde"), (hidden, "Skrytý")):
            results.milestone(s, of, f"Milník {name}", due="2015-03", reached="2015-04", backed=public)
            measured = results.indicator(s, of, f"Ukazatel {name}", target="120", unit="osob", backed=public)
            for period, value in (("2014", "40"), ("2015", "84")):
                results.measured(s, measured, period, value, backed=public)
        results.milestone(s, eris, "Milník bez zdroje", due="2016")
        results.milestone(s, eris, "Milník po termínu", due="2015-01", backed=public)
        act = legal.legal_instrument(s, "Dohoda o projektu", certainty="public", backed=public)
        legal.legal_instrument(s, "Zákon odjinud", certainty="public", backed=public)
        link(s, SYSTEM, eris, "based_on", act, public)
        ids = {"here": here.id, "eris": eris.id}
    return client_as("viewer", lang="cs"), ids


def told(browser, sheet: str, query: str) -> list[dict]:
    return taken.table(taken.workbook(browser, query)[sheet])


def test_results_stand_there_with_their_sources_and_no_hidden_ones(scene) -> None:
    browser, _ids = scene
    rows = told(browser, "Milníky", "?certainty=public")
    assert [(r["Č."], r["Milník"], r["Projekt"], r["Stav"]) for r in rows] == [
        ("M1", "Milník po termínu", "P1", "po termínu"), ("M2", "Milník Seminář", "P1", "dosažen"),
        ("M3", "Milník Jinde", "P2", "dosažen"),
    ]  # fmt: skip
    assert rows[0]["Dosaženo"] == "neuvedeno" and rows[1]["Dosaženo"] == "duben\u00a02015"
    assert rows[1]["Jistota"] == "○ veřejný zdroj" and "dosaženo dne ○1" in rows[1]["Zdroje (čísla na listu Zdroje)"]
    rows = told(browser, "Ukazatele", "?certainty=public")
    assert [(r["Ukazatel"], r["Jednotka"], r["Poslední hodnota"], r["Za období"], r["Cíl"]) for r in rows] == [
        (f"Ukazatel {name}", "osob", 84, "2015", 120) for name in ("Seminář", "Jinde")
    ]
    assert "hodnota ○1" in rows[0]["Zdroje (čísla na listu Zdroje)"] and rows[0]["Výchozí hodnota"] == "neuvedeno"
    assert told(browser, "Milníky", "") == told(browser, "Ukazatele", "") == []
    assert "Milník bez zdroje" in [r["Milník"] for r in told(browser, "Milníky", "?certainty=all")]


def test_a_part_of_the_portfolio_has_its_own_results_and_what_it_rests_on(engine, scene) -> None:
    browser, ids = scene
    query = f"?certainty=public&framework={ids['here']}"
    assert [r["Milník"] for r in told(browser, "Milníky", query)] == ["Milník po termínu", "Milník Seminář"]
    [law] = told(browser, "Právní a koncepční dokumenty", query)
    assert (law["Dokument"], law["Čeho je základem"]) == ("Dohoda o projektu", "P1")
    assert "čeho je základem ○1" in law["Zdroje (čísla na listu Zdroje)"]
    with transaction.unit(engine) as s, changing(s):
        set_standing(s, SYSTEM, s.get_one(Record, ids["eris"]), "withdrawn", "Omyl.")
    for sheet in ("Milníky", "Ukazatele", "Právní a koncepční dokumenty"):
        assert told(browser, sheet, query) == [], sheet


@pytest.mark.parametrize(
    ("lang", "told"),
    [("cs", "Poslat zápis (otevřeno, do: leden 2027)"), ("en", "Poslat zápis (open, by January 2027)")],
)
def test_what_is_to_be_done_after_a_meeting_is_told_with_its_day(client_as, engine, lang: str, told: str) -> None:
    with transaction.unit(engine) as s, changing(s):
        meeting = events.event(s, "Jednání výboru", held="2026-11-05")
        events.follow_up(s, meeting, "Poslat zápis", due="2027-01")
    book = taken.workbook(client_as("viewer", lang=lang), "?certainty=all")
    cells = [str(cell.value) for ws in book for row in ws.iter_rows() for cell in row]
    assert told in [cell.replace("\u00a0", " ") for cell in cells]
