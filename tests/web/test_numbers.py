"""Numbers as people type them, by the marks of their language."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portal.kernel.number import NumberError, parse_number, typed_number
from portal.web.forms.explain import explain_number
from portal.web.i18n import speaking


@pytest.mark.parametrize(
    ("lang", "typed", "read"),
    [
        ("en", "1,200", "1200"),
        ("en", "1,234,567.25", "1234567.25"),
        ("cs", "1\u00a0200", "1200"),
        ("cs", "12,3450", "12.345"),
        ("cs", "0,125", "0.125"),
        ("en", "\u22123.50", "-3.5"),
        ("en", "1.200", "This can be read in two ways. Write 1200, or 1.2 with a decimal mark."),
        ("cs", "12,345", "Toto lze číst dvojím způsobem. Napište 12345, nebo 12,3450 s desetinnou čárkou."),
        ("cs", "1.200", "Tečky a čárky neodpovídají zápisu čísla. Napište je jako 1\u00a0234,5."),
        ("en", "12,5", "The dots and commas do not fit a number. Write it as 1,234.5."),
        ("cs", "mnoho", "Toto není číslo"),
    ],
)
def test_a_number_is_read_by_the_marks_of_the_language_and_never_guessed(app, lang, typed, read):
    if read[-1].isdigit():
        value = parse_number(typed, lang)
        assert value == Decimal(read) and parse_number(typed_number(value, lang), lang) == value
    else:
        with pytest.raises(NumberError) as refusal:
            parse_number(typed, lang)
        with speaking(lang):
            assert read in explain_number(refusal.value)
