"""The page where one chooses what the overview relies on."""

from __future__ import annotations

from tests.reporting import taken


def test_the_page_says_what_each_choice_gives(read_as):
    page = read_as("viewer", lang="cs").get("/commission-overview")
    assert page.h1 == "Přehled pro Komisi"
    assert "jen to, co uvádějí dokumenty ministerstva Známé financování: 600 000 EUR; známo u 1 z 12" in page.text
    assert "dokumenty ministerstva a veřejné zdroje Známé financování: ≈ 6 600 000 EUR; známo u 2 ze 14" in page.text
    form = page.soup.main.find("form", action=taken.PATH)
    assert form["method"] == "get"
    assert [i["value"] for i in form.find_all("input", {"name": "certainty"})] == ["documents", "public", "all"]
    assert form.find("input", {"name": "certainty", "checked": True})["value"] == "documents"
    assert form.find("input", {"name": "in", "checked": True})["value"] == "cs"


def test_the_home_page_leads_to_it(read_as):
    assert read_as("viewer", lang="cs").get("/").link("Přehled pro Komisi") == "/commission-overview"


def test_a_framework_that_nobody_knows_is_not_found(read_as):
    client = read_as("viewer")
    client.get("/commission-overview?framework=999999", 404)
    client.get(f"{taken.PATH}?framework=999999", 404)


def test_what_cannot_be_read_in_the_address_is_as_if_it_were_not_there(read_as):
    client = read_as("viewer", lang="cs")
    assert taken.workbook(client, "?certainty=hearsay&in=de&framework=x").sheetnames[0] == "Úvod"


def test_the_file_says_what_it_is(read_as):
    response = read_as("viewer", lang="cs").browser.get(f"{taken.PATH}?in=en")
    assert "overview-for-the-commission-" in response.headers["Content-Disposition"]
    book = taken.workbook(read_as("viewer", lang="cs"), "?in=en&certainty=public")
    about = book.properties
    assert about.title == "Overview of international cooperation in asylum and migration"
    assert about.creator.startswith("Ministry of the Interior of the Czech Republic")
    kept = book.custom_doc_props
    assert (kept["portal_report"].value, kept["portal_certainty"].value) == ("commission-overview", "public")


def test_strangers_are_led_to_sign_in(read_as):
    response = read_as("viewer").app.test_client().get(taken.PATH)
    assert response.status_code == 303
