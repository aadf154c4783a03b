"""Text as typed: cleaned on the way in, folded for search, given its no-break spaces on the way out.

The stored sort keys live in `portal.kernel.order` and are offered here too, because a name and its key are set together.
Pure: standard library only.
"""

from __future__ import annotations

import re
import unicodedata

from portal.kernel.order import KEY_BYTES, KEY_CHARACTERS, czech_key, english_key

__all__ = ["KEY_BYTES", "KEY_CHARACTERS", "clean", "czech_key", "english_key", "fold", "has_control", "nbsp"]

_ODD_LATIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i", "ə": "e", "ŋ": "n"}
)
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_PASTED_INVISIBLE = re.compile("[\ufeff\u200b]")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """`text` in the one form the portal stores: NFC, lines ended by `\\n`, no white space at either end.

    Byte order marks and zero-width spaces, which come along with pasted text and cannot be seen, are dropped. Control
    characters are kept: a form refuses them (`has_control`) and shows what was typed, it does not swallow them.
    Idempotent.
    """
    return unicodedata.normalize("NFC", _PASTED_INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))).strip()


def has_control(text: str) -> bool:
    """Does `text` hold a character that no text field takes?

    Control characters other than tab and line ends (XML, and with it Excel, cannot carry them; PostgreSQL refuses NUL),
    lone surrogates, non-characters, and marks that turn the direction of reading and so disguise what is written.
    """
    return any(_is_control(ch) for ch in text)


def _is_control(ch: str) -> bool:
    if ch in "\t\n\r\x85":
        return False
    kind = unicodedata.category(ch)
    return kind in ("Cc", "Cs") or ch in _BIDI or (ord(ch) & 0xFFFE) == 0xFFFE or 0xFDD0 <= ord(ch) <= 0xFDEF


def fold(text: str) -> str:
    """`text` as search compares it: small letters, no diacritics, no soft hyphens; `Łódź` becomes `lodz`.

    White space and punctuation stay. Idempotent. Two texts that differ only in case, diacritics or compatibility forms
    (`ﬁ`, `²`) fold alike.
    """
    for _ in range(2):  # a compatibility form can hold a capital letter (№ → No): once more gets it
        text = unicodedata.normalize("NFKD", text.casefold())
        text = "".join(ch for ch in text if unicodedata.category(ch) not in ("Mn", "Cf")).translate(_ODD_LATIN)
    return text.casefold()


# --- no-break spaces -------------------------------------------------------------------------------------------------

_NO_BREAK = "\u00a0"
_S = "[ \u00a0]"  # a space set before reads as a space, so that a second pass changes nothing
_LOWER = "[a-záčďéěíňóřšťúůýž]"
_CODE = "(?:EUR|CZK|USD|GBP|CHF|PLN|HUF)"
_UNIT = rf"(?:(?:{_CODE}|Kč|mil|mld|tis|million|billion|km|kg|°C)\b|[%‰€])"
_MONTH_CS = (
    "(?:led(?:en|na|nu)|únor[au]?|břez(?:en|na|nu)|dub(?:en|na|nu)|květ(?:en|na|nu)|červ(?:en|na|nu|enec|ence|enci)|"
    "srp(?:en|na|nu)|září|říj(?:en|na|nu)|listopadu?|prosin(?:ec|ce|ci))"
)
_MONTH_EN = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_APART = re.compile(r"(\s*\S*(?:://|www\.|@)\S*\s*)")  # addresses, with the spaces beside them


def _rules(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


# The spaces inside each match become no-break; what must follow stands in a lookahead, so that neighbours can overlap.
_EVERY_LANGUAGE = _rules(
    rf"(?<![\d,.])\d{{1,3}}(?:{_S}\d{{3}})+(?!\d)",  # 600 000
    rf"\d (?={_UNIT})",  # 600 000 EUR, 25 %
    rf"\b(?:mil|mld|tis)\. (?={_CODE}|Kč|€)",
    rf"\b{_CODE} (?=[\d≈])",  # EUR 600,000
    r"≈ (?=\S)",
    r"§ (?=\d)",
    r"\S (?=[–—](?:\s|$))",  # before a dash between words; none breaks the line to begin the next one
)
_CZECH = _rules(
    r"(?<![\w'’.\-])[ksvzouaiKSVZOUAI] (?=\S)",  # ČSN 01 6910: no one-letter word at the end of a line
    rf"(?<!\d)\d{{1,2}}\. (?=\d{{1,2}}\.|{_LOWER})",  # 27. 8., 27. srpna, 1. fáze
    rf"(?<!\d)\d{{1,2}}\.{_S}?(?:\d{{1,2}}\.|{_MONTH_CS}) (?=\d{{4}}\b)",  # 27. 8. 2014
    rf"\b{_MONTH_CS} (?=\d{{4}}\b)",
    r"\b(?:[Čč]|[Čč]l|[Nn]apř|[Tt]zv|[Tt]j|[Mm]j|odst|písm|str|s)\. (?=\S)",
    r"\b[A-Z]{2,4} (?=ČR\b)",  # MV ČR
    rf"(?<!\d)\d{{1,3}} (?={_LOWER}{{2}})",  # 3 projekty, 000 osob; never a year
)
_ENGLISH = _rules(
    rf"(?<!\d)\d{{1,2}} (?={_MONTH_EN}\b)",
    rf"\b{_MONTH_EN} (?=\d{{4}}\b)",
    r"\b(?:[Nn]o|[Nn]os|[Aa]rt|[Pp]p?|e\.g|i\.e)\. (?=\d|[a-z])",
)


def nbsp(text: str, lang: str) -> str:
    """`text` with no-break spaces where Czech (ČSN 01 6910) or English (`lang` "en") typography asks for them.

    Czech: after one-letter prepositions and conjunctions (k s v z o u a i), inside dates, between a number and what it
    counts, after `č.`, `čl.`, `např.`, in `MV ČR`. Both: inside numbers, before units and currencies, before a spaced
    dash, after `≈`. English: inside dates, after `No.`, `Art.`.
    Takes plain text, not HTML. Replaces spaces only, one by one, so the length stays; web and mail addresses and the
    spaces beside them are left alone. Idempotent.
    """
    parts = _APART.split(text)
    for place in range(0, len(parts), 2):
        for rule in _EVERY_LANGUAGE + (_CZECH if lang == "cs" else _ENGLISH):
            parts[place] = rule.sub(lambda match: match.group().replace(" ", _NO_BREAK), parts[place])
    return "".join(parts)
