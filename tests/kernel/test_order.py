"""Czech order by stored keys. The list is in the order of ICU 78 (CLDR 48, locale cs, numeric)."""

import random
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.text import KEY_BYTES, KEY_CHARACTERS, czech_key, english_key

LIST = (Path(__file__).parent / "order_cs.txt").read_text(encoding="utf-8").splitlines()
CZECH_TEXT = st.text("aábcčdďeéěfghiíjklmnňoópqrřsštťuúůvwxyýzžACČHŘŠŽÚ 019-–.,:/()„“", max_size=12) | st.text(
    max_size=12
)


def test_the_list_is_long_enough_to_mean_something():
    assert len(LIST) == len(set(LIST)) >= 120


def test_the_list_shuffled_sorts_back_into_itself():
    for seed in range(20):
        shuffled = random.Random(seed).sample(LIST, len(LIST))
        assert sorted(shuffled, key=czech_key) == LIST


def misplaced(names: list[str]) -> list[tuple[str, str]]:
    """Neighbours whose keys do not grow. (Sorting a list into itself would hide equal keys.)"""
    return [(a, b) for a, b in pairwise(names) if not czech_key(a) < czech_key(b)]


def test_each_two_neighbours_of_the_list_have_growing_keys():
    assert misplaced(LIST) == []


@pytest.mark.parametrize(
    "ordered",
    [
        ["cukr", "čaj", "dům", "hrad", "chalupa", "ihned", "rok", "řeka", "sto", "šest", "zub", "žena"],
        ["ch", "cH", "Ch", "CH", "i"],
        ["c", "čh", "h", "hz", "ch"],
        ["u", "ú", "ů", "v"],
        ["Pilotní projekt 2", "Pilotní projekt 10", "Pilotní projekt A"],
        ["2", "2a", "10", "a"],
        ["EU", "EU Čína", "EU-Čína", "EU, Čína", "EURO"],
        ["Brno", "„Building Migration Partnerships“", "Bulharsko"],
        ["projekt a", "projekt (b)", "projekt c"],
        ["Øresund", "Österreich", "Ostrava", "Pardubice"],
        ["Łódź", "lodž", "Louny", "straß", "strast", "ž", "Αθήνα", "Москва", "საქართველო"],
    ],
)
def test_what_the_rules_settle(ordered):
    assert misplaced(ordered) == []


def test_english_keys_take_ch_and_carons_as_plain_letters():
    assert sorted(["Hungary", "Chad", "Czechia", "Čapek", "Cuba"], key=english_key) == [
        "Čapek",
        "Chad",
        "Cuba",
        "Czechia",
        "Hungary",
    ]


def test_dashes_and_spaces_of_all_kinds_keep_names_together():
    names = ["EU-Rusko", "EU\u2011Rusko", "EU–Rusko", "EU-Rusko II"]
    assert misplaced(names) == []
    assert misplaced(["MV ČR a", "MV\u00a0ČR b", "MV  ČR c"]) == []


@given(CZECH_TEXT)
def test_any_text_has_a_key_of_limited_bytes(text):
    key = czech_key(text)
    assert type(key) is bytes and len(key) <= KEY_BYTES


@pytest.mark.parametrize("text", ["ž" * 10_000, "9" * 10_000, "字" * 10_000, "\u0301" * 10_000, "(" * 10_000, "\ud800"])
def test_keys_of_ten_thousand_characters_are_cut(text):
    assert len(czech_key(text)) <= KEY_BYTES


def test_a_cut_key_still_sorts_by_what_comes_first():
    assert czech_key("a" * 10_000) < czech_key("b" + "a" * 10_000)
    assert czech_key("a" * KEY_CHARACTERS + "x") == czech_key("a" * KEY_CHARACTERS + "y")


@given(CZECH_TEXT)
def test_the_same_text_composed_or_not_has_the_same_key(text):
    assert czech_key(unicodedata.normalize("NFD", text)) == czech_key(unicodedata.normalize("NFC", text))


@given(CZECH_TEXT, CZECH_TEXT)
def test_different_texts_have_different_keys(a, b):
    same_text = unicodedata.normalize("NFC", a) == unicodedata.normalize("NFC", b)
    assert (czech_key(a) == czech_key(b)) is same_text


@given(CZECH_TEXT, CZECH_TEXT, CZECH_TEXT)
def test_the_order_is_total_and_transitive(a, b, c):
    low, middle, high = sorted([a, b, c], key=czech_key)
    assert czech_key(low) <= czech_key(middle) <= czech_key(high)
    assert czech_key(low) <= czech_key(high)
    assert (czech_key(a) < czech_key(b)) + (czech_key(a) == czech_key(b)) + (czech_key(a) > czech_key(b)) == 1


@given(st.text("abcdefgijklmnopqrstuvwxyz áéíčřšž", min_size=1, max_size=8), st.text("abdefgijkl 12", max_size=8))
def test_a_name_comes_before_the_longer_one_that_begins_with_it(name, more):
    assert czech_key(name.strip()) <= czech_key(name.strip() + " " + more.strip())
