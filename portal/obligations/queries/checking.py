"""Who wrote in a report and who may check it; which reports were handed over for that. What people wrote is found by history:
rows of every table whose key begins with a report (expenditure, explanations, texts), those that were taken away, too."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, Table, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import Person
from portal.accounts.queries import actor_of
from portal.kernel import clock
from portal.kernel.history import twin
from portal.kernel.permission import Actor, permits
from portal.kernel.transaction import Change
from portal.obligations import policy  # noqa: F401  declares the permissions
from portal.obligations.models import DueReport
from portal.obligations.queries.reports import report, reports, stands_where_written
from portal.obligations.rules import PLANNED, PREPARED

_report, _by = DueReport.__table__, aliased(Change)
"""`_by`: the change something was written by, apart from the one that a query around it may read."""


def _rows() -> Iterator[tuple[Table, ColumnElement[int]]]:
    """(history, column of the change) of what is written in reports: once of the rows that came, once of those that went."""
    for table in DueReport.metadata.sorted_tables:
        if table.name.endswith("_history") and "due_report_id" in table.primary_key.columns:
            yield table, table.c.change_from
            yield table, table.c.change_to


def _written(*by: ColumnElement[bool]) -> ColumnElement[bool]:
    """SQL predicate over `DueReport`: something was written in it by such a change."""
    return or_(*(exists().where(t.c.due_report_id == _report.c.id, _by.id == change, *by) for t, change in _rows()))


def _begun(report_id, edition):
    """The change by which an edition of a report was begun."""
    then = twin(_report).c
    asked = select(func.min(then.change_from)).where(
        then.id == report_id, then.edition == edition, then.state == PREPARED
    )
    return asked.correlate(_report).scalar_subquery()


def writers(s: Session, found: DueReport) -> set[int]:
    """Who wrote in this edition of a report since it was begun."""
    people: set[int] = set()
    begun = _begun(found.id, found.edition)
    for table, change in _rows():
        asked = select(Change.actor_id).join(table, Change.id == change)
        asked = asked.where(table.c.due_report_id == found.id, change >= begun)
        people |= {one for one in s.scalars(asked.distinct()) if one is not None}
    return people


def checkers(s: Session, found: DueReport) -> list[int]:
    """Who may check a report: writers there who see it and neither prepared it nor wrote in it."""
    own = writers(s, found)
    people = s.scalars(select(Person).where(Person.active.is_(True), Person.role != "viewer").order_by(Person.id))
    actors = [actor for one in people if permits(actor := actor_of(s, one), "due_report.check", found)]
    others = [actor for actor in actors if actor.person_id and actor.person_id not in own]
    return [actor.person_id for actor in others if actor.person_id and report(s, actor, found.id) is not None]


def is_handed_over() -> ColumnElement[bool]:
    """SQL predicate over `DueReport`: it is in preparation and was handed over for its check, and nobody wrote in it since."""
    since = [_by.at > _report.c.handed_over_at]
    if clock.looking_back():  # what came after the moment looked at had not been written then
        since.append(_by.at <= clock.now())
    return and_(_report.c.state == PREPARED, _report.c.handed_over_at.is_not(None), ~_written(*since))


@dataclass(frozen=True)
class Handing:
    """That a report was handed over for its check: when, by whom (as history names them; None: not by a person)."""

    at: datetime
    by: str
    person_id: int | None


def handed_over(s: Session, report_ids: Collection[int]) -> dict[int, Handing]:
    """By report: that it was handed over for its check; those that were not are left out."""
    asked = select(_report.c.id, Change.at, Change.actor_name, Change.actor_id)
    asked = asked.join(Change, Change.at == _report.c.handed_over_at)
    rows = s.execute(asked.where(_report.c.id.in_(report_ids), is_handed_over()))
    return {report_id: Handing(at, by, person_id) for report_id, at, by, person_id in rows}


def to_check(actor: Actor) -> Select:
    """SELECT of the visible reports that were handed over and that the actor may check, the most urgent first: those they may
    write in, and neither prepared nor wrote in."""
    theirs = stands_where_written(actor) if permits(actor, "due_report.check") else false()
    me = actor.person_id or 0
    others = or_(_report.c.prepared_by_id.is_(None), _report.c.prepared_by_id != me)
    wrote = _written(_by.actor_id == me, _by.id >= _begun(_report.c.id, _report.c.edition))
    wanted = reports(actor).where(is_handed_over(), theirs, others, ~wrote)
    return wanted.order_by(DueReport.due_to, DueReport.id)


def untouched(s: Session, actor: Actor, obligation_id: int, before: date) -> list[DueReport]:
    """The visible planned reports of an obligation that are due before a day, and of which nothing was ever written or sent."""
    held = [
        exists().where(table.c.due_report_id == _report.c.id)
        for table in DueReport.metadata.sorted_tables
        if "due_report_id" in table.columns and not table.info.get("derived")
    ]
    wanted = reports(actor).where(DueReport.obligation_id == obligation_id, DueReport.state == PLANNED)
    wanted = wanted.where(DueReport.due_to < before, DueReport.standing.is_(None), ~or_(*held))
    return list(s.scalars(wanted.order_by(DueReport.period_from, DueReport.id)))
