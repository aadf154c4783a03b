"""Reporting obligations and their reports for tests."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.obligations.actions import lay_down_obligation
from portal.obligations.models import DueReport, Obligation
from portal.sources.actions import UNSUPPORTED, Support
from portal.sources.facts import Pair
from tests.factories import changing

TWO_YEARS = {"starts": When("2014-01-01"), "ends": When("2015-12-31"), "every": 12, "due_days": 60}


def obligation(
    s: Session, of: Record, name: str = "Průběžné zprávy", *, backed: Support = UNSUPPORTED, **values
) -> Obligation:
    """Two yearly reports, due 60 days after their year, unless said otherwise."""
    given = {
        "name": Pair(name, "Interim reports"),
        "of": of.id,
        "kind_code": "interim_financial",
        **TWO_YEARS,
        **values,
    }
    with changing(s):
        return lay_down_obligation(s, SYSTEM, given, backed)


def reports(s: Session, of: Obligation) -> list[DueReport]:
    """The reports of an obligation by their periods."""
    asked = select(DueReport).where(DueReport.obligation_id == of.id)
    return list(s.scalars(asked.order_by(DueReport.period_from)))


def due_report(s: Session, of: Record, **values) -> DueReport:
    """The first report of a new obligation."""
    made = obligation(s, of, **values)
    return reports(s, made)[0]
