"""What was to be reached and measured: milestones of projects, indicators of projects and frameworks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.kernel import clock, codes
from portal.kernel.when import When
from portal.reporting.overview.rows import IndicatorRow, MilestoneRow
from portal.reporting.overview.voice import certainty, joined
from portal.results.models import Indicator, IndicatorValue, Milestone
from portal.results.rules import milestone_state

if TYPE_CHECKING:
    from portal.reporting.overview.gathering import Gathering

MILESTONE = ("name", "of", "due", "reached")
INDICATOR = ("name", "of", "unit", "direction", "baseline", "baseline_on", "target", "target_on")


def milestones(g: Gathering) -> list[MilestoneRow]:
    """By project, then by the day they are planned for."""
    return [_milestone(g, f"M{n}", one) for n, one in enumerate(g.found.milestones, 1)]


def indicators(g: Gathering) -> list[IndicatorRow]:
    """By project or framework."""
    return [_indicator(g, f"U{n}", one) for n, one in enumerate(g.found.indicators, 1)]


def _milestone(g: Gathering, code: str, one: Milestone) -> MilestoneRow:
    due, reached = g.voice.value(one, "due"), g.voice.value(one, "reached")
    return MilestoneRow(
        code=code,
        name=g.names[one.id],
        other_name=g.voice.name(one, _other(g.lang)),
        of=g.place(one.of_id),
        due=due if isinstance(due, When) else None,
        reached=reached if isinstance(reached, When) else None,
        state=_state(g, one, due, reached),
        certainty=certainty(one.certainty),
        sources=g.references(one, MILESTONE),
    )


def _state(g: Gathering, one: Milestone, due: object, reached: object) -> str:
    """Empty where it was reached by sources that are not relied on: then it is neither overdue nor open."""
    if reached is None and one.reached is not None:
        return ""
    state = milestone_state(
        due if isinstance(due, When) else None, reached if isinstance(reached, When) else None, clock.today()
    )
    return codes.label("milestone_states", state, g.lang)


def _indicator(g: Gathering, code: str, one: Indicator) -> IndicatorRow:
    v, latest = g.voice, _latest(g, one)
    sources = [g.references(one, INDICATOR)]
    if latest is not None:
        told = joined(v.numbers(v.claim(latest, fact), g.names[one.id], _what(g, fact)) for fact in ("period", "value"))
        sources.append(f"{_what(g, 'value')} {told}" if told else "")
    return IndicatorRow(
        code=code,
        name=g.names[one.id],
        other_name=v.name(one, _other(g.lang)),
        of=g.place(one.of_id),
        unit=v.text(one, "unit"),
        direction=v.text(one, "direction"),
        baseline=v.value(one, "baseline"),
        baseline_on=v.value(one, "baseline_on"),
        latest=v.value(latest, "value") if latest else None,
        latest_for=v.value(latest, "period") if latest else None,
        target=v.value(one, "target"),
        target_on=v.value(one, "target_on"),
        certainty=certainty(one.certainty),
        sources="; ".join(text for text in sources if text),
    )


def _latest(g: Gathering, one: Indicator) -> IndicatorValue | None:
    """The value of the latest period that an admitted source gives."""
    return next((value for value in g.found.values.get(one.id, []) if g.voice.value(value, "value") is not None), None)


def _what(g: Gathering, fact: str) -> str:
    return g.voice.label("indicator_value", fact)


def _other(lang: str) -> str:
    return "en" if lang == "cs" else "cs"
