"""What the pages of results show."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.kernel.permission import Actor
from portal.kernel.record import Record
from portal.portfolio.queries.profiles import further, named
from portal.results.facts import DECLARED
from portal.results.queries import IndicatorLine, values_of
from portal.sources.queries import FactView, facts_of


def former(view: FactView) -> list:
    """The statements of a revised value that lead no more and said something else, the latest first."""
    if view.lead is None:
        return []
    said = view.lead.value
    return [claim for claim in reversed(view.others) if claim.value is not None and claim.value != said]


def of_result(s: Session, actor: Actor, record: Record) -> dict:
    """Context of the page of a milestone, an activity, an indicator or a risk."""
    values = values_of(s, actor, [record.id]).get(record.id, []) if record.kind == "indicator" else []
    facts = facts_of(s, actor, record, *values)
    mine, declared = facts[record.id], DECLARED[record.kind]
    return {
        "record": record,
        "facts": mine,
        "facts_by_record": facts,
        "named": named(s, actor, record, declared, mine),
        "declared": declared,
        "further": further(mine, record.kind),
        "line": IndicatorLine(record, values) if record.kind == "indicator" else None,
    }
