"""How values are written for people, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from markupsafe import Markup

from portal.kernel.money import Money
from portal.kernel.when import When
from portal.web import formats
from portal.web.i18n import _, gettext, ngettext, speaking
from portal.web.i18n import lazy_gettext as _l

N = "\u00a0"


@pytest.mark.parametrize(
    ("moment", "czech", "english"),
    [
        (datetime(2026, 12, 3, 8, 0, tzinfo=UTC), f"3.{N}12.{N}2026 v{N}9.00", f"3{N}December{N}2026 at{N}9:00"),
        (datetime(2026, 7, 31, 22, 5, tzinfo=UTC), f"1.{N}8.{N}2026 v{N}0.05", f"1{N}August{N}2026 at{N}0:05"),
    ],
)
def test_moments_are_told_by_the_clocks_of_prague(moment, czech, english):
    with speaking("cs"):
        assert formats.instant(moment) == czech
    with speaking("en"):
        assert formats.instant(moment) == english


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError):
        formats.instant(datetime(2026, 1, 1))  # noqa: DTZ001 (the fault tried)


def test_days_and_numbers():
    with speaking("cs"):
        assert formats.day(date(2014, 8, 27)) == f"27.{N}8.{N}2014"
        assert formats.number(1234567) == f"1{N}234{N}567" and formats.number(Decimal("-1.5")) == "−1,5"
    with speaking("en"):
        assert formats.number(1234567) == "1,234,567"


def test_the_unknown_is_written_and_marked_never_a_zero_or_a_dash():
    with speaking("cs"):
        for write in (formats.when, formats.money, formats.number, formats.day, formats.instant, formats.or_unknown):
            assert write(None) == Markup('<span class="unk">neuvedeno</span>')
        assert formats.money_text(None) == formats.when_text(None) == "neuvedeno"
    assert formats.or_unknown(0) == "0" and formats.or_unknown("<b>") == "&lt;b&gt;"


def test_money_and_dates_by_language():
    with speaking("cs"):
        assert (
            formats.money(Money(60000000, "EUR")) == f"600{N}000{N}EUR"
            and formats.when(When("2013-02")) == f"únor{N}2013"
        )
    with speaking("en"):
        assert formats.money(Money(60000050, "EUR")) == f"EUR{N}600,000.50"


@pytest.mark.parametrize(
    ("edtf", "words"),
    [("2014-08-27", "27. 8. 2014"), ("2013-02", "únoru 2013"), ("2013", "roku 2013"), ("2013-09", "září 2013")],
)
def test_a_date_after_k_stands_in_its_case(edtf, words):
    with speaking("cs"):
        assert formats.when_at(When(edtf)).replace(N, " ") == words


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "z 0"), (1, "z 1"), (2, "ze 2"), (4, "ze 4"), (5, "z 5"), (6, "ze 6"), (7, "ze 7"), (8, "z 8"), (11, "z 11"),
        (12, "z 12"), (13, "ze 13"), (14, "ze 14"), (15, "z 15"), (20, "z 20"), (22, "z 22"), (34, "ze 34"), (40, "ze 40"),
        (100, "ze 100"), (150, "ze 150"), (500, "z 500"), (1000, "z 1 000"), (2000, "ze 2 000"), (12000, "z 12 000"),
    ],
)  # fmt: skip
def test_z_or_ze_before_a_number(n, words):
    with speaking("cs"):
        assert formats.out_of(n).replace(N, " ") == words


def test_coverage_in_words():
    with speaking("cs"):
        assert formats.known_of(1, 14).replace(N, " ") == "známo u 1 ze 14"
    with speaking("en"):
        assert formats.known_of(1, 14).replace(N, " ") == "known for 1 of 14"


def test_no_break_spaces_leave_tags_alone():
    with speaking("cs"):
        assert formats.nbsp("v Praze k 27. 8. 2014") == f"v{N}Praze k{N}27.{N}8.{N}2014"
        assert formats.nbsp(Markup('<a title="v Praze">v Praze</a>')) == Markup(f'<a title="v Praze">v{N}Praze</a>')
        assert not isinstance(formats.nbsp("<b>"), Markup)


@pytest.mark.parametrize(("n", "words"), [(1, "1 střet"), (2, "2 střety"), (5, "5 střetů"), (1000, "1 000 střetů")])
def test_plurals_follow_czech(n, words):
    with speaking("cs"):
        text = ngettext("%(num)s clash to decide", "%(num)s clashes to decide", n)
    assert text.replace(N, " ") == f"{words} k rozhodnutí"


def test_lazy_words_follow_the_language_of_each_reading():
    label = _l("Search")
    with speaking("cs"):
        assert str(label) == "Hledat" == _("Search")
    with speaking("en"):
        assert str(label) == "Search"


def test_a_text_without_values_may_hold_a_per_cent_sign():
    with speaking("en"):
        assert gettext("25 % of all") == "25 % of all"
        assert gettext("%(n)s %% of all", n=25) == "25 % of all"
