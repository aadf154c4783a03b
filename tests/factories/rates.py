"""Rates for tests: loaded through the action a person uses, and a small book for the pure rules."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.kernel.permission import Actor
from portal.rates import actions
from portal.rates.models import RateImport
from portal.rates.queries import loaded
from portal.rates.rules import Rate
from portal.rates.rules.comparison import compared
from portal.rates.rules.lines import Line
from portal.rates.rules.rate import COMPUTED, DAILY, IMPORTED
from tests.factories import changing


def line(currency: str, month: str, rate: str, source: str = "InforEuro", retrieved: str = "2026-01-05") -> Line:
    """One line of a file; the month as 2025-03."""
    first = date.fromisoformat(f"{month}-01")
    return Line(currency, first, Decimal(rate), source, date.fromisoformat(retrieved), "Kurzy, C2")


def load(s: Session, person: Person, *lines: Line, reason: str = "") -> RateImport:
    """Lines loaded as one file by a reporting officer."""
    actor = Actor(person.id, person.name, "reporting_officer")
    digest = hashlib.sha256(repr(lines).encode()).hexdigest()
    kept = actions.keep_file(s, actor, "kurzy.xlsx", digest, lines)
    found = compared(lines, loaded(s, {one.currency for one in lines}))
    with changing(s):
        return actions.load_rates(s, actor, kept, (len(found.new), len(found.superseding)), reason)


class SmallBook:
    """A book of a few rates: months and computed months {("CZK", "2025-03"): "25.1"}, days {("CZK", "2025-03-03"): "25.2"}."""

    def __init__(
        self, months: Mapping[tuple[str, str], str] | None = None, days: Mapping[tuple[str, str], str] | None = None,
        computed: Mapping[tuple[str, str], str] | None = None, until: str = "2026-10-30",
    ) -> None:  # fmt: skip
        self.months, self.days, self.made, self.until = months or {}, days or {}, computed or {}, until

    def imported(self, currency: str, month: date) -> Rate | None:
        rate = self.months.get((currency, month.strftime("%Y-%m")))
        return Rate(currency, Decimal(rate), IMPORTED, "InforEuro", month=month, edition=1) if rate else None

    def computed(self, currency: str, month: date) -> Rate | None:
        rate = self.made.get((currency, month.strftime("%Y-%m")))
        return Rate(currency, Decimal(rate), COMPUTED, "ECB", month=month) if rate else None

    def daily(self, currency: str, first: date, last: date) -> list[Rate]:
        listed = sorted((date.fromisoformat(day), rate) for (one, day), rate in self.days.items() if one == currency)
        return [Rate(currency, Decimal(rate), DAILY, "ECB", day=day) for day, rate in listed if first <= day <= last]

    def daily_bounds(self, currency: str) -> tuple[date, date] | None:
        days = sorted(date.fromisoformat(day) for one, day in self.days if one == currency)
        return (days[0], days[-1]) if days else None

    def known_until(self) -> date:
        return date.fromisoformat(self.until)
