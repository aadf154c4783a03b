"""Text that no program takes for a formula, and names that every program takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.web.i18n import speaking
from portal.workbooks import text
from portal.workbooks.cells import cell_text


@pytest.mark.parametrize(
    "typed", ["=1+1", "+420 974 811 111", "-5", "@SUM(A1)", "\t=1", "  =1", "\u00a0=1", "＝1+1", "＠x"]
)
def test_text_that_could_be_a_formula_gets_an_apostrophe_in_csv(typed):
    assert text.separated_text(typed) == f"'{typed}"


@pytest.mark.parametrize("typed", ["Gruzie", "a=1", "5 – 6", "„=“", "–5", "1+1", ""])
def test_other_text_stays_as_it_is_in_csv(typed):
    assert text.separated_text(typed) == typed


def test_line_ends_become_one_kind_and_control_characters_are_seen():
    assert text.plain("a\r\nb\rc\u2028d\x0be") == "a\nb\nc\nd\ne"
    assert text.plain("zvonek\x07 a \ud800 a \ufffe") == "zvonek\ufffd a \ufffd a \ufffd"
    assert text.plain("záložka\tzůstává") == "záložka\tzůstává"


def test_a_cell_is_cut_at_32767_units_and_says_so():
    with speaking("cs"):
        assert cell_text("ž" * 32767) == "ž" * 32767
        cut = cell_text("ž" * 32768)
    assert text.units(cut) == 32767
    assert cut.endswith("… [zkráceno, celý text je v portálu]")


def test_a_pair_of_surrogates_is_never_torn():
    cut = text.cut("😀" * 20, 11)
    assert cut == "😀" * 5 + "…"
    assert text.units(cut) == 11


def test_what_looks_like_an_escape_of_excel_is_escaped():
    assert text.stored("_x000D_ a _x41_ a _x0041_") == "_x005F_x000D_ a _x41_ a _x005F_x0041_"


@pytest.mark.parametrize(
    ("title", "taken", "name"),
    [
        ("Projekty", (), "Projekty"),
        ("Projekty: 2013/14 [vše]?*\\", (), "Projekty 2013 14 vše"),
        ("'uvozovky'", (), "uvozovky"),
        ("", (), "List"),
        ("History", (), "History (2)"),
        ("projekty", ("Projekty",), "projekty (2)"),
        ("Projekty", ("projekty", "PROJEKTY (2)"), "Projekty (3)"),
        ("Dlouhodobá spolupráce s hlavními zeměmi", (), "Dlouhodobá spolupráce s hlavní…"),
    ],
)
def test_sheet_names_are_safe_and_unique(title, taken, name):
    assert text.sheet_name(title, taken) == name


@given(st.lists(st.text(max_size=50), max_size=8))
def test_sheet_names_always_fit_and_differ(titles):
    names: list[str] = []
    for title in titles:
        names.append(text.sheet_name(title, names))
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < text.units(name) <= 31
        assert not set(name) & set("[]:*?/\\") and not name.startswith("'") and not name.endswith("'")


def test_a_header_keeps_its_ampersand_and_its_limit():
    assert text.header_text("Azyl & migrace\n2014", 100) == "Azyl && migrace 2014"
    assert text.units(text.header_text("&" * 200, 50)) <= 50


@pytest.mark.parametrize("typed", ["https://www.pragueprocess.eu/en?a=1&b=2", "HTTP://x.cz"])
def test_web_addresses_become_links(typed):
    assert text.web_address(typed) == typed


@pytest.mark.parametrize(
    "typed",
    ["javascript:alert(1)", "file:///etc/passwd", "x.cz", "https://a b", 'https://a"b', "https://x/" + "a" * 2100],
)
def test_other_addresses_do_not(typed):
    assert text.web_address(typed) is None
