"""Words for search: what is stored of a text, what is asked for by a query, and how a hit counts. Pure.

**Stored** (`words`): for each word of a text that is not a stop word the word itself, folded (`w`), and its stem (`s`)
or, where it names a country, the country (`c`). A country named by several words ("Spojené království") also stands as
one word with spaces. A sum of money is a word of its own (`a`), however it is written (`amount_word`). One table and one
index serve both engines; full-text indexes of the engines do not join "gruzie" to "gruzínských".

**Asked** (`query_words`): every word of the query must be met (AND), each by the best of the same word, country or sum
(`EXACT`), the same stem (`STEM`), a word that begins with it (`PREFIX`: for the last word of the query, which may be half
typed, and for any of at least three letters).

**Ranked** in integers only, so that SQLite and PostgreSQL agree: a hit counts `score(weight of the field, match)`; per query
word the best hit counts, over the query words they add up. Order of results: score, highest first; then the order of kinds,
the sort key, the id. For each term i, in SQL:

    SELECT record_id, i AS term, MAX(weight * CASE WHEN form = 'w' AND word = :text OR form IN ('a', 'c') THEN 4
                                                   WHEN form = 's' THEN 3 ELSE 2 END) AS best
      FROM search_word
     WHERE form = 'w' AND word = :text OR form = 's' AND word IN (:stems) OR form = 'c' AND word = :country
        OR form = 'a' AND word = :amount
        OR form = 'w' AND word >= :low AND word < :high        -- prefix_bounds(:text), only if the term is a prefix
     GROUP BY record_id

then `UNION ALL` over the terms, `GROUP BY record_id HAVING COUNT(*) = :terms`, `SUM(best)`. `rank` does the same in Python
for the few places that have no word table (a past moment) and for tests. The column `word` must compare bytewise
(`COLLATE "C"` on PostgreSQL, `BINARY` on SQLite).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from portal.kernel.amount_word import sums
from portal.kernel.country_word import country_of, country_phrase
from portal.kernel.stem import stem
from portal.kernel.text import fold

NAME, ACRONYM, KEY_PHRASE, LINKED_NAME, BODY = 8, 8, 4, 2, 1
"""Weights of fields: own name; acronym or other short name; key phrases (themes, kinds, …); names of linked records; texts."""

EXACT, STEM, PREFIX = 4, 3, 2
"""How well a word was met. Case forms of a country's name are its name."""
AMOUNT = "amount"
"""In place of a language: the text is nothing but a sum of money, which is found as a whole, never by its currency alone."""

WORD_LENGTH = 64
QUERY_WORDS = 12
PHRASE_WORDS = 6
"""Longer words are cut, on both sides; further words of a query are left out; no country's name has more words."""

