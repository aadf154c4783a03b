"""A list taken away: page, workbook and CSV hold the same rows in the same order, for every list and several filters."""

from __future__ import annotations

import re
import sys

import pytest
from sqlalchemy.orm import Session

from portal.kernel.permission import declared
from portal.web.listing import Listing
from portal.workbooks import exports
from tests.exchange import files
from tests.exchange.files import PAGES

NOT_TAKEN = {
    **dict.fromkeys(
        ("portal.desk.listings", "portal.desk.views.notifications"),
        "notifications are one's own and kept for 90 days; they lead to what they tell of",
    ),
}
"""Modules whose list is no file, each with the reason."""
QUERIES = [
    ("projects", ""),
    ("projects", "?sort=-start"),
    ("projects", "?q=gruzie"),
    ("projects", "?status=4&status=2"),
    ("projects", "?country={country-ge}&sort=end"),
    ("projects", "?certainty=other"),
    ("projects", "?q=nic+takového"),
    ("frameworks", ""),
    ("frameworks", "?kind=mobility_partnership"),
    ("frameworks", "?sort=-name"),
    ("frameworks", "?framework={mobility-partnership}&year=2012"),
    ("frameworks", "?organisation={icmpd}&role=secretariat&responsible=none"),
    ("organisations", ""),
    ("organisations", "?role=lead"),
    ("organisations", "?framework={prague-process}&role=lead&responsible=none"),
    ("countries", ""),
    ("countries", "?q=gruzie"),
    ("countries", "?use=all"),
    ("countries", "?framework={prague-process}&role=partner_country"),
    ("documents", ""),
    ("documents", "?origin=ministry"),
    ("documents", "?sort=-facts"),
    ("documents", "?year=2014&responsible=none"),
    ("flows", ""),
    ("flows", "?sort=-amount"),
    ("flows", "?country={country-ge}&receiver=none&responsible=none"),
    ("instruments", ""),
    ("instruments", "?year=2010&certainty=public&responsible=none"),
    ("events", ""),
    ("events", "?when=past&kind=workshop&sort=name"),
    ("follow_ups", ""),
    ("questions", ""),
    ("questions", "?country={country-ge}"),
    ("contacts", ""),
    ("contacts", "?due=soon&sort=organisation"),
    ("contracts", ""),
    ("contracts", "?framework={prague-process}&year=2012&certainty=public"),
]


