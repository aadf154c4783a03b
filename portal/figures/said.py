"""What the sources of a scope say of a record: references, status and, of a flow, its amount; none surer than its source."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    not_,
    null,
    or_,
    select,
)

from portal.figures.scope import Scope
from portal.funding.models import Contract, Flow
from portal.kernel.record import Record
from portal.projects.models import Project
from portal.sources.models import Statement

UNSOURCED = "unsourced"
"""Why a flow does not add to a measure: it was booked without a source, and no source of the scope states its amount."""
flow, _contract = Flow.__table__, Contract.__table__
# Made once: the columns of an alias cost more than all else of these queries, and a page asks them many times.
flow_record = Record.__table__.alias("flow_record")
_umbrella = Project.__table__.alias("umbrella")


def said(scope: Scope, record_id: ColumnElement, field: str, value: ColumnElement) -> ColumnElement:
    """A reference of a record where the sources of the scope state it, else NULL: no link is surer than its source."""
    if scope.certainty == "all":
        return value
    by_others = exists().where(
        Statement.record_id == record_id, Statement.field == field, Statement.leading,
        Statement.certainty.not_in(scope.admitted),
    )  # fmt: skip
    return case((and_(value.is_not(None), ~by_others), value))


@dataclass(frozen=True)
class Amount:
    """SQL of the amount of a flow as the sources of a scope say it. `minor` and `currency` NULL: they do not say; `approximate` 0
    or 1."""

    minor: ColumnElement
    currency: ColumnElement
    certainty: ColumnElement
    approximate: ColumnElement
    unknown_reason: ColumnElement


def amount_said(scope: Scope) -> Amount:
    """The amount of a row of `flow` joined with `flow_record`: what leads; where that is not admitted, the last admitted
    statement beside it (see `amount_stated`)."""
    rough = case((flow.c.amount_mark == "exact", 0), else_=1)
    certainty = flow_record.c.certainty
    if scope.certainty == "all":
        return Amount(flow.c.amount_minor, flow.c.amount_currency, certainty, rough, flow.c.unknown_reason)

    def of(led: ColumnElement, beside: ColumnElement) -> ColumnElement:
        return case((certainty.in_(scope.admitted), led), else_=beside)

    value = _beside(scope, flow, Statement.value)
    return Amount(
        of(flow.c.amount_minor, cast(func.substr(value, 5), BigInteger)),
        of(flow.c.amount_currency, func.substr(value, 1, 3)),
        of(certainty, _beside(scope, flow, Statement.certainty)),
        of(rough, case((_beside(scope, flow, Statement.precision) == "exact", 0), else_=1)),
        of(flow.c.unknown_reason, null()),
    )


def amount_stated(scope: Scope, of: FromClause = flow, record: FromClause = flow_record) -> ColumnElement[bool]:
    """SQL predicate: the sources of the scope speak of the amount of a flow: what leads is theirs, or they give an amount beside
    it. What they state is not silenced by another statement that leads."""
    admitted = record.c.certainty.in_(scope.admitted)
    return admitted if scope.certainty == "all" else or_(admitted, _beside(scope, of, Statement.value).is_not(None))


def amount_unsourced(scope: Scope) -> ColumnElement[bool]:
    """SQL predicate: a row of `flow` joined with `flow_record` has an amount that was entered without a source, and the sources
    of the scope state none beside it."""
    entered = and_(flow_record.c.certainty == "uncited", flow.c.amount_minor.is_not(None))
    return and_(entered, not_(amount_stated(scope)))


def _beside(scope: Scope, of: FromClause, column: ColumnElement) -> ColumnElement:
    """A column of the last admitted statement of the amount beside the one that leads."""
    mine = (Statement.record_id == of.c.id, Statement.field == "amount", not_(Statement.leading))
    asked = select(column).where(*mine, Statement.certainty.in_(scope.admitted)).order_by(Statement.position.desc())
    return asked.limit(1).correlate(of).scalar_subquery()


def instrument_said(scope: Scope) -> ColumnElement:
    """The instrument of a flow: its own, else that of its contract."""
    own = said(scope, flow.c.id, "instrument", flow.c.instrument_id)
    contract = said(scope, flow.c.id, "contract", flow.c.contract_id)
    through = case((contract.is_not(None), said(scope, _contract.c.id, "instrument", _contract.c.instrument_id)))
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
