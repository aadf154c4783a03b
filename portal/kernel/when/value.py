"""The value: a date or a period in a subset of EDTF (ISO 8601-2:2019, level 1), and the days it can mean.

    2014-08-27  2013-02  2013  201X              day, month, year, decade
    2013~  2013?  2013%                          approximate, uncertain, both (also at an end of an interval)
    2010/2013  2014-02-06/2014-02-07             interval
    2013-02/..   2013-02/                        open end (goes on), unknown end
    ../2014-08-26   /2014                        open start (some time up to that day), unknown start

Not supported: times of day, seasons, sets, other unspecified digits, decades inside intervals.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.kernel.errors import PortalError

FIRST_YEAR, LAST_YEAR = 1800, 2200

_POINT = r"(?:\d{3}X|\d{4}(?:-\d\d(?:-\d\d)?)?)[?~%]?"
POINT = re.compile(_POINT, re.ASCII)
INTERVAL = re.compile(rf"(?P<start>{_POINT}|\.\.)?/(?P<end>{_POINT}|\.\.)?", re.ASCII)

Parts = tuple[int, int | None, int | None]  # year, month, day


class WhenError(PortalError, ValueError):
    """A text that is no date the portal keeps. `code` says why, `params` holds the text and more:

    empty                              nothing was typed
    too_long       limit               more characters than any date has
    unreadable                         neither EDTF nor a known way of writing
    ambiguous                          day and month, or month and shortened year, cannot be told apart
    short_year                         the year has two digits
    no_year                            the year is missing
    no_such_month  month               month 0 or above 12
    no_such_day    day, month, year    30 February
    year_range     year, first, last   outside 1800–2200
    reversed       start, end          the interval ends before it starts (both EDTF)
    nothing_known                      neither end of the interval is known
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(**params)
        self.code = code


@dataclass(frozen=True)
class When:
    """A date or period, told apart by its EDTF text alone: `When("2013-02")`.

    earliest, latest   first and last day it can mean; None where that end is open or unknown. Qualifiers do
                       not widen them: "about 2013" sorts and filters as 2013
    precision          "day", "month", "year", "decade" or "interval"
    approximate        "about" stands at it (or at either end of an interval)
    uncertain          the source doubts it (or either end of an interval)

    Raises WhenError for anything but the supported EDTF; for what people write use `parse`.
    """

    edtf: str
    earliest: date | None = field(init=False, repr=False, compare=False)
    latest: date | None = field(init=False, repr=False, compare=False)
    precision: str = field(init=False, repr=False, compare=False)
    approximate: bool = field(init=False, repr=False, compare=False)
    uncertain: bool = field(init=False, repr=False, compare=False)
    _ends: tuple[When | None, When | None] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if POINT.fullmatch(self.edtf):
            self._become_point()
        elif match := INTERVAL.fullmatch(self.edtf):
            self._become_interval(*match.group("start", "end"))
        else:
            raise WhenError("unreadable", text=self.edtf)

    def _become_point(self) -> None:
        text = self.edtf.rstrip("?~%")
        if text.endswith("X"):
            precision, earliest, latest = (
                "decade",
                bounds(int(text[:3] + "0"))[0],
                bounds(int(text[:3] + "9"))[1],
            )
        else:
            parts = [int(part) for part in text.split("-")]
            precision = ("year", "month", "day")[len(parts) - 1]
            earliest, latest = bounds(*parts)
        for day in (earliest, latest):
            if not FIRST_YEAR <= day.year <= LAST_YEAR:
                raise WhenError("year_range", year=day.year, first=FIRST_YEAR, last=LAST_YEAR)
        qualifier = self.edtf[len(text) :]
        self._set(earliest, latest, precision, qualifier in ("~", "%"), qualifier in ("?", "%"), (self, self))

    def _become_interval(self, *texts: str | None) -> None:
        start, end = (When(text) if text and text != ".." else None for text in texts)
        known = [point for point in (start, end) if point]
        if not known:
            raise WhenError("nothing_known")
        if any(point.precision == "decade" for point in known):
            raise WhenError("unreadable", text=self.edtf)
        if start and end and end.days[1] < start.days[0]:
            raise WhenError("reversed", start=start.edtf, end=end.edtf)
        approximate, uncertain = any(p.approximate for p in known), any(p.uncertain for p in known)
        earliest, latest = start and start.earliest, end and end.latest
        self._set(earliest, latest, "interval", approximate, uncertain, (start, end))

    def _set(self, *values: Any) -> None:
        names = ("earliest", "latest", "precision", "approximate", "uncertain", "_ends")
        for name, value in zip(names, values, strict=True):
            object.__setattr__(self, name, value)

    def __str__(self) -> str:
        return self.edtf

    @property
    def start(self) -> When | None:
        """The start of an interval, None where it is open or unknown; a single date is its own start."""
        return self._ends[0]

    @property
    def end(self) -> When | None:
        """The end of an interval, None where it is open or unknown; a single date is its own end."""
        return self._ends[1]

    @property
    def goes_on(self) -> bool:
        """Whether the end is open, said to go on (`2013-02/..`); false where the end is merely unknown."""
        return self.edtf.endswith("/..")

    @property
    def parts(self) -> Parts:
        """Year, month and day of a single date that is no decade; None for what it does not say."""
        year, *rest = (int(part) for part in self.edtf.rstrip("?~%").split("-"))
        month, day, *_ = [*rest, None, None]
        return year, month, day

    @property
    def days(self) -> tuple[date, date]:
        """First and last day of a date both of whose ends are known, as of every single date. ValueError for others."""
        if self.earliest is None or self.latest is None:
            raise ValueError(f"{self.edtf} has an open end")
        return self.earliest, self.latest

    @property
    def sort_key(self) -> tuple[date, date, str]:
        """Orders by the first day it can mean; where the start is open or unknown, by the last."""
        first = self.earliest or self.latest
        assert first is not None  # an interval of which neither end is known is refused
        return first, self.latest or date.max, self.edtf


