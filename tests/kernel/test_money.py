"""Money: exact, never mixed, never a float; amounts as Czech and English write them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.kernel.currency import EXPONENTS
from portal.kernel.money import MixedCurrencies, Money, MoneyError, decimals_of, parse_amount, total
from portal.kernel.money import format as write

NB = "\u00a0"
EUR = "EUR"

properties = settings(deadline=None)
CURRENCIES = st.sampled_from(sorted(EXPONENTS))
TYPEABLE = st.builds(Money, st.integers(-(10**13) + 1, 10**13 - 1), CURRENCIES)


# ---- the value -------------------------------------------------------------------------------------------------


def test_money_is_whole_minor_units():
    assert Money.of("600000.00", EUR) == Money(60_000_000, EUR)
    assert Money.of(Decimal("-0.5"), EUR) == Money(-50, EUR)
    assert Money.of(600000, EUR) == Money(60_000_000, EUR)
    assert Money.of("600000", "JPY") == Money(600_000, "JPY")
    assert Money.of("1.234", "KWD") == Money(1234, "KWD")


@pytest.mark.parametrize("amount", [0.1, 600000.0, True, None])
def test_a_float_is_no_amount(amount):
    with pytest.raises(TypeError):
        Money.of(amount, EUR)


@pytest.mark.parametrize("minor", [1.0, "1", True, Decimal(1)])
def test_minor_units_are_a_whole_number(minor):
    with pytest.raises(TypeError):
        Money(minor, EUR)


@pytest.mark.parametrize(
    ("amount", "currency", "code"),
    [
        ("0.001", EUR, "too_many_decimals"),
        ("1.000", EUR, "too_many_decimals"),
        (Decimal("0.5"), "JPY", "too_many_decimals"),
        ("1,5", EUR, "unreadable"),
        ("1_000", EUR, "unreadable"),
        ("", EUR, "unreadable"),
        ("1e3", EUR, "unreadable"),
        (Decimal("NaN"), EUR, "unreadable"),
        (Decimal("Infinity"), EUR, "unreadable"),
        (Decimal("1e999999"), EUR, "too_large"),
        (2**63, "JPY", "too_large"),
        ("1", "EURO", "unknown_currency"),
        ("1", "eur", "unknown_currency"),
        ("1", "XXX", "unknown_currency"),
    ],
)
def test_what_is_no_exact_amount_is_refused(amount, currency, code):
    with pytest.raises(MoneyError) as refusal:
        Money.of(amount, currency)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("currency", "decimals"),
    [("EUR", 2), ("CZK", 2), ("HUF", 2), ("GEL", 2), ("JPY", 0), ("ISK", 0), ("KWD", 3), ("JOD", 3), ("CLF", 4)],
)
def test_every_currency_has_the_decimals_of_the_standard(currency, decimals):
    assert decimals_of(currency) == decimals


def test_the_table_is_whole_and_no_code_stands_in_it_twice():
    from portal.kernel.currency import CURRENT, FORMER

    codes = " ".join([*CURRENT.values(), *FORMER.values()]).split()
    assert len(codes) == len(set(codes)) == 181
    assert sum(len(codes.split()) for codes in CURRENT.values()) == 165


def test_sums_keep_the_cent():
    assert sum_of("0.10", "0.10", "0.10") == Money(30, EUR)
    assert Money.of("1.00", EUR) - Money.of("3.50", EUR) == Money(-250, EUR)
    assert -Money(5, EUR) == Money(-5, EUR)


def sum_of(*amounts: str) -> Money | None:
    return total([Money.of(amount, EUR) for amount in amounts])


def test_the_total_of_nothing_is_unknown_and_not_zero():
    assert total([]) is None
    assert total([Money(0, EUR)]) == Money(0, EUR)
    assert Money(0, EUR), "a known zero is known"


def test_currencies_never_mix():
    euro, koruna = Money(1, EUR), Money(1, "CZK")
    for mix in (
        lambda: euro + koruna,
        lambda: euro - koruna,
        lambda: euro < koruna,
        lambda: euro <= koruna,
        lambda: euro > koruna,
        lambda: euro >= koruna,
        lambda: max(euro, koruna),
        lambda: total([euro, euro, koruna]),
    ):
        with pytest.raises(MixedCurrencies) as refusal:
            mix()
        assert refusal.value.code == "mixed_currencies"
        assert set(refusal.value.params["currencies"]) == {"EUR", "CZK"}
    assert euro != koruna


def test_money_goes_with_money_only():
    for mix in (lambda: Money(1, EUR) + 1, lambda: sum([Money(1, EUR)]), lambda: Money(1, EUR) < 5):
        with pytest.raises(TypeError):
            mix()


@properties
@given(st.builds(Money, st.integers(-(2**63) + 1, 2**63 - 1), CURRENCIES))
def test_decimal_and_back_is_the_same_money(money):
    assert Money.of(money.decimal, money.currency) == money
    assert -money.decimal.as_tuple().exponent == decimals_of(money.currency)


@properties
@given(st.lists(st.integers(-(10**15), 10**15), min_size=1))
def test_a_total_does_not_depend_on_the_order(minors):
    amounts = [Money(minor, EUR) for minor in minors]
    assert total(amounts) == total(reversed(amounts)) == Money(sum(minors), EUR)


# ---- reading ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lang", "minor"),
    [
        ("600 000,00", "cs", 60_000_000),
        ("600 000", "cs", 60_000_000),
        ("600000", "cs", 60_000_000),
        ("600\u00a0000,5", "cs", 60_000_050),
        ("600\u202f000", "cs", 60_000_000),
        ("600\u2009000", "cs", 60_000_000),
        ("600 000,–", "cs", 60_000_000),
        ("600 000,-", "cs", 60_000_000),
        ("−5,50", "cs", -550),
        ("- 5", "cs", -500),
        ("600 000 EUR", "cs", 60_000_000),
        ("600 000 €", "cs", 60_000_000),
        ("0", "cs", 0),
        ("0,07", "cs", 7),
        ("600,000.00", "en", 60_000_000),
        ("600,000", "en", 60_000_000),
        ("600 000.50", "en", 60_000_050),
        ("EUR 600,000", "en", 60_000_000),
        ("€600,000", "en", 60_000_000),
        ("EUR −5", "en", -500),
        ("−EUR 5", "en", -500),
        ("9 999 999 999 999,99", "cs", 999_999_999_999_999),
    ],
)
def test_people_write_amounts_by_the_marks_of_their_language(text, lang, minor):
    assert parse_amount(text, EUR, lang) == Money(minor, EUR)


@pytest.mark.parametrize(
    ("text", "lang", "code"),
    [
        ("", "cs", "empty"),
        (" \u00a0", "cs", "empty"),
        ("3 mil.", "cs", "words"),
        ("tři", "cs", "words"),
        ("1e5", "cs", "words"),
        ("-", "cs", "unreadable"),
        ("+5", "cs", "unreadable"),
        ("5--", "cs", "unreadable"),
        ("--5", "cs", "unreadable"),
        ("٣", "cs", "unreadable"),
        ("=1+1", "cs", "unreadable"),
        ("\x005", "cs", "unreadable"),
        ("9" * 10_000, "cs", "unreadable"),
        ("1.234,5", "cs", "separators"),
        ("1.234", "cs", "separators"),
        ("600.50", "cs", "separators"),
        ("60 00", "cs", "separators"),
        ("1 2345", "cs", "separators"),
        ("1,2,3", "cs", "separators"),
        ("1.234,5", "en", "separators"),
        ("1,23", "en", "separators"),
        ("1,234 567", "en", "separators"),
        ("1,234", "cs", "separators"),
        ("0.005", "en", "too_many_decimals"),
        ("10 000 000 000 000", "cs", "too_large"),
        ("−10 000 000 000 000", "cs", "too_large"),
        ("9" * 90, "cs", "too_large"),
        ("5 USD", "cs", "other_currency"),
        ("5 Kč", "cs", "other_currency"),
        ("USD 5", "en", "other_currency"),
    ],
)
def test_an_amount_that_is_not_clear_is_refused_and_says_why(text, lang, code):
    with pytest.raises(MoneyError) as refusal:
        parse_amount(text, EUR, lang)
    assert refusal.value.code == code


def test_a_refusal_carries_the_facts_of_its_message():
    with pytest.raises(MoneyError) as refusal:
        parse_amount("1.234,5", EUR, "cs")
    assert refusal.value.params == {"text": "1.234,5", "decimal": ",", "group": NB}
    with pytest.raises(MoneyError) as refusal:
        parse_amount("100", EUR, "cs", limit=100)
    assert refusal.value.params == {"limit": 100}


def test_decimals_follow_the_currency():
    assert parse_amount("1,234", "KWD", "cs") == Money(1234, "KWD")
    with pytest.raises(MoneyError, match="too_many_decimals"):
        parse_amount("1,5", "JPY", "cs")


@properties
@given(TYPEABLE, st.sampled_from(["cs", "en"]), st.sampled_from(["auto", "always"]))
def test_what_is_written_is_read_back_to_the_same_cent(money, lang, cents):
    assert parse_amount(write(money, lang, cents), money.currency, lang, limit=10**14) == money


@properties
@given(st.text(max_size=120), st.sampled_from(["cs", "en"]))
def test_no_text_breaks_the_reader(text, lang):
    try:
        assert isinstance(parse_amount(text, EUR, lang), Money)
    except MoneyError as error:
        assert error.code


# ---- writing ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minor", "currency", "cents", "czech", "english"),
    [
        (60_000_000, "EUR", "auto", "600~000~EUR", "EUR~600,000"),
        (60_000_000, "EUR", "always", "600~000,00~EUR", "EUR~600,000.00"),
        (60_000_005, "EUR", "auto", "600~000,05~EUR", "EUR~600,000.05"),
        (-550, "EUR", "auto", "−5,50~EUR", "−EUR~5.50"),
        (-5, "EUR", "auto", "−0,05~EUR", "−EUR~0.05"),
        (0, "EUR", "auto", "0~EUR", "EUR~0"),
        (1_234_567, "JPY", "always", "1~234~567~JPY", "JPY~1,234,567"),
        (1_234_567, "KWD", "auto", "1~234,567~KWD", "KWD~1,234.567"),
    ],
)
def test_amounts_are_written_by_the_rules_of_each_language(minor, currency, cents, czech, english):
    assert write(Money(minor, currency), "cs", cents) == czech.replace("~", NB)
    assert write(Money(minor, currency), "en", cents) == english.replace("~", NB)


def test_cents_are_never_dropped_on_request():
    with pytest.raises(ValueError, match="never"):
        write(Money(1, EUR), "cs", cents="never")
