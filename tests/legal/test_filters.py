"""The list of legal instruments: filters and orders on rows whose values are known; files hold what the page shows."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from portal.kernel.transaction import unit
from portal.kernel.when import When
from portal.sources.facts import Pair
from tests.exchange import files
from tests.factories import accounts, changing, funding, legal, partners, projects


@pytest.fixture
def few(engine: Engine) -> dict[str, int]:
    with unit(engine) as s, changing(s):
        jana = accounts.person(s, "editor", name="Jana Nová").id
        council = funding.organisation(s, "Rada Evropské unie")
        directive = legal.legal_instrument(
            s, "Směrnice", kind_code="eu_directive", dated=When("2004-04-29"), adopted_by=council.id, responsible=jana,
            transposition_deadline=When("2006-08-05"), celex="32004L0081",
        )  # fmt: skip
        legal.legal_instrument(
            s, "Dohoda", kind_code="eu_agreement", certainty="public", signed=When("2010-06"), in_force=When("2011"),
            status="in_force",
        )  # fmt: skip
        legal.legal_instrument(s, "Akční plán", certainty="unsure", period=When("2012/2016"))
        legal.legal_instrument(s, "Novela", status="in_preparation", number=Pair("99/2025", ""))
        legal.legal_instrument(s, "Chystané", confidential=True, status="in_preparation")
        partners.link(s, projects.project(s, "ERIS"), directive, "based_on")
        return {"jana": jana, "council": council.id, "directive": directive.id}


FOUND = [
    ("", ["Akční plán", "Dohoda", "Novela", "Směrnice"]),
    ("q=smernice", ["Směrnice"]),
    ("q=32004L0081", ["Směrnice"]),
    ("q=99/2025", ["Novela"]),
    ("kind=eu_directive", ["Směrnice"]),
    ("kind=none", ["Akční plán", "Novela"]),
    ("status=in_preparation", ["Novela"]),
    ("status=none", ["Akční plán", "Směrnice"]),
    ("year=2004", ["Směrnice"]),
    ("year=2006", ["Směrnice"]),
    ("year=2005", []),
    ("year=2010", ["Dohoda"]),
    ("year=2014", ["Akční plán"]),
    ("certainty=public", ["Dohoda"]),
    ("certainty=public&certainty=unsure", ["Akční plán", "Dohoda"]),
    ("responsible={jana}", ["Směrnice"]),
    ("responsible=none&certainty=document", ["Novela"]),
    ("adopted_by={council}", ["Směrnice"]),
    ("sort=date", ["Směrnice", "Dohoda", "Akční plán", "Novela"]),
    ("sort=-date", ["Akční plán", "Dohoda", "Směrnice", "Novela"]),
    ("sort=-name", ["Směrnice", "Novela", "Dohoda", "Akční plán"]),
]


def test_page_and_file_hold_the_rows_a_filter_lets_through_in_its_order(few, client_as) -> None:
    viewer = client_as("viewer", lang="cs")
    for query, found in FOUND:
        query = "?" + query.format(**few)
        assert files.shown(viewer, "legal", query) == found, query
        assert [row["name_cs"] for row in files.rows(viewer, "legal", query)] == found, query


def test_the_file_says_what_the_page_says(few, client_as) -> None:
    viewer = client_as("viewer", lang="cs")
    [row] = files.rows(viewer, "legal", "?q=smernice")
    assert (row["kind_code"], row["status"], row["celex"]) == ("směrnice EU", "neuvedeno", "32004L0081")
    assert (row["adopted_by"], row["grounds"], row["responsible"]) == ("Rada Evropské unie", "ERIS", "Jana Nová")
    [line] = files.lines(viewer, "legal", "?q=smernice")
    assert {"2004-04-29", "Směrnice", "směrnice EU", "Rada Evropské unie", "ERIS"} <= set(line)


def test_pages_of_the_list_follow_each_other_without_a_gap(engine: Engine, client_as) -> None:
    with unit(engine) as s, changing(s):
        for n in range(60):
            legal.legal_instrument(s, f"Zákon {n:02}", dated=When(str(1960 + n // 3)) if n % 4 else None)
    viewer = client_as("viewer", lang="cs")
    for order in ("", "&sort=date", "&sort=-date"):
        assert sorted(files.shown(viewer, "legal", f"?size=25{order}")) == [f"Zákon {n:02}" for n in range(60)], order


def test_a_filter_that_meets_nothing_and_an_empty_list_say_what_to_do(few, client_as) -> None:
    page = client_as("viewer", lang="cs").get("/legal?year=1999")
    assert "Filtrům neodpovídá žádný dokument." in page.text
    assert "Napište rok, například 2013." in client_as("viewer", lang="cs").get("/legal?year=loni").text


def test_an_empty_list_offers_the_form_to_who_may_write(client_as) -> None:
    editor, viewer = client_as("editor", lang="en"), client_as("viewer", lang="en")
    page = editor.get("/legal")
    assert "There is no legal or policy document yet." in page.text and page.link("New document") == "/legal/add"
    assert "New document" not in viewer.get("/legal").text
