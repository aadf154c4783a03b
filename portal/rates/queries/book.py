"""The book of rates that conversions look into: what is loaded, read once, and the daily rates."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.permission import Actor, need
from portal.rates import policy  # noqa: F401  declares the permissions
from portal.rates.models import MonthlyRate
from portal.rates.queries import daily
from portal.rates.rules.rate import IMPORTED, Rate

Row = tuple[Decimal, str, int, date]


class RateBook:
    """A book (see `rules.rate.Book`) over rows read before: conversions ask the database nothing."""

    def __init__(self, rows: dict[tuple[str, date], Row]) -> None:
        self._rows = rows

    def imported(self, currency: str, month: date) -> Rate | None:
        row = self._rows.get((currency, month))
        if row is None:
            return None
        per_euro, source, edition, retrieved = row
        return Rate(currency, per_euro, IMPORTED, source, month=month, edition=edition, retrieved=retrieved)

    def computed(self, currency: str, month: date) -> Rate | None:
        return daily.computed_month(currency, month)

    def daily(self, currency: str, first: date, last: date) -> list[Rate]:
        return daily.between(currency, first, last)

    def daily_bounds(self, currency: str) -> tuple[date, date] | None:
        return daily.bounds(currency)

    def known_until(self) -> date:
        return daily.known_until()


def book(s: Session, actor: Actor, currencies: Collection[str] | None = None) -> RateBook:
    """The current editions, of some currencies or of all. One query; of the past where `s` reads it."""
    need(actor, "rate.read")
    rate = MonthlyRate
    asked = select(rate.currency, rate.month, rate.per_euro, rate.source, rate.edition, rate.retrieved).where(
        rate.current
    )
    if currencies is not None:
        asked = asked.where(rate.currency.in_(sorted(set(currencies))))
    return RateBook({(row[0], row[1]): (row[2], row[3], row[4], row[5]) for row in s.execute(asked)})
