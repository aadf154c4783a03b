"""Profiles on the seed portfolio: each fact with its sources, the unknown said, contradictions side by side."""

from __future__ import annotations

import pytest


def words(tag) -> str:
    return " ".join(tag.get_text(" ").replace("\u2060", "").split())


def fact(page, label: str, card: str = "facts"):
    """The <dd> of a fact in a card."""
    for dt in page.soup.find(id=card).find_all("dt"):
        if words(dt) == label:
            return dt.find_next_sibling("dd")
    raise AssertionError(f"no fact {label!r} in {card}")


@pytest.fixture
def profile(read_as, ids):
    """`profile("eris")`: the page of a project to a viewer."""

    def read(key: str, lang: str = "cs", role: str = "viewer", of: str = "projects", **given):
        return read_as(role, lang, **given).get(f"/{of}/{ids[key]}")

    return read


def test_the_money_of_the_initiative_stands_once_and_its_parts_lie_within_it(profile) -> None:
    money = profile("prague-process-targeted-initiative").soup.find(id="money")
    assert words(money.select_one(".big")) == "600 000 EUR"
    assert "Celá iniciativa, započteno jednou" in words(money)
    assert "podle dokumentů ministerstva; i podle veřejných zdrojů: ≈ 3 600 000 EUR" in words(money)
    assert len(money.select("ol.parts > li")) == 7
    topup = next(row for row in money.select("tbody tr") if "Dodatečná podpora" in words(row))
    assert "zahrnuto v: Grant Evropské komise" in words(topup)
    assert "(odvozeno); nepřičítá se" in words(topup)
    assert words(topup.find_all("td")[-1]).startswith("600 000 EUR")


@pytest.mark.parametrize("key", ["ppti-pp3-migration-development", "ppti-further-1", "ppti-pp1-illegal-migration"])
def test_a_part_says_its_money_lies_within_the_initiative_and_how_much_the_whole_has(profile, ids, key) -> None:
    page = profile(key)
    money = page.soup.find(id="money")
    assert words(money.select_one(".big")) == "v rámci iniciativy"
    assert "– 600 000 EUR (podle dokumentů ministerstva)" in words(money)
    assert "3 600 000" not in words(money)
    assert money.find("a")["href"] == f"/projects/{ids['prague-process-targeted-initiative']}#money"
    assert money.find("table") is None


def test_a_part_stands_in_the_framework_of_the_whole(profile, ids) -> None:
    page = profile("ppti-pp1-illegal-migration")
    assert words(fact(page, "Rámec")) == "Pražský proces podle celku, jehož je částí"
    trail = [words(li) for li in page.soup.select("ol.crumbs li")]
    assert trail == [
        "Projekty", "Pražský proces", "Cílená iniciativa na implementaci Akčního plánu Pražského procesu",
        "Pilotní projekt 1: Nelegální migrace",
    ]  # fmt: skip


def test_unknown_money_is_said_and_is_not_zero(profile) -> None:
    for key in ("eris", "bmp", "mp-capacity-projects"):
        money = profile(key).soup.find(id="money")
        assert words(money.select_one(".big--unk")) == "neuvedeno"
        assert "0 EUR" not in words(money)


def test_a_rounded_amount_of_a_public_source_keeps_its_sign_and_its_origin(profile) -> None:
    money = profile("georgia-reintegration-iom").soup.find(id="money")
    assert words(money.select_one(".big")) == "≈ 3 000 000 EUR"
    assert words(money).count("i podle veřejných zdrojů") == 1


def test_dates_are_as_precise_as_their_source(profile) -> None:
    assert words(fact(profile("eris"), "Skutečný začátek")).startswith("únor 2013")
    assert words(fact(profile("eris"), "Skutečný konec")).startswith("neuvedeno")
    assert words(fact(profile("georgia-flagship-2010-2013"), "Skutečný začátek")).startswith("2010")
    assert words(fact(profile("eris", "en"), "Actual start")).startswith("February 2013")


