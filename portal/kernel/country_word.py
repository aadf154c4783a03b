"""Words that name a country: "gruzie", "gruzínských", "Gruzií", "Georgia" and "Georgian" all give the token `ge`.

The table is `seed_data/country_words.json`; a change there asks for the search words to be made anew (`portal check`).
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from portal.kernel.text import fold

TABLE = Path(__file__).resolve().parents[2] / "seed_data" / "country_words.json"
_LONGEST_ENDING = 3  # of those in the table


@cache
def _table() -> tuple[frozenset[str], dict, dict, dict]:
    """Endings; stem → (iso, as spelt, strict); form → the same; first stem of a phrase → [(stems, iso)]. Keys are folded."""
    data = json.loads(TABLE.read_text(encoding="utf-8"))
    stems: dict[str, tuple[str, str, bool]] = {}
    forms: dict[str, tuple[str, str, bool]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in data["countries"]:
        iso, strict = row["iso"].lower(), row.get("strict", False)
        for stem in row["stems"]:
            stems[fold(stem)] = (iso, stem, strict)
            if stem.endswith(("sk", "ck")):  # gruzínský – gruzínští, turecký – turečtí
                soft = stem[:-2] + ("ští" if stem.endswith("sk") else "čtí")
                forms[fold(soft)] = (iso, soft, strict)
        for form in row["forms"]:
            forms[fold(form)] = (iso, form, strict)
        for phrase in row["phrases"]:
            parts = tuple(phrase.split())
            phrases.setdefault(fold(parts[0]), []).append((parts, iso))
    for found in phrases.values():
        found.sort(key=lambda entry: -len(entry[0]))
    return frozenset(data["endings"]), stems, forms, phrases


def country_of(word: str) -> str | None:
    """The country (ISO 3166-1 alpha-2, small letters; `xk`, `eu`) that the small-letter `word` names, or None.

    Diacritics may be left out, but none may be another than the table's (`svědka` is a witness, no Swede). A row marked
    `strict` takes all of them or none: `čin` is a deed, `Čína` is China.
    """
    endings, stems, forms, _ = _table()
    folded = fold(word)
    if folded in forms and _alike(word, *forms[folded][1:]):
        return forms[folded][0]
    for cut in _cuts(folded):
        found = stems.get(folded[:cut])
        if found and folded[cut:] in endings and _alike(word, *found[1:]):
            return found[0]
    return None


def country_phrase(words: list[str]) -> tuple[int, str] | None:
    """Does a name of several words begin `words` (small letters)? How many words it takes, and the country."""
    phrases = _table()[3]
    first = fold(words[0])
    for cut in _cuts(first):
        for parts, iso in phrases.get(first[:cut], ()):
            if len(parts) <= len(words) and all(map(_is, parts, words)):
                return len(parts), iso
    return None


def _cuts(folded: str) -> range:
    return range(len(folded), max(0, len(folded) - _LONGEST_ENDING) - 1, -1)


def _is(part: str, word: str) -> bool:
    """Is `word` the stem `part` with an ending?"""
    folded, root = fold(word), fold(part)
    return folded.startswith(root) and folded[len(root) :] in _table()[0] and _alike(word, part, False)


def _alike(word: str, spelt: str, strict: bool) -> bool:
    """Does the beginning of `word` agree with `spelt` in its diacritics, save for those left out?"""
    if strict:
        return word.startswith(spelt) or word == fold(word)
    return all(typed in (letter, fold(letter)) for typed, letter in zip(word, spelt, strict=False))
