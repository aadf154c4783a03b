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
    return firm(format_decimal(n, locale=lang).replace("-", "−"))