def test_every_mark_leads_to_its_source_with_quotation_and_certainty(profile) -> None:
    page = profile("prague-process-targeted-initiative")
    marks = page.soup.select("main a.src")
    assert len(marks) >= 20
    for mark in marks:
        entry = page.soup.find(id=mark["href"].removeprefix("#"))
        assert entry.name == "li"
    for cell in page.soup.select("td, dd"):  # each document once, however many of its sentences say it
        cited = [
            page.soup.select_one(f"{mark['href']} h3").get_text().split(":", 1)[1] for mark in cell.select("a.src")
        ]
        assert len(cited) == len(set(cited)), cell
    numbers = [int(li["value"]) for li in page.soup.select("ol.srcs > li")]
    assert numbers == list(range(1, len(numbers) + 1))
    cited = next(li for li in page.soup.select("ol.srcs > li") if "600 000 EUR" in words(li))
    assert "Tuto iniciativu podpořila Evropská komise dodatečně 600 000 EUR" in words(cited)
    assert "doloženo dokumentem ministerstva doslovná citace" in words(cited)
    assert "27. 8. 2014" in words(cited)
    solid = page.soup.select_one(f'a.src[href="#{cited["id"]}"]')
    assert "src--document" in solid["class"]


def test_contradictory_statements_stand_side_by_side_with_the_reason(profile) -> None:
    page = profile("prague-process-targeted-initiative")
    card = page.soup.find(id="disputes")
    assert words(card.h2) == "Zdroje se rozcházejí: skutečný konec"
    claims = card.select(".claim")
    assert [words(claim.find("b")) for claim in claims] == ["červen 2017", "leden 2016"]
    assert "claim--lead" in claims[0]["class"] and "claim--lead" not in claims[1]["class"]
    assert "Stránka o závěrečné ceremonii popisuje skutečné uzavření" in words(card)
    assert "1 rozpor ve zdrojích" in words(page.soup.select_one(".tags"))


def test_pilot_projects_are_four_and_the_document_says_so(profile) -> None:
    page = profile("prague-process-targeted-initiative")
    assert words(fact(page, "Počet pilotních projektů", "further")).startswith("4")
    assert words(fact(page, "Počet dalších projektů", "further")).startswith("3")


def test_two_records_that_may_be_one_say_so_on_both(profile, ids) -> None:
    pair = ("georgia-flagship-2010-2013", "georgia-reintegration-iom")
    for one, other in (pair, pair[::-1]):
        card = profile(one).soup.find(id="same")
        assert card.find("a")["href"] == f"/projects/{ids[other]}"
        assert "Do rozhodnutí se počítají jako dva, a nesou-li peníze oba, jsou v součtech obě částky." in words(card)


def test_uncertain_roles_are_marked(profile) -> None:
    roles = profile("ppti-further-2").soup.find(id="roles")
    rows = {words(tr.th) + ": " + words(tr.td) for tr in roles.select("tbody tr")}
    assert any(row.startswith("Maďarsko: vede") and "nejisté" in row for row in rows)


def test_a_framework_shows_what_lies_below_it_and_its_projects_with_the_sum_once(profile) -> None:
    page = profile("prague-process", of="frameworks")
    projects = page.soup.find(id="projects")
    assert "600 000 EUR" in words(projects.select_one(".bar"))
    assert "známo u 1 z 9" in words(projects.select_one(".bar"))
    below = profile("mobility-partnership", of="frameworks").soup.find(id="below")
    assert [words(li.a) for li in below.select("li")] == [
        "Partnerství pro mobilitu s Arménií", "Partnerství pro mobilitu s Ázerbájdžánem",
        "Partnerství pro mobilitu s Gruzií", "Partnerství pro mobilitu s Moldavskem",
    ]  # fmt: skip


def test_a_dialogue_without_projects_or_money_is_normal(profile) -> None:
    page = profile("eu-china-migration-dialogue", of="frameworks")
    assert "U dialogu je to běžné: nemusí mít projekt ani peníze." in words(page.soup.find(id="projects"))
    assert page.soup.find(id="money") is None


def test_an_organisation_lists_what_it_takes_part_in_and_as_what(profile) -> None:
    page = profile("icmpd", of="organisations")
    rows = {words(tr.th): words(tr.td) for tr in page.soup.find(id="in-projects").select("tbody tr")}
    assert rows["Pilotní projekt na rozvoj a migraci"].startswith("administrace")
    frameworks = [words(tr.th) for tr in page.soup.find(id="frameworks").select("tbody tr")]
    assert set(frameworks) == {"Pražský proces"}


