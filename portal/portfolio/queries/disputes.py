"""Facts of which sources disagree and nobody has decided yet, of records of any kind, and to whom they fall."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from portal.funding.models import Addendum, Contract, Flow
from portal.funding.queries import told
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record
from portal.partners.models import Link, Participation
from portal.partners.queries import told_of
from portal.portfolio.queries.turn import any_falls_to
from portal.sources.models import Statement
from portal.sources.queries import disputes, hosts


@dataclass(frozen=True)
class Dispute:
    """A fact of which statements disagree: the record, the field, and how many values there are. `about`: the records that
    one without a name (a role, a link) is about."""

    record: Record
    field: str
    values: int
    about: tuple[Record, ...] = ()


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """SQL predicate over `Record`: the actor may see it, and all it refers to; a row of the past is asked for its own."""
    rows = [(model, told(actor, model)) for model in (Flow, Contract, Addendum)]
    rows += [(model, told_of(actor, model)) for model in (Participation, Link)]
    kinds = [model.__mapper__.polymorphic_identity for model, _told in rows]
    referring = (exists().where(model.id == Record.id, told_row) for model, told_row in rows)
    return and_(visible_to(actor), or_(Record.kind.not_in(kinds), *referring))


def undecided(s: Session, actor: Actor, everybody: bool, shown: int) -> tuple[list[Dispute], int]:
    """The first disputes that wait for the actor (or for anybody), and how many there are, counted to 1,001."""
    found = disputes(actor).subquery()
    reasoned = aliased(Statement, name="reasoned")
    decided = exists().where(
        reasoned.record_id == found.c.record_id, reasoned.field == found.c.field,
        reasoned.leading.is_(True), reasoned.reason != "",
    )  # fmt: skip
    # Looked up for each dispute until there are enough: joined, PostgreSQL goes through all veils for each of them.
    seen = select(Record.id).where(
        Record.id == found.c.record_id, seen_by(actor), true() if everybody else any_falls_to(actor)
    )
    waiting = select(found.c.record_id, found.c.field, found.c["values"]).where(
        ~decided, seen.correlate(found).scalar_subquery().is_not(None)
    )
    number = s.scalar(select(func.count()).select_from(waiting.limit(1001).subquery()))
    rows = s.execute(waiting.order_by(found.c.record_id, found.c.field).limit(shown)).all() if shown else ()
    if not rows:
        return [], number
    records = {r.id: r for r in s.scalars(select(Record).where(Record.id.in_({row[0] for row in rows})))}
    about = hosts(s, actor, [r.id for r in records.values() if not (r.name_cs or r.name_en)])
    return [Dispute(records[i], field, values, tuple(about.get(i, ()))) for i, field, values in rows], number
