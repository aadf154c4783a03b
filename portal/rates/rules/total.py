"""The sum of amounts of several currencies in one, each converted by InforEuro of the month of its value date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from portal.kernel.money import Money
from portal.rates.rules.conversion import EURO, Conversion, NoRate, convert
from portal.rates.rules.rate import Book, Rate
from portal.rates.rules.rounding import NEAREST


@dataclass
class Total:
    """`amount` None: nothing could be converted, which is not zero. What was not converted stands in `absent` with its reason:
    it is in no sum, and whoever shows the total says so."""

    into: str
    amount: Money | None = None
    conversions: list[Conversion] = field(default_factory=list)
    absent: list[NoRate] = field(default_factory=list)

    @property
    def rates(self) -> tuple[Rate, ...]:
        """Every rate in it, each once, by currency and month."""
        found = dict.fromkeys(rate for one in self.conversions for rate in one.rates)
        return tuple(sorted(found, key=lambda rate: (rate.currency, rate.month or date.min)))

    @property
    def computed(self) -> bool:
        return any(one.computed for one in self.conversions)


def total_in(amounts: Iterable[tuple[Money, date | None]], book: Book, into: str = EURO) -> Total:
    """Each amount with a day of its month of value (`months.month_of_when`; None: not known) is converted and rounded to the
    nearest cent by itself, then they are added: the total is the sum of what its records show. A month that is not loaded is
    computed, and marked. An amount in the currency of the total needs no date."""
    made = Total(into)
    for amount, day in amounts:
        one = convert(amount, into, book=book, regime="B", day=day, rounding=NEAREST)
        if isinstance(one, NoRate):
            made.absent.append(one)
            continue
        made.conversions.append(one)
        made.amount = one.amount if made.amount is None else made.amount + one.amount
    return made
