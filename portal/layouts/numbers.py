"""Numbers in the cells of a file: kept in plain digits beside what the file says, and told in the language of whoever reads."""

from __future__ import annotations

from decimal import Decimal

from portal.kernel.money import Money
from portal.layouts.places import Written
from portal.web.formats import money_text
from portal.web.i18n import lang
from portal.web.numerals import exactly
from portal.workbooks.cells import APPROXIMATE

MOST = 3
"""Decimals that are told of a number, as `formats.number` tells them."""


def in_digits(value: object, decimals: int | None = None) -> str:
    """A number in plain digits: of an amount with all `decimals` of its currency, else with those it has; three at most. Empty of
    what is no number."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return ""
    exact = Decimal(repr(float(value))) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        return ""
    plain = f"{exact:.{MOST}f}".rstrip("0").rstrip(".")
    plain = "0" if plain == "-0" else plain
    whole, _point, part = plain.partition(".")
    part = part.ljust(decimals or 0, "0")
    return f"{whole}.{part}" if part else whole


def cell_text(place: Written) -> str:
    """What stands in a cell: a number as the language of the page writes it, all else as the file says it."""
    if not place.number:
        return place.shown
    number = money_text(Money.of(place.number, place.currency)) if place.currency else exactly(place.number, lang())
    return f"{APPROXIMATE} {number}" if place.shown.startswith(APPROXIMATE) else number
