"""Exact decimal numbers. They are kept as text: both engines give back the digits they were given, and nothing is a float."""

from __future__ import annotations

import re
from decimal import Decimal

from sqlalchemy import String
from sqlalchemy.types import TypeDecorator

from portal.kernel.errors import PortalError
from portal.kernel.money import shape_of

LONGEST = 32
"""Characters of a number as it is kept."""
MOST_DIGITS = 15
"""Digits before the decimal mark."""


class NumberError(PortalError, ValueError):
    """Something that is no number the portal keeps. `code` says why, `params` holds the facts for the message:

    unreadable                      no number, or too long a one
    separators                      group marks of another language or in the wrong place: "1.234,5", "60 00"
    two_readings    whole, parted   "1.200" may be 1200 or 1.2: how each is written so that it is clear, marks of the language
    """

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(**params)
        self.code = code


def parse_number(text: str, lang: str) -> Decimal:
    """The number a person typed, by the marks that amounts have in the language (`money.parse_amount`). What would mean
    something else in the other language is refused, never guessed. Raises NumberError."""
    typed = re.sub("[\u2212\u2012-\u2015]", "-", " ".join(text.split()))
    if not re.fullmatch(r"-? ?[\d .,]*\d", typed, re.ASCII):
        raise NumberError("unreadable")
    sign, number = ("-", typed[1:].lstrip()) if typed.startswith("-") else ("", typed)
    match = re.fullmatch(shape_of(lang), number, re.ASCII)
    if not match:
        raise NumberError("separators")
    whole, decimals = re.sub(r"\D", "", match[1]), match[3] or ""
    if len(whole) > MOST_DIGITS or len(decimals) > MOST_DIGITS:
        raise NumberError("unreadable")
    if decimals and _two_readings(number):
        parted = typed_number(Decimal(f"{sign}{whole}.{decimals}"), lang)
        raise NumberError("two_readings", whole=f"{sign}{whole}{decimals}", parted=parted)
    return Decimal(f"{sign}{whole}.{decimals or 0}")


def typed_number(value: Decimal, lang: str) -> str:
    """The number as `parse_number` reads it back. 12.345 gets one more zero, since 12345 could be meant."""
    text = canonical(value)
    if _two_readings(text.removeprefix("-")):
        text += "0"
    return text.replace(".", ",") if lang == "cs" else text


def _two_readings(number: str) -> bool:
    return re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", number, re.ASCII) is not None


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
