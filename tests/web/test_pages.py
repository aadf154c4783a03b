"""The frame on a toy portal: pages in both languages, navigation, files, headers."""

from __future__ import annotations

import gzip

import pytest

from tests.client import Client


@pytest.mark.parametrize("lang", ["cs", "en"])
@pytest.mark.parametrize("path", ["/", "/things", "/things/1", "/things/1/edit", "/gallery"])
def test_every_page_is_good_html_in_both_languages(app, path, lang):
    page = Client(app, lang).get(path)
    assert page.soup.html["lang"] == lang
    assert page.soup.title.string.endswith(
        "Portál mezinárodní spolupráce" if lang == "cs" else "International Cooperation"
    )


def test_a_filter_on_a_constant_follows_the_language_of_each_reader(app):
    assert Client(app, "en").get("/gallery").text.count("not stated") > 3
    czech = Client(app, "cs").get("/gallery").text
    assert "not stated" not in czech and "neuvedeno , není to nula" in czech


def test_the_language_comes_from_the_cookie_then_the_person_then_the_setting(app):
    from portal import web

    assert Client(app).get("/").soup.html["lang"] == "cs"
    web.frame(app).load_language = lambda: "en"
    assert Client(app).get("/").soup.html["lang"] == "en"
    assert Client(app, "cs").get("/").soup.html["lang"] == "cs"
    assert Client(app, "de").get("/").soup.html["lang"] == "en"


def test_the_language_link_comes_back_to_the_same_view(client):
    page = client.get("/things?certainty=public&sort=-name")
    there = client.get(page.link("English"), status=303)
    assert there.location == "/things?certainty=public&sort=-name"
    assert client.follow(there).soup.html["lang"] == "en"


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example/", "https://evil.example/", "/\\evil.example", "/a\tb", "javascript:alert(1)", ""]
)
def test_the_way_back_never_leads_out_of_the_portal(client, elsewhere):
    there = client.get("/language/en", query_string={"next": elsewhere}, status=303)
    assert there.response.headers["Location"] == "/"


def test_an_unknown_language_is_no_address(client):
    client.get("/language/xx", status=404)


def test_navigation_shows_what_the_person_may_open_and_where_one_is(app):
    page = Client(app).get("/gallery")
    current = [a.get_text() for a in page.soup.select("nav.nav [aria-current]")]
    assert current == ["Projekty"]
    assert page.soup.select_one("nav.nav a").get_text() == "Moje práce9 úkolů"
    app.config["WHO"] = None
    assert not Client(app).get("/").soup.select("nav.nav")


def test_the_account_menu_offers_only_what_the_person_may_do(app):
    assert "Správa lidí" not in Client(app).get("/gallery").text
    app.config["WHO"] = "administrator"
    assert "Správa lidí" in Client(app).get("/gallery").text


def test_pages_are_not_kept_and_load_nothing_from_elsewhere(client):
    headers = client.get("/gallery").response.headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'" and policy["script-src"] == "'self'" and policy["style-src"] == "'self'"
    assert (
        policy["frame-ancestors"] == "'none'" and policy["form-action"] == "'self'" and policy["base-uri"] == "'none'"
    )
    assert "unsafe" not in headers["Content-Security-Policy"] and "http" not in headers["Content-Security-Policy"]
    assert "Strict-Transport-Security" not in headers


def test_https_is_held_to_where_the_portal_is_reached_by_it(client):
    headers = client.get("/", base_url="https://portal.example/").response.headers
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_only_the_portals_own_names_are_answered(client):
    page = client.get("/", status=400, headers={"Host": "evil.example"})
    assert "evil.example" not in page.html
    client.get("/", headers={"Host": "portal.example"})


def test_files_are_named_by_content_kept_for_a_year_and_sent_small(client):
    href = client.get("/").soup.find("link", rel="stylesheet")["href"]
    answer = client.browser.get(href, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Encoding"] == "gzip" and answer.headers["Vary"] == "Accept-Encoding"
    plain = client.browser.get(href)
    assert gzip.decompress(answer.data) == plain.data and len(answer.data) < len(plain.data) / 2
    assert client.browser.get(href, headers={"If-None-Match": plain.headers["ETag"]}).status_code == 304
    client.get("/static/portal.0000000000000000.css", status=404)
    client.get("/static/portal.css", status=404)


def test_the_sprite_has_every_picture_the_macros_use(client):
    import re

    from tests.machine import ROOT

    have = set(re.findall(r'id="i-([a-z]+)"', (ROOT / "portal/web/static/icons.svg").read_text()))
    used = set()
    for path in (ROOT / "templates").rglob("*.html"):
        used |= set(re.findall(r'icon\("([a-z]+)"', path.read_text()))
    used |= {"run", "done", "doneq", "plan", "q", "ok", "warn", "bad", "clash", "old", "miss", "x"}
    assert used - have == set()
