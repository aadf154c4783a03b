"""The past by address: the same page as recorded, nothing written, links that stay or lead back."""

from __future__ import annotations

import pytest

from tests.client import Client


def test_a_page_of_the_past_shows_what_was_recorded_and_says_so(client):
    now, then = client.get("/things/1"), client.get("/k/1/things/1")
    assert "nová" in now.text and "původní" in then.text
    assert then.soup.select_one(".asof b").get_text().startswith("Jak portál vypadal ")
    assert not now.soup.select(".asof")
    assert then.link("Zpět do současnosti") == "/things/1"


def test_links_of_a_past_page_stay_in_the_past_but_files_and_language_do_not(client):
    page = client.get("/k/1/things?certainty=public")
    inner = [
        href
        for href in page.links()
        if href.startswith("/") and "language" not in href and href != "/things?certainty=public"
    ]
    assert inner and all(href.startswith("/k/1/") for href in inner if not href.startswith("/rule"))
    assert page.soup.find("link", rel="stylesheet")["href"].startswith("/static/")
    assert page.link("English") == "/language/en?next=/k/1/things?certainty%3Dpublic"


def test_signing_in_from_the_past_comes_back_to_it(app):
    app.config["WHO"] = None
    assert Client(app).get("/k/1/things?q=x", status=303).location == "/?next=/k/1/things?q%3Dx"


def test_nothing_is_written_in_the_past(app, client):
    page = client.post("/k/1/things/1/edit", {"name_cs": "x"}, status=405)
    assert "Díváte se do minulosti" in page.text
    assert page.link("Zpět do současnosti") == "/things/1/edit"
    assert "původní" in client.get("/k/1/things/1").text


def test_a_record_that_was_not_there_yet_is_looked_for_in_the_present(client):
    page = client.get("/k/1/things/77?tab=2", status=404)
    assert "Portál v té době takový záznam neznal" in page.text
    assert page.link("Zpět do současnosti") == "/things/77?tab=2"
    assert "v té době" not in client.get("/things/77", status=404).text


@pytest.mark.parametrize("moment", ["999", "0", "999999999999999"])
def test_a_moment_that_never_was_is_not_found(client, moment):
    page = client.get(f"/k/{moment}/things/1", status=404)
    assert not page.soup.select(".asof")
    assert not [href for href in page.links() if href.startswith("/k/")]


@pytest.mark.parametrize("path", ["/k/x/things", "/k/-1/things", "/k/1x/things", "/k/things", "/k/"])
def test_other_addresses_are_no_past(client, path):
    client.get(path, status=404)


def test_public_pages_have_no_past(client):
    assert client.get("/k/1/", status=302).location == "/"


def test_rights_in_the_past_are_todays(app):
    app.config["WHO"] = "viewer"
    Client(app).get("/k/1/rule", status=403)


def test_a_live_page_after_a_past_one_is_live_again(client):
    for _ in range(3):
        assert "původní" in client.get("/k/1/things/1").text
        assert "nová" in client.get("/things/1").text
