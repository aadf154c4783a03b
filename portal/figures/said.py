"""What the sources of a scope say of a record: its references and its status, none surer than its source."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, case, exists, false, func, select

from portal.figures.scope import Scope
from portal.funding.models import Contract, Flow
from portal.projects.models import Project
from portal.sources.models import Statement

flow, _contract = Flow.__table__, Contract.__table__
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
