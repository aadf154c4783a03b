"""The SQL of figures: which records a scope holds, which flows it holds, and which of them count.

Everything is read from two SELECTs, so value, records and coverage cannot disagree:

* `projects` – the projects of a scope, with the status its sources say;
* `judged`   – the flows of a scope, each with the reason why it does not add to known funding, or none.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from portal.figures.measures import KNOWN_FUNDING, Measure
from portal.figures.reach import of_reach
from portal.figures.said import (
    UNSOURCED,
    amount_said,
    amount_stated,
    amount_unsourced,
    flow,
    flow_record,
    framework_of,
    instrument_said,
    said,
    status_said,
)
from portal.figures.scope import NOT_STATED, STATUS_NOT_STATED, Scope
from portal.figures.telling import UNTYPED, stage_of, told_by_others, told_earlier
from portal.figures.us import us
from portal.frameworks.models import Framework
from portal.frameworks.queries import subtree
from portal.funding.models import Contract
from portal.kernel import clock
from portal.kernel.among import among
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record, may_fall_into
from portal.partners.models import PARTNER_ROLES, Participation
from portal.partners.queries import takes_part, told_of
from portal.projects.models import Project
from portal.projects.queries import for_country, in_framework

REASONS = (
    UNSOURCED,
    UNTYPED,
    "unknown_amount",
    "spent",
    "refunded",
    "inside",
    "superseded",
    "other_stage",
    "included",
    "one_sided",
)
"""Why a flow of the scope does not add to a measure. Of known funding: its amount is unknown; it says how money was spent or
given back, not that it was given; its provider is a record of the scope, so it was counted on its way in (of expenditure:
its receiver is, so nothing was spent yet); another flow of the scope supersedes it with a known amount; it is another stage
(payment, pledge) of money of the scope that is told at an earlier one; it is included in another flow of the scope that the
measure adds up. Of the other measures: its type is not stated. Of paired measures: the other side is not known there.
Where the unsourced are asked for too: no source states its amount."""

_giver = Record.__table__.alias("giver")
_HIDING = ("id", "booked_id", "provider_id", "receiver_id", "instrument_id", "contract_id", "addendum_id")
"""A flow is hidden with what it refers to. Veils and covers know today's references, so a flow of today is asked for itself
alone; a row of the past is asked for its own references (as `funding.queries` does)."""
_project, _framework, _contract = Project.__table__, Framework.__table__, Contract.__table__
_umbrella = _project.alias("umbrella")


def _of_project(actor: Actor, scope: Scope) -> list[ColumnElement]:
    asked: list[ColumnElement] = []
    if scope.framework is not None:
        asked.append(
            framework_of().is_(None) if scope.framework == NOT_STATED else in_framework(actor, scope.framework)
        )
    if scope.country is not None:
        asked.append(for_country(scope.country))
    asked += _people(actor, scope, Project.id)
    if scope.statuses:
        status = status_said(scope)[0]
        stated = [code for code in scope.statuses if code != STATUS_NOT_STATED]
        wanted = [status.in_(stated)] if stated else []
        asked.append(or_(*wanted, *([status.is_(None)] if STATUS_NOT_STATED in scope.statuses else [])))
    return asked


def _people(actor: Actor, scope: Scope, place: ColumnElement) -> list[ColumnElement]:
    """What a scope asks of who takes part in a record."""
    asked = []
    if scope.organisation is not None or scope.role is not None:
        who = [scope.organisation] if scope.organisation is not None else []
        asked.append(takes_part(actor, place, who, [scope.role] if scope.role else ()))
    if scope.reach == "led":
        part = aliased(Participation)
        led = select(part.within_id).where(
            part.role == "lead", part.participant_id.in_(us(actor, scope)), told_of(actor, part)
        )
        asked.append(place.in_(led))
    return asked


def _of_framework(actor: Actor, scope: Scope) -> list[ColumnElement]:
    asked: list[ColumnElement] = []
    if scope.framework is not None:
        asked.append(false() if scope.framework == NOT_STATED else _framework.c.id.in_(subtree(actor, scope.framework)))
    if scope.country is not None:
        asked.append(takes_part(actor, _framework.c.id, [scope.country], PARTNER_ROLES))
    asked += _people(actor, scope, _framework.c.id)
    if scope.statuses:
        asked.append(false())
    return asked


def places(actor: Actor, scope: Scope) -> CompoundSelect:
    """SELECT of the ids of projects and frameworks that meet what the scope asks of the place where money is booked."""
    return union_all(
        select(Project.id).where(*_of_project(actor, scope)),
        select(_framework.c.id).where(*_of_framework(actor, scope)),
    )


def _held_at(actor: Actor, scope: Scope, booked_at: Select | None) -> list[Select]:
    """SELECTs of ids: flows are booked at what is in each of them. Each is asked twice, so what the scope holds is found once."""
    found = [places(actor, scope).cte()] if scope.by_place else []
    return [*(select(one.c.id) for one in found), *([booked_at] if booked_at is not None else [])]


def _of_flow(actor: Actor, scope: Scope, measure: Measure, unsourced: bool = False) -> list[ColumnElement]:
    """Conditions: the flow is visible, certain enough (or `unsourced`), and the money is what the scope asks for."""
    hiding = _HIDING if clock.looking_back() else _HIDING[:1]
    stated = or_(amount_stated(scope), amount_unsourced(scope)) if unsourced else amount_stated(scope)
    asked = [stated, *(visible_to(actor, flow.c[name]) for name in hiding)]
    if scope.only is not None:
        asked.append(flow.c.id.in_(scope.only.flows))
    if scope.instrument is not None:
        instrument = instrument_said(scope)
        asked.append(instrument.is_(None) if scope.instrument == NOT_STATED else instrument == scope.instrument)
    if scope.provider is not None:
        provider = said(scope, flow.c.id, "provider", flow.c.provider_id)
        asked += [flow.c.provider_id == scope.provider, provider == scope.provider]
    if scope.currency is not None:
        asked.append(amount_said(scope).currency == scope.currency)
    asked += of_reach(actor, scope, measure)
    if scope.years is not None:
        asked.append(may_fall_into(flow.c.valued_from, flow.c.valued_to, flow.c.valued_edtf, scope.years))
    return asked


def _of_types(measure: Measure) -> ColumnElement[bool]:
    return or_(
        flow.c.type_code.in_([code for code in measure.types if code is not None]),
        flow.c.type_code.is_(None) if None in measure.types else false(),
    )


def held_flows(
    actor: Actor, scope: Scope, booked_at: Select | None = None, measure: Measure = KNOWN_FUNDING, unsourced: bool = False
) -> CTE:  # fmt: skip
    """The flows of a scope that concern a measure, with the reasons that each has by itself. `booked_at`: only those booked
    at these records (a SELECT of ids), as if the scope asked for just them. `unsourced`: also those of which no source states
    the amount, without it, so that they tell of no other's money."""
    held_at = _held_at(actor, scope, booked_at)
    if held_at:
        inside = and_(*(flow.c[measure.inside].in_(held) for held in held_at))
    else:
        inside = exists().where(_giver.c.id == flow.c[measure.inside], _giver.c.kind.in_(("project", "framework")))
    of_types, amount = _of_types(measure), amount_said(scope)
    foreign = (
        [(flow.c.type_code == "7", "refunded"), (stage_of(flow.c.type_code).is_(None), "spent")]
        if measure.staged
        else []
    )
    untyped = [] if None in measure.types else [(flow.c.type_code.is_(None), UNTYPED)]
    bare = [(amount_unsourced(scope), UNSOURCED)] if unsourced else []
    reason = case(*bare, *untyped, (amount.minor.is_(None), "unknown_amount"), *foreign, (inside, "inside"))
    asked = [*_of_flow(actor, scope, measure, unsourced), *(flow.c.booked_id.in_(held) for held in held_at)]
    if not measure.staged:
        asked.append(or_(of_types, flow.c.type_code.is_(None)))
    return (
        select(
            flow.c.id,
            flow.c.booked_id,
            instrument_said(scope).label("instrument_id"),
            func.coalesce(_framework.c.id, _project.c.framework_id, _umbrella.c.framework_id).label("framework_id"),
            amount.minor.label("minor"),
            amount.currency.label("currency"),
            amount.certainty.label("certainty"),
            amount.approximate.label("approximate"),
            amount.unknown_reason.label("unknown_reason"),
            flow.c.included_certainty,
            reason.label("reason"),
            case((and_(amount.minor.is_not(None), of_types), 1), else_=0).label("known"),
            flow.c.provider_id,
            _project.c.umbrella_id,
            stage_of(flow.c.type_code).label("stage"),
        )
        .select_from(
            flow.join(flow_record, flow_record.c.id == flow.c.id)
            .outerjoin(_contract, _contract.c.id == flow.c.contract_id)
            .outerjoin(_project, _project.c.id == flow.c.booked_id)
            .outerjoin(_umbrella, _umbrella.c.id == _project.c.umbrella_id)
            .outerjoin(_framework, _framework.c.id == flow.c.booked_id)
        )
        .where(*asked)
        .cte()
    )


