"""Fields of values with rules of their own: dates with precision, money, numbers."""

from __future__ import annotations

import re
from decimal import Decimal

from wtforms.validators import ValidationError

from portal.kernel import money as amounts
from portal.kernel import number as numbers
from portal.kernel import when as dates
from portal.kernel.currency import EXPONENTS
from portal.web.formats import when_text
from portal.web.forms.explain import explain_money, explain_number, explain_when
from portal.web.forms.texts import Base, printable
from portal.web.i18n import _, lang
from portal.web.i18n import lazy_gettext as _l

COMMON = ("EUR", "CZK", "USD", "GBP", "CHF", "PLN", "HUF", "SEK", "NOK", "DKK")
CURRENCIES = (*COMMON, *(code for code in sorted(EXPONENTS) if code not in COMMON))
"""Every currency an amount can be in, the common ones first: the one list of all forms."""


class Typed(Base):
    """A field written as text and read as a value; the text stays when it cannot be read."""

    raw: str | None = None

    def write(self) -> str:
        raise NotImplementedError

    def read(self, text: str):
        raise NotImplementedError

    def process_data(self, value) -> None:
        self.data = value

    def process_formdata(self, valuelist) -> None:
        if valuelist:
            self.raw = valuelist[0]
            text = re.sub(r"\s+", " ", self.raw).strip()
            self.data = self.read(text) if text else None

    def _value(self) -> str:
        if self.raw is not None:
            return printable(self.raw)
        return "" if self.data is None else self.write()


class WhenField(Typed):
    """A date as precise as it is known, a `When` or None. `exact=True` asks for one day; `hint=""` leaves the hint out."""

    layout = "when"

    def __init__(self, label=None, validators=None, *, exact=False, hint=None, **kwargs):
        if hint is None:
            hint = (
                _l("For example 10 June 2015.")
                if exact
                else _l("As precisely as you know: 2015, June 2015, 10 June 2015.")
            )
        super().__init__(label, validators, hint=hint, **kwargs)
        self.exact = exact

    def write(self) -> str:
        return when_text(self.data)

    @staticmethod
    def _parse(text: str):
        """In the language of the page, else in the other one: people paste dates from documents."""
        try:
            return dates.parse(text, lang())
        except dates.WhenError as error:
            try:
                return dates.parse(text, None)
            except dates.WhenError:
                raise error from None

    def read(self, text: str):
        try:
            value = self._parse(text)
        except dates.WhenError as error:
            raise ValueError(explain_when(error, self.required, self.exact)) from None
        if self.exact and (value.earliest is None or value.earliest != value.latest):
            raise ValueError(_("One exact day is needed here, such as 10 June 2015."))
        return value


class MoneyField(Typed):
    """An amount with its currency, one value: `Money` or None (not stated, which is not zero).

    Sent as `<name>` and `<name>-currency`. `negative=True` allows amounts below zero; zero is allowed only with `zero=True`.
    """

    layout = "money"

    def __init__(self, label=None, validators=None, *, currencies=CURRENCIES, negative=False, zero=False, **kwargs):
        super().__init__(label, validators, **kwargs)
        self.currencies, self.negative, self.zero = tuple(currencies), negative, zero
        self.currency = self.currencies[0]

    def process(self, formdata, data=None, **kwargs):
        self.sent_currency = None if formdata is None else formdata.get(f"{self.name}-currency")
        if self.sent_currency:
            self.currency = self.sent_currency.strip().upper()
        super().process(formdata, **({} if data is None else {"data": data}), **kwargs)
        if self.data is not None and not self.sent_currency:
            self.currency = self.data.currency

    def currency_groups(self) -> list[tuple[str, list[tuple[str, bool]]]]:
        """[(what the group is called, [(code, chosen), …])]: the common currencies, then the others."""
        codes = list(self.currencies)
        if self.currency not in codes and re.fullmatch("[A-Z]{3}", self.currency):
            codes.append(self.currency)
        common, others = (
            [(c, c == self.currency) for c in codes if (c in COMMON) is wanted] for wanted in (True, False)
        )
        return [group for group in ((_("Common currencies"), common), (_("Other currencies"), others)) if group[1]]

    def write(self) -> str:
        return amounts.format(self.data, lang()).replace(self.data.currency, "").strip("\u00a0 ")

    def read(self, text: str):
        try:
            return amounts.parse_amount(text, self.currency, lang())
        except amounts.MoneyError as error:
            raise ValueError(explain_money(error, self.required)) from None

    def pre_validate(self, form) -> None:
        super().pre_validate(form)
        if self.process_errors or self.data is None:
            return
        if self.currency not in self.currencies:
            raise ValidationError(_("Choose one of the currencies of the list."))
        if self.data.minor < 0 and not self.negative:
            raise ValidationError(_("The amount must be above zero."))
        if self.data.minor == 0 and not self.zero:
            raise ValidationError(_("Zero is not written here. If the amount is not known, leave the field empty."))


class NumberField(Typed):
    """A decimal number with at most `places` decimals, between `low` and `high`. Data is a Decimal or None."""

    layout = "number"

    def __init__(self, label=None, validators=None, *, places=2, low=None, high=None, **kwargs):
        super().__init__(label, validators, **kwargs)
        self.places, self.low, self.high = places, low, high

    def write(self) -> str:
        return numbers.typed_number(self.data, lang())

    def read(self, text: str):
        try:
            value = Decimal(numbers.canonical(numbers.parse_number(text, lang())))
        except numbers.NumberError as error:
            raise ValueError(explain_number(error)) from None
        if -value.as_tuple().exponent > self.places:
            if not self.places:
                raise ValueError(_("Write a whole number."))
            raise ValueError(_("At most %(places)s decimal places fit here.", places=self.places))
        return value

    def pre_validate(self, form) -> None:
        super().pre_validate(form)
        if self.data is None or self.process_errors:
            return
        low = self.low is not None and self.data < self.low
        high = self.high is not None and self.data > self.high
        if (low or high) and self.low is not None and self.high is not None:
            raise ValidationError(_("Write a number from %(low)s to %(high)s.", low=self.low, high=self.high))
        if low:
            raise ValidationError(_("The number is too small."))
        if high:
            raise ValidationError(_("The number is too large."))


class WholeField(NumberField):
    """A whole number. Data is an int or None."""

    def __init__(self, label=None, validators=None, **kwargs):
        super().__init__(label, validators, places=0, **{"high": 2**31 - 1, **kwargs})

    def read(self, text: str):
        return int(super().read(text))

    def write(self) -> str:
        return str(self.data)
