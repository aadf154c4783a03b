"""Whose turn it is: to whom a record falls that somebody has to look after.

A record falls to the person responsible for it. One without anybody falls to whom the project or framework falls at which it
stands (a flow where it is booked, a contract for what it is, an addendum and a budget with their contract, an obligation with
what has to report and a report with it, a role or link with what it is of, an event with its framework or project, a follow-up
with its event, a question with what it is about, a result with its project or framework, a value with its indicator), and a
project or framework without anybody to the editors of its framework. What stands nowhere (an instrument, an organisation, a
document) falls to those who write everywhere.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, exists, false, func, or_, select, union_all
from sqlalchemy.orm import aliased

from portal.budgets.models import Budget
from portal.events.models import Event, FollowUp
from portal.frameworks.models import Framework, Phase
from portal.funding.models import Addendum, Contract, Flow
from portal.kernel.permission import Actor
from portal.kernel.record import Record
from portal.obligations.models import DueReport, Obligation
from portal.partners.models import Link, Participation
from portal.progress.models import StatusUpdate
from portal.projects.models import Project
from portal.questions.models import Question
from portal.results.models import Activity, Indicator, IndicatorValue, Milestone, Risk

STANDS = (
    (Flow, Flow.booked_id), (Contract, Contract.for_id), (Event, Event.under_id), (Phase, Phase.framework_id),
    (Participation, Participation.within_id), (Link, Link.from_id), (Question, Question.about_id),
    (StatusUpdate, StatusUpdate.of_id), (Milestone, Milestone.of_id), (Activity, Activity.of_id),
    (Indicator, Indicator.of_id), (Risk, Risk.of_id),
)  # fmt: skip
"""The kinds that stand at a project or framework, with the column that says at which."""


# Made once: the columns of an alias cost more than all else of these queries, and pages ask them many times.
_Above, _Project = aliased(Project, flat=True), aliased(Project, flat=True)
_Framework, _Event = aliased(Framework, flat=True), aliased(Event, flat=True)
_placed = {model: aliased(model, flat=True) for model in (Contract, Event, Indicator, Obligation)}


def everywhere(actor: Actor) -> bool:
    """Whether what stands nowhere, and what nobody answers for, is the actor's."""
    return actor.role != "viewer" and (actor.everywhere or actor.role == "administrator")


def falls_to(actor: Actor, record, framework_id) -> ColumnElement[bool]:
    """SQL predicate: the actor answers for the record, or nobody does and it stands in a framework of the actor's."""
    if actor.role == "viewer":
        return false()
    mine = record.responsible_id == actor.person_id
    nobodys = record.responsible_id.is_(None)
    if everywhere(actor):
        return or_(mine, nobodys)
    return or_(mine, and_(nobodys, framework_id.in_(sorted(actor.framework_ids))))


def framework_of(project) -> ColumnElement[int]:
    """The framework a project stands in: its own, else that of its umbrella."""
    inherited = select(_Above.framework_id).where(_Above.id == project.umbrella_id).correlate(project).scalar_subquery()
    return func.coalesce(project.framework_id, inherited)


def _places(actor: Actor) -> CompoundSelect:
    """Ids of the projects and frameworks that fall to the actor."""
    return union_all(
        select(_Project.id).where(falls_to(actor, _Project, framework_of(_Project))),
        select(_Framework.id).where(falls_to(actor, _Framework, _Framework.id)),
    )


def follow_up_falls_to(actor: Actor) -> ColumnElement[bool]:
    """SQL predicate over `FollowUp`: the actor answers for it, or nobody does and its event falls to the actor."""
    if actor.role == "viewer":
        return false()
    placed = _Event.under_id.in_(_places(actor))
    if everywhere(actor):
        placed = or_(placed, _Event.under_id.is_(None))
    mine = or_(_Event.responsible_id == actor.person_id, and_(_Event.responsible_id.is_(None), placed))
    events = select(_Event.id).where(mine)
    return or_(
        FollowUp.responsible_id == actor.person_id,
        and_(FollowUp.responsible_id.is_(None), FollowUp.event_id.in_(events)),
    )


def report_falls_to(actor: Actor) -> ColumnElement[bool]:
    """SQL predicate over `DueReport`: the actor answers for it, or nobody does and its obligation falls to the actor."""
    if actor.role == "viewer":
        return false()
    places = _places(actor)
    obligations = _obligations(actor, places, _perhaps_placed(actor, Contract, "for_id", places))
    nobodys = and_(DueReport.responsible_id.is_(None), DueReport.obligation_id.in_(obligations))
    return or_(DueReport.responsible_id == actor.person_id, nobodys)


def _obligations(actor: Actor, places: CompoundSelect, contracts: Select) -> Select:
    """SELECT of the ids of obligations that fall to the actor: themselves, or with what has to report."""
    return _perhaps_placed(actor, Obligation, "of_id", union_all(*places.selects, contracts))


def any_falls_to(actor: Actor) -> ColumnElement[bool]:
    """SQL predicate over `Record`, of whatever kind: it falls to the actor."""
    if actor.role == "viewer":
        return false()
    places = _places(actor)
    contracts = _perhaps_placed(actor, Contract, "for_id", places)
    events = _perhaps_placed(actor, Event, "under_id", places)
    stands = [exists().where(model.id == Record.id, place.in_(places)) for model, place in STANDS]
    stands.append(exists().where(Addendum.id == Record.id, Addendum.contract_id.in_(contracts)))
    stands.append(exists().where(Budget.id == Record.id, Budget.contract_id.in_(contracts)))
    stands.append(exists().where(FollowUp.id == Record.id, FollowUp.event_id.in_(events)))
    obligations = _obligations(actor, places, contracts)
    stands.append(exists().where(Obligation.id == Record.id, Obligation.id.in_(obligations)))
    stands.append(exists().where(DueReport.id == Record.id, DueReport.obligation_id.in_(obligations)))
    indicators = _perhaps_placed(actor, Indicator, "of_id", places)
    stands.append(exists().where(IndicatorValue.id == Record.id, IndicatorValue.indicator_id.in_(indicators)))
    if everywhere(actor):
        somewhere = or_(
            exists().where(Contract.id == Record.id, Contract.for_id.is_not(None)),
            exists().where(Event.id == Record.id, Event.under_id.is_not(None)),
            exists().where(Question.id == Record.id, Question.about_id.in_(_projects_and_frameworks())),
        )
        placed = (
            "project",
            "framework",
            "flow",
            "addendum",
            "participation",
            "link",
            "status_update",
            "follow_up",
            "phase",
            "milestone",
            "activity",
            "indicator",
            "indicator_value",
            "risk",
            "obligation",
            "due_report",
            "budget",
        )
        stands.append(Record.kind.not_in(placed) & ~somewhere)
    return or_(
        Record.responsible_id == actor.person_id,
        Record.id.in_(places),
        Record.responsible_id.is_(None) & or_(*stands),
    )


def _perhaps_placed(actor: Actor, model, column: str, places) -> Select:
    """SELECT of the ids of contracts or events that fall to the actor: they may stand at one of `places`, or nowhere."""
    one = _placed[model]
    place = getattr(one, column)
    stands = place.in_(places) | (place.is_(None) if everywhere(actor) else false())
    return select(one.id).where((one.responsible_id == actor.person_id) | (one.responsible_id.is_(None) & stands))


def _projects_and_frameworks() -> CompoundSelect:
    """SELECT of the ids of all projects and frameworks."""
    project, framework = Project.__table__.alias(), Framework.__table__.alias()
    return union_all(select(project.c.id), select(framework.c.id))
