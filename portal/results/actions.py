"""Everything a person does with results: plan, measure, revise, say what may go wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from sqlalchemy.orm import Session

from portal.accounts.actions.secrecy import set_secrecy
from portal.kernel import clock
from portal.kernel.errors import InvalidInput
from portal.kernel.permission import Actor, need
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.results import policy, rules, texts  # noqa: F401  policy declares the permissions, texts registers what is searched
from portal.results.facts import DECLARED
from portal.results.models import Activity, Indicator, IndicatorValue, Milestone, Risk
from portal.results.queries import values_of
from portal.sources.actions import PLAIN, UNSUPPORTED, Support, checked, misplaced, set_plain, state_all, state_new
from portal.sources.facts import read

PROBLEMS: dict[str, Callable[[Mapping[str, object], date], dict[str, str]]] = {
    "milestone": rules.problems_of_milestone,
    "activity": rules.problems_of_activity,
    "indicator": rules.problems_of_indicator,
    "indicator_value": rules.problems_of_value,
    "risk": rules.problems_of_risk,
}
Placed = TypeVar("Placed", Milestone, Activity, Indicator, Risk)


def set_milestone(
    s: Session, actor: Actor, values: Mapping[str, object], support: Support = UNSUPPORTED, *, key: str | None = None
) -> Milestone:
    """Set a milestone of a project. `values` maps units (fact fields, `PLAIN`, confidential and readers) to values of the
    unit's type; `of` is the id of the project.

    Raises InvalidInput {unit: code}, Forbidden where the actor may not write in the project's framework.
    """
    return _add(s, actor, Milestone, values, support, key)


def plan_activity(
    s: Session, actor: Actor, values: Mapping[str, object], support: Support = UNSUPPORTED, *, key: str | None = None
) -> Activity:
    """Plan an activity of a project; units as `set_milestone` takes them."""
    return _add(s, actor, Activity, values, support, key)


def choose_indicator(
    s: Session, actor: Actor, values: Mapping[str, object], support: Support = UNSUPPORTED, *, key: str | None = None
) -> Indicator:
    """Choose by what a project or framework is measured. Numbers are Decimals in the unit `unit`."""
    return _add(s, actor, Indicator, values, support, key)


def name_risk(
    s: Session, actor: Actor, values: Mapping[str, object], support: Support = UNSUPPORTED, *, key: str | None = None
) -> Risk:
    """Name a risk of a project or framework; `responsible` owns it."""
    return _add(s, actor, Risk, values, support, key)


def measure_indicator(
    s: Session, actor: Actor, values: Mapping[str, object], support: Support = UNSUPPORTED, *, key: str | None = None
) -> IndicatorValue:
    """Write down the value of the indicator `indicator` for a period that has none yet. It is hidden with its indicator."""
    indicator = s.get_one(Indicator, values["indicator"])
    value = IndicatorValue(key=key, indicator_id=indicator.id, indicator=indicator)
    need(actor, "indicator_value.add", value)
    _refuse(s, actor, "indicator_value", {**values, "unit": _unit(indicator)}, values)
    _refuse_twice(s, actor, indicator.id, values["period"])
    set_plain(value, ("note", "certainty"), values)
    s.add(value)
    s.flush()
    state_new(s, actor, value, DECLARED["indicator_value"], values, support)
    settle(s, [value])
    return value


def edit_result(
    s: Session, actor: Actor, record: Record, values: Mapping[str, object], support: Support = UNSUPPORTED
) -> None:
    """Change units of a milestone, an activity or a risk; each changed fact becomes a leading statement resting on `support`."""
    need(actor, f"{record.kind}.edit", record)
    check(s, actor, record, values)
    set_plain(record, PLAIN, values)
    declared = DECLARED[record.kind]
    state_all(s, actor, record, {f.field: values[f.field] for f in declared if f.field in values}, support)
    set_secrecy(s, actor, record, values)
    settle(s, [record])


def edit_indicator(
    s: Session, actor: Actor, indicator: Indicator, values: Mapping[str, object], support: Support = UNSUPPORTED
) -> None:
    """Change units of an indicator. A target that was set is revised with a reason; the one before stays among the
    statements. Raises InvalidInput {"source_reason": "revised_without_reason"} where `support` gives none."""
    need(actor, "indicator.edit", indicator)
    revised = indicator.target is not None and values.get("target", indicator.target) != indicator.target
    if revised and not support.of("target").reason:
        check(s, actor, indicator, values)
        raise InvalidInput({"source_reason": "revised_without_reason"})
    edit_result(s, actor, indicator, values, support)


def correct_value(
    s: Session, actor: Actor, value: IndicatorValue, values: Mapping[str, object], support: Support = UNSUPPORTED
) -> None:
    """Correct a measured value: units period, value and note."""
    need(actor, "indicator_value.edit", value)
    check(s, actor, value, values)
    if values.get("period", value.period) != value.period:
        _refuse_twice(s, actor, value.indicator_id, values["period"])
    set_plain(value, ("note", "certainty"), values)
    state_all(s, actor, value, {unit: values[unit] for unit in ("period", "value") if unit in values}, support)
    settle(s, [value])


def check(s: Session, actor: Actor, record: Record, values: Mapping[str, object]) -> None:
    """What is asked of values before they are written: the rules over what the record then holds, and the right to place it
    elsewhere."""
    held = {f.field: read(record, f) for f in DECLARED[record.kind]}
    if isinstance(record, IndicatorValue):
        if values.get("indicator", record.indicator_id) != record.indicator_id:
            raise InvalidInput({"indicator": "of_another_indicator"})
        held["unit"] = _unit(record.indicator)
    kept = {unit: value for unit, value in values.items() if (unit, value) != ("state", None)}
    _refuse(s, actor, record.kind, held | kept, values)
    if "of" in values and values["of"] != record.of_id:
        need(actor, f"{record.kind}.add", type(record)(of=s.get_one(Record, values["of"])))


def _add(
    s: Session, actor: Actor, model: type[Placed], values: Mapping[str, object], support: Support, key: str | None
) -> Placed:
    kind = model.__mapper_args__["polymorphic_identity"]
    _refuse(s, actor, kind, values, values)
    of = s.get_one(Record, values["of"])
    record = model(key=key, of_id=of.id, of=of)
    if isinstance(record, Risk):
        record.state = values.get("state") or rules.OPEN
    need(actor, f"{kind}.add", record)
    record.rename(values["name"].cs, values["name"].en)
    set_plain(record, PLAIN, values)
    s.add(record)
    s.flush()
    given = {unit: value for unit, value in values.items() if (unit, value) != ("state", rules.OPEN)}
    state_new(s, actor, record, DECLARED[kind], given, support)
    set_secrecy(s, actor, record, values)
    settle(s, [record])
    return record


def _refuse(s: Session, actor: Actor, kind: str, whole: Mapping[str, object], values: Mapping[str, object]) -> None:
    """InvalidInput where the rules find something in `whole`, or `values` name a record that cannot stand there."""
    found = PROBLEMS[kind](whole, clock.today()) | misplaced(s, actor, DECLARED[kind], values)
    if found:
        raise InvalidInput(found)


def _refuse_twice(s: Session, actor: Actor, indicator_id: int, period: object) -> None:
    """One value holds for a period: it is corrected, and what another source says is a further statement of it."""
    if any(one.period == period for one in values_of(s, actor, [indicator_id]).get(indicator_id, ())):
        raise InvalidInput({"period": "period_measured"})


def _unit(indicator: Indicator) -> str:
    return indicator.unit_cs or indicator.unit_en


for _kind in DECLARED:
    checked(_kind, check)
