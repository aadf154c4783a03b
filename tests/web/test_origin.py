"""A form must come from our page, from the person who opened it, in time."""

from __future__ import annotations

import pytest
from itsdangerous import TimestampSigner

from tests.client import Client

KEPT = "Nic se neuložilo. Co jste napsali, tu zůstalo"
TYPED = {"name_cs": "Dlouze psaný text", "status": "2"}


def refused(page) -> str:
    assert page.value("name_cs") == "Dlouze psaný text"
    assert KEPT in page.text
    return page.errors()[0]


def test_a_missing_token_loses_nothing(client):
    page = client.submit(client.get("/things/1/edit"), 400, {**TYPED, "csrf_token": None})
    assert refused(page).startswith("Formulář přišel bez bezpečnostní značky")
    client.submit(page)


def test_a_wrong_token_loses_nothing(client):
    page = client.submit(client.get("/things/1/edit"), 400, {**TYPED, "csrf_token": "nesmysl"})
    assert refused(page).startswith("Formulář nepatří k tomuto přihlášení.")
    client.submit(page)


def test_an_expired_token_loses_nothing_and_the_next_one_passes(client, monkeypatch):
    page = client.get("/things/1/edit")
    real = TimestampSigner.get_timestamp
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: real(self) + 13 * 3600)
    page = client.submit(page, 400, TYPED)
    assert refused(page).startswith("Formulář byl otevřený příliš dlouho.")
    client.submit(page)


def test_another_persons_token_loses_nothing(app):
    client = Client(app)
    page = client.get("/things/1/edit")
    app.config["WHO"] = "administrator"
    page = client.submit(page, 400, TYPED)
    assert refused(page).startswith("Formulář")
    client.submit(page)


def test_a_token_of_another_browser_does_not_pass(app):
    theirs = Client(app).get("/things/1/edit").value("csrf_token")
    client = Client(app)
    refused(client.submit(client.get("/things/1/edit"), 400, {**TYPED, "csrf_token": theirs}))


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
    ],
)
def test_a_foreign_origin_is_refused_even_with_a_good_token(client, headers):
    page = client.submit(client.get("/things/1/edit"), 400, TYPED, headers=headers)
    assert refused(page).startswith("Formulář byl odeslán z jiného webu.")


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}]
)
def test_our_own_origin_passes(client, headers):
    client.submit(client.get("/things/1/edit"), 303, TYPED, headers=headers)


def test_a_refused_form_writes_nothing(client):
    client.submit(client.get("/things/1/edit"), 400, TYPED, headers={"Origin": "https://evil.example"})
    assert "Dlouze" not in client.get("/things/1").text
