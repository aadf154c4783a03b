"""The reports an obligation makes due, kept in step with its rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from portal.kernel.errors import N_
from portal.kernel.settling import settle
from portal.kernel.standing import WITHDRAWN
from portal.kernel.when import When
from portal.kernel.when import format as write
from portal.obligations.facts import RULE
from portal.obligations.models import DueReport, Obligation
from portal.obligations.queries import held_reports
from portal.obligations.rules import PLANNED, Slot, slots

BY_RULE = N_("The obligation does not give this period any more.")
OUTDATED = "Povinnost toto období už neurčuje. / The obligation does not give this period any more."
"""Why a planned report was withdrawn by its rule, as it is kept (pages say `BY_RULE`); what people withdraw has a reason of
theirs and stays as it is."""


def plan(s: Session, obligation: Obligation) -> list[DueReport]:
    """Let the planned reports be those of the rule: new periods are added, those it does not give any more are withdrawn until it
    does again, days follow. A report that was begun keeps its period and its day. Returns what was added."""
    held = held_reports(s, obligation.id)
    wanted = {(slot.first, slot.last): slot for slot in slots(_rule(obligation))}
    begun = [one for one in held if one.state != PLANNED]
    for one in held:
        slot = wanted.pop(_days(one), None)
        if one.state != PLANNED:
            _call(one, obligation)
        elif slot is None:
            if one.standing is None:
                one.standing, one.standing_reason = WITHDRAWN, OUTDATED
        else:
            if one.standing_reason == OUTDATED:
                one.standing = one.standing_reason = None
            _call(one, obligation)
            _move(one, slot)
    added = [
        _made(obligation, slot) for slot in wanted.values() if not any(_overlaps(slot, _days(one)) for one in begun)
    ]
    s.add_all(added)
    s.flush()
    settle(s, [*held, *added])
    return added


def is_outdated(report: DueReport) -> bool:
    """Whether the obligation does not give the period of a planned report any more: in force it would be withdrawn again."""
    given = {(slot.first, slot.last) for slot in slots(_rule(report.obligation))}
    return report.state == PLANNED and _days(report) not in given


def under_way(s: Session, obligation: Obligation, values: Mapping[str, object]) -> str | None:
    """The unit at fault, where the rule of `values` would give other periods for days of which a report was begun already."""
    if all(values.get(unit) == getattr(obligation, unit) for unit in RULE):
        return None
    given = slots(values)
    for one in held_reports(s, obligation.id):
        mine = _days(one)
        if one.state == PLANNED or (given and mine in {(slot.first, slot.last) for slot in given}):
            continue
        clash = not given or any(_overlaps(slot, mine) for slot in given)
        if clash:
            return next(unit for unit in RULE if values.get(unit) != getattr(obligation, unit))
    return None


def frozen(s: Session, obligation: Obligation, values: Mapping[str, object]) -> list[str]:
    """The units in `values` that would change what a report that was begun already is on. A kind nobody stated may be stated."""
    held = {unit: getattr(obligation, column) for unit, column in (("of", "of_id"), ("kind_code", "kind_code"))}
    changed = [unit for unit, value in held.items() if value and unit in values and values[unit] != value]
    begun = changed and any(one.state != PLANNED for one in held_reports(s, obligation.id))
    return changed if begun else []


def _rule(obligation: Obligation) -> dict[str, object]:
    return {unit: getattr(obligation, unit) for unit in RULE}


def _made(obligation: Obligation, slot: Slot) -> DueReport:
    one = DueReport(obligation_id=obligation.id, obligation=obligation)
    one.period = slot.period
    one.due = When(slot.due.isoformat())
    _call(one, obligation)
    return one


def _move(one: DueReport, slot: Slot) -> None:
    due = When(slot.due.isoformat())
    if one.due != due:
        one.due = due


def _call(one: DueReport, obligation: Obligation) -> None:
    """A report is called by its obligation and its period, and is as sure as the obligation is. Where the obligation has no
    name in a language, neither has the report: no name mixes two."""
    names = {"cs": obligation.name_cs, "en": obligation.name_en}
    cs, en = (f"{name}, {write(one.period, lang)}" if name else "" for lang, name in names.items())
    if (one.name_cs, one.name_en) != (cs, en):
        one.rename(cs, en)
    if one.certainty != obligation.certainty:
        one.certainty = obligation.certainty


def _days(one: DueReport) -> tuple[date, date]:
    return one.period_from, one.period_to


def _overlaps(slot: Slot, days: tuple[date, date]) -> bool:
    return slot.first <= days[1] and days[0] <= slot.last