def bounds(year: int, month: int | None = None, day: int | None = None) -> tuple[date, date]:
    """First and last day of a year, month or day. Raises WhenError when there is no such day."""
    if month is not None and not 1 <= month <= 12:
        raise WhenError("no_such_month", month=month)
    if not 1 <= year <= 9998:
        raise WhenError("year_range", year=year, first=FIRST_YEAR, last=LAST_YEAR)
    last_month = month or 12
    last_day = monthrange(year, last_month)[1]
    if day is not None and not 1 <= day <= last_day:
        raise WhenError("no_such_day", day=day, month=month, year=year)
    return date(year, month or 1, day or 1), date(year, last_month, day or last_day)


def certainly_before(a: When | None, b: When | None) -> bool:
    """Whether a has surely ended before b starts, so that a rule may refuse it.

    False whenever it is not sure: either is not stated, a has no known end, b no known start, they overlap
    within their precision (a = 2013, b = 2013-02), or the ends in question are approximate or uncertain.
    """
    end, start = a and a.end, b and b.start
    if not end or not start or any(p.approximate or p.uncertain for p in (end, start)):
        return False
    return end.days[1] < start.days[0]


def certainly_within(when: When | None, period: When) -> bool:
    """Whether a date or time surely lies in a period; False whenever it is not sure: not stated, an end that is open or unknown,
    longer than the period, or one of them approximate or uncertain."""
    if when is None or any(one.approximate or one.uncertain for one in (when, period)):
        return False
    if when.earliest is None or when.latest is None or period.earliest is None or period.latest is None:
        return False
    return period.earliest <= when.earliest and when.latest <= period.latest


def meets(when: When | None, period: When) -> bool:
    """Whether a date or time may fall into the period; not one that is not stated, nor into one without known ends."""
    if when is None or period.earliest is None or period.latest is None:
        return False
    return (when.earliest or date.min) <= period.latest and (when.latest or date.max) >= period.earliest
