"""What a stranger typed is told by the labels of the form, in the reader's language, without secrets and without codes."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from portal.web.forms import kept
from portal.web.i18n import speaking

STATUS = {
    "csrf_token": "x", "version": "3", "light": "bad", "status": "2", "held_on": "5. 2. 2026",
    "happened": "Partner\nodložil podpis.", "next_steps": "", "source": "Zápis z jednání", "source_verbatim": "1",
    "source_origin": "public",
}  # fmt: skip


def told(app, sent: dict | list, feature: str | None, lang: str = "cs") -> dict[str, str]:
    with app.test_request_context("/", method="POST"), speaking(lang):
        rows = kept.told(MultiDict(sent), feature)
    assert len({label for label, _text in rows}) == len(rows)
    return dict(rows)


def test_a_status_update_is_told_by_its_labels_in_czech(client) -> None:
    assert told(client.app, STATUS, "progress") == {
        "Semafor": "Vážné",
        "Stav": "v realizaci",
        "K datu": "5. 2. 2026",
        "Co se stalo": "Partner\nodložil podpis.",
        "Zdroj": "Zápis z jednání",
        "Čí je": "veřejný zdroj",
        "Citace je doslovná": "✓",
    }


def test_and_in_english(client) -> None:
    rows = told(client.app, STATUS, "progress", "en")
    assert rows["What happened"] == "Partner\nodložil podpis."
    assert (rows["Traffic light"], rows["Status"]) == ("Serious", "Implementation")


def test_an_amount_has_its_currency_and_a_pair_its_languages(client) -> None:
    sent = {"amount": "600 000", "amount-currency": "EUR", "purpose_cs": "Návraty", "booked": "12", "type_code": "nic"}
    assert told(client.app, sent, "funding") == {"Částka": "600 000 EUR", "Účel (česky)": "Návraty"}


def test_the_value_of_a_statement_is_told_though_its_field_is_made_for_a_record(client) -> None:
    sent = {"value": "600 000", "value-currency": "EUR", "source_quotation": "šest set tisíc", "lead": "1"}
    rows = told(client.app, sent, "sources")
    assert rows["Hodnota"] == "600 000 EUR" and rows["Citace"] == "šest set tisíc"


def test_records_chosen_from_a_list_are_not_named_to_a_stranger(client) -> None:
    sent = [("name_cs", "Návraty"), ("framework", "7"), ("countries", "3"), ("countries", "4"), ("responsible", "1")]
    assert told(client.app, sent, "projects") == {"Název (česky)": "Návraty"}


@pytest.mark.parametrize("feature", ["projects", "history", None])
def test_names_that_no_form_knows_are_left_out(client, feature) -> None:
    assert told(client.app, {"<b>happened</b>": "x", "choose-name": "mine"}, feature) == {}


def test_what_cannot_be_seen_stands_as_a_sign(client) -> None:
    assert told(client.app, {"happened": "zvonek\x07"}, "progress") == {"Co se stalo": "zvonek\ufffd"}


def test_no_secret_is_carried_on(client) -> None:
    secrets = {"present": "stareheslo", "password": "noveheslo", "again": "noveheslo", "csrf_token": "x"}
    with client.app.test_request_context("/", method="POST"):
        assert kept.sendable(MultiDict({**secrets, "lang": "cs"})) == [("lang", "cs")]
        assert kept.told(MultiDict(secrets), "accounts") == []


def test_a_password_typed_after_the_sign_in_ended_is_not_written_into_the_page(client) -> None:
    typed = {"present": "stareheslo dlouhe", "password": "noveheslo dlouhe", "again": "noveheslo dlouhe"}
    page = client.post("/account/password", typed, status=401)
    assert page.h1 == "Už nejste přihlášeni"
    assert "heslo dlouhe" not in page.html


def test_the_page_tells_labels_and_keeps_the_fields(client) -> None:
    page = client.post("/records/1/status", STATUS, status=401)
    assert [dt.get_text() for dt in page.soup.find_all("dt")][:3] == ["Semafor", "Stav", "K datu"]
    assert page.value("happened") == "Partner\nodložil podpis."
    assert page.value("csrf_token") is None
