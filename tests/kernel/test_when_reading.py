"""Dates as people write them in Czech and English, and what is refused with which reason."""

import pytest

from portal.kernel.when import WhenError, parse


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("31. 3. 2025", "2025-03-31"),
        ("31.3.2025", "2025-03-31"),
        ("27. srpna 2014", "2014-08-27"),
        ("dne 27. srpna 2014", "2014-08-27"),
        ("27 August 2014", "2014-08-27"),
        ("27th August 2014", "2014-08-27"),
        ("August 27, 2014", "2014-08-27"),
        ("únor 2013", "2013-02"),
        ("unor 2013", "2013-02"),
        ("února 2013", "2013-02"),
        ("v únoru 2013", "2013-02"),
        ("v únoru roku 2013", "2013-02"),
        ("2/2013", "2013-02"),
        ("02.2013", "2013-02"),
        ("červen 2017", "2017-06"),
        ("červenec 2017", "2017-07"),
        ("Aug 2014", "2014-08"),
        ("Sept. 2014", "2014-09"),
        ("v roce 2013", "2013"),
        ("in 2013", "2013"),
        ("desetiletí 2010–2019", "201X"),
        ("the 2010s", "201X"),
        ("2010–2013", "2010/2013"),
        ("2010 - 2013", "2010/2013"),
        ("2012 / 2014", "2012/2014"),
        ("od roku 2010 do roku 2013", "2010/2013"),
        ("srpen 2012 – červen 2017", "2012-08/2017-06"),
        ("from August 2012 to June 2017", "2012-08/2017-06"),
        ("8/2012 – 6/2017", "2012-08/2017-06"),
        ("srpen–říjen 2012", "2012-08/2012-10"),
        ("2010 – červen 2017", "2010/2017-06"),
        ("6.–7. 2. 2014", "2014-02-06/2014-02-07"),
        ("20.–22. 4. 2016", "2016-04-20/2016-04-22"),
        ("6.–7. února 2014", "2014-02-06/2014-02-07"),
        ("6–7 February 2014", "2014-02-06/2014-02-07"),
        ("February 6–7, 2014", "2014-02-06/2014-02-07"),
        ("31. 3. – 1. 4. 2025", "2025-03-31/2025-04-01"),
        ("2009-04-27/28", "2009-04-27/2009-04-28"),
        ("asi 2013", "2013~"),
        ("cca 2013", "2013~"),
        ("kolem roku 2013", "2013~"),
        ("about 2013", "2013~"),
        ("c. 2013", "2013~"),
        ("únor 2013?", "2013-02?"),
        ("2013 (nejisté)", "2013?"),
        ("about 2013 (uncertain)", "2013%"),
        ("asi 2010–2013", "2010~/2013~"),
        ("2010 – asi 2013", "2010/2013~"),
        ("(asi 2010) – 2013", "2010~/2013"),
        ("před 27. 8. 2014", "../2014-08-26"),
        ("before 27 August 2014", "../2014-08-26"),
        ("před 1. 3. 2012", "../2012-02-29"),
        ("před lednem 2014", "../2013-12"),
        ("před rokem 2013", "../2012"),
        ("od února 2013", "2013-02/.."),
        ("since February 2013", "2013-02/.."),
        ("from February 2013", "2013-02/.."),
        ("únor 2013 – dosud", "2013-02/.."),
        ("do června 2017", "/2017-06"),
        ("until June 2017", "/2017-06"),
        ("únor 2013 – ?", "2013-02/"),
        ("? – červen 2017", "/2017-06"),
        ("20\u200b13\ufeff", "2013"),
    ],
)
def test_people_write_dates_in_many_ways(text, edtf):
    assert parse(text).edtf == edtf


@pytest.mark.parametrize(
    ("text", "code", "params"),
    [
        ("", "empty", {}),
        (" \u00a0 ", "empty", {}),
        ("x" * 10_000, "too_long", {"limit": 100}),
        ("loni", "unreadable", {}),
        ("6.", "unreadable", {}),
        ("\x00", "unreadable", {}),
        ("od 201X", "unreadable", {}),
        ("před do 2013", "unreadable", {}),
        ("před 2010–2013", "unreadable", {}),
        ("٢٠١٣", "unreadable", {}),
        ("3/4/2013", "ambiguous", {}),
        ("před 3-4-2013", "ambiguous", {}),
        ("2010–12", "ambiguous", {}),
        ("27. 8. 14", "short_year", {}),
        ("31. 3.", "no_year", {}),
        ("únor", "no_year", {}),
        ("30. 2. 2013", "no_such_day", {"day": 30, "month": 2, "year": 2013}),
        ("29 February 2013", "no_such_day", {"day": 29, "month": 2, "year": 2013}),
        ("před 31. 4. 2013", "no_such_day", {"day": 31, "month": 4, "year": 2013}),
        ("2013-02-30", "no_such_day", {"day": 30, "month": 2, "year": 2013}),
        ("13/2013", "no_such_month", {"month": 13}),
        ("2013-13", "no_such_month", {"month": 13}),
        ("1799", "year_range", {"year": 1799, "first": 1800, "last": 2200}),
        ("1. 1. 2201", "year_range", {"year": 2201}),
        ("220X", "year_range", {"year": 2209}),
        ("2013–2010", "reversed", {"start": "2013", "end": "2010"}),
        ("7.–6. 2. 2014", "reversed", {"start": "2014-02-07", "end": "2014-02-06"}),
        ("prosinec – leden 2013", "reversed", {"start": "2013-12", "end": "2013-01"}),
        ("? – ?", "nothing_known", {}),
        ("../", "nothing_known", {}),
    ],
)
def test_what_cannot_be_read_says_why(text, code, params):
    with pytest.raises(WhenError) as refusal:
        parse(text)
    assert refusal.value.code == code
    assert refusal.value.params.items() >= params.items()


def test_the_text_of_a_refusal_is_what_was_typed():
    with pytest.raises(WhenError) as refusal:
        parse("  Únor ")
    assert refusal.value.params["text"] == "Únor"


def test_a_named_language_reads_only_its_own_words():
    assert parse("únor 2013", "cs").edtf == "2013-02"
    with pytest.raises(WhenError, match="unreadable"):
        parse("February 2013", "cs")
    with pytest.raises(WhenError, match="unreadable"):
        parse("od 2013", "en")
