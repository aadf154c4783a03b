"""What counts as a difference between two states of a row: units of meaning, not columns."""

from __future__ import annotations

from portal.history.rules import Difference, differences, units, where_they_differ
from portal.kernel.when import When


def test_money_and_dates_with_precision_are_one_unit_each() -> None:
    row = {
        "amount_minor": 60_000_000, "amount_currency": "EUR", "valued_edtf": "2013-02", "valued_from": "2013-02-01",
        "valued_to": "2013-02-28", "topic_cs": "Dodatek", "topic_en": "",
    }  # fmt: skip
    assert units(row) == {"amount": (60_000_000, "EUR"), "valued": When("2013-02"), "topic": ("Dodatek", "")}


def test_a_code_and_its_words_are_two_units() -> None:
    before = {"role": "donor", "role_cs": "dárce", "role_en": ""}
    assert differences(before, before | {"role": "partner"}) == [Difference("role", "donor", "partner")]
    assert differences(before, before | {"role_cs": "přispěvatel"}) == [
        Difference("role_words", ("dárce", ""), ("přispěvatel", ""))
    ]


def test_a_changed_currency_is_a_changed_amount() -> None:
    before = {"amount_minor": 100, "amount_currency": "EUR"}
    assert differences(before, before | {"amount_currency": "CZK"}) == [
        Difference("amount", (100, "EUR"), (100, "CZK"))
    ]


def test_what_follows_from_other_columns_is_not_told() -> None:
    before = {"id": 7, "version": 1, "order_cs": b"a", "name_cs": "Ano", "name_en": "", "kind": "project"}
    after = before | {"version": 2, "order_cs": b"b", "name_cs": "Ne"}
    assert differences(before, after) == [Difference("name", ("Ano", ""), ("Ne", ""))]


def test_a_new_row_tells_what_it_has_and_a_removed_one_what_it_had() -> None:
    row = {"status": "2", "light": None, "umbrella_id": None, "confidential": False}
    assert differences(None, row) == [Difference("status", None, "2")]
    assert differences(row, None) == [Difference("status", "2", None)]


def test_an_empty_text_and_no_text_are_the_same() -> None:
    assert differences({"note": ""}, {"note": None}) == []
    assert differences({"note": None}, {"note": "x"}) == [Difference("note", None, "x")]


def test_of_two_long_texts_the_stretch_that_differs_is_told() -> None:
    before, after = "a" * 900 + "XX" + "b" * 900, "a" * 900 + "Y" + "b" * 900
    one, other = where_they_differ(before, after)
    assert (one, other) == (f"…{'a' * 80}XX{'b' * 80}…", f"…{'a' * 80}Y{'b' * 80}…")
    assert where_they_differ("aa", "aba") == ("aa", "aba") and where_they_differ("x" * 500, "") == ("x" * 400 + "…", "")
    assert where_they_differ("x" * 500, "x" * 501) == (f"…{'x' * 80}", f"…{'x' * 81}")
