"""Pure rules of results: what may be written, what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.kernel.when import When, certainly_before

OPEN, CLOSED = "open", "closed"
REACHED, OVERDUE = "reached", "overdue"
MORE, LESS = "more", "less"
FARTHEST = 30
"""Years ahead for which something may be planned."""
DEGREES = ("1", "2", "3", "4", "5")
LEVELS = {"high": range(10, 26), "medium": range(5, 10), "low": range(1, 5)}
"""What likelihood times impact is called."""
WHOLE = 1000
"""The length of a bar."""

Found = dict[str, str]


def problems_of_milestone(values: Mapping[str, object], today: date) -> Found:
    """{unit: code}. Units: name, of, due, reached. What is reached has been reached by today."""
    return _placed(values) | _not_too_far("due", values, today) | _not_in_the_future("reached", values, today)


def problems_of_activity(values: Mapping[str, object], today: date) -> Found:
    """{unit: code}. Units: name, of, start, end, state. The end does not surely lie before the start."""
    found = _placed(values) | _not_too_far("start", values, today) | _not_too_far("end", values, today)
    if certainly_before(_when(values, "end"), _when(values, "start")):
        found["end"] = "end_before_start"
    return found


def problems_of_indicator(values: Mapping[str, object], today: date) -> Found:
    """{unit: code}. Units: name, of, unit, direction, baseline, baseline_on, target, target_on. A number has its unit, and a
    target lies where the direction says."""
    found = (
        _placed(values) | _not_in_the_future("baseline_on", values, today) | _not_too_far("target_on", values, today)
    )
    baseline, target = values.get("baseline"), values.get("target")
    if not values.get("unit") and (baseline is not None or target is not None):
        found["unit"] = "unit_missing"
    if isinstance(baseline, Decimal) and isinstance(target, Decimal):
        wrong = {MORE: target < baseline, LESS: target > baseline}.get(str(values.get("direction")), False)
        if wrong:
            found["target"] = "target_the_other_way"
    return found | _not_negative("baseline", values) | _not_negative("target", values)


def problems_of_value(values: Mapping[str, object], today: date) -> Found:
    """{unit: code}. Units: period, value, and `unit`, that of the indicator: without one a number says nothing."""
    found = _not_in_the_future("period", values, today)
    if not isinstance(values.get("period"), When):
        found["period"] = "period_missing"
    if values.get("value") is None:
        found["value"] = "number_missing"
    elif not values.get("unit"):
        found["value"] = "unit_unknown"
    return found | _not_negative("value", values)


def problems_of_risk(values: Mapping[str, object], today: date) -> Found:
    """{unit: code}. Units: name, of, likelihood, impact, measures, state. Both degrees go from 1 to 5."""
    found = _placed(values)
    for unit in ("likelihood", "impact"):
        if values.get(unit) not in (None, *DEGREES):
            found[unit] = "no_such_code"
    return found


def milestone_state(due: When | None, reached: When | None, today: date) -> str:
    """`reached`; `overdue` once the last day its plan can mean has passed; else `open`."""
    if reached is not None:
        return REACHED
    return OVERDUE if due is not None and certainly_before(due, When(today.isoformat())) else OPEN


def risk_level(likelihood: str | None, impact: str | None) -> str | None:
    """`low`, `medium` or `high` by likelihood times impact; None where either is not stated."""
    if not likelihood or not impact:
        return None
    weight = int(likelihood) * int(impact)
    return next(level for level, weights in LEVELS.items() if weight in weights)


def pairs_of(level: str) -> list[tuple[str, str]]:
    """The pairs of likelihood and impact that are of this level."""
    return [(a, b) for a in DEGREES for b in DEGREES if risk_level(a, b) == level]


@dataclass(frozen=True)
class Way:
    """How far an indicator has come from its baseline to its target: `done` of `WHOLE`, and whether the target is met."""

    done: int
    met: bool


def way(baseline: Decimal | None, actual: Decimal | None, target: Decimal | None, direction: str | None) -> Way | None:
    """None where something is not known, or where there is no way to go."""
    if baseline is None or actual is None or target is None or direction not in (MORE, LESS) or target == baseline:
        return None
    if (target > baseline) != (direction == MORE):
        return None
    share = (actual - baseline) / (target - baseline)
    return Way(int(min(max(share, Decimal(0)), Decimal(1)) * WHOLE), share >= 1)


@dataclass(frozen=True)
class Elapsed:
    """How much of a time has passed: whole `unit`s (months or years), as fine as both its ends are known."""

    done: int
    all: int
    unit: str


def elapsed(start: When | None, end: When | None, today: date) -> Elapsed | None:
    """None where an end is not known, is about or uncertain, or names no single year."""
    ends = [one for one in (start, end) if one is not None and one.precision in ("day", "month", "year")]
    if len(ends) < 2 or any(one.approximate or one.uncertain for one in ends):
        return None
    unit = "years" if "year" in (ends[0].precision, ends[1].precision) else "months"
    first, last = ends[0].days[0], ends[1].days[1]
    if last < first:
        return None
    whole = _count(last, unit) - _count(first, unit) + 1
    done = whole if today > last else _count(today, unit) - _count(first, unit)
    return Elapsed(min(max(done, 0), whole), whole, unit)


def _count(day: date, unit: str) -> int:
    return day.year if unit == "years" else day.year * 12 + day.month


def _placed(values: Mapping[str, object]) -> Found:
    name = values.get("name")
    found = {"name": "name_missing"} if name is not None and not (name.cs or name.en) else {}
    return found if values.get("of") else found | {"of": "of_missing"}


def _when(values: Mapping[str, object], unit: str) -> When | None:
    when = values.get(unit)
    return when if isinstance(when, When) else None


def _not_negative(unit: str, values: Mapping[str, object]) -> Found:
    number = values.get(unit)
    return {unit: "number_negative"} if isinstance(number, Decimal) and number < 0 else {}


def _not_in_the_future(unit: str, values: Mapping[str, object], today: date) -> Found:
    when = _when(values, unit)
    return {unit: "in_the_future"} if when is not None and when.earliest is not None and when.earliest > today else {}


def _not_too_far(unit: str, values: Mapping[str, object], today: date) -> Found:
    when = _when(values, unit)
    far = when is not None and when.earliest is not None and when.earliest.year > today.year + FARTHEST
    return {unit: "too_far_ahead"} if far else {}
