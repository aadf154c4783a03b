"""Which formats of numbers show a day."""

from __future__ import annotations

import re

BUILT_IN = frozenset({*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58})
"""Formats of ECMA-376, 18.8.30, that have a number and no code: those with a day or month in them, not those of hours alone."""
_WORDS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
"""What a code holds besides: words, single signs, fillings, and in brackets colours, languages and conditions, but not hours that
are added up ([h])."""


def shows_day(number: int, code: str | None) -> bool:
    """Whether the format `number`, or its own `code` where the workbook states one, shows a number as a day. Of a code its first
    part is asked, which is for numbers above zero."""
    if code is None:
        return number in BUILT_IN
    first = _WORDS.sub("", code).split(";")[0].casefold()
    if first.strip() in ("general", "standard"):
        return False
    return bool({"y", "d"} & {*first}) or ("m" in first and not {"h", "s"} & {*first})
