"""Profiles and forms of legal instruments, on the seed portfolio and on rows whose values are known."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.transaction import change
from portal.kernel.when import When
from portal.legal.actions import edit_legal_instrument
from portal.legal.models import LegalInstrument
from portal.partners.actions import link
from portal.sources.facts import Pair
from tests.factories import changing, frameworks, funding, legal
from tests.portfolio.test_query_counts import queries


def keyed(store, key: str) -> int:
    with Session(store.reading) as s:
        return s.scalars(select(Record.id).where(Record.key == key)).one()


def facts(page) -> dict[str, str]:
    """The rows of the card of facts: label → value with its source marks."""
    found = {}
    for row in page.soup.find(id="facts").select("dl > div"):
        found[row.dt.get_text(" ", strip=True)] = " ".join(row.dd.get_text(" ").replace("\u2060", "").split())
    return found


def test_the_agreement_shows_each_date_as_its_source_has_it(read_as, store) -> None:
    page = read_as("viewer").get(f"/legal/{keyed(store, 'eu-georgia-readmission-agreement')}")
    told = facts(page)
    assert page.h1 == "Readmisní dohoda mezi EU a Gruzií" and "EU–Georgia Readmission Agreement" in page.text
    assert told["Druh"].startswith("dohoda EU se třetí zemí") and told["Stav"] == "neuvedeno"
    assert told["Podpis"].startswith("17. 6. 2010") and told["Vstup v platnost"].startswith("1. 3. 2011")
    assert told["Uzavření"].startswith("18. 1. 2011") and "(rozhodnutí Rady 2011/118/EU)" in told["Uzavření"]
    assert "Úř. věst. L 52, 25. 2. 2011, s. 47–65" in told["Úřední věstník EU"]
    grounds = page.soup.find(id="grounds").get_text(" ", strip=True)
    assert "Projekty naplňuje jej Podpora reintegrace gruzínských navrátilců" in grounds
    assert "Agreement between the European Union and Georgia on the readmission" in page.text


def test_the_repealed_code_says_by_what_and_the_rest_stays_not_stated(read_as, store) -> None:
    page = read_as("viewer", lang="en").get(f"/legal/{keyed(store, 'act-140-1961')}")
    told = facts(page)
    assert told["Status"].startswith("repealed")
    assert "repealed by Act No. 40/2009 Coll., in force 1 January 2010" in told["Status"]
    assert told["Repealed by"].startswith("Act No. 40/2009 Coll., in force 1 January 2010")
    assert told["Number"].startswith("140/1961 Coll.") and told["Version of the text"].startswith("as amended")
    assert told["End of validity"] == told["Dated"] == told["Entry into force"] == "not stated"
    silent = page.soup.find(id="facts").get_text(" ", strip=True).partition("Not stated either:")[2]
    assert "CELEX number" in silent and "Deadline for transposition" in silent
    assert "is a law related to Programme for Support" in page.soup.find(id="grounds").get_text(" ", strip=True)


def test_the_resolution_lays_down_the_principles_which_say_so_too(read_as, store) -> None:
    viewer = read_as("viewer")
    resolution = viewer.get(f"/legal/{keyed(store, 'gov-resolution-55-2003')}")
    assert "stanoví Zásady politiky vlády" in resolution.soup.find(id="grounds").get_text(" ", strip=True)
    assert facts(resolution)["Ze dne"].startswith("13. 1. 2003")
    principles = viewer.get(resolution.link("Zásady politiky vlády v oblasti migrace cizinců"))
    assert facts(principles)["Stanoveno v"].startswith("Usnesení vlády České republiky č. 55 ze dne 13. ledna 2003")
    further = principles.soup.find(id="further").get_text(" ", strip=True)
    assert "Počet zásad 6" in further and "odstraňování všech forem nelegální migrace" in further


def test_the_directive_has_no_full_title_as_its_table_leaves_it_open(read_as, store) -> None:
    i = keyed(store, "directive-2004-81-ec")
    page = read_as("viewer").get(f"/legal/{i}")
    assert facts(page)["Kdo přijal"].startswith("Rada Evropské unie") and "Rada" in facts(page)["Kdo přijal"]
    stated = read_as("viewer").get(f"/records/{i}/facts/full_title")
    assert "neuvedeno" in stated.text and "Směrnice Rady 2004/81/ES ze dne 29. dubna 2004" in stated.text


BASES = [
    ("/frameworks/{}", "programme-support-combating-illegal-migration", ["je v souladu s Zásady politiky vlády",
     "vychází z Směrnice Rady 2004/81/ES", "souvisí s právním předpisem Zákon č. 326/1999 Sb."]),
    ("/frameworks/{}", "gamm", ["je popsán v dokumentu Sdělení Komise"]),
    ("/frameworks/{}", "prague-process", ["patří k němu Akční plán Pražského procesu"]),
    ("/projects/{}", "georgia-reintegration-iom", ["naplňuje Readmisní dohoda mezi EU a Gruzií"]),
    ("/instruments/{}", "thematic-programme-migration-asylum", ["má právní základ v Nařízení (ES) č. 1905/2006"]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "key", "said"), BASES, ids=[key for _path, key, _said in BASES])
def test_profiles_show_their_legal_basis(read_as, store, path: str, key: str, said: list[str]) -> None:
    page = read_as("viewer").get(path.format(keyed(store, key)))
    basis = " ".join(page.soup.find(id="legal").get_text(" ").replace("\u2060", "").split())
    assert [words for words in said if words not in basis] == []


def test_an_organisation_names_the_documents_it_adopted(read_as, store) -> None:
    page = read_as("viewer").get(f"/organisations/{keyed(store, 'council-of-the-eu')}")
    assert "Směrnice Rady 2004/81/ES" in page.soup.find(id="adopted").get_text()


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("32004L0081", "directive-2004-81-ec"), ("326/1999", "act-326-1999"), ("trestní řád", "act-141-1961"),
        ("readmission agreement", "eu-georgia-readmission-agreement"), ("usneseni vlady 55", "gov-resolution-55-2003"),
        ("52011DC0743", "com-2011-743"), ("development cooperation instrument", "regulation-1905-2006"),
    ],
)  # fmt: skip
def test_search_finds_documents_by_name_number_and_celex(read_as, store, query: str, key: str) -> None:
    page = read_as("viewer").get(f"/search?q={query}&kind=legal_instrument")
    assert f"/legal/{keyed(store, key)}" in page.links()


def test_the_navigation_leads_to_the_list(read_as) -> None:
    assert read_as("viewer").get("/work").link("Právní a koncepční dokumenty") == "/legal"
    assert read_as("viewer", lang="en").get("/work").link("Legal and policy documents") == "/legal"


def test_a_document_is_added_and_edited_by_its_form(engine, client_as) -> None:
    client = client_as("editor")
    form = client.get("/legal/add")
    nameless = client.submit(form, 422, name_cs="", celex="2004/81", dated="2004", end_of_validity="2003")
    assert [line.partition(" :")[0] for line in nameless.errors()] == ["Název (česky)"]
    refused = client.submit(nameless, 422, name_cs="Směrnice")
    assert [line.partition(" :")[0] for line in refused.errors()] == ["Konec platnosti", "Číslo CELEX"]
    assert (refused.value("celex"), refused.value("dated")) == ("2004/81", "2004")
    done = client.submit(
        refused, name_cs="Směrnice", celex="32004L0081", end_of_validity="", kind_code="eu_directive", number_cs="2004/81/ES",
        adopted_by_words_cs="Rada", transposition_deadline="5. 8. 2006", text_version_cs="ve znění pozdějších předpisů",
    )  # fmt: skip
    shown = client.follow(done)
    assert shown.h1 == "Směrnice" and facts(shown)["Kdo přijal (slovy)"] == "Rada"
    changed = {"status": "repealed", "repealed_by_cs": "směrnicí 2024/1", "celex": ""}
    client.submit(client.get(f"{done.location}/edit"), fields=changed)
    told = facts(client.get(done.location))
    assert told["Stav"] == "zrušeno" and told["Čím je zrušeno"] == "směrnicí 2024/1" and "Číslo CELEX" in told
    with transaction.unit(engine) as s:
        one = s.scalars(select(LegalInstrument)).one()
        assert (one.dated, one.celex, one.number_cs) == (When("2004"), None, "2004/81/ES")
        assert one.transposition_deadline == When("2006-08-05")


def test_pages_of_the_past_show_what_was_recorded_then(engine, client_as) -> None:
    with transaction.unit(engine) as s, change(s, None, "form", actor_name="zkouška") as first:
        one = legal.legal_instrument(s, "Novela", status="in_preparation")
        project = funding.project(s, "ERIS")
        made, before = one.id, first.id
        link(s, SYSTEM, project, "based_on", one)
    with transaction.unit(engine) as s, change(s, None, "form", actor_name="zkouška"):
        one = s.get_one(LegalInstrument, made)
        edit_legal_instrument(s, SYSTEM, one, {"name": Pair("Zákon č. 1/2026 Sb.", ""), "status": "in_force"})
        later = legal.legal_instrument(s, "Vyhláška", laid_down_in=made).id
    viewer = client_as("viewer", lang="cs")
    then = viewer.get(f"/k/{before}/legal/{made}")
    assert then.h1 == "Novela" and facts(then)["Stav"] == "připravuje se"
    assert "ERIS" in then.soup.find(id="grounds").get_text() and "Vyhláška" not in then.text
    assert "Novela" in viewer.get(f"/k/{before}/legal").text
    viewer.get(f"/k/{before}/legal/{later}", 404)
    now = viewer.get(f"/legal/{made}")
    assert now.h1 == "Zákon č. 1/2026 Sb." and "stanoví Vyhláška" in now.soup.find(id="grounds").get_text(
        " ", strip=True
    )
    told = viewer.get(f"/records/{made}/history").text
    assert "přidáno: právní a koncepční dokument" in told and "připravuje se" in told and "v platnosti" in told
    assert "vazba vychází z něj ERIS" in told


def test_pages_ask_the_database_as_often_for_twenty_rows_as_for_two(engine, client_as) -> None:
    client = client_as("viewer")
    with transaction.unit(engine) as s, changing(s):
        middle = legal.legal_instrument(s, "Střed", adopted_by=funding.organisation(s).id).id
        organisation = s.get_one(LegalInstrument, middle).adopted_by_id

    def grow(count: int, number: int) -> None:
        with transaction.unit(engine) as s, changing(s):
            centre = s.get_one(Record, middle)
            for n in range(count):
                body = funding.organisation(s, f"Výbor {number} {n}")
                one = legal.legal_instrument(s, f"Zákon {number} {n}", laid_down_in=middle, adopted_by=body.id)
                legal.legal_instrument(s, f"Směrnice {number} {n}", adopted_by=organisation)
                framework = frameworks.framework(s, f"Rámec {number} {n}")
                link(s, SYSTEM, framework, "based_on", centre)
                link(s, SYSTEM, one, "grounds", framework)
                link(s, SYSTEM, centre, "amends", one)

    for number in range(1, 7):  # each in a change of its own: the card of history shows the latest few
        grow(1, number)
    paths = ["/legal", f"/legal/{middle}", f"/organisations/{organisation}"]

    def asked(path: str) -> int:
        with queries() as sent:
            client.get(path)
        return len(sent)

    assert [asked(path) for path in paths]  # what is read once in a process is read now
    few = [asked(path) for path in paths]
    grow(20, 7)
    assert [asked(path) for path in paths] == few
