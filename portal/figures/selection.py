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

from portal.figures.scope import NOT_STATED, STATUS_NOT_STATED, Scope
from portal.frameworks.models import Framework
from portal.frameworks.queries import subtree
from portal.funding.models import Contract, Flow
from portal.funding.rules import COMMITMENT, STAGES
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record, may_fall_into
from portal.partners.models import PARTNER_ROLES
from portal.partners.queries import takes_part
from portal.projects.models import Project
from portal.projects.queries import for_country, in_framework
from portal.sources.models import Statement

REASONS = ("unknown_amount", "spent", "refunded", "inside", "superseded", "other_stage", "included")
"""Why a flow of the scope does not add to known funding: its amount is unknown; it says how money was spent or given back,
not that it was given; its provider is a record of the scope, so it was counted on its way in; another flow of the scope
supersedes it with a known amount; it is another stage (payment, pledge) of money of the scope that is told at an earlier one;
it is included in another flow of the scope."""
NOT_GIVEN = ("spent", "refunded")
"""Reasons of flows that do not say that money was given: their amounts make no place known."""

flow = Flow.__table__
_HIDING = ("id", "booked_id", "provider_id", "receiver_id", "instrument_id", "contract_id", "addendum_id")
"""A flow is hidden with what it refers to. Veils know today's references; a row of the past is asked for its own
(as `funding.queries` does)."""
_project, _framework, _contract = Project.__table__, Framework.__table__, Contract.__table__
_umbrella = _project.alias("umbrella")


def _said(scope: Scope, record_id: ColumnElement, field: str, value: ColumnElement) -> ColumnElement:
    """A reference of a record where the sources of the scope state it, else NULL: no link is surer than its source."""
    if scope.certainty == "all":
        return value
    by_others = exists().where(
        Statement.record_id == record_id, Statement.field == field, Statement.leading,
        Statement.certainty.not_in(scope.admitted),
    )  # fmt: skip
    return case((and_(value.is_not(None), ~by_others), value))


def _instrument_said(scope: Scope) -> ColumnElement:
    """The instrument of a flow: its own, else that of its contract."""
    own = _said(scope, flow.c.id, "instrument", flow.c.instrument_id)
    contract = _said(scope, flow.c.id, "contract", flow.c.contract_id)
    through = case((contract.is_not(None), _said(scope, _contract.c.id, "instrument", _contract.c.instrument_id)))
    return func.coalesce(own, through)


def framework_of() -> ColumnElement:
    """The framework a project belongs to: its own, else that of its umbrella. For SELECTs of `Project`."""
    above = select(_umbrella.c.framework_id).where(_umbrella.c.id == Project.umbrella_id).correlate(Project)
    return func.coalesce(Project.framework_id, above.scalar_subquery())


def status_led_by_others(scope: Scope) -> ColumnElement[bool]:
    """SQL predicate: the leading statement of a project's status is none that the sources of the scope make."""
    if scope.certainty == "all":
        return false()
    return exists().where(
        Statement.record_id == Project.id, Statement.field == "status", Statement.leading,
        Statement.certainty.not_in(scope.admitted),
    )  # fmt: skip


def status_said(scope: Scope) -> tuple[ColumnElement, ColumnElement]:
    """(status, basis) of a project as the sources of the scope say it.

    The record holds what the leading statement says. Where that one is not admitted, the last admitted statement
    beside it counts: a document that says "running" is not silent because a public page says "closed".
    """
    if scope.certainty == "all":
        return Project.status, Project.status_basis
    mine = (Statement.record_id == Project.id, Statement.field == "status")
    led_by_others = status_led_by_others(scope)

    def beside(column) -> ColumnElement:
        asked = select(column).where(*mine, Statement.certainty.in_(scope.admitted))
        return asked.order_by(Statement.position.desc()).limit(1).correlate(Project).scalar_subquery()

    basis = case(
        (Statement.precision.in_(("derived", "inferred")), "derived"),
        (Statement.precision == "ambiguous", "ambiguous"),
        else_="stated",
    )
    return (
        case((led_by_others, beside(Statement.value)), else_=Project.status),
        case((led_by_others, beside(basis)), else_=Project.status_basis),
    )


