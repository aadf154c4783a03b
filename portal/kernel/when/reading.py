"""Reading dates as people write them. What could mean two things is refused, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

from portal.kernel.when.value import INTERVAL, POINT, When, WhenError, bounds
from portal.kernel.when.words import READ, fold, tidy

LONGEST = 100  # characters; the longest date of two ends with all its words has about 80

# The ISO short form of an interval within one month: 2009-04-27/28.
_SAME_MONTH = re.compile(r"(\d{4}-\d\d)-(\d\d)/(\d\d)", re.ASCII)
_DAY_OR_MONTH_FIRST = re.compile(r"\d{1,2} ?([/-]) ?\d{1,2} ?\1 ?\d{2,4}", re.ASCII)
_MONTH_OR_SHORT_YEAR = re.compile(r"\d{4} ?- ?\d{2}", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}\. ?\d{1,2}\. ?\d{2}", re.ASCII)


def parse(text: str, lang: str | None = None) -> When:
    """The date or period a person wrote; EDTF is read too.

    `lang` "cs" or "en" reads the words of that language only, None those of both; figures mean the same in
    all: day first with dots (31. 3. 2025), month before a slash (2/2013). Case, diacritics, kinds of spaces
    and dashes do not matter. "since" gives an open end, "– ?" an unknown one; "before 27 August 2014" gives
    `../2014-08-26`, "until June 2017" `/2017-06`. "About" or "(uncertain)" around a period qualifies both its
    ends. Raises WhenError (see there for the codes), always with what was typed as `params["text"]`.
    """
    typed = tidy(text)
    if not typed:
        raise WhenError("empty", text="")
    if len(typed) > LONGEST:
        raise WhenError("too_long", limit=LONGEST, text=typed[:LONGEST])
    try:
        return When(_standard(typed) or _reader(lang).read(fold(typed)) or typed)
    except WhenError as error:
        error.params["text"] = typed
        raise


def _standard(text: str) -> str | None:
    """EDTF where the text is that already, or the ISO short form of an interval."""
    text = re.sub(" ?/ ?", "/", text)
    if match := _SAME_MONTH.fullmatch(text):
        month, first, last = match.groups()
        return f"{month}-{first}/{month}-{last}"
    return text if POINT.fullmatch(text) or INTERVAL.fullmatch(text) else None


@dataclass(frozen=True)
class _Part:
    """One end as written, perhaps without what stands at the other end (the "6." of "6.–7. 2. 2014")."""

    year: int | None
    month: int | None = None
    day: int | None = None
    decade: bool = False
    about: bool = False
    doubted: bool = False

    def edtf(self) -> str:
        assert self.year is not None  # taken from the other end before this is asked
        if self.decade:
            text = f"{self.year // 10}X"
        else:
            text = f"{self.year:04}" + "".join(f"-{n:02}" for n in (self.month, self.day) if n is not None)
        return text + {(0, 0): "", (1, 0): "~", (0, 1): "?", (1, 1): "%"}[self.about, self.doubted]

    def unit_before(self) -> _Part:
        """The day, month or year before this one."""
        assert self.year is not None  # such a date has no other end
        first = bounds(self.year, self.month, self.day)[0] - timedelta(days=1)
        return replace(self, year=first.year, month=self.month and first.month, day=self.day and first.day)


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or r"(?!)"


@cache
def _reader(lang: str | None) -> _Reader:
    return _Reader(lang)


class _Reader:
    """The grammar of one language, or of both; works on folded text."""

    def __init__(self, lang: str | None) -> None:
        vocabularies = [READ[lang]] if lang else list(READ.values())

        def words(kind: str) -> Iterator[str]:
            return (word for vocabulary in vocabularies for word in getattr(vocabulary, kind))

        kinds = "|".join(f"(?P<{kind}>{_any(words(kind))})" for kind in ("about", "since", "until", "before", "filler"))
        self.prefix = re.compile(rf"(?:{kinds})(?:\. ?| )")
        self.separator = re.compile(rf" ?- ?| (?:{_any(words('to'))}) ")
        self.goes_on = set(words("goes_on"))
        doubt = _any(words("uncertain"))
        self.doubted = re.compile(rf"(.+?) ?\((?:{doubt}|\?)\)")
        self.bracketed = re.compile(rf"\(([^()]+?)(, ?(?:{doubt}))?\)")
        self.months = {name: number for vocabulary in vocabularies for name, number in vocabulary.months.items()}
        month = rf"(?P<name>{_any(self.months)})"
        day, year, nth = r"(?P<day>\d{1,2})", r"(?P<year>\d{4})", r"(?:st|nd|rd|th)?"
        decade = rf"(?:{_any(words('decade'))}) (?P<tens>\d{{3}})0 ?- ?(?P=tens)9|(?P<tens_en>\d{{3}})0s"
        shapes = (
            rf"{day}\. ?(?P<month>\d{{1,2}})\.(?: ?{year})?",  # 27. 8. 2014
            rf"{day}(?:\.|{nth}) ?{month}\.?,?(?: {year})?",  # 27. srpna 2014, 27 August 2014
            rf"{month}\.? {day}{nth}(?:,? {year})?",  # August 27, 2014
            rf"{month}\.?,?(?: (?:roku )?{year})?",  # únor 2013
            rf"(?P<month>\d{{1,2}}) ?[/.] ?{year}",  # 2/2013
            rf"{year}(?:-(?P<month>\d\d)(?:-{day})?)?",  # 2013, 2013-02, 2014-08-27
            rf"{day}\.?(?:, {year})?",  # the 6. of 6.–7. 2. 2014, the 7, 2014 of August 6–7, 2014
            decade,
        )
        self.shapes = [re.compile(shape, re.ASCII) for shape in shapes]

    def read(self, text: str) -> str | None:
        """EDTF of folded text, None when it is no known way of writing."""
        peeled = self._peel(text)
        if peeled is None:
            return None
        body, about, relation = peeled
        doubted = False
        if match := self.doubted.fullmatch(body):
            body, doubted = match[1], True
        if _MONTH_OR_SHORT_YEAR.fullmatch(body):
            raise WhenError("ambiguous")

        def qualified(part: _Part) -> _Part:
            return replace(part, about=about or part.about, doubted=doubted or part.doubted)

        if part := self._part(body):
            return self._single(qualified(part), relation)
        if relation in (None, "since"):
            for split in self.separator.finditer(body):
                if ends := self._ends(body[: split.start()], body[split.end() :]):
                    return "/".join(qualified(end).edtf() if isinstance(end, _Part) else end for end in ends)
        return None

    def _peel(self, text: str) -> tuple[str, bool, str | None] | None:
        """The text without its leading words, whether "about" was one, and which of since, until, before."""
        about, relation = False, None
        if text.startswith(("~", "≈")):
            text, about = text[1:].lstrip(), True
        while match := self.prefix.match(text):
            kind = match.lastgroup
            if kind in ("since", "until", "before"):
                if relation:
                    return None
                relation = kind
            about = about or kind == "about"
            text = text[match.end() :]
        return text, about, relation

    def _single(self, part: _Part, relation: str | None) -> str | None:
        if not _complete(part):
            if part.month is None:
                return None
            raise WhenError("no_year")
        if relation == "before":
            return None if part.decade else f"../{part.unit_before().edtf()}"
        edtf = part.edtf()
        return {"since": f"{edtf}/..", "until": f"/{edtf}", None: edtf}[relation]

    def _part(self, text: str) -> _Part | None:
        """One date as written, None when the text is something else."""
        doubted = False
        if match := self.bracketed.fullmatch(text):
            text, doubted = match[1], bool(match[2])
        elif match := self.doubted.fullmatch(text):
            text, doubted = match[1], True
        if len(text) > 1 and text.endswith("?"):
            text, doubted = text[:-1].rstrip(), True
        peeled = self._peel(text) if text else None
        if peeled is None or peeled[2]:
            return None
        text, about, _ = peeled
        if _DAY_OR_MONTH_FIRST.fullmatch(text):
            raise WhenError("ambiguous")
        if _SHORT_YEAR.fullmatch(text):
            raise WhenError("short_year")
        for shape in self.shapes:
            if match := shape.fullmatch(text):
                said = match.groupdict()
                if tens := said.get("tens") or said.get("tens_en"):
                    return _Part(int(tens) * 10, decade=True, about=about, doubted=doubted)
                year, month, day = (int(said[key]) if said.get(key) else None for key in ("year", "month", "day"))
                month = self.months[said["name"]] if said.get("name") else month
                return _Part(year, month, day, about=about, doubted=doubted)
        return None

    def _ends(self, left: str, right: str) -> tuple[_Part | str, _Part | str] | None:
        """Both ends of a period, each completed from the other; "" for an unknown end, ".." for an open."""
        if right == "?" or right in self.goes_on:
            mark = "" if right == "?" else ".."
            if left == "?":
                raise WhenError("nothing_known")
            start = self._part(left)
            return (start, mark) if start and _complete(start) else None
        end = self._part(right)
        if left == "?":
            return ("", end) if end and _complete(end) else None
        start = self._part(left)
        if not start or not end:
            return None
        if end.day and not end.month:
            end = replace(end, month=start.month)
        if start.year is None and end.month:
            month = start.month or (end.month if end.day else None)
            start = replace(start, year=end.year, month=month)
        return (start, end) if _complete(start) and _complete(end) else None


def _complete(part: _Part) -> bool:
    return part.year is not None and not (part.day and not part.month)