def judged(
    actor: Actor, scope: Scope, booked_at: Select | None = None, measure: Measure = KNOWN_FUNDING, unsourced: bool = False
) -> CTE:  # fmt: skip
    """The flows of a scope that concern a measure: id, booked_id, umbrella_id (of the project it is booked at),
    instrument_id, framework_id, minor, currency, certainty, approximate (0/1), unknown_reason, known (0/1: an amount of the
    measure), included_certainty (how sure it is that a larger flow holds it), and `reason` (see REASONS; NULL: it counts)."""
    held = held_flows(actor, scope, booked_at, measure, unsourced)
    superseded, contained = told_by_others(held, scope.only.flows if scope.only else None)
    stages = [(held.c.id.in_(told_earlier(held)), literal("other_stage"))] if measure.staged else []
    reason = case(
        (held.c.reason.is_not(None), held.c.reason),
        (among(held.c.id, superseded), literal("superseded")),
        *stages,
        (among(held.c.id, contained), literal("included")),
        else_=None,
    )
    own = ("reason", "provider_id", "stage")
    others = [column for column in held.c if column.name not in own]
    return select(*others, reason.label("reason")).cte()


def wide(scope: Scope) -> Scope:
    """The scope without what it asks of places."""
    reach = "all" if scope.reach == "led" else scope.reach
    return replace(scope, framework=None, country=None, organisation=None, role=None, statuses=(), reach=reach)


