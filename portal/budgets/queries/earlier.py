"""The reports on the money of a contract that come before one of them, and what they leave open."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from sqlalchemy.orm import Session

from portal.budgets.models import Expenditure, ReportLine
from portal.budgets.queries.silence import Silence
from portal.budgets.queries.versions import budget_in_force, budgets_of
from portal.budgets.rules import AGREED
from portal.kernel.permission import Actor
from portal.kernel.when import When
from portal.obligations.models import DueReport, Obligation
from portal.obligations.queries import reports
from portal.obligations.rules import ON_MONEY
from portal.sources.facts import Pair

FINAL = "final_financial"
DAY = timedelta(days=1)


def is_final(report: DueReport) -> bool:
    return report.obligation.kind_code == FINAL


def reports_before(s: Session, actor: Actor, report: DueReport) -> list[DueReport]:
    """The visible reports on the money of the contract that come before this one, whatever obligation they follow from."""
    asked = reports(actor).where(
        Obligation.__table__.c.of_id == report.obligation.of_id,
        Obligation.__table__.c.kind_code.in_(ON_MONEY),
        DueReport.period_to <= report.period_to,
    )
    return [one for one in s.scalars(asked) if place(one) < place(report)]


def place(report: DueReport) -> tuple[date, bool, int, int]:
    """Where a report stands among those on the money of its contract. Of those that end on one day the final one is the last, and
    one on a longer time follows what lies within it; which obligation was laid down first says nothing."""
    return report.period_to, is_final(report), -report.period_from.toordinal(), report.id


def basis(s: Session, actor: Actor, report: DueReport) -> tuple[set[int], set[int]]:
    """The ids of the earlier reports and of the agreed versions of the budget, up to the one in force, that the actor sees."""
    contract_id = report.obligation.of_id
    held = budget_in_force(s, actor, contract_id, report.period_to)
    last = held.budget.edition if held else 0
    agreed = {one.id for one in budgets_of(s, actor, contract_id) if one.state == AGREED and one.edition <= last}
    return {one.id for one in reports_before(s, actor, report)}, agreed


def gaps(start: When | None, report: DueReport, earlier: Iterable[DueReport]) -> list[tuple[date, date]]:
    """(first, last day) of each time before the period of a report that neither it nor an earlier one is on. Of a start that is
    known to the month or year the last day it may be: before it nothing need have been spent."""
    periods = sorted((one.period_from, one.period_to) for one in (report, *earlier))
    found, due = [], start.latest if start is not None and start.latest is not None else periods[0][0]
    for first, last in periods:
        if due < first <= report.period_from:
            found.append((due, first - DAY))
        due = max(due, last + DAY)
    return found


def silence_of(
    s: Session, actor: Actor, report: DueReport, rows: Collection[Expenditure], said: Mapping[str, ReportLine]
) -> Silence:
    """What an earlier report leaves open, by the rows of expenditure and what it says of its lines."""
    if any(row.due_report_id == report.id for row in rows):
        return Silence(True)
    version = budget_in_force(s, actor, report.obligation.of_id, report.period_to)
    return Silence(False, explained(said), version.by_code if version else ())


def explained(said: Mapping[str, ReportLine]) -> list[str]:
    """The lines of which a report explains why they vary."""
    return [code for code, row in said.items() if Pair(row.explanation_cs, row.explanation_en)]
