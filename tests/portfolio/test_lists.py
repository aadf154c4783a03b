"""The lists on the seed portfolio: what each filter lets through, in Czech order, and what the rows say."""

from __future__ import annotations

import pytest

from portal.kernel.codes import code_list
from tests.portfolio.conftest import cells

PARTS = [
    "ppti-further-1", "ppti-further-2", "ppti-further-3", "ppti-pp1-illegal-migration", "ppti-pp2-legal-migration",
    "ppti-pp4-asylum", "ppti-pp3-migration-development",
]  # fmt: skip
ALL = [
    "bmp", "prague-process-targeted-initiative", *PARTS, "tia-armenia", "georgia-reintegration-iom", "mp-capacity-projects",
    "georgia-flagship-2010-2013", "eris",
]  # fmt: skip


def test_projects_stand_in_czech_order_with_parts_below_their_umbrella(read_as, listed) -> None:
    page = read_as("viewer", "cs").get("/projects")
    assert listed(page) == ALL
    assert "14 projektů" in page.text
    assert len(page.soup.select("tr.t-part")) == 7


def test_in_english_they_stand_by_their_english_names(read_as, listed) -> None:
    page = read_as("viewer", "en").get("/projects")
    assert listed(page) == [
        "bmp", "eris", "georgia-flagship-2010-2013", "prague-process-targeted-initiative", "ppti-further-1",
        "ppti-further-2", "ppti-further-3", "ppti-pp1-illegal-migration", "ppti-pp2-legal-migration",
        "ppti-pp3-migration-development", "ppti-pp4-asylum", "mp-capacity-projects", "georgia-reintegration-iom",
        "tia-armenia",
    ]  # fmt: skip
    assert "14 projects" in page.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("framework={prague-process}", ["prague-process-targeted-initiative", *PARTS, "eris"]),
        ("framework={mobility-partnership}", ["tia-armenia", "georgia-reintegration-iom", "mp-capacity-projects",
                                               "georgia-flagship-2010-2013"]),
        ("framework={mp-georgia}", ["georgia-reintegration-iom", "mp-capacity-projects", "georgia-flagship-2010-2013"]),
        ("framework={mp-georgia}&framework={mp-armenia}", ["tia-armenia", "georgia-reintegration-iom", "mp-capacity-projects",
                                                            "georgia-flagship-2010-2013"]),
        ("framework={eu-china-migration-dialogue}", []),
        ("framework={gamm}", [key for key in ALL if key != "bmp"]),
        ("status=2", ["eris"]),
        ("status=1&status=2", ["ppti-further-1", "ppti-further-2", "ppti-further-3", "eris"]),
        ("status=none", ["mp-capacity-projects"]),
        ("country={country-ge}", ["georgia-reintegration-iom", "mp-capacity-projects", "georgia-flagship-2010-2013"]),
        ("organisation={country-ge}", ["ppti-further-1", "ppti-pp2-legal-migration", "ppti-pp4-asylum",
                                       "ppti-pp3-migration-development", "georgia-reintegration-iom",
                                       "georgia-flagship-2010-2013"]),
        ("lead={country-pl}", ["prague-process-targeted-initiative", "ppti-pp1-illegal-migration"]),
        ("organisation={icmpd}&role=administration", ["ppti-pp3-migration-development"]),
        ("organisation={iom}", ["ppti-pp2-legal-migration", "georgia-reintegration-iom"]),
        ("instrument={thematic-programme-migration-asylum}", ["eris"]),
        ("instrument=none", ["bmp", "prague-process-targeted-initiative", "georgia-reintegration-iom"]),
        ("year=2010", ["bmp", "georgia-reintegration-iom", "georgia-flagship-2010-2013"]),
        ("year=2016", ["prague-process-targeted-initiative", "ppti-further-1", "ppti-further-2", "tia-armenia"]),
        ("certainty=other", ["bmp", "tia-armenia"]),
        ("responsible=none", ALL),
        ("light=ok", []),
        ("light=none", ALL),
        ("q=gruzie+navratilci", ["georgia-reintegration-iom"]),
        ("q=navr%C3%A1tilci&status=2", []),
    ],
)  # fmt: skip
def test_a_filter_of_projects_lets_through_what_it_says(read_as, listed, ids, query, found) -> None:
    page = read_as("viewer", "cs").get("/projects?" + query.format(**ids))
    assert listed(page) == found


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/frameworks?kind=eu_dialogue", ["eu-china-migration-dialogue", "eu-russia-migration-dialogue"]),
        ("/frameworks?status=concluded", ["mp-armenia", "mp-georgia", "mp-moldova"]),
        ("/frameworks?country={country-am}", ["mp-armenia", "eastern-partnership"]),
        ("/frameworks?certainty=other", ["mp-azerbaijan"]),
        (
            "/frameworks?framework={mobility-partnership}",
            ["mobility-partnership", "mp-armenia", "mp-azerbaijan", "mp-georgia", "mp-moldova"],
        ),
        ("/frameworks?organisation={icmpd}&role=secretariat", ["prague-process"]),
        ("/organisations?framework={prague-process}&role=secretariat", ["icmpd"]),
        ("/organisations?framework={mobility-partnership}&role=secretariat", []),
        ("/countries?framework={eap-panel-migration-asylum}&role=lead", []),
        ("/frameworks?q=mobilita+gruzie", ["mp-georgia"]),
        ("/organisations?country={country-cz}", ["migration-authority-cz", "mv-cr"]),
        ("/organisations?kind=police", ["police-cr"]),
        ("/organisations?role=secretariat", ["icmpd"]),
        ("/countries?q=polsko", ["country-pl"]),
    ],
)
def test_a_filter_of_other_lists_lets_through_what_it_says(read_as, listed, ids, path, found) -> None:
    assert listed(read_as("viewer", "cs").get(path.format(**ids))) == found


