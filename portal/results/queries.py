"""Reading results, as far as the actor may see them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, cast, not_, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.queries import names
from portal.kernel import clock
from portal.kernel.history import twin
from portal.kernel.permission import Actor, open_to, visible_to
from portal.kernel.record import Record
from portal.kernel.transaction import Change
from portal.kernel.when import When
from portal.projects.models import Project
from portal.results.models import Activity, Indicator, IndicatorValue, Milestone, Risk
from portal.results.rules import OPEN, REACHED, Elapsed, elapsed, milestone_state, pairs_of

MODELS = {"milestone": Milestone, "activity": Activity, "indicator": Indicator, "risk": Risk}
MOST = 200
"""Results of one kind on a profile; the lists have all."""


def told(actor: Actor, model) -> ColumnElement[bool]:
    """SQL predicate: the result and what it belongs to are visible. The veils know today's references only, so a row of the
    past is asked for its own."""
    return and_(visible_to(actor, model), visible_to(actor, model.of_id))


def results(actor: Actor, model) -> Select:
    """SELECT of the visible milestones, activities, indicators or risks with what they belong to."""
    return select(model).where(told(actor, model)).options(joinedload(model.of))


def result(s: Session, actor: Actor, kind: str, result_id: int) -> Record | None:
    """One result of a kind that the actor may read, be it withdrawn."""
    model = MODELS[kind]
    asked = select(model).where(model.id == result_id, open_to(actor, model), open_to(actor, model.of_id))
    return s.scalar(asked.options(joinedload(model.of)))


def risks_of_period(s: Session, actor: Actor, period: When) -> Select:
    """SELECT of the visible risks that were open on a day of the period, as they were recorded; one that was recorded only after
    it is none of it. Of a past moment nothing that came later is asked."""
    held, begun, ended = twin(Risk.__table__).c, Change.__table__.alias(), Change.__table__.alias()
    states = select(held.id).join(begun, begun.c.id == held.change_from).outerjoin(ended, ended.c.id == held.change_to)
    first, last = _midnight(period.earliest), _midnight(period.latest, 1)
    open_then = states.where(held.state == OPEN, begun.c.at < last, or_(ended.c.at.is_(None), ended.c.at >= first))
    if isinstance(past := s.connection().info.get("portal.past"), int):
        open_then = open_then.where(held.change_from <= past)
    return results(actor, Risk).where(Risk.id.in_(open_then))


def _midnight(day: date | None, after: int = 0) -> datetime:
    """The beginning of a day in the office, or of the one so many after it."""
    return datetime.combine((day or date.max) + timedelta(days=after), time(), clock.OFFICE_ZONE)


def value(s: Session, actor: Actor, value_id: int) -> IndicatorValue | None:
    """One visible value of a visible indicator."""
    asked = _values(actor).where(IndicatorValue.id == value_id)
    return s.scalar(asked.options(joinedload(IndicatorValue.indicator).joinedload(Indicator.of)))


def _values(actor: Actor) -> Select:
    indicator = Indicator.__table__
    seen = (
        visible_to(actor, IndicatorValue),
        visible_to(actor, IndicatorValue.indicator_id),
        visible_to(actor, indicator.c.of_id),
    )
    return select(IndicatorValue).join(indicator, indicator.c.id == IndicatorValue.indicator_id).where(*seen)


def values_of(s: Session, actor: Actor, indicator_ids: Collection[int]) -> dict[int, list[IndicatorValue]]:
    """The visible values by indicator, the latest period first."""
    found: dict[int, list[IndicatorValue]] = {}
    if indicator_ids:
        order = (IndicatorValue.period_to.is_(None), IndicatorValue.period_to.desc(), IndicatorValue.id.desc())
        asked = _values(actor).where(IndicatorValue.indicator_id.in_(indicator_ids)).order_by(*order)
        for one in s.scalars(asked):
            found.setdefault(one.indicator_id, []).append(one)
    return found


def overdue(today: date) -> ColumnElement[bool]:
    """SQL predicate: a milestone that is not reached, and every day its plan can mean has passed. One planned for about a
    day is not overdue."""
    firm = not_(or_(*(Milestone.due_edtf.contains(mark, autoescape=True) for mark in "~?%")))
    return and_(Milestone.reached_edtf.is_(None), Milestone.due_to < today, firm)


def of_level(level: str) -> ColumnElement[bool]:
    """SQL predicate: a risk of this level."""
    return or_(*(and_(Risk.likelihood == a, Risk.impact == b) for a, b in pairs_of(level)))


def weight() -> ColumnElement[int]:
    """Likelihood times impact; NULL where either is not stated."""
    return cast(Risk.likelihood, Integer) * cast(Risk.impact, Integer)


@dataclass
class IndicatorLine:
    """An indicator with its values, the latest first, and who answers for it."""

    record: Indicator
    values: list[IndicatorValue] = field(default_factory=list)
    responsible: str | None = None

    @property
    def latest(self) -> IndicatorValue | None:
        return self.values[0] if self.values else None


@dataclass(frozen=True)
class Line:
    """A milestone or risk with who answers for it."""

    record: Record
    responsible: str | None = None


@dataclass
class Results:
    """What a profile shows of the results of its project or framework."""

    milestones: list[Milestone] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    indicators: list[IndicatorLine] = field(default_factory=list)
    risks: list[Risk] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.milestones or self.activities or self.indicators or self.risks)

    @property
    def records(self) -> list[Record]:
        """All of them, for their facts."""
        values = [one for line in self.indicators for one in line.values]
        return [*self.milestones, *self.activities, *(line.record for line in self.indicators), *values, *self.risks]


def results_of(s: Session, actor: Actor, of: Record) -> Results:
    """The visible results of a project or framework: milestones and activities by their days, indicators as they were
    chosen, open risks first and the weightiest of them before the others."""

    return _found(s, actor, lambda model: model.of_id == of.id, of.kind == "project")


def results_of_parts(s: Session, actor: Actor, umbrella: Project) -> Results:
    """The visible results of the parts of an umbrella project, in the order of `results_of`. Nothing is added up: what two
    parts measure is the same only where somebody says so."""
    project = Project.__table__
    parts = select(project.c.id).where(project.c.umbrella_id == umbrella.id)
    return _found(s, actor, lambda model: model.of_id.in_(parts), True)


def _found(s: Session, actor: Actor, where: Callable[[Any], ColumnElement[bool]], of_projects: bool) -> Results:
    def asked(model, *order):
        return list(s.scalars(results(actor, model).where(where(model)).order_by(*order, model.id).limit(MOST)))

    found = Results()
    if of_projects:
        found.milestones = asked(Milestone, Milestone.due_to.is_(None), Milestone.due_to)
        found.activities = asked(Activity, Activity.start_from.is_(None), Activity.start_from)
    indicators = asked(Indicator)
    measured = values_of(s, actor, [one.id for one in indicators])
    found.indicators = [IndicatorLine(one, measured.get(one.id, [])) for one in indicators]
    found.risks = asked(Risk, Risk.state != OPEN, weight().is_(None), weight().desc())
    return found


@dataclass(frozen=True)
class Course:
    """A project against time: how much of it has passed (None: its dates do not say), how many of its milestones are
    reached."""

    time: Elapsed | None
    reached: int
    milestones: int


def course_of(project: Project, milestones: Sequence[Milestone]) -> Course:
    """By the actual dates of the project, where there are such, else by the planned ones."""
    start, end = project.actual_start or project.planned_start, project.actual_end or project.planned_end
    today = clock.today()
    states = [milestone_state(one.due, one.reached, today) for one in milestones]
    return Course(elapsed(start, end, today), states.count(REACHED), len(states))


def lines(s: Session, actor: Actor, found: Sequence[Milestone | Risk]) -> list[Line]:
    """The lines of milestones or risks, in their order, in one query."""
    people = names(s, [one.responsible_id for one in found])
    return [Line(one, people.get(one.responsible_id)) for one in found]


def indicator_lines(s: Session, actor: Actor, found: Sequence[Indicator]) -> list[IndicatorLine]:
    """The lines of indicators, in their order, in two queries."""
    people = names(s, [one.responsible_id for one in found])
    measured = values_of(s, actor, [one.id for one in found])
    return [IndicatorLine(one, measured.get(one.id, []), people.get(one.responsible_id)) for one in found]