def test_a_country_joins_its_frameworks_projects_and_organisations(profile) -> None:
    page = profile("country-cz", of="countries")
    assert words(page.soup.h1) == "Česká republika"
    named = [words(a) for a in page.soup.find(id="organisations").find_all("a")]
    assert named == ["Migrační orgán České republiky", "Ministerstvo vnitra České republiky"]
    georgia = profile("country-ge", of="countries").soup
    assert "neuvedeno" in words(georgia.find(id="projects").select_one(".bar strong"))
    assert "známo u 0 ze 3" in words(georgia.find(id="projects").select_one(".bar"))
    assert [words(th.a) for th in georgia.find(id="projects").select("tbody th")] == [
        "Podpora reintegrace gruzínských navrátilců a implementace readmisní dohody mezi EU a Gruzií",
        "Projekty na posilování migračních kapacit v Moldavsku, Gruzii a Arménii (nepojmenované)",
        "Vlajkový projekt v rámci Partnerství pro mobilitu s Gruzií",
    ]
    assert len(georgia.find(id="taking-part").select("tbody tr")) == 4


def test_texts_in_the_other_language_are_marked_with_it(profile) -> None:
    page = profile("prague-process-targeted-initiative", "en")
    assert page.soup.select_one(".lede")["lang"] == "cs"
    assert page.h1 == "Prague Process Targeted Initiative (PP TI)"
    quoted = page.soup.find("blockquote", string=lambda text: text and "Tuto iniciativu" in text)
    assert quoted["lang"] == "cs"


def test_only_who_may_edit_sees_the_ways_to_write(profile, ids) -> None:
    edit = f"/projects/{ids['eris']}/edit"
    assert edit not in profile("eris").links()
    assert edit in profile("eris", role="editor", everywhere=True).links()
    assert edit in profile("eris", role="editor", frameworks=[ids["prague-process"]]).links()
    assert edit not in profile("eris", role="editor", frameworks=[ids["mobility-partnership"]]).links()


def test_a_number_no_record_has_is_not_found(read_as) -> None:
    viewer = read_as("viewer")
    for path in ("/projects/999999", "/frameworks/1", "/organisations/999999999999", "/countries/0"):
        viewer.get(path, status=404)


@pytest.mark.parametrize(
    ("of", "key"),
    [
        ("projects", "eris"), ("frameworks", "prague-process"), ("organisations", "icmpd"),
        ("instruments", "thematic-programme-migration-asylum"), ("contracts", "contract-ppti-2012"),
    ],
)  # fmt: skip
def test_a_name_has_its_sources_beside_the_heading_and_none_within_it(profile, ids, of, key) -> None:
    page = profile(key, of=of)
    said = page.soup.select_one(".head .said")
    assert said.a["href"] == f"/records/{ids[key]}/facts/name"
    assert words(said.a) == "Odkud název pochází"
    assert said.select("a.src")
    assert page.soup.h1.find(True) is None


def test_sets_stand_among_the_basic_facts_with_their_sources(profile, ids) -> None:
    page = profile("mp-capacity-projects")
    stated = {
        "Země": "Arménie , Gruzie , Moldavsko", "Témata": "Posilování migračních kapacit",
        "Další rámce": ", ".join(f"Partnerství pro mobilitu {whom}" for whom in ("s Arménií", "s Gruzií", "s Moldavskem")),
    }  # fmt: skip
    for label, members in stated.items():
        shown = fact(page, label)
        mark = shown.select_one("a.src--document")
        assert words(shown).replace(" ,", ",") == f"{members.replace(' ,', ',')} {words(mark)}"
        assert f"/records/{ids['mp-capacity-projects']}/facts/" in shown.find_previous_sibling("dt").a["href"]
    assert "Země" not in words(page.soup.find(id="further") or page.soup.new_tag("p"))
    assert "Armenia, Georgia, Moldova" in words(fact(profile("mp-capacity-projects", "en"), "Countries")).replace(
        " ,", ","
    )
