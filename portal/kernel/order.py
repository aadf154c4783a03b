"""Sort keys: bytes that any database compares bytewise and gets Czech order (ČSN 97 6030, CLDR `cs`).

A key has levels, compared one after the other, as Unicode's collation algorithm does it:

1. letters, digits and signs. Czech: `a b c č d … h ch i … r ř s š … z ž`; digits before letters (as CLDR has it, where
   ČSN 97 6030 puts them after); a run of digits counts as one number (`projekt 2` before `projekt 10`).
2. diacritics, from the left: `a á`, `e é ě`, `u ú ů`, and those of other languages under their letter (`ö` at o, `ł` at l).
3. case: small before capital; `ß` after `ss`.
4. the text itself, and only where something was passed over above, so that different texts never have the same key.

Spaces come before everything, so a name sorts word by word and a short one before a longer one that begins with it; any
run of spaces counts as one. Hyphens and dashes of every kind count as one hyphen, which follows the space; then
punctuation and signs in the order of CLDR, then digits, then letters. Quotation marks and brackets are passed over:
„Building …“ stands under B. Letters that are not Latin follow after ž, by code point, so script by script.

Names are ordered by their first `KEY_CHARACTERS` characters, and a key is at most `KEY_BYTES` long, which fits into an
index of either database; longer texts that agree so far share a key, and the caller's last criterion (the id) parts them.
Checked against ICU 78 (CLDR 48, `cs`, numeric): the list in `tests/kernel/order_cs.txt` is in the order ICU gives it.
"""

from __future__ import annotations

import re
import unicodedata

KEY_CHARACTERS = 1000
KEY_BYTES = 1000

_SIGNS = {sign: 4 + place for place, sign in enumerate(",;:!?.·§¶@*/\\&#%‰†‡•`^°©®+±÷×<=>|¦~−¢$£¥€")}
_SPACE, _LOW_LINE, _DASH, _OTHER_SIGN, _NUMBER, _OTHER_LETTER = 1, 2, 3, 0x40, 0x41, 0xF0
_ALPHABET = {letter: 0x50 + 3 * place for place, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}
_CZECH_LETTERS = {("c", "\u030c"): "c", ("r", "\u030c"): "r", ("s", "\u030c"): "s", ("z", "\u030c"): "z"}
_CH = _ALPHABET["h"] + 1

_MARKS = {mark: 6 + place for place, mark in enumerate("\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307")}
_MARKS |= {"\u0327": 20, "\u0328": 21, "\u0326": 22, "\u0304": 23}
_STROKE, _OTHER_MARK, _NO_MARK = 24, 25, 5
_STROKED = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŋ": "n", "ə": "e"}
_SPELT_OUT = {"æ": "ae", "œ": "oe", "þ": "th", "ß": "ss"}
_SMALL, _CAPITAL, _VARIANT = 5, 6, 9

_UNIT = re.compile(r"\d+|\s+|.", re.DOTALL)
_PASSED_OVER = ("Ps", "Pe", "Pi", "Pf", "Cc", "Cf", "Cs", "Cn", "Co")


def czech_key(text: str) -> bytes:
    """The key that puts `text` where a Czech reader looks for it. Any string will do; at most `KEY_BYTES` bytes."""
    return _key(text, czech=True)


def english_key(text: str) -> bytes:
    """The same for English pages: `ch` is c and h, and `č ř š ž` are c r s z with a mark."""
    return _key(text, czech=False)


class _Levels:
    def __init__(self) -> None:
        self.letters = bytearray()
        self.marks = bytearray()
        self.cases = bytearray()
        self.lossy = False

    def add(self, weight: bytes, case: int = _SMALL) -> None:
        self.letters += weight
        self.marks.append(_NO_MARK)
        self.cases.append(case)

    def bytes(self, text: str) -> bytes:
        # a tail of lowest weights says nothing: without it most names need no second and third level
        marks, cases = self.marks.rstrip(bytes([_NO_MARK])), self.cases.rstrip(bytes([_SMALL]))
        key = bytes(self.letters) + b"\0" + bytes(marks) + b"\0" + bytes(cases)
        return key + b"\0" + text.encode("utf-8", "surrogatepass") if self.lossy else key


