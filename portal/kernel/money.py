"""Money: whole minor units and an ISO 4217 code. Floats never enter, currencies never mix, unknown is never zero.

An unknown amount is None (no `Money` at all); a `Money` is always true, so `if amount` asks "is it known".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portal.kernel.currency import EXPONENTS
from portal.kernel.errors import PortalError

NBSP, MINUS = "\u00a0", "\u2212"
LARGEST_MINOR = 2**63 - 1  # what the database column (BIGINT) holds
LARGEST_TYPED = 10**13  # major units; more is a slip of the keyboard
LONGEST = 100  # characters


class MoneyError(PortalError, ValueError):
    """Something that is no amount the portal keeps. `code` says why, `params` holds the facts for the message:

    empty                                   nothing was typed
    unreadable         text                 no amount
    words              text                 letters: write the whole number (not "3 mil.")
    separators         text, decimal, group marks of another language or in the wrong place: "1.234,5", "60 00"
    too_many_decimals  currency, allowed    a part of the smallest coin
    too_large          limit                limit: the amount in major units that is already too much
    other_currency     currency, typed      the text names another currency than the field
    unknown_currency   currency             not an ISO 4217 code
    mixed_currencies   currencies           two currencies in one sum (class MixedCurrencies)
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(**params)
        self.code = code


class MixedCurrencies(MoneyError):
    """Amounts of two currencies were added, subtracted or ordered; converting is a step of its own."""

    def __init__(self, *currencies: str) -> None:
        super().__init__("mixed_currencies", currencies=currencies)


def decimals_of(currency: str) -> int:
    """How many decimals the currency has (EUR 2, JPY 0, KWD 3). Raises MoneyError "unknown_currency"."""
    try:
        return EXPONENTS[currency]
    except KeyError:
        raise MoneyError("unknown_currency", currency=currency) from None


