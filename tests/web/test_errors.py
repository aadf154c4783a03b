"""Error pages: in both languages, with a reference and a way on."""

from __future__ import annotations

import logging

import pytest

from tests.client import Client

TITLES = {
    400: ("Požadavku nerozumíme", "The request was not understood"),
    403: ("Sem nemáte přístup", "You may not open this"),
    404: ("Stránka nebyla nalezena", "There is nothing here"),
    405: ("Tento krok se tu neprovádí", "This is not done here"),
    409: ("Mezitím to někdo změnil", "Somebody changed it meanwhile"),
    413: ("Je to příliš velké", "That is too large"),
    422: ("Toto nelze provést", "This cannot be done"),
    429: ("Příliš mnoho pokusů", "Too many attempts"),
    500: ("Na naší straně došlo k chybě", "Something broke on our side"),
    503: ("Portál právě zapisuje", "The portal is busy writing"),
}


@pytest.mark.parametrize("who", ["editor", None])
@pytest.mark.parametrize("code", TITLES)
def test_each_error_has_a_page_in_both_languages(app, code, who):
    app.config["WHO"] = who
    for n, lang in enumerate(("cs", "en")):
        page = Client(app, lang).get(f"/fails/{code}", status=code)
        assert page.h1 == TITLES[code][n]
        assert page.response.headers["X-Request-ID"] in page.text
        assert page.links().count("/") >= 1
        assert page.response.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(("what", "code"), [("notfound", 404), ("forbidden", 403), ("busy", 503), ("refused", 422)])
def test_errors_of_the_kernel_have_their_pages(client, what, code):
    client.get(f"/fails/{what}", status=code)


def test_a_refusal_says_what_was_wrong(client):
    assert "Zaměňte jeho začátek a konec." in client.get("/fails/refused", status=422).text


def test_an_unforeseen_error_is_logged_with_its_reference_and_shows_no_inside(app, caplog):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with caplog.at_level(logging.ERROR):
        page = Client(app).get("/fails/broken", status=500)
    reference = page.response.headers["X-Request-ID"]
    assert any(reference in record.getMessage() for record in caplog.records)
    assert "ZeroDivision" not in page.html and "Traceback" not in page.html


def test_an_unforeseen_error_page_needs_neither_person_nor_database(app):
    from portal import web

    def broken():
        raise RuntimeError("no database")

    app.config["PROPAGATE_EXCEPTIONS"] = False
    web.frame(app).load_actor = broken
    assert Client(app).get("/things", status=500).h1 == "Na naší straně došlo k chybě"


def test_a_wrong_method_names_the_right_ones(client):
    page = client.post("/gallery", status=405)
    assert set(page.response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_too_much_is_refused_with_a_page(app, client):
    app.config["MAX_CONTENT_LENGTH"] = 2000
    page = client.post("/things/1/edit", {"name_cs": "x" * 5000}, status=413)
    assert page.h1 == "Je to příliš velké"


@pytest.mark.parametrize("number", ["0", "2147483648", "9" * 30, "-1", "1.5", "%00"])
def test_a_number_no_record_can_have_is_not_found(client, number):
    client.get(f"/things/{number}", status=404)


def test_while_the_database_is_busy_what_was_typed_comes_back_to_be_sent_again(client):
    page = client.get("/things/1/edit")
    busy = client.submit(page, 503, name_cs="zaneprázdněno", note_cs="dlouhá poznámka")
    assert busy.h1 == "Portál právě zapisuje"
    assert "dlouhá poznámka" in busy.text
    again = client.submit(
        busy, 400, name_cs="Jinak"
    )  # without the token of a form that was opened: shown once more, not taken
    assert again.value("note_cs").strip() == "dlouhá poznámka"