STOP_WORDS = frozenset(
    "a aby ale ani az by byl byla bylo byly byt c ci cl do i jako je jeho jejich jeji jsou k ke ktera ktere ktery mezi na nad"
    " nebo o od po pod podle pri pro s se si sve svuj ta take tak te ten to tento tato toto u v ve vcetne z za ze"
    " an and are as at by for from in into is it its of on or that the their this to was were which with between".split()
)
"""Folded Czech and English words that say nothing; dropped on both sides."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, order=True)
class Word:
    """One row of the word table: `form` is `w` (as written, folded), `s` (stem), `c` (country) or `a` (sum of money); at most
    64 characters."""

    form: str
    text: str


@dataclass(frozen=True)
class Term:
    """One word of a query (or the words of one country, of one sum): what meets it exactly, by stem, country or sum, by its
    beginning."""

    text: str
    stems: frozenset[str]
    country: str | None
    prefix: bool
    amount: str | None = None

    def grade(self, word: Word) -> int:
        """`EXACT`, `STEM`, `PREFIX`, or 0 where the stored `word` does not meet this term."""
        if word.form == "w":
            return EXACT if word.text == self.text else PREFIX * (self.prefix and word.text.startswith(self.text))
        if word.form == "s":
            return STEM * (word.text in self.stems)
        return EXACT * (word.text == (self.country if word.form == "c" else self.amount))


def words(text: str, lang: str) -> frozenset[Word]:
    """What is stored of `text`, written in `lang` ("cs" or "en", which settles the stems; `AMOUNT`). Order and number do not
    matter."""
    found = {Word("a", word) for one in sums(text) for word in one.stored}
    if lang == AMOUNT:
        return frozenset(found)
    spelt = _spelt(text)
    named, until = "", 0  # the country that a phrase names, and the word behind it
    for place, word in enumerate(spelt):
        if phrase := country_phrase(spelt[place : place + PHRASE_WORDS]):
            found |= {Word("w", _joined(spelt[place : place + phrase[0]])), Word("c", phrase[1])}
            named, until = phrase[1], place + phrase[0]
        plain = _plain(word)
        if plain and plain not in STOP_WORDS:
            country = country_of(word) if place >= until else named
            found |= {Word("w", plain), Word("c", country) if country else Word("s", stem(plain, lang))}
    return frozenset(found)


def query_words(text: str) -> list[Term]:
    """The terms of a query, in either language; empty when it holds no word. At most `QUERY_WORDS`, none twice.

    Stop words fall out, unless nothing else is left: then the last of them is taken as the beginning of a word.
    """
    terms = {one.asked: Term(one.asked, frozenset(), None, False, one.asked) for one in sums(text)}
    for one in reversed(list(sums(text))):
        text = f"{text[: one.start]} {text[one.end :]}"
    spelt = _spelt(text)
    place = 0
    while place < len(spelt):
        taken, country = country_phrase(spelt[place : place + PHRASE_WORDS]) or (1, None)
        last = place + taken == len(spelt)
        if country:
            joined = _joined(spelt[place : place + taken])
            terms.setdefault(joined, Term(joined, frozenset(), country, prefix=False))
        elif (plain := _plain(spelt[place])) and plain not in STOP_WORDS:
            terms[plain] = _term(plain, country_of(spelt[place]), last)
        place += taken
    if not terms and spelt and (plain := _plain(spelt[-1])):
        terms[plain] = _term(plain, None, True)
    return list(terms.values())[:QUERY_WORDS]


def prefix_bounds(prefix: str) -> tuple[str, str]:
    """`(low, high)`: bytewise, exactly the texts `low <= text < high` begin with `prefix` (not empty)."""
    for place in range(len(prefix) - 1, -1, -1):
        code = ord(prefix[place])
        if code < 0x10FFFF:
            return prefix, prefix[:place] + chr(0xE000 if code == 0xD7FF else code + 1)
    raise ValueError("a prefix needs a character other than U+10FFFF")


def score(weight: int, match: int) -> int:
    """What one hit counts: a field's weight times `EXACT`, `STEM` or `PREFIX`."""
    return weight * match


def rank(terms: Iterable[Term], stored: Iterable[tuple[Word, int]]) -> int | None:
    """The score of one record with its `stored` words and their weights; None where a term is not met."""
    stored = list(stored)
    best = [max((score(weight, term.grade(word)) for word, weight in stored), default=0) for term in terms]
    return sum(best) if best and all(best) else None


def _term(plain: str, country: str | None, last: bool) -> Term:
    stems = frozenset() if country else frozenset({stem(plain, "cs"), stem(plain, "en")})
    amount = plain if plain.isascii() and plain.isdigit() else None
    return Term(plain, stems, country, prefix=last or len(plain) >= 3, amount=amount)


def _spelt(text: str) -> list[str]:
    """The words as spelt, in small letters; soft hyphens and marks that belong to no letter are dropped."""
    small = unicodedata.normalize("NFC", text).lower()
    seen = "".join(ch for ch in small if unicodedata.category(ch) not in ("Cf", "Mn"))
    return [word[:WORD_LENGTH] for word in _WORD.findall(seen)]


def _plain(word: str) -> str:
    return "".join(_WORD.findall(fold(word)))[:WORD_LENGTH]


def _joined(spelt: list[str]) -> str:
    return " ".join(map(_plain, spelt))[:WORD_LENGTH]
