"""The funding dashboard on the seed portfolio: what is known counts once, what is unknown is never drawn as zero."""

from __future__ import annotations

import json
import re

import pytest
from sqlalchemy import select

from portal.partners.models import Country

PROGRAMME = "Tematický program pro spolupráci se třetími zeměmi v oblasti azylu a migrace"


def words(tag) -> str:
    return " ".join(tag.get_text(" ").split())


def table(page, key: str) -> list[list[str]]:
    """The rows of a chart's table."""
    card = page.soup.find(id=f"chart-{key}").find_parent("section")
    return [[words(cell) for cell in row.find_all(["th", "td"])] for row in card.select("tbody tr")]


def drawings(page, key: str) -> list[dict]:
    """What plotly gets."""
    found = page.soup.find_all("script", id=lambda i: i and i.startswith(f"data-{key}-"))
    return [json.loads(script.string) for script in found]


def lengths(page, key: str) -> list[float]:
    return [x for drawing in drawings(page, key) for trace in drawing["data"] for x in trace["x"]]


@pytest.fixture
def dashboard(read_as):
    return lambda query="", lang="cs": read_as("viewer", lang).get(f"/funding{query}")


def test_by_the_documents_exactly_600000_are_known_once(dashboard) -> None:
    page = dashboard()
    main = page.soup.select_one(".figs")
    assert words(main.select_one(".big")) == "600 000 EUR"
    assert "známo u 1 z 12, 7 v rámci většího celku" in words(main)
    assert lengths(page, "known_funding_by_instrument") == [600000.0]
    assert lengths(page, "known_funding_by_framework") == [600000.0]


def test_by_instrument_the_sum_stands_under_no_instrument_and_the_programme_has_none(dashboard) -> None:
    rows = table(dashboard(), "known_funding_by_instrument")
    assert rows == [
        [PROGRAMME, "neuvedeno", "neuvedeno"],
        ["nástroj neuveden", "doloženo dokumentem ministerstva", "600 000 EUR"],
    ]
    english = table(dashboard(lang="en"), "known_funding_by_instrument")
    assert english[1] == ["instrument not stated", "stated by a ministry document", "EUR 600,000"]


def test_with_public_sources_the_included_sum_does_not_add(dashboard) -> None:
    page = dashboard("?certainty=public")
    main = page.soup.select_one(".figs")
    assert words(main.select_one(".big")) == "≈ 6 600 000 EUR"
    assert "zahrnuto v něm a nepřičteno: 600 000 EUR" in words(main)
    assert "známo u 2 ze 14" in words(main)
    assert lengths(page, "known_funding_by_instrument") == [6600000.0]
    assert table(page, "known_funding_by_framework") == [
        ["Partnerství pro mobilitu", "neuvedeno", "neuvedeno"],
        ["Partnerství pro mobilitu s Arménií", "neuvedeno", "neuvedeno"],
        ["Partnerství pro mobilitu s Gruzií", "doloženo veřejným zdrojem", "≈ 3 000 000 EUR"],
        ["Pražský proces", "doloženo veřejným zdrojem", "≈ 3 600 000 EUR"],
        ["rámec neuveden", "neuvedeno", "neuvedeno"],
    ]


def test_no_part_of_the_initiative_has_an_amount_of_its_own(dashboard, read_as) -> None:
    for query in ("", "?certainty=public", "?certainty=all"):
        page = read_as("viewer", "cs").get(f"/funding/known_funding/records{query}")
        booked = [words(row.find_all("td")[0]) for row in page.soup.select("tbody tr")]
        assert booked and not any("ilotní projekt" in name or "Další projekt" in name for name in booked)


@pytest.mark.parametrize("query", ["", "?certainty=public", "?certainty=all", "?certainty=all&status=2"])
def test_nothing_unknown_is_drawn_as_zero(dashboard, query) -> None:
    page = dashboard(query)
    for key in ("known_funding_by_instrument", "known_funding_by_framework"):
        assert all(x > 0 for x in lengths(page, key))
        unknown = [row for row in table(page, key) if row[2] == "neuvedeno"]
        drawn = {text["text"] for drawing in drawings(page, key) for text in drawing["wide"]["annotations"]}
        assert ("neuvedeno" in drawn) == bool(unknown)
    assert "0 EUR" not in [cell for row in table(page, "known_funding_by_framework") for cell in row]


def test_projects_by_status_count_what_documents_state_and_what_is_inferred_apart(dashboard) -> None:
    assert table(dashboard(), "projects_by_status") == [
        ["příprava", "3"], ["v realizaci", "1"], ["ukončeno", "2"], ["nelze určit", "1"], ["stav neuveden", "5"],
    ]  # fmt: skip
    assert table(dashboard("?certainty=all"), "projects_by_status") == [
        ["příprava", "3"], ["v realizaci", "1"], ["ukončeno", "3"], ["ukončeno, odvozeno", "6"], ["nelze určit", "1"],
    ]  # fmt: skip


def test_what_is_unknown_is_listed_with_the_way_to_each_record(dashboard, read_as) -> None:
    gaps = dashboard().soup.find(id="gaps")
    names = [words(a) for a in gaps.select("li a")]
    assert len(names) == 4 and any("ERIS" in name for name in names)
    assert all(a["href"].endswith("#money") for a in gaps.select("li a"))


