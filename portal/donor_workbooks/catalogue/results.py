"""Indicators of the project or framework with what was measured in the period."""

from __future__ import annotations

from dataclasses import dataclass

from portal.donor_workbooks.catalogue.reading import day, doubts, pair, plain, within
from portal.donor_workbooks.catalogue.registry import Asked, Found, offer, source, unknown
from portal.donor_workbooks.catalogue.subject import subject_of
from portal.donor_workbooks.rules.ways import RECORD
from portal.kernel.errors import N_
from portal.kernel.when import meets
from portal.results.models import Indicator, IndicatorValue
from portal.results.queries import results, values_of

NOT_MEASURED = N_("no value for the period")


@dataclass(frozen=True)
class Measured:
    """An indicator and its last value for a time that meets the period."""

    indicator: Indicator
    value: IndicatorValue | None


def lines(asked: Asked) -> list[Measured] | None:
    held = subject_of(asked)
    if held is None:
        return None
    found = list(
        asked.s.scalars(results(asked.actor, Indicator).where(Indicator.of_id == held.id).order_by(Indicator.id))
    )
    values = values_of(asked.s, asked.actor, [one.id for one in found])
    period = asked.report.period
    return [
        Measured(
            one, next((v for v in values.get(one.id, ()) if v.value is not None and meets(v.period, period)), None)
        )
        for one in found
    ]


def _value(asked: Asked, line: Measured) -> Found:
    asked.says(line.indicator)
    if line.value is None:
        asked.mended(RECORD, line.indicator.id, "values")
        return unknown(NOT_MEASURED)
    return plain(line.value.value, *doubts(asked, line.value, "value"), within(asked, line.value.period))


def _period(asked: Asked, line: Measured) -> Found:
    asked.says(line.indicator)
    if line.value is None:
        asked.mended(RECORD, line.indicator.id, "values")
        return unknown(NOT_MEASURED)
    told = doubts(asked, line.value, "period")
    return day(line.value.period, asked.language, *told, within(asked, line.value.period))


source("indicators", N_("Indicators with values of the period"), lines, lambda one: str(one.indicator.id))
offer(
    "indicators.name", N_("Indicator"), ("Indicator", "Name of the indicator", "Indikátor", "Ukazatel"),
    lambda asked, line: pair(asked, line.indicator, "name", *doubts(asked, line.indicator, "name")), rows="indicators",
)  # fmt: skip
offer(
    "indicators.unit", N_("Unit"), ("Unit", "Unit of measurement", "Jednotka", "Měrná jednotka"),
    lambda asked, line: pair(asked, line.indicator, "unit", *doubts(asked, line.indicator, "unit")), rows="indicators",
)  # fmt: skip
offer(
    "indicators.baseline", N_("Baseline"), ("Baseline", "Baseline value", "Výchozí hodnota"),
    lambda asked, line: plain(line.indicator.baseline, *doubts(asked, line.indicator, "baseline")), rows="indicators",
)  # fmt: skip
offer(
    "indicators.target", N_("Target"), ("Target", "Target value", "Cílová hodnota", "Cíl"),
    lambda asked, line: plain(line.indicator.target, *doubts(asked, line.indicator, "target")), rows="indicators",
)  # fmt: skip
offer(
    "indicators.value", N_("Value of the period"), ("Value", "Actual", "Achieved", "Current value", "Dosažená hodnota"),
    _value, rows="indicators",
)  # fmt: skip
offer(
    "indicators.period", N_("When it was measured"), ("Date of measurement", "Measured on", "Datum měření", "Období měření"),
    _period, rows="indicators",
)  # fmt: skip
