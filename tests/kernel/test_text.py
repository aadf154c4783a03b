"""Text: what is stored, folded, and given its no-break spaces."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.text import clean, fold, has_control, nbsp


def shown(text: str, lang: str = "cs") -> str:
    return nbsp(text, lang).replace("\u00a0", "~")


@pytest.mark.parametrize(
    ("plain", "folded"),
    [
        ("Gruzínských navrátilců", "gruzinskych navratilcu"),
        ("ŘEČ, řeka & Čína", "rec, reka & cina"),
        ("Łódź, Øresund, Straße, Ðakovo", "lodz, oresund, strasse, dakovo"),
        ("Türkiye İzmir Diyarbakır", "turkiye izmir diyarbakir"),
        ("spo\u00adlupráce", "spoluprace"),
        ("č\u030c", "c"),
        ("№ 5, ﬁnance, m²", "no 5, finance, m2"),
        ("Москва", "москва"),
    ],
)
def test_folding_leaves_small_letters_without_marks(plain, folded):
    assert fold(plain) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_text_fold_alike(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_cleaning_composes_letters_and_settles_line_ends():
    assert clean("  U\u030arok\r\nprvni\u0301\rdruhý\u2028třetí\x85konec\n\n") == "Ůrok\nprvní\ndruhý\ntřetí\nkonec"


def test_cleaning_drops_what_pasting_left_unseen_and_keeps_the_rest():
    assert clean("\ufeffMV\u200b ČR\u00a0–\tmigrace") == "MV ČR\u00a0–\tmigrace"


def test_cleaning_does_not_swallow_control_characters():
    assert clean("a\x00b\x07") == "a\x00b\x07"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("text", ["", "Řádek\n\tdruhý\r\n", "„Příběh“ – 5 €", "soft\u00adhyphen", "გრუზია", "😀", "é"])
def test_ordinary_text_holds_no_control_character(text):
    assert not has_control(text)


@pytest.mark.parametrize(
    "text",
    ["a\x00", "\x07", "x\x1b[31m", "a\x0bb", "\x7f", "\x9f", "\ud800", "\ufffe", "\U0001ffff", "\ufdd0", "a\u202eb"],
)
def test_what_no_field_takes_is_found(text):
    assert has_control(text)


@pytest.mark.parametrize(
    ("plain", "spaced"),
    [
        ("Spolupráce v oblasti azylu a migrace", "Spolupráce v~oblasti azylu a~migrace"),
        ("K datu z prosince i o stavu u částí", "K~datu z~prosince i~o~stavu u~částí"),
        ("a v Gruzii", "a~v~Gruzii"),
        ("od 27. 8. 2014 do 2. 11.", "od 27.~8.~2014 do 2.~11."),
        ("dne 13. ledna 2003", "dne 13.~ledna~2003"),
        ("v únoru 2013", "v~únoru~2013"),
        ("600 000 EUR, 3,6 mil. EUR, 25 %, 1 234 567,00 Kč", "600~000~EUR, 3,6~mil.~EUR, 25~%, 1~234~567,00~Kč"),
        ("v roce 2013 150 osob", "v~roce 2013 150~osob"),
        ("1. 1. 2014 200 lidí", "1.~1.~2014 200~lidí"),
        ("≈ 3,0 mil. EUR", "≈~3,0~mil.~EUR"),
        ("usnesení č. 55, čl. 16, např. zde, § 5", "usnesení č.~55, čl.~16, např.~zde, §~5"),
        ("únor 2013 – ?", "únor~2013~– ?"),
        ("2010–2013 a 2014", "2010–2013 a~2014"),
        ("ministr MV ČR", "ministr MV~ČR"),
        ("3 projekty ze 14, 1. fáze", "3~projekty ze 14, 1.~fáze"),
        ("„v rámci“ (k tomu)", "„v~rámci“ (k~tomu)"),
        ("O’i tak, A. Novák, s.r.o. je", "O’i tak, A. Novák, s.r.o. je"),
        ("řádek v\nnový řádek", "řádek v\nnový řádek"),
        ("", ""),
    ],
)
def test_czech_text_gets_its_no_break_spaces(plain, spaced):
    assert shown(plain) == spaced


@pytest.mark.parametrize(
    ("plain", "spaced"),
    [
        ("27 August 2014, EUR 600,000", "27~August~2014, EUR~600,000"),
        ("Act No. 326/1999, Art. 16", "Act No.~326/1999, Art.~16"),
        ("a project – i.e. this one", "a project~– i.e.~this one"),
        ("25 % of 3.6 million", "25~% of 3.6~million"),
    ],
)
def test_english_text_gets_its_own(plain, spaced):
    assert shown(plain, "en") == spaced


@pytest.mark.parametrize(
    "address",
    ["https://www.mvcr.cz/a–b?c=1.%208.", "www.pragueprocess.eu/27.8.2014", "kancelar@mv.example", "http://x.cz/v"],
)
@pytest.mark.parametrize("around", ["{}", "viz {} – tam", "v {} a", "{} – konec"])
def test_addresses_and_the_spaces_beside_them_stay(address, around):
    text = around.format(address)
    assert nbsp(text, "cs") == text


_PIECES = st.sampled_from(
    [
        "k",
        "v",
        "A",
        "27.",
        "8.",
        "2014",
        "600",
        "000",
        "EUR",
        "mil.",
        "–",
        "≈",
        "č.",
        "MV",
        "ČR",
        "slovo",
        "https://x.cz/a",
    ]
)


@given(st.lists(_PIECES).map(" ".join) | st.text(), st.sampled_from(["cs", "en"]))
def test_no_break_spaces_are_set_once_and_change_nothing_else(text, lang):
    once = nbsp(text, lang)
    assert nbsp(once, lang) == once
    assert once.replace("\u00a0", " ") == text.replace("\u00a0", " ")