def _key(text: str, czech: bool) -> bytes:
    composed = unicodedata.normalize("NFC", text)[:KEY_CHARACTERS]
    levels = _Levels()
    units = _UNIT.findall(unicodedata.normalize("NFD", composed.strip()))
    levels.lossy = composed != composed.strip()
    place = 0
    while place < len(units):
        place += _take(levels, units, place, czech)
    return levels.bytes(composed)[:KEY_BYTES]


def _take(levels: _Levels, units: list[str], place: int, czech: bool) -> int:
    """Weigh the unit at `place`; say how many units that used up."""
    unit = units[place]
    after = units[place + 1] if place + 1 < len(units) else ""
    if unit[0].isspace():
        levels.add(bytes([_SPACE]))
        levels.lossy |= unit != " "
    elif unit[0].isdecimal():
        _number(levels, unit)
    elif unicodedata.combining(unit) or unicodedata.category(unit) == "Mn":
        if levels.marks:
            levels.marks.append(_MARKS.get(unit, _OTHER_MARK))
        levels.lossy |= unit not in _MARKS or not levels.marks
    elif czech and (unit.lower(), after) in _CZECH_LETTERS:
        levels.add(bytes([_ALPHABET[unit.lower()] + 1]), _SMALL if unit.islower() else _CAPITAL)
        return 2
    elif czech and unit in "cC" and after and after in "hH":
        levels.add(bytes([_CH]), _SMALL + 2 * (unit == "C") + (after == "H"))
        return 2
    else:
        _character(levels, unit)
    return 1


def _number(levels: _Levels, digits: str) -> None:
    """Longer numbers are larger: the count of digits first, then the digits."""
    plain = "".join(str(unicodedata.decimal(digit)) for digit in digits)
    value = plain.lstrip("0")
    levels.add(bytes([_NUMBER]) + len(value).to_bytes(2, "big") + value.encode())
    levels.lossy |= value != digits


def _character(levels: _Levels, ch: str) -> None:
    small = ch.lower()
    case = _SMALL if small == ch else _CAPITAL
    if small in _ALPHABET:
        levels.add(bytes([_ALPHABET[small]]), case)
    elif small in _STROKED:
        levels.add(bytes([_ALPHABET[_STROKED[small]]]), case)
        levels.marks.append(_STROKE)
        levels.lossy = True
    elif small in _SPELT_OUT:
        for letter in _SPELT_OUT[small]:
            levels.add(bytes([_ALPHABET[letter]]), _VARIANT + (case == _CAPITAL))
        levels.lossy = True
    elif unicodedata.category(ch) == "Pd":
        levels.add(bytes([_DASH]))
        levels.lossy |= ch != "-"
    elif ch == "_":
        levels.add(bytes([_LOW_LINE]))
    elif ch in _SIGNS:
        levels.add(bytes([_SIGNS[ch]]))
    elif ch in "\"'" or unicodedata.category(ch) in _PASSED_OVER:
        levels.lossy = True
    else:
        _rare(levels, ch, small)


def _rare(levels: _Levels, ch: str, small: str) -> None:
    """Compatibility forms (ﬁ, ², …) sort as what they stand for; then signs and letters by code point."""
    spelt = unicodedata.normalize("NFKD", ch)
    if spelt != ch:
        for part in spelt:
            if part.isdecimal():
                _number(levels, part)
            elif not unicodedata.combining(part):
                _character(levels, part)
        levels.lossy = True
    elif ch.isalnum():
        levels.add(bytes([_OTHER_LETTER]) + ord(small[0]).to_bytes(3, "big"), _SMALL if small == ch else _CAPITAL)
        levels.lossy |= len(small) > 1
    else:
        levels.add(bytes([_OTHER_SIGN]) + ord(ch).to_bytes(3, "big"))
