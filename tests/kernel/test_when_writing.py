"""Dates and periods as they are shown in Czech and English."""

import pytest

from portal.kernel.when import When, span
from portal.kernel.when import format as write

NB = "\u00a0"


@pytest.mark.parametrize(
    ("edtf", "czech", "english"),
    [
        ("2014-08-27", "27.~8.~2014", "27~August~2014"),
        ("2013-02", "únor~2013", "February~2013"),
        ("2013", "2013", "2013"),
        ("201X", "desetiletí~2010–2019", "2010s"),
        ("2013~", "asi~2013", "about~2013"),
        ("2013?", "2013 (nejisté)", "2013 (uncertain)"),
        ("2010/2013", "2010–2013", "2010–2013"),
        ("2012-08/2017-06", "srpen~2012~– červen~2017", "August~2012~– June~2017"),
        ("2012-08/2012-10", "srpen~– říjen~2012", "August~– October~2012"),
        ("2014-02-06/2014-02-07", "6.–7.~2.~2014", "6–7~February~2014"),
        ("2025-03-31/2025-04-01", "31.~3.~– 1.~4.~2025", "31~March~– 1~April~2025"),
        ("2016-12-14/2017-01-15", "14.~12.~2016~– 15.~1.~2017", "14~December~2016~– 15~January~2017"),
        ("2010/2017-06", "2010~– červen~2017", "2010~– June~2017"),
        ("2013-02/..", "od~února~2013", "since~February~2013"),
        ("2013/..", "od~roku~2013", "since~2013"),
        ("2013-02~/..", "asi~od~února~2013", "since~about~February~2013"),
        ("2013-02/", "únor~2013~– ?", "February~2013~– ?"),
        ("../2014-08-26", "před~27.~8.~2014", "before~27~August~2014"),
        ("../2014-12", "před~lednem~2015", "before~January~2015"),
        ("../2200", "před~rokem~2201", "before~2201"),
        ("/2017-06", "do~června~2017", "until~June~2017"),
        ("2010~/2013~", "asi~2010–2013", "about~2010–2013"),
        ("2010~/2013", "(asi~2010)~– 2013", "(about~2010)~– 2013"),
        ("2010/2013%", "2010~– (asi~2013,~nejisté)", "2010~– (about~2013,~uncertain)"),
    ],
)
def test_dates_are_written_as_precise_as_they_are(edtf, czech, english):
    assert write(When(edtf), "cs") == czech.replace("~", NB)
    assert write(When(edtf), "en") == english.replace("~", NB)


@pytest.mark.parametrize(
    ("start", "end", "czech"),
    [
        ("2012-08", "2017-06", "srpen~2012~– červen~2017"),
        ("2010", "2013", "2010–2013"),
        ("2013", "2013", "2013"),
        ("2013-02", None, "únor~2013~– ?"),
        (None, "2017-06", "?~– červen~2017"),
        ("../2014-08-26", "2017-06", "před~27.~8.~2014~– červen~2017"),
        ("2012-08/2012-10", "2017", "(srpen~– říjen~2012)~– 2017"),
        ("2017", "2014", "2017–2014"),
    ],
)
def test_a_period_is_written_from_its_two_ends(start, end, czech):
    assert span(start and When(start), end and When(end), "cs") == czech.replace("~", NB)


def test_a_period_without_any_stated_end_has_no_text():
    assert span(None, None, "cs") is None
