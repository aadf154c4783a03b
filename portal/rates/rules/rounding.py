"""Rounding of a converted amount to the smallest unit of its currency. It belongs to the contract's template."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext

from portal.kernel.money import Money, decimals_of

NEAREST, CUT = "nearest", "cut"
ROUNDINGS = {NEAREST: ROUND_HALF_UP, CUT: ROUND_DOWN}
"""Nearest cent, a half away from zero (PRAG); cut down to the cent, towards zero (Interreg Jems)."""
DIGITS = 60
"""Digits calculated with. Amounts have up to 19 and rates up to 30, so no cent hangs on what lies beyond."""


def rounded(amount: Decimal, currency: str, rule: str) -> Money:
    """The amount in whole minor units. KeyError for an unknown rule."""
    with localcontext(prec=DIGITS):
        return Money.of(amount.quantize(Decimal(1).scaleb(-decimals_of(currency)), ROUNDINGS[rule]), currency)
