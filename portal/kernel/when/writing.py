"""Writing dates: no-break spaces inside a date and before a dash, en dashes, Czech cases.

Whatever is written here `parse` reads back to the same value.
"""

from __future__ import annotations

from datetime import timedelta

from portal.kernel.when.value import Parts, When
from portal.kernel.when.words import CZECH_MONTHS, ENGLISH_MONTHS

NBSP = "\u00a0"
_TO = f"{NBSP}– "
_NOMINATIVE, _GENITIVE, _INSTRUMENTAL = 0, 1, 3
_YEAR = {_NOMINATIVE: "", _GENITIVE: f"roku{NBSP}", _INSTRUMENTAL: f"rokem{NBSP}"}
_ABOUT = {"cs": "asi", "en": "about"}
_UNCERTAIN = {"cs": "nejisté", "en": "uncertain"}
_SINCE = {"cs": "od", "en": "since"}
_UNTIL = {"cs": "do", "en": "until"}
_BEFORE = {"cs": "před", "en": "before"}


def format(when: When, lang: str) -> str:
    """The date as a person of that language ("cs" or "en") writes it, no more precise than it is.

    27. 8. 2014 · únor 2013 · 2010–2013 · únor 2013 – ? · od února 2013 · před 27. 8. 2014 · do června 2017
    asi 2013 · 2013 (nejisté) · desetiletí 2010–2019
    27 August 2014 · February 2013 – ? · since February 2013 · before 27 August 2014 · about 2013 · 2010s
    Where the ends of a period are qualified differently, each stands in brackets: (asi 2010) – 2013.
    """
    start, end = when.start, when.end
    if when.precision != "interval":
        return _qualified(_point(when, lang), when, lang)
    if start and end:
        return _period(start, end, lang)
    if start:
        if not when.goes_on:
            return _qualified(_point(start, lang) + _TO + "?", start, lang)
        return _qualified(_date(start.parts, lang, _GENITIVE), start, lang, _SINCE[lang])
    assert end is not None  # an interval of which neither end is known is refused
    if when.edtf.startswith("../"):
        return _qualified(_date(_next_unit(end), lang, _INSTRUMENTAL), end, lang, _BEFORE[lang])
    return _qualified(_date(end.parts, lang, _GENITIVE), end, lang, _UNTIL[lang])


def span(start: When | None, end: When | None, lang: str) -> str | None:
    """The period between two dates: srpen 2012 – červen 2017, 2010–2013; "?" for an end that is not stated.

    None when neither is stated: the caller says "neuvedeno" the way its page does. Contradictory ends (the
    end before the start) are written as they stand.
    """
    if start is None and end is None:
        return None
    if start and start == end:
        return format(start, lang)
    if start and end and "interval" not in (start.precision, end.precision):
        return _period(start, end, lang)
    return _TO.join(_end(when, lang) for when in (start, end))


def _end(when: When | None, lang: str) -> str:
    if when is None:
        return "?"
    text = format(when, lang)
    return f"({text})" if when.start and when.end and when.precision == "interval" else text


def _period(start: When, end: When, lang: str) -> str:
    """A period with two known ends, which need not be in order; what both share is written once."""
    if (start.approximate, start.uncertain) != (end.approximate, end.uncertain):
        return _TO.join(_bracketed(point, lang) for point in (start, end))
    return _qualified(_bare_period(start, end, lang), start, lang)


def _bare_period(start: When, end: When, lang: str) -> str:
    precisions = start.precision, end.precision
    if precisions == ("year", "year"):
        return f"{start.parts[0]}–{end.parts[0]}"
    if "decade" not in precisions and start.precision == end.precision and start.parts[0] == end.parts[0]:
        _, month, day = start.parts
        assert month is not None  # years were written above
        last = _date(end.parts, lang)
        if precisions == ("month", "month"):
            return (CZECH_MONTHS[month - 1][0] if lang == "cs" else ENGLISH_MONTHS[month - 1]) + _TO + last
        if month == end.parts[1]:
            return f"{day}{'.' if lang == 'cs' else ''}–{last}"
        return (f"{day}.{NBSP}{month}." if lang == "cs" else f"{day}{NBSP}{ENGLISH_MONTHS[month - 1]}") + _TO + last
    return _point(start, lang) + _TO + _point(end, lang)


def _point(point: When, lang: str) -> str:
    """A single date without its qualifiers."""
    if point.precision != "decade":
        return _date(point.parts, lang)
    first, last = (end.year for end in point.days)
    return f"desetiletí{NBSP}{first}–{last}" if lang == "cs" else f"{first}s"


def _date(parts: Parts, lang: str, case: int = _NOMINATIVE) -> str:
    year, month, day = parts
    if lang == "en":
        return NBSP.join(str(part) for part in (day, month and ENGLISH_MONTHS[month - 1], year) if part)
    if day:
        return f"{day}.{NBSP}{month}.{NBSP}{year}"
    return f"{CZECH_MONTHS[month - 1][case]}{NBSP}{year}" if month else f"{_YEAR[case]}{year}"


def _next_unit(point: When) -> Parts:
    """The day, month or year after the point: what comes before February is over in January."""
    after = point.days[1] + timedelta(days=1)
    _, month, day = point.parts
    return after.year, month and after.month, day and after.day


def _qualified(text: str, point: When, lang: str, relation: str | None = None) -> str:
    """Text with its preposition and qualifiers: asi od února 2013, since about February 2013."""
    words = [relation, _ABOUT[lang] if point.approximate else None]
    if lang == "cs":
        words.reverse()
    text = NBSP.join([word for word in words if word] + [text])
    return f"{text} ({_UNCERTAIN[lang]})" if point.uncertain else text


def _bracketed(point: When, lang: str) -> str:
    text = _point(point, lang)
    if point.approximate:
        text = f"{_ABOUT[lang]}{NBSP}{text}"
    if point.uncertain:
        text = f"{text},{NBSP}{_UNCERTAIN[lang]}"
    return f"({text})" if point.approximate or point.uncertain else text
