"""The list of monthly rates: its filters and orders, and its columns as a file."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, func

from portal.rates.models import MonthlyRate
from portal.rates.queries.monthly import currencies_loaded
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Choice, Listing, Search, Sort, Text
from portal.web.listing.values import year


def _within(years: tuple[int, int]) -> ColumnElement[bool]:
    return and_(MonthlyRate.month >= date(years[0], 1, 1), MonthlyRate.month <= date(years[1], 12, 31))


def _found(text: str, v) -> ColumnElement[bool]:
    sought = text.strip().lower()
    told = func.lower(MonthlyRate.currency + " " + MonthlyRate.source)
    return told.contains(sought, autoescape=True)


RATES = Listing(
    filters=(
        Search("q", _l("Search rates"), _found, hint=_l("e.g. CZK")),
        Choice(
            "currency", _l("Currency"), lambda v: [(code, code) for code in currencies_loaded(v.s)],
            lambda code, v: MonthlyRate.currency == code, many=True,
        ),
        Text("year", _l("Year"), lambda text, v: _within((year(text),) * 2), hint=_l("e.g. 2013")),
    ),
    sorts=(
        Sort("month", _l("Month"), lambda v: [MonthlyRate.month], descending=True),
        Sort("currency", _l("Currency"), lambda v: [MonthlyRate.currency]),
    ),
    key=MonthlyRate.id,
)  # fmt: skip
