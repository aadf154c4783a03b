"""Exact decimal numbers. They are kept as text: both engines give back the digits they were given, and nothing is a float."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import String
from sqlalchemy.types import TypeDecorator

LONGEST = 32
"""Characters of a number as it is kept."""


def canonical(value: Decimal) -> str:
    """The one way a number is written where it is kept and compared: `12.5` for 12.50, `0` for -0.0."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


class ExactNumber(TypeDecorator):
    """A column of Decimals (None = not stated, which is not zero)."""

    impl = String(LONGEST)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return None if value is None else canonical(value)

    def process_result_value(self, value, dialect):
        return None if value is None else Decimal(value)
