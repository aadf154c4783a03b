"""Numbers as a language writes them: `12 345,6` and `12,345.6`. Pure; what is unknown is a matter of `formats`."""

from __future__ import annotations

import re
from decimal import Decimal

from babel.numbers import format_decimal

NBSP = "\u00a0"


def firm(text: str) -> str:
    """Every space in a number or date is a no-break space."""
    return re.sub(r"[ \u202f]", NBSP, text)


def written(n: int | Decimal, lang: str) -> str:
    """The number with the language's separators, no-break spaces and a true minus."""
    if abs(n) >= 10**20:  # babel would round it within more digits than decimals are computed with
        return exactly(f"{Decimal(n):.0f}", lang)
    return firm(format_decimal(n, locale=lang).replace("-", "−"))


def exactly(digits: str, lang: str) -> str:
    """A number of plain digits with each of its decimals: "16300.10" is `16 300,10`."""
    whole, _point, part = digits.lstrip("-").partition(".")
    group, mark = (NBSP, ",") if lang == "cs" else (",", ".")
    number = f"{int(whole):,}".replace(",", group) + (mark + part if part else "")
    return f"−{number}" if digits.startswith("-") else number