def test_filtering_to_georgia_says_that_no_amount_is_known_by_the_documents(dashboard, read_as) -> None:
    page = dashboard()
    options = {o.get_text().strip(): o["value"] for o in page.soup.find(id="f-country").find_all("option")}
    found = dashboard(f"?country={options['Gruzie']}")
    assert words(found.soup.select_one(".figs .big--unk")) == "neuvedeno"
    public = dashboard(f"?country={options['Gruzie']}&certainty=public")
    assert words(public.soup.select_one(".figs .big")) == "≈ 3 000 000 EUR"


@pytest.mark.parametrize("key", ["known_funding_by_instrument", "known_funding_by_framework", "projects_by_status"])
@pytest.mark.parametrize("query", ["", "?certainty=public"])
def test_each_bar_and_each_row_leads_to_the_records_behind_it(dashboard, read_as, key, query) -> None:
    page, viewer = dashboard(query), read_as("viewer", "cs")
    behind = [url for drawing in drawings(page, key) for trace in drawing["data"] for url in trace["customdata"]]
    assert behind
    links = page.soup.find(id=f"chart-{key}").find_parent("section").select("tbody th a")
    for url in {*behind, *(a["href"] for a in links)}:
        found = viewer.get(url)
        if url in behind:
            assert found.soup.select("main tbody tr"), url


def test_an_unknown_figure_or_file_is_not_found(read_as) -> None:
    viewer = read_as("viewer")
    for path in ("/funding/nothing/records", "/funding/known_funding.xlsx", "/funding/projects_by_status.pdf",
                 "/funding/nothing.csv", "/funding/known_funding_by_instrument/records?part=nesmysl"):  # fmt: skip
        assert viewer.browser.get(path).status_code == 404, path


def test_a_filter_that_makes_no_sense_is_left_out_and_named(dashboard) -> None:
    page = dashboard("?country=abc&framework=999999999&certainty=nesmysl&status=99&from=kdysi&years=od+2010&currency=")
    assert words(page.soup.select_one(".figs .big")) == "600 000 EUR"
    assert [words(note) for note in page.soup.select(".note--warn[role=status]")] == [
        f"Filtr „{name}“ nezná hodnotu „{value}“; byla vynechána."
        for name, value in (
            ("Rámec", "999999999"), ("Pro zemi", "abc"), ("Stav projektů", "99"), ("Roky", "od 2010"), ("Zdroje", "nesmysl"),
        )
    ]  # fmt: skip
    taken = dashboard("?certainty=all&status=2&status=3&years=2013+-+2010&reach=led&currency=EUR")
    assert taken.soup.select(".note--warn[role=status]") == [] and "2010–2013" in taken.text


def test_the_filter_of_organisations_offers_bodies_and_no_persons(dashboard) -> None:
    offered = [words(one) for one in dashboard().soup.select_one("select[name=organisation]").find_all("option")]
    assert len(offered) > 10
    assert not [one for one in offered if "ministr " in f"{one} "]


def test_a_country_that_only_takes_part_is_found_as_a_participant(dashboard, read_as, seeded) -> None:
    albania = seeded.scalar(select(Country.id).where(Country.iso2 == "AL"))
    viewer = read_as("viewer", "cs")

    def offered(page, name: str) -> list[str]:
        return [one["value"] for one in page.soup.select(f"select[name={name}] option")]

    for page in (dashboard(), viewer.get("/projects"), viewer.get("/flows")):
        assert str(albania) not in offered(page, "country") and "Gruzie" in words(
            page.soup.select_one("[name=country]")
        )
    assert str(albania) in offered(dashboard(), "organisation")
    none = dashboard(f"?country={albania}&certainty=public")
    assert str(albania) in offered(none, "country"), "what is chosen is shown"
    link = none.soup.find("a", string=re.compile("země se účastní ještě"))
    number = re.search(r"ještě (\d+) projekt", link.text)
    found = viewer.get(link["href"])
    assert "Účastník: Albánie" in words(found.soup.select_one(".chips"))
    stated = re.search(r"stav znám u \d+ (?:z|ze) (\d+)", words(found.soup.main))
    assert number and stated and number[1] == stated[1]
    line = words(none.soup.select_one(".print-line"))
    assert line == "Pro zemi: Albánie; Souhrn za: celé portfolio; Zdroje: i podle veřejných zdrojů"
    assert none.soup.select_one(".print-line").find_next("h1"), "it stands above the head of the page"


def test_where_the_documents_state_nothing_it_is_said_what_public_sources_do(dashboard, seeded) -> None:
    georgia = seeded.scalar(select(Country.id).where(Country.iso2 == "GE"))
    page = dashboard(f"?country={georgia}")
    said = words(page.soup.select_one(".figs"))
    assert "neuvedeno" in said and "i podle veřejných zdrojů : ≈ 3 000 000 EUR" in said.replace("\xa0", " ")
    assert (
        dashboard(page.link("i podle veřejných zdrojů").removeprefix("/funding")).soup.select_one(".big").text.strip()
    )
    assert "i podle veřejných zdrojů" not in words(dashboard().soup.select_one(".figs")), (
        "the documents state a sum there"
    )
