"""Sums of money in texts and queries: one word, however they are written."""

import pytest

from portal.kernel.words import AMOUNT, EXACT, Word, query_words, words
from tests.kernel.test_words import meets


@pytest.mark.parametrize(
    ("query", "text", "met"),
    [
        ("600000", "600 000 EUR", True), ("600 000", "EUR 600,000.00", True), ("600.000", "600000 Kč", True),
        ("600000.50 eur", "600 000,5 €", True), ("600 000", "600 000,50 EUR", True), ("600 000,50", "600 000 EUR", False),
        ("600 000 EUR", "600 000 CZK", False), ("600 000", "600 000 000 EUR", False), ("60000", "600 000 EUR", False),
        ("Top 10", "deset nejlepších: top 10", True), ("27. 8. 2014", "dne 27. 8. 2014", True),
        ("MV-10 123/OAM", "č. j. MV-10 123/OAM-2014", True), ("2013 600", "v roce 2013 600 osob", True),
        ("rok 2014", "EUR 2014", False),
        ("600 tisíc", "600 000 EUR", True), ("600 tis. eur", "EUR 600,000", True), ("0,6 mil.", "600 000 EUR", True),
        ("3,6 milionu", "EUR 3.6 million", True), ("3 milníky", "3 000 000 EUR", False), ("600 tisíc", "600 EUR", False),
    ],
)  # fmt: skip
def test_a_sum_is_found_however_it_is_written_and_by_no_other(query, text, met):
    assert meets(query, text) is met


def test_a_sum_with_its_currency_is_met_by_nothing_less():
    (sum_of,) = query_words("600.000,00 EUR")
    assert [sum_of.grade(word) for word in sorted(words("600 000 eur", AMOUNT))] == [0, EXACT]
    assert sum_of.grade(Word("w", "600000")) == sum_of.grade(Word("s", "600000")) == 0, "it asks for euro"