def spaced(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(("sheet", "query"), QUERIES)
def test_page_workbook_and_csv_hold_the_same_rows_in_the_same_order(read_as, seeded: Session, sheet, query):
    from tests.addresses import Samples

    client = read_as("viewer", lang="cs")
    query = re.sub(r"\{(.+?)\}", lambda key: str(Samples(client.app, seeded).ids[key[1]]), query)
    rows = files.rows(client, sheet, query)
    assert [spaced(row["name_cs"]) for row in rows] == files.shown(client, sheet, query)
    assert [line[0] for line in files.lines(client, sheet, query)] == [str(row["id"]) for row in rows]


def test_every_list_of_the_portal_can_be_taken_away(read_as):
    app = read_as("viewer").app
    taken = {id(export.listing) for export in exports.registered(app).values()}
    left = {
        name
        for name, module in sys.modules.copy().items()
        if name.startswith("portal.")
        for one in vars(module).values()
        if isinstance(one, Listing) and id(one) not in taken
    }
    assert left == set(NOT_TAKEN)
    assert set(exports.registered(app)) == set(PAGES)


def test_every_page_of_a_list_offers_both_files_with_its_own_filter(read_as):
    client = read_as("viewer", lang="cs")
    for sheet, path in PAGES.items():
        page = client.get(f"{path}?q=gruzie&size=25")
        assert page.link("Tento seznam jako soubor Excel") == f"/exports/{sheet}.xlsx?q=gruzie"
        assert page.link("Tento seznam jako soubor CSV") == f"/exports/{sheet}.csv?q=gruzie"


def test_every_list_asks_for_a_permission_that_is_declared(read_as):
    asked = {name: export.needs for name, export in exports.registered(read_as("viewer").app).items()}
    assert set(asked) == set(PAGES)
    assert set(asked.values()) <= declared()


def test_the_targeted_initiative_carries_600000_by_documents_and_3_6_million_by_public_sources(read_as):
    rows = {row["name_cs"]: row for row in files.rows(read_as("viewer", lang="cs"), "projects")}
    initiative = rows["Cílená iniciativa na implementaci Akčního plánu Pražského procesu"]
    money = [initiative[key] for key in ("funding_documents_about", "funding_documents", "funding_documents_currency")]
    assert money == [None, 600000, "EUR"]
    wide = [initiative[key] for key in ("funding_public_about", "funding_public", "funding_public_currency")]
    assert wide == ["≈", 3600000, "EUR"]
    parts = [row for row in rows.values() if row["umbrella"] == initiative["name_cs"]]
    assert len(parts) == 7
    assert {row["funding_documents"] for row in parts} == {"v rámci iniciativy"}
    assert rows["Building Migration Partnerships (BMP)"]["funding_public"] == "neuvedeno"


def test_dates_and_unknowns_of_a_project_are_as_its_sources_have_them(read_as):
    rows = {row["acronym"]: row for row in files.rows(read_as("viewer", lang="cs"), "projects")}
    eris = rows["ERIS"]
    assert eris["actual_start"] == "únor\u00a02013"
    assert (eris["status"], eris["light"], eris["reported_on"]) == ("v realizaci", "nehodnoceno", "zatím bez zprávy")
    assert eris["actual_end"] == "neuvedeno"
    assert eris["lead"] == "Česká republika"


def test_an_english_file_speaks_english_and_keeps_both_names(read_as):
    client = read_as("viewer", lang="en")
    [eris] = [row for row in files.rows(client, "projects") if row["acronym"] == "ERIS"]
    assert (eris["status"], eris["actual_end"]) == ("Implementation", "not stated")
    assert eris["name_cs"].startswith("Vývoj společných zásad") and eris["name_en"].startswith("Development of Joint")
    assert files.lines(client, "projects", "?q=eris", "en")[0][1].startswith("Development of Joint")


def test_the_filter_stands_in_the_file_in_words(read_as):
    client = read_as("viewer", lang="cs")
    ws = files.workbook(client, "projects", "?status=4&q=gruzie&year=abc").worksheets[0]
    assert ws["A1"].value == "Projekty"
    assert ws["A2"].value.startswith("Filtr: ")
    assert "Stav: ukončeno" in ws["A2"].value and "gruzie" in ws["A2"].value
    assert "abc" not in ws["A2"].value or "rok" in ws["A2"].value.casefold()
    assert "řazeno podle: Projekt. Vytvořeno " in ws["A3"].value
    assert ws.oddFooter.left.text.startswith("Filtr: ")


def test_the_name_of_the_file_says_what_and_when(read_as):
    response = read_as("viewer", lang="cs").browser.get("/exports/frameworks.xlsx")
    assert re.fullmatch(
        r"attachment; filename=ramce-a-dialogy-\d{4}-\d\d-\d\d\.xlsx", response.headers["Content-Disposition"]
    )


def test_a_list_that_is_not_there_is_not_found(read_as):
    read_as("viewer").get("/exports/nothing.xlsx", 404)
    read_as("viewer").get("/exports/projects.pdf", 404)


def test_strangers_are_led_to_sign_in(read_as):
    app = read_as("viewer").app
    for sheet in PAGES:
        for ending in ("xlsx", "csv"):
            response = app.test_client().get(f"/exports/{sheet}.{ending}")
            assert response.status_code == 303 and "/sign-in" in response.headers["Location"]


def test_a_list_too_long_for_a_workbook_says_so(read_as, monkeypatch):
    from portal.exchange import files as limits

    monkeypatch.setattr(limits, "ROWS_OF_WORKBOOK", 5)
    monkeypatch.setattr(limits, "ROWS_OF_CSV", 6)
    client = read_as("viewer", lang="cs")
    assert "víc než 5 záznamů" in client.get("/exports/projects.xlsx", 422).text
    assert "víc než 6 záznamů" in client.get("/exports/projects.csv", 422).text
    assert len(files.rows(client, "projects", "?q=eris")) == 1


def test_a_cell_is_no_surer_than_the_page(read_as):
    client = read_as("viewer", lang="en")
    rows = {row["name_en"]: row for row in files.rows(client, "projects")}
    unnamed = next(row for name, row in rows.items() if name.startswith("Further project 2 of 3"))
    assert unnamed["lead"] == "Czech Republic (Czechia)?; Hungary?"
    initiative = rows["Prague Process Targeted Initiative (PP TI)"]
    assert initiative["actual_end"] == "June\u00a02017 (conflict)"
    assert (
        "International Centre for Migration Policy Development (ICMPD) (implementing: secretariat / "
        in initiative["participants"]
    )
    assert "Slovakia (implementing state); Sweden (implementing state; lead of PP4)" in initiative["participants"]
    assert "2017 (conflict)" in "".join(map(str, files.lines(client, "projects", "", "en")))