def _of_project(actor: Actor, scope: Scope) -> list[ColumnElement]:
    asked: list[ColumnElement] = []
    if scope.framework is not None:
        asked.append(
            framework_of().is_(None) if scope.framework == NOT_STATED else in_framework(actor, scope.framework)
        )
    if scope.country is not None:
        asked.append(for_country(scope.country))
    if scope.organisation is not None:
        asked.append(takes_part(actor, Project.id, [scope.organisation]))
    if scope.statuses:
        status = status_said(scope)[0]
        stated = [code for code in scope.statuses if code != STATUS_NOT_STATED]
        wanted = [status.in_(stated)] if stated else []
        asked.append(or_(*wanted, *([status.is_(None)] if STATUS_NOT_STATED in scope.statuses else [])))
    return asked


def _of_framework(actor: Actor, scope: Scope) -> list[ColumnElement]:
    asked: list[ColumnElement] = []
    if scope.framework is not None:
        asked.append(false() if scope.framework == NOT_STATED else _framework.c.id.in_(subtree(actor, scope.framework)))
    if scope.country is not None:
        asked.append(takes_part(actor, _framework.c.id, [scope.country], PARTNER_ROLES))
    if scope.organisation is not None:
        asked.append(takes_part(actor, _framework.c.id, [scope.organisation]))
    if scope.statuses:
        asked.append(false())
    return asked


def places(actor: Actor, scope: Scope) -> CompoundSelect:
    """SELECT of the ids of projects and frameworks that meet what the scope asks of the place where money is booked."""
    return union_all(
        select(Project.id).where(*_of_project(actor, scope)),
        select(_framework.c.id).where(*_of_framework(actor, scope)),
    )


def _stage(kind: ColumnElement) -> ColumnElement:
    """The stage of a flow by its type (see `funding.rules.STAGES`), NULL for what is no stage of being given."""
    by_stage: dict[int, list[str]] = {}
    for code, stage in STAGES.items():
        if code is not None:
            by_stage.setdefault(stage, []).append(code)
    return case((kind.is_(None), COMMITMENT), *((kind.in_(codes), stage) for stage, codes in by_stage.items()))


def held_flows(actor: Actor, scope: Scope, booked_at: Select | None = None) -> CTE:
    """The flows of a scope, with the reasons that each has by itself. `booked_at`: only those booked at these records (a
    SELECT of ids), as if the scope asked for just them."""
    record = Record.__table__.alias("flow_record")
    instrument = _instrument_said(scope)
    held_at = ([places(actor, scope)] if scope.by_place else []) + ([booked_at] if booked_at is not None else [])
    if held_at:
        inside = and_(*(flow.c.provider_id.in_(held) for held in held_at))
    else:
        giver = Record.__table__.alias("giver")
        inside = exists().where(giver.c.id == flow.c.provider_id, giver.c.kind.in_(("project", "framework")))
    reason = case(
        (flow.c.amount_minor.is_(None), "unknown_amount"),
        (flow.c.type_code == "7", "refunded"),
        (_stage(flow.c.type_code).is_(None), "spent"),
        (inside, "inside"),
    )
    asked = [record.c.certainty.in_(scope.admitted), *(visible_to(actor, flow.c[name]) for name in _HIDING)]
    asked += [flow.c.booked_id.in_(held) for held in held_at]
    if scope.instrument is not None:
        asked.append(instrument.is_(None) if scope.instrument == NOT_STATED else instrument == scope.instrument)
    if scope.provider is not None:
        asked.append(flow.c.provider_id == scope.provider)
    if scope.years is not None:
        asked.append(may_fall_into(flow.c.valued_from, flow.c.valued_to, flow.c.valued_edtf, scope.years))
    return (
        select(
            flow.c.id,
            flow.c.booked_id,
            instrument.label("instrument_id"),
            func.coalesce(_framework.c.id, _project.c.framework_id, _umbrella.c.framework_id).label("framework_id"),
            flow.c.amount_minor.label("minor"),
            flow.c.amount_currency.label("currency"),
            record.c.certainty,
            case((flow.c.amount_mark == "exact", 0), else_=1).label("approximate"),
            flow.c.unknown_reason,
            reason.label("reason"),
            case((flow.c.amount_minor.is_(None), 0), (reason.in_(NOT_GIVEN), 0), else_=1).label("known"),
            flow.c.provider_id,
            _project.c.umbrella_id,
            _stage(flow.c.type_code).label("stage"),
        )
        .select_from(
            flow.join(record, record.c.id == flow.c.id)
            .outerjoin(_contract, _contract.c.id == flow.c.contract_id)
            .outerjoin(_project, _project.c.id == flow.c.booked_id)
            .outerjoin(_umbrella, _umbrella.c.id == _project.c.umbrella_id)
            .outerjoin(_framework, _framework.c.id == flow.c.booked_id)
        )
        .where(*asked)
        .cte()
    )


