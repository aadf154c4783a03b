"""Monthly rates as loaded: the list, the editions of one month, and what a file is compared with."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from portal.rates.models import MonthlyRate, RateImport


def selected() -> Select:
    """Current rates with the files they came from."""
    return (
        select(MonthlyRate)
        .join(RateImport, RateImport.id == MonthlyRate.import_id)
        .options(contains_eager(MonthlyRate.imported).joinedload(RateImport.change))
        .where(MonthlyRate.current)
    )


def editions(s: Session, currency: str, month: date) -> list[MonthlyRate]:
    """All editions of one month, the current one first."""
    asked = select(MonthlyRate).options(joinedload(MonthlyRate.imported).joinedload(RateImport.change))
    asked = asked.where(MonthlyRate.currency == currency, MonthlyRate.month == month)
    return list(s.scalars(asked.order_by(MonthlyRate.edition.desc())))


def loaded(s: Session, currencies: Collection[str]) -> dict[tuple[str, date], MonthlyRate]:
    """The current rates of some currencies by currency and month."""
    asked = select(MonthlyRate).where(MonthlyRate.current, MonthlyRate.currency.in_(sorted(set(currencies))))
    return {(row.currency, row.month): row for row in s.scalars(asked)}


def count_of_loaded(s: Session) -> int:
    """How many rates are in force."""
    return s.scalar(select(func.count()).select_from(MonthlyRate).where(MonthlyRate.current)) or 0


def currencies_loaded(s: Session) -> list[str]:
    """The currencies that have a rate."""
    asked = select(MonthlyRate.currency).where(MonthlyRate.current).distinct().order_by(MonthlyRate.currency)
    return list(s.scalars(asked))