@dataclass(frozen=True)
class Money:
    """An exact amount: `minor` units (cents) of `currency`. Equal when both are; ordered within one currency.

    Raises TypeError when minor is no int, MoneyError "unknown_currency" or "too_large" (beyond 64 bits).
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"minor units are a whole number, not {type(self.minor).__name__}")
        if abs(self.minor) > LARGEST_MINOR:
            raise MoneyError("too_large", limit=LARGEST_MINOR // 10 ** decimals_of(self.currency))
        decimals_of(self.currency)

    @classmethod
    def of(cls, amount: Decimal | str | int, currency: str) -> Money:
        """Money from major units: `Money.of("600000.00", "EUR")`.

        Text is plain (decimal point, no grouping); for what people type use `parse_amount`. Raises TypeError for
        a float, MoneyError when the text is no number or has more decimals than the currency (round before).
        """
        if type(amount) not in (Decimal, str, int):
            raise TypeError(f"an amount is a Decimal, text or whole number, not {type(amount).__name__}")
        if isinstance(amount, str) and not _PLAIN.fullmatch(amount):
            raise MoneyError("unreadable", text=amount)
        number = Decimal(amount)
        if not number.is_finite():
            raise MoneyError("unreadable", text=str(amount))
        decimals = decimals_of(currency)
        sign, digits, _ = number.as_tuple()
        exponent = int(number.as_tuple().exponent)  # a letter only in what is not finite
        if -exponent > decimals:
            raise MoneyError("too_many_decimals", currency=currency, allowed=decimals)
        if number.adjusted() > 20:
            raise MoneyError("too_large", limit=LARGEST_MINOR // 10**decimals)
        minor = int("".join(map(str, digits))) * 10 ** (decimals + exponent)
        return cls(-minor if sign else minor, currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in major units with all decimals of the currency: Decimal("600000.00")."""
        digits = tuple(map(int, str(abs(self.minor))))
        return Decimal((int(self.minor < 0), digits, -decimals_of(self.currency)))

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._minor_of(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._minor_of(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._minor_of(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._minor_of(other)

    def __gt__(self, other: Money) -> bool:
        return self.minor > self._minor_of(other)

    def __ge__(self, other: Money) -> bool:
        return self.minor >= self._minor_of(other)

    def __str__(self) -> str:
        return f"{self.decimal} {self.currency}"

    def _minor_of(self, other: Money) -> int:
        if not isinstance(other, Money):
            raise TypeError(f"Money goes with Money, not {type(other).__name__}")
        if other.currency != self.currency:
            raise MixedCurrencies(self.currency, other.currency)
        return other.minor


def total(amounts: Iterable[Money]) -> Money | None:
    """The sum; None when there is nothing to add, which is unknown and not zero. Raises MixedCurrencies."""
    result = None
    for amount in amounts:
        result = amount if result is None else result + amount
    return result


@dataclass(frozen=True)
class _Marks:
    decimal: str
    group: str  # as written
    groups: str  # pattern of what is read


_MARKS = {"cs": _Marks(",", NBSP, " "), "en": _Marks(".", ",", "[, ]")}
_SIGNS = {"€": "EUR", "Kč": "CZK"}
_NAMED = rf"(?P<named>[A-Z]{{3}}|{'|'.join(_SIGNS)})"
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)


def parse_amount(text: str, currency: str, lang: str, limit: int = LARGEST_TYPED) -> Money:
    """The amount a person typed in major units of the currency, by the marks of the language.

    cs  600 000,00 · 600000 · −5,50 · 600 000,–        en  600,000.00 · 600 000 · 600000
    Any kind of space and dash will do; the code or sign of the same currency may stand before or after it. Marks
    that would mean something else in the other language are refused, never guessed. The absolute amount must be
    below `limit` major units. Raises MoneyError (see there for the codes).
    """
    allowed, marks = decimals_of(currency), _MARKS[lang]
    typed = " ".join("".join(char for char in text if unicodedata.category(char) != "Cf").split())
    if not typed:
        raise MoneyError("empty")
    if len(typed) > LONGEST:
        raise MoneyError("unreadable", text=typed[:LONGEST])
    negative, number = _signed(_without_currency(typed, currency))
    if re.search(r"[^\W\d_]", number):
        raise MoneyError("words", text=typed)
    if not re.fullmatch(r"[\d .,]*\d(?:,-)?", number, re.ASCII):
        raise MoneyError("unreadable", text=typed)
    match = re.fullmatch(shape_of(lang), number, re.ASCII)
    if not match:
        raise MoneyError("separators", text=typed, decimal=marks.decimal, group=marks.group)
    whole, fraction = re.sub(r"\D", "", match[1]), match[3] or ""
    if len(fraction) > allowed and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", number, re.ASCII):
        # "600,000" is no amount with three decimals: rounding it, as that message asks, would make 600 of it.
        raise MoneyError("separators", text=typed, decimal=marks.decimal, group=marks.group)
    if len(fraction) > allowed:
        raise MoneyError("too_many_decimals", currency=currency, allowed=allowed)
    if int(whole) >= limit:
        raise MoneyError("too_large", limit=limit)
    minor = int(whole + fraction.ljust(allowed, "0"))
    return Money(-minor if negative else minor, currency)


def shape_of(lang: str) -> str:
    """The pattern of a number without a sign as people write it in the language: group 1 the whole part, group 3 the decimals."""
    marks = _MARKS[lang]
    point = re.escape(marks.decimal)
    return rf"(\d+|\d{{1,3}}(?:({marks.groups})\d{{3}})(?:\2\d{{3}})*)(?:{point}(\d+)|{point}-)?"


def _without_currency(text: str, currency: str) -> str:
    """Text without the code or sign of its currency, before or after the number. Another currency is an error."""
    for shape in (rf"(?P<number>[-{MINUS}]?) ?{_NAMED} ?(?P<rest>.+)", rf"(?P<number>.+?) ?{_NAMED}(?P<rest>)"):
        if match := re.fullmatch(shape, text):
            named = _SIGNS.get(match["named"], match["named"])
            if named == currency:
                return match["number"] + match["rest"]
            if named in EXPONENTS:
                raise MoneyError("other_currency", currency=currency, typed=named)
    return text


def _signed(text: str) -> tuple[bool, str]:
    """Whether a minus stands in front, and the rest; every kind of dash becomes a hyphen."""
    plain = "".join("-" if unicodedata.category(char) == "Pd" or char == MINUS else char for char in text)
    return (True, plain[1:].lstrip()) if plain.startswith("-") else (False, plain)


def format(money: Money, lang: str, cents: str = "auto") -> str:
    """The amount as written in Czech (600 000,50 EUR) or English (EUR 600,000.50), with no-break spaces.

    `cents` "auto" leaves zero cents out, "always" writes them; cents that are not zero always show. A minus is −.
    """
    if cents not in ("auto", "always"):
        raise ValueError(f"cents are 'auto' or 'always', not {cents!r}")
    marks, decimals = _MARKS[lang], decimals_of(money.currency)
    whole, fraction = divmod(abs(money.minor), 10**decimals)
    number = f"{whole:,}".replace(",", marks.group)
    if fraction or (cents == "always" and decimals):
        number += f"{marks.decimal}{fraction:0{decimals}}"
    sign = MINUS if money.minor < 0 else ""
    return f"{sign}{number}{NBSP}{money.currency}" if lang == "cs" else f"{sign}{money.currency}{NBSP}{number}"
