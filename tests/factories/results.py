"""Milestones, activities, indicators with their values, and risks for tests."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Session

from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.results import actions
from portal.results.models import Activity, Indicator, IndicatorValue, Milestone, Risk
from portal.sources.actions import UNSUPPORTED, Support
from portal.sources.facts import Pair
from tests.factories import changing


def milestone(
    s: Session, of: Record, name: str, *, due: str | None = None, reached: str | None = None,
    backed: Support = UNSUPPORTED, **values,
) -> Milestone:  # fmt: skip
    """A milestone of a project; both dates as EDTF. `backed` bears its facts."""
    given = _named(name, of, due=_when(due), reached=_when(reached), **_sure(backed), **values)
    with changing(s):
        return actions.set_milestone(s, SYSTEM, given, backed)


def activity(
    s: Session, of: Record, name: str, *, start: str | None = None, end: str | None = None, **values
) -> Activity:
    """An activity of a project; both dates as EDTF."""
    with changing(s):
        return actions.plan_activity(s, SYSTEM, _named(name, of, start=_when(start), end=_when(end), **values))


def indicator(
    s: Session,
    of: Record,
    name: str,
    *,
    baseline: str | None = None,
    target: str | None = None,
    unit: str = "osob",
    backed: Support = UNSUPPORTED,
    **values,
) -> Indicator:
    """An indicator of a project or framework; numbers as text. `backed` bears its facts."""
    numbers = {"baseline": _number(baseline), "target": _number(target), "unit": Pair(unit, "") if unit else None}
    with changing(s):
        return actions.choose_indicator(s, SYSTEM, _named(name, of, **numbers, **_sure(backed), **values), backed)


def measured(
    s: Session, of: Indicator, period: str, value: str, *, backed: Support = UNSUPPORTED, **values
) -> IndicatorValue:
    """A value of an indicator; the period as EDTF, the number as text. `backed` bears its facts."""
    given = {"indicator": of.id, "period": When(period), "value": Decimal(value), **values}
    with changing(s):
        return actions.measure_indicator(s, SYSTEM, given, backed)


def revise(s: Session, of: Indicator, target: str, reason: str) -> None:
    """Another target of an indicator, with the reason."""
    with changing(s):
        actions.edit_indicator(s, SYSTEM, of, {"target": Decimal(target)}, Support(reason=reason))


def risk(s: Session, of: Record, name: str, likelihood: str | None = None, impact: str | None = None, **values) -> Risk:
    """A risk of a project or framework."""
    with changing(s):
        return actions.name_risk(s, SYSTEM, _named(name, of, likelihood=likelihood, impact=impact, **values))


def _sure(backed: Support) -> dict[str, str]:
    return {} if backed is UNSUPPORTED else {"certainty": backed.certainty}


def _named(name: str, of: Record, **values) -> dict:
    return {"name": Pair(name, ""), "of": of.id, **values}


def _when(edtf: str | None) -> When | None:
    return When(edtf) if edtf else None


def _number(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None
