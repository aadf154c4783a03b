"""Dates with precision: the value, its bounds, its order, and that nothing is lost between writing and reading."""

from datetime import date

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from portal.kernel.when import When, WhenError, certainly_before, certainly_within, meets, parse
from portal.kernel.when import format as write

NB = "\u00a0"
properties = settings(deadline=None)
LANGUAGES = st.sampled_from(["cs", "en"])

DAYS = st.dates(date(1800, 1, 1), date(2200, 12, 31))
PLAIN = st.one_of(
    DAYS.map(lambda day: day.isoformat()),
    DAYS.map(lambda day: f"{day:%Y-%m}"),
    DAYS.map(lambda day: f"{day:%Y}"),
)
POINTS = st.tuples(PLAIN, st.sampled_from(["", "?", "~", "%"])).map("".join)
DECADES = st.tuples(st.integers(180, 219), st.sampled_from(["X", "X?", "X~", "X%"])).map(
    lambda pair: f"{pair[0]}{pair[1]}"
)
# Ends close together, so that shared months and years are written once.
NEIGHBOURS = st.builds(
    lambda day, gap, cut_a, cut_b, a, b: (
        day.isoformat()[:cut_a] + a + "/" + date.fromordinal(day.toordinal() + gap).isoformat()[:cut_b] + b
    ),
    st.dates(date(1800, 1, 1), date(2199, 1, 1)),
    st.integers(0, 700),
    st.sampled_from([4, 7, 10]),
    st.sampled_from([4, 7, 10]),
    st.sampled_from(["", "?", "~", "%"]),
    st.sampled_from(["", "?", "~", "%"]),
)
HALF_KNOWN = st.builds(
    lambda point, shape: shape.format(point), POINTS, st.sampled_from(["{}/..", "{}/", "../{}", "/{}"])
)
FAR_APART = st.tuples(POINTS, POINTS).map("/".join)


@st.composite
def whens(draw):
    text = draw(st.one_of(POINTS, DECADES, NEIGHBOURS, HALF_KNOWN, FAR_APART))
    try:
        return When(text)
    except WhenError as error:
        assume(error.code != "reversed")
        raise


@properties
@given(whens(), LANGUAGES)
def test_what_is_written_is_read_back_as_the_same_value(when, lang):
    text = write(when, lang)
    assert parse(text, lang) == when
    assert parse(text) == when
    assert parse(when.edtf, lang) == when


@properties
@given(whens(), LANGUAGES, st.sampled_from([" ", "\u2009", "\u202f", "  ", "\t"]), st.sampled_from("-‒–—―−"))
def test_any_space_any_dash_and_any_case_are_read_alike(when, lang, space, dash):
    text = write(when, lang)
    text = text.replace(NB, space).replace(" ", space).replace("–", dash)
    assert parse(text.upper()) == when


@properties
@given(whens())
def test_bounds_hold_every_day_the_text_can_mean_and_sorting_never_fails(when):
    assert when.earliest or when.latest
    if when.earliest and when.latest:
        assert when.earliest <= when.latest
    assert when.sort_key < (date.max, date.max, "~")
    assert hash(when) == hash(When(when.edtf))


@properties
@given(st.text(max_size=120))
@example("\u0301")
def test_no_text_breaks_the_reader(text):
    try:
        assert When(parse(text).edtf) == parse(text)
    except WhenError as error:
        assert "text" in error.params


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest", "precision"),
    [
        ("2014-08-27", date(2014, 8, 27), date(2014, 8, 27), "day"),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29), "month"),
        ("2013~", date(2013, 1, 1), date(2013, 12, 31), "year"),
        ("201X", date(2010, 1, 1), date(2019, 12, 31), "decade"),
        ("2010/2013", date(2010, 1, 1), date(2013, 12, 31), "interval"),
        ("2013-02/..", date(2013, 2, 1), None, "interval"),
        ("2013-02/", date(2013, 2, 1), None, "interval"),
        ("../2014-08-26", None, date(2014, 8, 26), "interval"),
        ("/2014", None, date(2014, 12, 31), "interval"),
    ],
)
def test_a_date_knows_the_days_it_can_mean(edtf, earliest, latest, precision):
    when = When(edtf)
    assert (when.earliest, when.latest, when.precision) == (earliest, latest, precision)


def test_qualifiers_of_either_end_show_on_the_whole():
    when = When("2010~/2013?")
    assert when.approximate and when.uncertain
    assert when.start == When("2010~") and when.end == When("2013?")
    assert not When("2010/2013").approximate and not When("2010/2013").uncertain


def test_an_open_end_is_not_an_unknown_one():
    assert When("2013/..").goes_on and not When("2013/").goes_on
    assert When("2013/..") != When("2013/")


@pytest.mark.parametrize(
    "edtf", ["2013 ", "2013-2", "2013-02-30", "20XX", "2013-21", "2010s", "únor 2013", "2013\n", "201X/.."]
)
def test_the_value_itself_takes_supported_edtf_only(edtf):
    with pytest.raises(WhenError):
        When(edtf)


def test_dates_sort_by_their_first_day_and_those_without_a_start_by_their_last():
    texts = ["2014-02", "../2014-08-26", "2014", "2013/..", "2014-08-27", "2014/2015"]
    in_order = sorted((When(text) for text in texts), key=lambda when: when.sort_key)
    assert [when.edtf for when in in_order] == [
        "2013/..",
        "2014",
        "2014/2015",
        "2014-02",
        "../2014-08-26",
        "2014-08-27",
    ]


@pytest.mark.parametrize(
    ("end", "start", "expected"),
    [
        ("2013", "2014", True),
        ("2013-02", "2013-03-01", True),
        ("../2014-08-26", "2014-08-27", True),
        ("2010/2013", "2014/..", True),
        ("2013", "2013-02", False),
        ("2013-03", "2013", False),
        ("2014", "2014", False),
        ("2013/", "2020", False),
        ("2013/..", "2020", False),
        ("2013", "../2020", False),
        ("2013~", "2014", False),
        ("2013", "2014?", False),
        (None, "2014", False),
        ("2013", None, False),
    ],
)
def test_a_rule_refuses_an_end_before_a_start_only_when_it_is_sure(end, start, expected):
    assert certainly_before(end and When(end), start and When(start)) is expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2014-01-01", True), ("2014-12", True), ("2014", True), ("2014-03/2014-05", True), ("2013/2014", False), ("201X", False),
        ("2014-12-31/2015-01-01", False), ("2014/..", False), ("/2014", False), ("2014-06~", False), ("2014?", False),
        ("2013-12-31", False), (None, False),
    ],
)  # fmt: skip
def test_a_date_lies_within_a_period_only_when_it_is_sure(when, expected):
    period = When("2014-01-01/2014-12-31")
    assert certainly_within(when and When(when), period) is expected
    assert not expected or meets(When(when), period)
    assert not certainly_within(when and When(when), When("2010/.."))


@properties
@given(whens(), whens())
def test_certainly_before_is_never_true_both_ways(a, b):
    assert not (certainly_before(a, b) and certainly_before(b, a))