def _told_earlier(held: CTE) -> CompoundSelect:
    """SELECT of the ids of flows of which another of the scope tells at an earlier stage: at the same record or its umbrella,
    from the same provider; where one of them does not state it, in the same currency."""

    def at(place: ColumnElement, later, earlier) -> Select:
        same = or_(
            earlier.c.provider_id == later.c.provider_id,
            and_(
                or_(earlier.c.provider_id.is_(None), later.c.provider_id.is_(None)),
                earlier.c.currency == later.c.currency,
            ),
        )
        return (
            select(later.c.id)
            .join(earlier, earlier.c.booked_id == place)
            .where(later.c.stage > COMMITMENT, earlier.c.stage < later.c.stage, earlier.c.minor.is_not(None), same)
        )

    later, earlier = held.alias(), held.alias()  # unnamed: one statement may judge two scopes
    return union_all(at(later.c.booked_id, later, earlier), at(later.c.umbrella_id, later, earlier))


def told_by_others(held: CTE) -> tuple[Select, Select]:
    """SELECTs of the ids of flows that another of the scope tells of, however far: (superseded by one whose amount is known,
    included in one that was given). A part of a sum that was superseded since is in the new sum. The way may lead over flows
    out of the scope."""
    larger = select(flow.c.id.label("lower"), flow.c.included_in_id.label("upper"), literal(0).label("renewed"))
    newer = select(flow.c.supersedes_id, flow.c.id, literal(1))
    step = union_all(
        larger.where(flow.c.included_in_id.is_not(None)), newer.where(flow.c.supersedes_id.is_not(None))
    ).cte()
    above = (
        select(held.c.id, step.c.upper, step.c.renewed)
        .join(step, step.c.lower == held.c.id)
        .where(held.c.minor.is_not(None))
        .cte(recursive=True)
    )
    above = above.union(
        select(above.c.id, step.c.upper, above.c.renewed * step.c.renewed).join(step, step.c.lower == above.c.upper)
    )
    upper = held.alias()
    told = select(above.c.id).join(upper, (upper.c.id == above.c.upper) & (upper.c.id != above.c.id))
    superseded = told.where(above.c.renewed == 1, upper.c.minor.is_not(None))
    # What contains it counts, or is itself money told at an earlier stage: either way it is in the sum already.
    return superseded, told.where(upper.c.reason.is_(None))


def judged(actor: Actor, scope: Scope, booked_at: Select | None = None) -> CTE:
    """The flows of a scope: id, booked_id, instrument_id, framework_id, minor, currency, certainty, approximate (0/1),
    unknown_reason, and `reason` (see REASONS; NULL: it counts)."""
    held = held_flows(actor, scope, booked_at)
    told_earlier = _told_earlier(held)
    superseded, contained = told_by_others(held)
    reason = case(
        (held.c.reason.is_not(None), held.c.reason),
        (held.c.id.in_(superseded), literal("superseded")),
        (held.c.id.in_(told_earlier), literal("other_stage")),
        (held.c.id.in_(contained), literal("included")),
        else_=None,
    )
    own = ("reason", "known", "provider_id", "umbrella_id", "stage")
    others = [column for column in held.c if column.name not in own]
    return select(*others, reason.label("reason")).cte()


def known_places(actor: Actor, scope: Scope) -> Select:
    """SELECT of the ids of records to which a known amount was given, whatever the scope asks of places. Spending and
    refunds are no funding."""
    wide = replace(scope, framework=None, country=None, organisation=None, statuses=())
    found = held_flows(actor, wide)
    return select(found.c.booked_id).where(found.c.known == 1)


def projects(actor: Actor, scope: Scope, *columns) -> Select:
    """SELECT of `columns` of the visible projects that the scope holds by what it asks of places."""
    asked = select(*(columns or (Project.id,))).select_from(Project)
    return asked.where(visible_to(actor, Project), *_of_project(actor, scope))


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
