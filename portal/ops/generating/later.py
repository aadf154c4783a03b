"""What changed in the made-up portfolio afterwards, change by change, so that it has a history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar, cast

from sqlalchemy import Table, select, update

from portal.funding.models import Flow
from portal.kernel.money import Money
from portal.kernel.portions import portions
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.kernel.standing import ARCHIVED, WITHDRAWN
from portal.ops.generating.batches import BEGAN
from portal.ops.generating.chance import DAY
from portal.ops.generating.surroundings import Surroundings
from portal.projects.models import STATUSES, Project
from portal.sources import facts
from portal.sources.models import Statement

R = TypeVar("R", bound=Record)
_YEARS = (BEGAN, DAY)


def correct_amounts(around: Surroundings) -> None:
    """One known amount in 40 is corrected by another statement, which leads from now on."""
    amount = facts.fact("flow", "amount")
    for flows in _drawn(around, around.flows, 40, Flow):
        corrected = {flow: known for flow in flows if (known := flow.amount) and flow.included_in_id is None}
        _step_back(around, [flow.id for flow in corrected], "amount")
        for flow, known in corrected.items():
            rest = around.rest()
            flow.amount = Money(known.minor + around.chance.randrange(1, 10_000), known.currency)
            flow.amount_mark, flow.certainty = "exact", rest.certainty
            around.writer.state(flow, amount, flow.amount, rest, position=9, precision="exact", reason="oprava")
        settle(around.s, list(corrected))  # they, and what they are booked at, are found by their amounts
        _written(around, list(corrected))


def change_statuses(around: Surroundings) -> None:
    """One project in 25 is in another status; one in 50 gets another start."""
    status, start = facts.fact("project", "status"), facts.fact("project", "planned_start")
    for projects in _drawn(around, around.projects, 25, Project):
        _step_back(around, [project.id for project in projects], "status")
        moved = [project for project in projects if around.chance.one_in(2)]
        _step_back(around, [project.id for project in moved], "planned_start")
        for project in projects:
            rest = around.rest()
            project.status = around.chance.choice(STATUSES)
            project.status_basis = "derived" if rest.certainty == "unsure" else "stated"
            around.writer.state(project, status, project.status, rest, position=9)
        for project in moved:
            project.planned_start = around.chance.when(around.chance.day(*_YEARS))
            around.writer.state(project, start, project.planned_start, around.rest(), position=9)
        _written(around, projects)


def archive_and_withdraw(around: Surroundings) -> None:
    """One project in 40 is archived, one in 80 and one flow in 100 are withdrawn: entered by mistake."""
    for ids, each, standing, reason in (
        (around.projects, 40, ARCHIVED, "ukončeno a vyúčtováno"),
        (around.projects, 80, WITHDRAWN, "zapsáno omylem"),
        (around.flows, 100, WITHDRAWN, "zapsáno dvakrát"),
    ):
        for records in _drawn(around, ids, each, Record):
            for record in records:
                record.standing, record.standing_reason = standing, reason
            around.s.flush()
            _let_go(around, records)


CHANGES = (
    ("amounts corrected", correct_amounts),
    ("statuses brought up to date", change_statuses),
    ("archived and withdrawn", archive_and_withdraw),
)


def _drawn(around: Surroundings, ids: Sequence[int], each: int, model: type[R]) -> Iterator[list[R]]:
    """One in so many of the records, in portions."""
    for some in portions(around.chance.sample(ids, len(ids) // each + 1) if ids else []):
        asked = select(model).where(model.id.in_(some)).order_by(model.id)
        yield list(around.s.scalars(asked))


def _step_back(around: Surroundings, ids: Sequence[int], field: str) -> None:
    """What led before stays beside what leads now."""
    table = cast(Table, Statement.__table__)
    led = table.c.record_id.in_(ids) & (table.c.field == field) & table.c.leading.is_(True)
    around.s.execute(update(table).where(led).values(leading=False, version=table.c.version + 1))


def _written(around: Surroundings, records: Sequence[Record]) -> None:
    around.s.flush()
    around.writer.write_statements()
    _let_go(around, records)


def _let_go(around: Surroundings, records: Sequence[Record]) -> None:
    for record in records:
        around.s.expunge(record)
