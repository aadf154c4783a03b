"""Words of texts and queries: which meet, how well, and how hits are ranked."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.country_word import country_of
from portal.kernel.words import (
    BODY,
    EXACT,
    LINKED_NAME,
    NAME,
    PREFIX,
    QUERY_WORDS,
    STEM,
    WORD_LENGTH,
    Word,
    prefix_bounds,
    query_words,
    rank,
    score,
    words,
)

PAIRS = Path(__file__).parents[1] / "portfolio" / "search_pairs.json"
REINTEGRATION = "Podpora reintegrace gruzínských navrátilců a implementace readmisní dohody mezi EU a Gruzií"


def meets(query: str, text: str, lang: str = "cs") -> bool:
    return rank(query_words(query), [(word, 1) for word in words(text, lang)]) is not None


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("gruzie", "gruzínských"),
        ("gruzie", "Gruzií"),
        ("gruzínský", "Gruzie"),
        ("gruzinsky", "s Gruzií"),
        ("Gruzínec", "Gruzínci"),
        ("gruzínští", "Gruzie"),
        ("gruzinský", "Gruzie"),
        ("Georgia", "gruzínských"),
        ("Georgian", "Partnerství s Gruzií"),
        ("gruz", "gruzínských"),
        ("arménie", "arménského"),
        ("moldavsky", "v Moldavsku"),
        ("ázerbájdžán", "ázerbájdžánskou"),
        ("rusko", "Ruská federace"),
        ("Ruská federace", "dialog EU-Rusko"),
        ("cina", "s Čínou"),
        ("čínský", "EU-Čína"),
        ("česko", "Policie České republiky"),
        ("čr", "Česká republika"),
        ("Česká republika", "imigrace do ČR"),
        ("čeští", "Česko"),
        ("britský", "Spojeného království"),
        ("Spojené království", "s britským protějškem"),
        ("irsky", "Irsko"),
        ("řecko", "řeckých"),
        ("recko", "Řecka"),
        ("turecko", "turečtí"),
        ("němec", "Německem"),
        ("nemecko", "němečtí"),
        ("maďarsko", "Maďarů"),
        ("kosovo", "kosovských"),
        ("Evropská unie", "mezi EU a Gruzií"),
        ("eu", "Evropské unie"),
        ("severní makedonie", "v Severní Makedonii"),
        ("bosna", "Bosna a Hercegovina"),
        ("navratilci", "navrátilců"),
        ("navrátilec", "navrátilcům"),
        ("praha", "Pražského procesu"),
        ("Praze", "pražský"),
        ("migrace", "migračních"),
        ("migrační", "o migraci"),
        ("readmise", "readmisní dohody"),
        ("azyl", "azylového"),
        ("dohoda", "dohodami"),
        ("smlouva", "podpis smluv"),
        ("uprchlíci", "pro uprchlíky"),
        ("uprchlík", "uprchlických"),
        ("politika", "v politice"),
        ("rámec", "v rámci"),
        ("cizinec", "cizinců"),
        ("cizinecká", "cizinci"),
        ("země", "třetích zemí"),
        ("komise", "Komisí"),
        ("organizace", "organizací"),
        ("projekt", "projektů"),
        ("oběť", "s oběťmi"),
        ("příspěvek", "příspěvků"),
        ("trest", "v trestním řízení"),
        ("iom", "ve spolupráci s IOM"),
        ("ERIS", "projekt (ERIS)"),
        ("pp3", "PP3: rozvoj"),
        ("1905/2006", "Nařízení (ES) č. 1905/2006"),
        ("č. 55", "usnesení č. 55"),
        ("mobilit", "pro mobilitu"),
        ("reint", "reintegrace"),
        ("p", "projekt"),
        ("pro", "projekt"),
        ("spo\u00adlupráce", "spolupráci"),
        ("spolupra\u0301ce", "spolupráci"),
    ],
)
def test_czech_words_meet(query, text):
    assert meets(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("returnee", "returnees"),
        ("return", "returning migrants"),
        ("policies", "migration policy"),
        ("program", "Thematic Programme"),
        ("organisation", "International Organization for Migration"),
        ("labor", "Labour Immigrants"),
        ("armenian", "Armenia’s capacities"),
        ("British", "UK Home Office"),
        ("czechia", "the Czech Republic"),
        ("european union", "EU Member States"),
        ("gruzie", "EU–Georgia Mobility Partnership"),
    ],
)
def test_english_words_meet(query, text):
    assert meets(query, text, "en")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Řecko", "řeč"),
        ("Řecko", "řeka a řeky"),
        ("recko", "řeči"),
        ("Irsko", "Irák"),
        ("Irák", "Írán"),
        ("Indie", "indikátory"),
        ("Indie", "individuální"),
        ("Čína", "orgány činné v řízení"),
        ("Čína", "trestných činů"),
        ("činu", "Čína"),
        ("Švédsko", "podpora svědků"),
        ("Slovinsko", "Slovensko"),
        ("Slovensko", "Slovinsko"),
        ("Rusko", "Rakousko"),
        ("Rusko", "Bělorusko"),
        ("Rusko", "Rumunsko"),
        ("Turkmenistán", "Turecko"),
        ("legální", "nelegální"),
        ("komise", "komisaře"),
        ("komisař", "komise"),
        ("Gruzie", "Arménie"),
        ("spojené", "společných"),
        ("dodatek", "dodatečná"),
        ("království", "Británie"),
        ("republika", "do ČR"),
        ("gruzie čína", "Gruzie"),
        ("ruz", "Gruzie"),
        ("pp3", "PP4"),
        ("55", "155"),
        ("navrátilci", "návod"),
        ("eu iom", "EU"),
        ("ge", "Gruzie"),
    ],
)
def test_other_words_do_not_meet(query, text):
    assert not meets(query, text)


def test_the_query_of_the_newcomer_finds_the_project():
    assert meets("gruzie navratilci", REINTEGRATION)
    assert not meets("gruzie navratilci", "Partnerství pro mobilitu s Gruzií")


def test_each_word_is_stored_as_written_and_by_its_stem_or_its_country():
    assert words("V gruzínských zemích", "cs") == {
        Word("w", "gruzinskych"),
        Word("c", "ge"),
        Word("w", "zemich"),
        Word("s", "zem"),
    }


def test_a_country_of_several_words_is_stored_as_one_word_too():
    assert {Word("w", "spojeneho kralovstvi"), Word("c", "gb"), Word("w", "spojeneho")} <= words(
        "Vnitro Spojeného království", "cs"
    )


def test_stop_words_are_not_stored_and_fall_out_of_a_query():
    assert words("a v na pro of the", "cs") == frozenset()
    assert [term.text for term in query_words("podpora pro a na reintegraci")] == ["podpora", "reintegraci"]


def test_a_query_of_stop_words_only_is_the_beginning_of_a_word():
    (term,) = query_words("na pro")
    assert term.text == "pro" and term.prefix


@pytest.mark.parametrize("query", ["", "   ", "–", "„“ ()", "\u200b", "%_'\"\\"])
def test_a_query_without_words_asks_for_nothing(query):
    assert query_words(query) == []


def test_short_words_are_beginnings_only_at_the_end():
    first, last = query_words("eu pr")
    assert not first.prefix and last.prefix


def test_a_query_has_at_most_so_many_words_and_none_twice():
    assert len(query_words(" ".join(f"slovo{n}" for n in range(100)))) == QUERY_WORDS
    assert len(query_words("Gruzie gruzie GRUZIE")) == 1


def test_long_words_are_cut_alike_on_both_sides():
    assert meets("a" * 500, "a" * 500)
    assert all(len(word.text) <= WORD_LENGTH for word in words("b" * 500, "cs"))


def test_hits_are_graded_exact_before_stem_before_beginning():
    (gruzii,) = query_words("gruzii")
    assert gruzii.grade(Word("w", "gruzii")) == EXACT
    assert gruzii.grade(Word("c", "ge")) == EXACT, "a country is named alike in every case form"
    (dohodu,) = query_words("dohodu")
    assert [dohodu.grade(word) for word in sorted(words("dohody", "cs"))] == [STEM, 0]
    (gruz,) = query_words("gruz")
    assert gruz.grade(Word("w", "gruzinskych")) == PREFIX
    assert gruz.grade(Word("w", "agruz")) == gruz.grade(Word("c", "gruz")) == 0
    assert EXACT > STEM > PREFIX > 0


def test_each_query_word_counts_by_its_best_hit():
    stored = [(word, NAME) for word in words("Gruzie", "cs")] + [(word, BODY) for word in words("gruzie návrat", "cs")]
    assert rank(query_words("gruzie"), stored) == score(NAME, EXACT) == 32
    assert rank(query_words("gruzie navratem"), stored) == 32 + score(BODY, STEM) == 35
    assert rank(query_words("gruzie čína"), stored) is None
    assert rank([], stored) is None


def test_an_own_name_comes_before_a_linked_one():
    own = rank(query_words("moldavsko"), [(word, NAME) for word in words("Moldavsko", "cs")])
    linked = rank(query_words("moldavsko"), [(word, LINKED_NAME) for word in words("Moldavsko", "cs")])
    assert own > linked > 0


@given(st.text(min_size=1, max_size=5), st.text(max_size=8))
def test_prefix_bounds_hold_exactly_what_begins_with_the_prefix(prefix, text):
    if set(prefix) == {"\U0010ffff"}:
        return
    low, high = (bound.encode() for bound in prefix_bounds(prefix))
    for candidate in (text, prefix + text):
        assert (low <= candidate.encode() < high) is candidate.startswith(prefix)


def test_prefix_bounds_of_a_plain_word():
    assert prefix_bounds("gruz") == ("gruz", "gru{")
    assert prefix_bounds("a\U0010ffff") == ("a\U0010ffff", "b")
    assert prefix_bounds("\ud7ff") == ("\ud7ff", "\ue000")
    with pytest.raises(ValueError, match="prefix"):
        prefix_bounds("\U0010ffff")


@given(st.text())
def test_any_text_meets_itself_unless_it_says_nothing(text):
    terms = query_words(text)
    assert not terms or not words(text, "cs") or rank(terms, [(word, 1) for word in words(text, "cs")]) is not None


def test_every_country_of_the_table_is_met_by_its_own_name():
    table = json.loads((Path(__file__).parents[2] / "seed_data" / "country_words.json").read_text(encoding="utf-8"))
    assert len(table["countries"]) > 40 and sum(len(row["forms"]) for row in table["countries"]) > 40
    for row in table["countries"]:
        assert Word("c", row["iso"].lower()) in words(row["name_cs"], "cs"), row["name_cs"]
        for form in row["forms"]:
            assert country_of(form.lower()) == row["iso"].lower(), form


def test_no_two_countries_share_a_stem_or_a_form():
    table = json.loads((Path(__file__).parents[2] / "seed_data" / "country_words.json").read_text(encoding="utf-8"))
    owners: dict[str, set[str]] = {}
    for row in table["countries"]:
        for word in [*row["stems"], *row["forms"]]:
            owners.setdefault(word, set()).add(row["iso"])
    assert {word: isos for word, isos in owners.items() if len(isos) > 1} == {}


def test_the_table_of_queries_is_whole():
    pairs = json.loads(PAIRS.read_text(encoding="utf-8"))
    assert len(pairs) >= 45 and len({(pair["query"], pair["lang"]) for pair in pairs}) == len(pairs)
    for pair in pairs:
        assert set(pair) - {"first", "best"} == {"query", "lang", "finds", "not", "why"}
        assert pair["finds"] or pair["not"]
        assert not set(pair["finds"]) & set(pair["not"])
        assert pair.get("first", None) in [None, *pair["finds"]]
        assert query_words(pair["query"])
