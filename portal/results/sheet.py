"""Columns of milestones, activities, indicators and risks."""

from __future__ import annotations

from portal.kernel import clock, codes
from portal.results.rules import milestone_state, risk_level
from portal.workbooks.columns import Column, Sheet
from portal.workbooks.records import NUMBER, coded, fact, head, linked, names, pair, tail

MILESTONE = (
    NUMBER,
    *names("milestone", 50),
    linked("milestone", "of", lambda m: m.of, 44),
    fact("milestone", "due", "when", 18, bounds=True),
    fact("milestone", "reached", "when", 18, bounds=True),
    Column(
        "state", "Stav", "State", "text",
        lambda m, lang: codes.label("milestone_states", milestone_state(m.due, m.reached, clock.today()), lang), 14,
    ),
)  # fmt: skip
ACTIVITY = (
    NUMBER,
    *names("activity", 50),
    linked("activity", "of", lambda a: a.of, 44),
    fact("activity", "start", "when", 18, bounds=True),
    fact("activity", "end", "when", 18, bounds=True),
    coded("activity", "state", "activity_states", 14),
)
INDICATOR = (
    NUMBER,
    *names("indicator", 50),
    linked("indicator", "of", lambda i: i.of, 44),
    *pair("indicator", "unit", "text", 18),
    coded("indicator", "direction", "indicator_directions", 16),
    fact("indicator", "baseline", "number", 12),
    fact("indicator", "baseline_on", "when", 16),
    fact("indicator", "target", "number", 12),
    fact("indicator", "target_on", "when", 16),
)
RISK = (
    NUMBER,
    *names("risk", 50),
    linked("risk", "of", lambda r: r.of, 44),
    coded("risk", "likelihood", "risk_likelihoods", 18),
    coded("risk", "impact", "risk_impacts", 18),
    Column(
        "level", "Závažnost", "Level", "text",
        lambda r, lang: codes.label("risk_levels", risk_level(r.likelihood, r.impact), lang), 12,
    ),
    *pair("risk", "measures", "long", 44),
    coded("risk", "state", "risk_states", 12),
)  # fmt: skip


def _sheet(kind: str, key: str, cs: str, en: str, columns, *more: Column) -> Sheet:
    responsible = Column(
        "responsible", *head(kind, "responsible"), "text", lambda line, lang: line.responsible, 22, empty=""
    )
    own = tuple(c.on(lambda line: line.record) for c in columns)
    return Sheet(key, cs, en, (*own, *more, responsible, *(c.on(lambda line: line.record) for c in tail(kind))))


MILESTONES = _sheet("milestone", "milestones", "Milníky", "Milestones", MILESTONE)
ACTIVITIES = _sheet("activity", "activities", "Aktivity", "Activities", ACTIVITY)
INDICATORS = _sheet(
    "indicator", "indicators", "Ukazatele", "Indicators", INDICATOR,
    Column(
        "latest", "Poslední hodnota", "Latest value", "number",
        lambda line, lang: line.latest.value if line.latest else None, 12,
    ),
    Column(
        "latest_for", "Za období", "For the period", "when",
        lambda line, lang: line.latest.period if line.latest else None, 18,
    ),
)  # fmt: skip
RISKS = _sheet("risk", "risks", "Rizika", "Risks", RISK)
