"""Numbers kept in plain digits beside the words of a file, and told in the language of the page."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portal.layouts.numbers import cell_text, in_digits
from portal.layouts.places import Written, kept, read
from portal.web.i18n import speaking


@pytest.mark.parametrize(
    "value, decimals, digits",
    [
        (Decimal("17299.1"), 2, "17299.10"), (16300.0, 2, "16300.00"), (Decimal(100), 0, "100"), (0.1 + 0.2, None, "0.3"),
        (-0.0001, None, "0"), (12, None, "12"), (1e30, None, "1" + "0" * 30), (float("nan"), 2, ""), (True, None, ""),
        ("12", None, ""),
    ],
)  # fmt: skip
def test_an_amount_has_its_decimals_and_any_other_number_those_it_has(value, decimals, digits) -> None:
    assert in_digits(value, decimals) == digits


@pytest.mark.parametrize(
    "shown, number, currency, cs, en",
    [
        ("16,300", "16300.00", "", "16\xa0300,00", "16,300.00"), ("−0.5", "-0.5", "", "−0,5", "−0.5"),
        ("≈ 1 000,50 EUR", "1000.50", "EUR", "≈ 1\xa0000,50\xa0EUR", "≈ EUR\xa01,000.50"),
        ("1.1", "", "", "1.1", "1.1"),
    ],
)  # fmt: skip
def test_a_number_is_told_in_the_language_of_the_page_and_texts_as_they_stand(shown, number, currency, cs, en) -> None:
    place = Written("S", "S", "A1", "r", "f", "Head", shown, (1,), number=number, currency=currency)
    assert read(kept([place])) == [place]
    for lang, words in (("cs", cs), ("en", en)):
        with speaking(lang):
            assert cell_text(place) == words