def test_the_framework_tree_stands_with_each_branch_below_its_own(read_as, listed) -> None:
    assert listed(read_as("viewer", "cs").get("/frameworks")) == [
        "cz-cooperation-transit-source-countries", "eu-china-migration-dialogue", "eu-russia-migration-dialogue",
        "programme-support-combating-illegal-migration", "eu-external-migration-policy", "gamm", "mobility-partnership",
        "mp-armenia", "mp-azerbaijan", "mp-georgia", "mp-moldova", "gamm-east-southeast", "prague-process",
        "eastern-partnership", "eap-panel-migration-asylum",
    ]  # fmt: skip


def test_organisations_stand_with_ch_after_h_and_diacritics_after_plain(seeded_as, seeded_engine, listed) -> None:
    from portal.kernel import transaction
    from tests.factories import funding

    with transaction.unit(seeded_engine) as s:
        for name in ("Chorvatský úřad", "Humanitární fond", "Cestovní agentura", "Čtvrtý sektor", "Inspektorát"):
            funding.organisation(s, name)
    page = seeded_as("viewer", lang="cs").get("/organisations?size=100")
    names = [" ".join(a.get_text(" ").split()) for a in page.soup.select("main tbody th a")]
    made = [n for n in names if n.split()[0] in ("Chorvatský", "Humanitární", "Cestovní", "Čtvrtý", "Inspektorát")]
    assert made == ["Cestovní agentura", "Čtvrtý sektor", "Humanitární fond", "Chorvatský úřad", "Inspektorát"]


def test_rows_say_what_is_known_and_what_is_not(read_as) -> None:
    page = read_as("viewer", "cs").get("/projects")
    umbrella = cells(page, "Cílená iniciativa na implementaci")
    assert umbrella["Známé financování"] == "600 000 EUR"
    assert umbrella["Období"].startswith("srpen 2012 – červen 2017 rozpor")
    assert umbrella["Stav"] == "Ukončeno k roku 2017"
    part = cells(page, "Pilotní projekt na rozvoj")
    assert part["Známé financování"] == "v rámci iniciativy"
    assert part["Stav"] == "Ukončeno odvozeno z období"
    assert cells(page, "Další projekt Cílené iniciativy (1 ze 3")["Vede"] == "neuvedeno"
    georgia = cells(page, "Podpora reintegrace gruzínských")
    assert georgia["Známé financování"] == "≈ 3 000 000 EUR veřejný zdroj"
    assert georgia["Období"] == "? – 2013 plánovaný konec"
    assert cells(page, "Vývoj společných zásad")["Známé financování"] == "neuvedeno"
    assert page.soup.select_one(".bar--total").get_text(" ", strip=True).split("–")[-1].split() == [
        "známo", "u", "1", "z", "12;", "7", "se", "nese", "na", "iniciativě;", "2", "další", "znají", "jen", "veřejné",
        "zdroje;", "podle", "dokumentů", "ministerstva", "600", "000", "EUR",
    ]  # fmt: skip


def test_a_value_the_filter_does_not_know_is_said_and_left_out(read_as, listed) -> None:
    page = read_as("viewer", "cs").get("/projects?country=999999&year=kdysi&sort=nesmysl&after=nesmysl")
    notes = " ".join(note.get_text(" ", strip=True) for note in page.soup.select(".note--warn"))
    assert "„Pro zemi“" in notes and "999999" in notes
    assert "nesmysl" in notes and "Napište rok" in notes
    assert len(listed(page)) == 14


def test_an_empty_list_says_so_and_shows_the_way_back(read_as) -> None:
    page = read_as("viewer", "cs").get("/projects?q=nic+takoveho")
    assert "žádný projekt" in page.soup.select_one(".empty").get_text(" ").lower()
    assert page.link("Zrušit vše").startswith("/projects")


def test_parts_whose_umbrella_is_filtered_out_stand_alike_and_say_whose_they_are(read_as) -> None:
    page = read_as("viewer", "cs").get("/projects?q=pilotní+projekt")
    rows = [tr for tr in page.soup.select("main tbody tr") if "Pilotní projekt" in tr.th.get_text()]
    assert len(rows) >= 4
    assert not [tr for tr in rows if "t-part" in tr.get("class", ())]
    assert all("část: Cílená iniciativa" in " ".join(tr.th.get_text(" ").split()) for tr in rows)


def test_a_framework_counts_the_projects_its_list_shows(read_as) -> None:
    viewer = read_as("viewer", "cs")
    links = viewer.get("/frameworks").soup.select("main td a[href*='/projects?framework=']")
    assert len(links) > 3
    for link in links:
        shown = viewer.get(link["href"]).soup.select_one(".bar--card strong").get_text()
        assert shown.split()[0] == link.get_text(strip=True), link["href"]


def test_participants_and_roles_stand_in_the_order_of_the_page(read_as, ids) -> None:
    """Participants of one role by their names in the language of the page, roles as their list has them: who leads first."""
    reader = read_as("viewer", "en")
    flagship = reader.get(f"/projects/{ids['georgia-flagship-2010-2013']}").soup.select("#roles tbody tr")
    partners = [row.th.get_text(strip=True) for row in flagship if "partner (" in row.td.get_text()]
    assert partners[:4] == ["Belgium", "France", "Germany", "Italy"] and partners == sorted(partners)
    roles = cells(reader.get("/countries"), "Poland")["Roles"].split(", ")
    order = [code.label("en") for code in code_list("participation_roles").codes.values()]
    assert len(roles) > 2 and roles == sorted(roles, key=order.index)
