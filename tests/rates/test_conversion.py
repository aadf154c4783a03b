"""An amount is converted under each regime to the cent, with every rate named; where one is missing there is no amount."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.money import Money
from portal.kernel.when import When
from portal.rates.rules import Conversion, NoRate, Rate, convert, month_of_when, months_of, months_text, total_in
from portal.rates.rules.conversion import Step
from tests.factories.rates import SmallBook

CZK = Money.of("100000.00", "CZK")
WINTER = (date(2025, 1, 1), date(2025, 3, 31))
BOOK = SmallBook(
    months={("CZK", "2025-01"): "25.1", ("CZK", "2025-02"): "25.2", ("CZK", "2025-03"): "24.9", ("GEL", "2025-02"): "2.9"},
    days={
        ("CZK", "2024-12-31"): "30",
        ("CZK", "2025-01-02"): "25", ("CZK", "2025-01-31"): "26", ("CZK", "2025-03-31"): "24.5", ("CZK", "2026-10-30"): "24.4",
    },
    computed={("CZK", "2025-04"): "24.95"},
)  # fmt: skip


def worked(amount: Money = CZK, **terms) -> Conversion:
    found = convert(amount, book=BOOK, **terms)
    assert isinstance(found, Conversion), found
    return found


def test_each_regime_has_its_rate_its_sources_and_its_cent() -> None:
    a = worked(regime="A", period=WINTER)
    # (25.1 + 25.2 + 24.9) / 3 = 25.0666…; 100,000 / 25.0666… = 3,989.3617…
    assert a.amount == Money.of("3989.36", "EUR") and str(a.rate).startswith("25.0666666666666666")
    assert months_text(a.months) == ("2025-01", "2025-02", "2025-03") and a.sources == ("InforEuro",) and a.used == "A"
    b = worked(regime="B", day=date(2025, 2, 17))
    assert (b.amount, b.rate, months_text(b.months)) == (Money.of("3968.25", "EUR"), Decimal("25.2"), ("2025-02",))
    c = worked(regime="C", period=WINTER)
    # (25 + 26 + 24.5) / 3 = 25.1666…; 100,000 / 25.1666… = 3,973.5099…
    assert c.amount == Money.of("3973.51", "EUR") and c.sources == ("ECB",) and c.used == "C"
    assert c.days == (date(2025, 1, 2), date(2025, 1, 31), date(2025, 3, 31))
    fixed = worked(regime="fixed", fixed=Decimal("27.5"))
    assert fixed.amount == Money.of("3636.36", "EUR") and fixed.used == "fixed"
    assert not any(one.computed for one in (a, b, c, fixed))


def test_the_rule_of_rounding_decides_the_last_cent() -> None:
    for minor, nearest, cut in ((2010, "1.01", "1.00"), (-2010, "-1.01", "-1.00")):
        terms = {
            "regime": "fixed",
            "fixed": Decimal(20),
        }  # 20.10 / 20 = 1.005
        amount = Money(minor, "CZK")
        assert worked(amount, rounding="nearest", **terms).amount == Money.of(nearest, "EUR")
        assert worked(amount, rounding="cut", **terms).amount == Money.of(cut, "EUR")
    with pytest.raises(KeyError):
        worked(regime="fixed", fixed=Decimal(25), rounding="up")


def test_regime_c_falls_back_to_inforeuro_only_where_the_bank_has_no_rate() -> None:
    fallen = worked(Money.of("290.00", "GEL"), regime="C", period=(date(2025, 2, 1), date(2025, 2, 28)))
    assert (fallen.regime, fallen.used, fallen.amount) == ("C", "A", Money.of("100.00", "EUR"))
    # A period that goes on after the last day known here is no reason to fall back: the Bank has those rates.
    late = convert(CZK, book=BOOK, regime="C", period=(date(2026, 10, 1), date(2026, 11, 30)))
    assert late == NoRate(CZK, "C", "days_missing", "CZK", ("2026-10-31", "2026-11-30"))
    weekend = worked(regime="C", period=(date(2026, 10, 1), date(2026, 10, 31)))
    assert weekend.days == (date(2026, 10, 30),), "nothing is published on a Saturday, so nothing is missing"
    ended = SmallBook(days={("HRK", "2022-12-30"): "7.53"}, months={("HRK", "2023-02"): "7.54"})
    kuna = Money.of("75.40", "HRK")
    assert convert(kuna, book=ended, regime="C", period=(date(2022, 12, 30), date(2023, 2, 28))) == NoRate(
        kuna, "C", "days_missing", "HRK", ("2022-12-31", "2023-02-28")
    )
    after = convert(kuna, book=ended, regime="C", period=(date(2023, 2, 1), date(2023, 2, 28)))
    assert isinstance(after, Conversion) and (after.used, after.amount) == ("A", Money.of("10.00", "EUR"))


def test_what_is_missing_is_named_and_nothing_is_guessed() -> None:
    def absent(**terms) -> tuple[str, tuple[str, ...]]:
        found = convert(CZK, book=BOOK, **terms)
        assert isinstance(found, NoRate)
        return found.reason, found.missing

    spring = (date(2025, 3, 1), date(2025, 6, 30))
    assert absent(regime="A", period=spring) == ("month_missing", ("2025-05", "2025-06"))
    assert absent(regime="A", period=spring, computed=False) == ("month_missing", ("2025-04", "2025-05", "2025-06"))
    assert absent(regime="A") == ("period_unknown", ()) == absent(regime="C")
    assert absent(regime="B") == ("day_unknown", ())
    assert absent(regime="fixed") == ("fixed_unknown", ())
    april = worked(regime="B", day=date(2025, 4, 30))
    assert april.computed and april.amount == Money.of("4008.02", "EUR") and april.rates[0].source == "ECB"
    for wrong in ({"regime": "D"}, {"regime": "A", "period": WINTER[::-1]}):
        with pytest.raises(ValueError, match="no such regime or period"):
            convert(CZK, book=BOOK, **wrong)


def test_steps_lead_from_the_given_amount_to_the_rounded_one() -> None:
    b = worked(regime="B", day=date(2025, 2, 17))
    rate = Rate("CZK", Decimal("25.2"), "imported", "InforEuro", month=date(2025, 2, 1), edition=1)
    assert b.steps() == (
        Step("given", Decimal("100000.00"), "CZK"), Step("rate", Decimal("25.2"), "CZK", rate),
        Step("used", Decimal("25.2"), "CZK"), Step("exact", b.exact, "EUR"), Step("rounded", Decimal("3968.25"), "EUR"),
    )  # fmt: skip
    assert [step.what for step in worked(regime="A", period=WINTER).steps()] == [
        "given", "rate", "rate", "rate", "mean", "exact", "rounded",
    ]  # fmt: skip
    euro = worked(Money.of("5.00", "EUR"), regime="A")
    assert [step.what for step in euro.steps()] == ["given", "rounded"] and euro.used == "none" and euro.rates == ()


def test_other_currencies_go_by_way_of_the_euro() -> None:
    back = convert(Money.of("100.00", "EUR"), "CZK", book=BOOK, regime="B", day=date(2025, 2, 1))
    assert isinstance(back, Conversion) and back.amount == Money.of("2520.00", "CZK")
    cross = convert(Money.of("290.00", "GEL"), "CZK", book=BOOK, regime="B", day=date(2025, 2, 1))
    assert isinstance(cross, Conversion) and cross.amount == Money.of("2520.00", "CZK")
    assert [rate.currency for rate in cross.rates] == ["GEL", "CZK"]
    with pytest.raises(ValueError, match="of the euro"):
        convert(Money.of("290.00", "GEL"), "CZK", book=BOOK, regime="fixed", fixed=Decimal(9))


def test_a_total_is_the_sum_of_its_records_and_says_what_is_not_in_it() -> None:
    amounts = [
        (Money.of("100.00", "EUR"), None), (CZK, date(2025, 2, 1)), (CZK, date(2025, 4, 1)), (CZK, date(2025, 7, 1)), (CZK, None),
    ]  # fmt: skip
    total = total_in(amounts, BOOK)
    assert total.amount == Money.of("8076.27", "EUR")  # 100.00 + 3,968.25 + 4,008.02
    assert [(r.currency, r.month, r.kind) for r in total.rates] == [
        ("CZK", date(2025, 2, 1), "imported"), ("CZK", date(2025, 4, 1), "computed"),
    ]  # fmt: skip
    assert total.computed
    assert [(one.reason, one.missing) for one in total.absent] == [("month_missing", ("2025-07",)), ("day_unknown", ())]
    assert total_in([(CZK, None)], BOOK).amount is None, "nothing converted is unknown, not zero"


@pytest.mark.parametrize(
    ("edtf", "month"),
    [
        ("2025-03", date(2025, 3, 1)), ("2025-03-31", date(2025, 3, 1)), ("2025", None), ("2025-03/2025-04", None),
        ("2025-03~", None), ("2025-03?", None), ("2025-03/..", None),
    ],
)  # fmt: skip
def test_only_a_date_that_names_one_month_has_a_month(edtf: str, month: date | None) -> None:
    assert month_of_when(When(edtf)) == month
    assert month_of_when(None) is None


def test_months_of_a_period_are_all_that_it_touches() -> None:
    assert months_text(months_of(date(2024, 11, 30), date(2025, 2, 1))) == ("2024-11", "2024-12", "2025-01", "2025-02")


rates = st.decimals(min_value="0.0001", max_value="100000", places=6, allow_nan=False)
amounts = st.integers(min_value=-(10**13), max_value=10**13)


@given(amounts, rates)
def test_the_cent_is_that_of_exact_fractions(minor: int, rate: Decimal) -> None:
    exact = Fraction(minor, 100) / Fraction(rate)
    nearest = convert(Money(minor, "CZK"), book=BOOK, regime="fixed", fixed=rate)
    cut = convert(Money(minor, "CZK"), book=BOOK, regime="fixed", fixed=rate, rounding="cut")
    assert isinstance(nearest, Conversion) and isinstance(cut, Conversion)
    assert abs(Fraction(nearest.amount.decimal) - exact) <= Fraction(1, 200)
    assert cut.amount.minor == int(exact * 100)  # int() cuts towards zero
    assert (nearest.amount.minor, cut.amount.minor) == tuple(
        -one.amount.minor
        for one in (
            convert(Money(-minor, "CZK"), book=BOOK, regime="fixed", fixed=rate),
            convert(Money(-minor, "CZK"), book=BOOK, regime="fixed", fixed=rate, rounding="cut"),
        )
        if isinstance(one, Conversion)
    )


@given(st.lists(rates, min_size=3, max_size=3), amounts)
def test_the_mean_lies_between_its_rates_whatever_their_order(values: list[Decimal], minor: int) -> None:
    def of(order: list[Decimal]) -> Conversion:
        months = {("CZK", f"2025-0{n}"): str(rate) for n, rate in enumerate(order, 1)}
        found = convert(Money(minor, "CZK"), book=SmallBook(months), regime="A", period=WINTER)
        assert isinstance(found, Conversion)
        return found

    one = of(values)
    assert min(values) <= one.rate <= max(values)
    assert of(values[::-1]).amount == one.amount
