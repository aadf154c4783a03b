"""Pure rules of sources: how sure a statement may be, where a quotation stands in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.sources.rules import allowed_certainty, passages, where_in

TEXT = "Tuto iniciativu podpořila Evropská komise\n  dodatečně 600 000 EUR, což umožní další 3 projekty."


@pytest.mark.parametrize(
    ("claimed", "origin", "allowed"),
    [
        ("document", "ministry", "document"), ("document", "public", "public"), ("document", None, "uncited"),
        ("public", "ministry", "public"), ("unsure", "ministry", "unsure"), ("unsure", None, "uncited"),
        ("uncited", "public", "unsure"),
    ],
)  # fmt: skip
def test_a_statement_is_no_surer_than_its_document(claimed: str, origin: str | None, allowed: str) -> None:
    assert allowed_certainty(claimed, origin) == allowed


def test_a_quotation_is_found_whatever_the_white_space_between_its_words() -> None:
    start, end = where_in(TEXT, "Evropská komise dodatečně 600 000 EUR")
    assert TEXT[start:end] == "Evropská komise\n  dodatečně 600 000 EUR"


@pytest.mark.parametrize("words", ["evropská komise", "600 000 EUR.", "", "   ", "(dodatečně"])
def test_other_words_are_not_found(words: str) -> None:
    assert where_in(TEXT, words) is None


def test_overlapping_quotations_are_each_marked_from_their_beginning_to_their_end() -> None:
    cut = passages("abc def ghi jkl", {1: "abc def", 2: "def ghi", 3: "xyz"})
    assert [(p.text, sorted(p.quoted), p.begins) for p in cut] == [
        ("abc ", [1], (1,)), ("def", [1, 2], (2,)), (" ghi", [2], ()), (" jkl", [], ()),
    ]  # fmt: skip


@given(st.text("ab \n", max_size=30), st.lists(st.text("ab ", max_size=6), max_size=4))
def test_passages_joined_give_the_text(text: str, words: list[str]) -> None:
    cut = passages(text, dict(enumerate(words)))
    assert "".join(p.text for p in cut) == text
    for key, quotation in enumerate(words):
        quoted = "".join(p.text for p in cut if key in p.quoted)
        assert quoted.split() == (quotation.split() if where_in(text, quotation) else [])
