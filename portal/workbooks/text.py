"""Text that is safe in a workbook or a CSV file: never a formula, never an invalid file. Pure: rules count by it too."""

from __future__ import annotations

import re
from collections.abc import Iterable

from portal.kernel.text import has_control

CELL_LIMIT = 32767
"""Characters of one cell, counted in UTF-16 units (Excel specifications and limits)."""
NAME_LIMIT = 31
"""Characters of a sheet's name, counted in the same way."""
LINK_LIMIT = 2079
HEADER_LIMIT = 255
"""Characters of a whole header or footer, its codes included."""

_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029\x0b\x0c]")
_ODD = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u2030-\u205f\u2070-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd]")
"""What may be a control character; most text holds none, and is not looked at one character at a time."""
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def units(text: str) -> int:
    """Length in UTF-16 units, as Excel counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int, ending: str = "…") -> str:
    """`text`, or as much of its beginning as fits with `ending` into `limit` UTF-16 units."""
    if units(text) <= limit:
        return text
    room = (limit - units(ending)) * 2
    return text.encode("utf-16-le", "surrogatepass")[:room].decode("utf-16-le", "ignore") + ending


def plain(text: str) -> str:
    """`text` with line ends as `\\n`; what no file can carry (control characters, lone surrogates) becomes `\ufffd`."""
    text = _LINE_ENDS.sub("\n", text)
    if not _ODD.search(text) or not has_control(text):
        return text
    return "".join("\ufffd" if has_control(char) else char for char in text)


def stored(text: str) -> str:
    """`text` as the file stores it: Excel would read `_x0041_` as an escaped character."""
    return _ESCAPE.sub("_x005F_", text)


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet that is left to guess could take the text for a formula or a command."""
    return text.lstrip(" \u00a0").startswith(_STARTS_FORMULA)


def separated_text(text: str) -> str:
    """`text` for a CSV field. One that could be taken for a formula gets an apostrophe in front (OWASP, CSV injection)."""
    text = plain(text)
    return f"'{text}" if starts_formula(text) else text


def sheet_name(title: str, taken: Iterable[str] = ()) -> str:
    """A name for a sheet: no forbidden character, at most 31, not yet taken (case does not matter), never `History`."""
    name = " ".join(_NOT_IN_NAMES.sub(" ", plain(title).replace("\n", " ")).split()).strip("' ") or "List"
    used = {other.casefold() for other in taken} | {"history"}
    fitted, number = cut(name, NAME_LIMIT).rstrip(" '"), 1
    while fitted.casefold() in used:
        number += 1
        ending = f" ({number})"
        fitted = cut(name, NAME_LIMIT - len(ending)) + ending
    return fitted


def header_text(text: str, limit: int) -> str:
    """`text` for a printed header: one line, `&` doubled, at most `limit` characters after that."""
    flat = " ".join(plain(text).split())
    while units(flat.replace("&", "&&")) > limit:
        flat = cut(flat.rstrip("…"), units(flat) - 2)
    return flat.replace("&", "&&")


def web_address(text: str) -> str | None:
    """`text` where it can safely become a link: an address of the web, not too long, without white space."""
    if re.fullmatch(r"https?://[^\s\"<>\\^`{|}]+", text, re.IGNORECASE) and units(text) <= LINK_LIMIT:
        return text
    return None
