"""Sums of money as words of search: "600000", "600 000", "600.000", "600,000.00", "600 tisíc", "0.6 million" are one word,
"600 000 EUR" one more.

A number is read as a sum where it is written in groups of three, stands by a currency or before a word such as million, or is
long and has cents. Cents that
are not zero stay apart: `600000c50`; such a sum is also found by its whole part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.kernel.currency import EXPONENTS

_SIGNS = {
    "€": "eur", "euro": "eur", "eura": "eur", "kč": "czk", "kc": "czk", "korun": "czk", "$": "usd", "£": "gbp",
    **{code: code for code in ("eur", "czk", "usd", "gbp", "chf")},
}  # fmt: skip
"""Read in any case; other codes only in capitals: `all`, `top` and `try` are words, ALL, TOP and TRY currencies."""
_TIMES = {
    r"tis[ií]c(?:e|ů|u)?|tis\.?|thousand": 3,
    r"milion(?:y|ů|u)?|mili[oó]n(?:y|ov)?|mil\.?|mio\.?|millions?": 6,
    r"miliard(?:a|y|u)?|mld\.?|billions?|bn": 9,
}
"""Words that stand for so many zeros."""
_ANY_CASE = "|".join(re.escape(word) for word in sorted(_SIGNS, key=lambda word: (-len(word), word)))
_CODE = rf"(?i:{_ANY_CASE})|{'|'.join(sorted(EXPONENTS))}"
_SPACE = r"[ \u00a0\u202f]"
_SUM = re.compile(
    rf"(?<![\w.,])(?:(?P<before>{_CODE}){_SPACE}?)?"
    rf"(?P<whole>[1-9]\d{{0,2}}(?:(?P<by>[.,'’]|{_SPACE})\d{{3}})(?:(?P=by)\d{{3}})*|\d+)"
    rf"(?:[.,](?P<cents>\d{{1,2}}))?(?![\w]|[.,]\d|{_SPACE}\d{{3}}(?!\d))"
    rf"(?:{_SPACE}?(?P<times>(?i:{'|'.join(_TIMES)}))(?!\w))?(?:{_SPACE}?(?P<after>{_CODE})(?!\w))?",
)

LONG = 5
"""Digits from which a number with a point is no date and no mark of a file."""


@dataclass(frozen=True)
class Sum:
    """A sum in a text: its place, its word, the currency in small letters where it is said."""

    start: int
    end: int
    word: str
    currency: str

    @property
    def stored(self) -> frozenset[str]:
        """The words by which a text with this sum is found."""
        words = {self.word, self.word.partition("c")[0]}
        return frozenset(words | ({f"{word} {self.currency}" for word in words} if self.currency else set()))

    @property
    def asked(self) -> str:
        """The one that a query for it must meet."""
        return f"{self.word} {self.currency}" if self.currency else self.word


def sums(text: str) -> Iterator[Sum]:
    """The sums of money in a text, from its beginning."""
    for found in _SUM.finditer(text):
        code = (found["before"] or found["after"] or "").lower()
        cents = (found["cents"] or "").ljust(2, "0")
        if code or found["by"] or found["times"] or (found["cents"] and len(found["whole"]) >= LONG):
            whole = re.sub(r"\D", "", found["whole"])[:40]
            if found["times"]:
                zeros = next(n for word, n in _TIMES.items() if re.fullmatch(word, found["times"], re.IGNORECASE))
                whole, cents = str(int(whole + cents) * 10 ** (zeros - 2)), "00"
            word = whole + (f"c{cents}" if cents != "00" else "")
            yield Sum(found.start(), found.end(), word, _SIGNS.get(code, code))
