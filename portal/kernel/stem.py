"""Light stemmers for folded Czech and English words: enough for one word to meet its other cases, no more.

Written for this portal; the idea of a light Czech stemmer (case endings, then palatalisation) is that of Dolamic and
Savoy (2009). A stem is a key, not a word: it is compared with other stems only, and nobody sees it.
"""

from __future__ import annotations

import re

_ENDINGS = (
    *("iich", "iimi", "iemi"),
    *("ove", "ovi", "ami", "emi", "imi", "ymi", "eho", "emu", "iho", "imu"),
    *("ach", "ech", "ich", "ych", "am", "em", "im", "um", "ym", "ou", "mi", "ie", "ii"),
    *("a", "e", "i", "o", "u", "y"),
)
_DOUBLED = re.compile(r"([bdgmnprt])\1$")


def stem(word: str, lang: str) -> str:
    """The stem of one folded `word` of a text in `lang` ("cs" or "en"). Words with digits and short ones stay."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    return _czech(word) if lang == "cs" else _english(word)


def _czech(word: str) -> str:
    root = _without_case(word)
    if root.endswith("eck") and len(root) >= 6:  # cizinecký – cizinec
        root = root[:-3] + "c"
    elif root.endswith("sk") and len(root) >= 6:  # pražský – Praha, studentský – student
        root = root[:-2]
    elif root.endswith("ck") and len(root) >= 6:  # uprchlický – uprchlík
        root = root[:-2] + "k"
    elif root.endswith("n") and len(root) >= 6 and root[-2] not in "aeiouyn":  # migrační – migrace, trestní – trest
        root = root[:-1]
    elif root.endswith("ec") and len(root) >= 4 or root.endswith("ek") and len(root) >= 5:  # navrátilec – navrátilce
        root = root[:-2] + root[-1]
    if root.endswith("ov") and len(root) >= 6:  # azylový – azyl
        root = root[:-2]
    root = root.replace("ou", "u")  # smlouva – smluv
    if root.endswith(("c", "k")) and len(root) >= 5:  # politice – politika; q, so that no English stem is like it
        root = root[:-1] + "q"
    if root.endswith("h") and len(root) >= 4:  # Praze – Praha
        root = root[:-1] + "z"
    return root


def _without_case(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _english(word: str) -> str:
    word = re.sub(r"iz(?=e|ing|ation|$)", "is", word)  # organization – organisation
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif re.search(r"(ss|sh|ch|x|z)es$", word):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 4 and not word.endswith("eed"):
            word = _DOUBLED.sub(r"\1", word[: -len(ending)])
            break
    word = re.sub(r"ick$", "ic", word)  # trafficking – traffic
    word = re.sub(r"mme$", "m", word)  # programme – program
    word = re.sub(r"our$", "or", word)  # labour – labor
    return word[:-1] if word.endswith("e") and not word.endswith("ee") and len(word) > 4 else word