def known_places(
    actor: Actor, scope: Scope, measure: Measure = KNOWN_FUNDING, near: Select | CompoundSelect | None = None
) -> Select:
    """SELECT of the ids of records with a known amount of the measure, whatever the scope asks of places. Spending and
    refunds are no funding. `near`: of these records alone (a SELECT of ids), for who asks of no others."""
    joined = flow.join(flow_record, flow_record.c.id == flow.c.id)
    joined = joined.outerjoin(_contract, _contract.c.id == flow.c.contract_id)
    asked = [*_of_flow(actor, wide(scope), measure), amount_said(scope).minor.is_not(None), _of_types(measure)]
    if near is not None:
        asked.append(flow.c.booked_id.in_(near))
    found = select(flow.c.booked_id).distinct().select_from(joined).where(*asked).cte()
    return select(found.c.booked_id)


def around(actor: Actor, scope: Scope) -> CompoundSelect | None:
    """SELECT of the ids of the projects that meet what the scope asks of places, and of their umbrellas; None where it asks
    nothing of them."""
    if not scope.by_place:
        return None
    mine = select(_project.c.id, _project.c.umbrella_id).where(*_of_project(actor, scope)).cte()
    return union_all(select(mine.c.id), select(mine.c.umbrella_id).where(mine.c.umbrella_id.is_not(None)))


def projects(actor: Actor, scope: Scope, *columns) -> Select:
    """SELECT of `columns` of the visible projects that the scope holds by what it asks of places."""
    asked = select(*(columns or (Project.id,))).select_from(Project)
    if scope.only is not None:
        asked = asked.where(Project.id.in_(scope.only.places))
    return asked.where(visible_to(actor, Project), *_of_project(actor, scope))


def frameworks(actor: Actor, scope: Scope) -> Select:
    """SELECT of the visible frameworks that the scope holds by what it asks of places, known to its sources."""
    admitted = Framework.certainty.in_(scope.admitted)
    return select(Framework).where(visible_to(actor, Framework), admitted, *_of_framework(actor, scope))


def carried_out(scope: Scope) -> list[ColumnElement]:
    """Conditions: the project was possibly carried out within the years of the scope."""
    if scope.years is None:
        return []
    start = case((Project.actual_start_edtf.is_not(None), Project.actual_start_from), else_=Project.planned_start_from)
    end = case((Project.actual_end_edtf.is_not(None), Project.actual_end_to), else_=Project.planned_end_to)
    dated = func.coalesce(
        Project.actual_start_edtf, Project.planned_start_edtf, Project.actual_end_edtf, Project.planned_end_edtf
    )
    return [may_fall_into(start, end, dated, scope.years)]
