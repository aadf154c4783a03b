"""What a record's standing is and since when, what would go with it, and which totals would change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from portal.figures import EVERYTHING, FIGURES, Scope
from portal.figures.funding import known_funding
from portal.frameworks.models import Framework
from portal.kernel.history import twin
from portal.kernel.permission import Actor, open_to, visible_to
from portal.kernel.record import Record, RecordCover
from portal.kernel.standing import OUT, STANDS_ALONE, in_force, supposing
from portal.kernel.transaction import Change
from portal.portfolio.queries.money import Total, totals
from portal.projects.models import Project

Sums = list[tuple[tuple[Total, ...], tuple[int, int]]]


@dataclass(frozen=True)
class Told:
    """The standing of a record: its own, or that of `of`, the withdrawn record it went with. `by` and `at` as history
    has them; `below`: what went with it."""

    standing: str
    reason: str
    of: Record
    by: str | None
    at: datetime | None
    below: list[Record]


@dataclass(frozen=True)
class Effect:
    """A total before and after; `framework` None: of the whole portfolio. `projects` and `late`
    (overdue reports) (before, after)."""

    framework: Record | None
    before: tuple[Total, ...]
    after: tuple[Total, ...]
    projects: tuple[int, int] | None = None
    late: tuple[int, int] | None = None

    @property
    def same(self) -> bool:
        return self.before == self.after and all(
            pair is None or pair[0] == pair[1] for pair in (self.projects, self.late)
        )


def told(s: Session, actor: Actor, record: Record, until: int | None = None) -> Told | None:
    """The standing of a record the actor may see; None while it is in force. `until`: the change of the past looked at."""
    of = record if record.standing else _cause(s, actor, record)
    if of is None:
        return None
    by, at = _since(s, of, until)
    below = hanging(s, actor, of.id) if of is record and of.standing in OUT else []
    return Told(of.standing, of.standing_reason or "", of, by, at, below)


def _cause(s: Session, actor: Actor, record: Record) -> Record | None:
    """The withdrawn or merged record with which this one went, the nearest; None where it is in force."""
    if s.scalar(select(Record.id).where(Record.id == record.id, in_force())) is not None:
        return None
    seen, front = {record.id}, [record.id] if record.kind not in STANDS_ALONE else []
    while front:
        covers = s.scalars(
            select(Record).join(RecordCover, RecordCover.cover_id == Record.id)
            .where(RecordCover.record_id.in_(front), open_to(actor)).order_by(Record.id)
        ).all()  # fmt: skip
        found = next((one for one in covers if one.standing in OUT), None)
        if found is not None:
            return found
        front = [one.id for one in covers if one.id not in seen and one.kind not in STANDS_ALONE]
        seen |= set(front)
    return None


def _since(s: Session, record: Record, until: int | None) -> tuple[str | None, datetime | None]:
    """(name, instant) of the change that gave a record its standing."""
    states = twin(Record.__table__)
    asked = select(states.c.change_from, states.c.standing, states.c.standing_reason).where(states.c.id == record.id)
    if until is not None:
        asked = asked.where(states.c.change_from <= until)
    first = None
    for row in s.execute(asked.order_by(states.c.change_from.desc())):
        if (row.standing, row.standing_reason) != (record.standing, record.standing_reason):
            break
        first = row.change_from
    found = s.execute(select(Change.actor_name, Change.at).where(Change.id == first)).one_or_none()
    return (found.actor_name, found.at) if found else (None, None)


def hanging(s: Session, actor: Actor, record_id: int) -> list[Record]:
    """What goes with a record when it is withdrawn, however deep, as far as the actor may see it; by kind, then name."""
    found: dict[int, Record] = {}
    front = {record_id}
    while front:
        below = s.scalars(
            select(Record).join(RecordCover, RecordCover.record_id == Record.id)
            .where(RecordCover.cover_id.in_(front), Record.kind.not_in(STANDS_ALONE), open_to(actor))
        ).unique()  # fmt: skip
        fresh = {one.id: one for one in below if one.id not in found and one.id != record_id}
        found |= fresh
        front = set(fresh)
    return sorted(found.values(), key=lambda one: (one.kind, one.order_cs, one.id))


def staying(s: Session, actor: Actor, record_id: int) -> list[Record]:
    """What lies right under a record and would stay in force by itself: parts, bodies below."""
    return list(
        s.scalars(
            select(Record).join(RecordCover, RecordCover.record_id == Record.id)
            .where(RecordCover.cover_id == record_id, Record.kind.in_(STANDS_ALONE), visible_to(actor))
            .order_by(Record.kind, Record.order_cs, Record.id)
        )
    )  # fmt: skip


def holds_others(s: Session, framework_id: int) -> bool:
    """Whether a framework or a project in force, whoever may see it, stands right under the framework."""
    child, project = Framework.__table__, Project.__table__
    below = or_(
        exists().where(child.c.id == Record.id, child.c.parent_id == framework_id),
        exists().where(project.c.id == Record.id, project.c.framework_id == framework_id),
    )
    return s.scalar(select(Record.id).where(below, in_force()).limit(1)) is not None


def effects(s: Session, actor: Actor, record: Record, withdrawn: bool) -> list[Effect]:
    """The totals of the actor as they are, and as they would be with the record withdrawn (or in force again): of the whole
    portfolio, and of the frameworks the record stands in. By the documents of the ministry, as the dashboard opens."""
    frameworks = frameworks_of(s, actor, record)
    now = sums(s, actor, frameworks)
    with supposing(record.id, withdrawn):
        then = sums(s, actor, frameworks)
    return side_by_side(frameworks, now, then)


def frameworks_of(s: Session, actor: Actor, *records: Record) -> list[Record]:
    """The frameworks some records stand in, as far as the actor may see them."""
    ids = sorted({i for record in records for i in record.framework_ids() - {record.id}})
    asked = select(Record).where(Record.id.in_(ids), visible_to(actor)).order_by(Record.order_cs, Record.id)
    return list(s.scalars(asked)) if ids else []


def side_by_side(frameworks: list[Record], now: Sums, then: Sums) -> list[Effect]:
    """What `sums` answered of the portfolio and of each framework, before and after."""
    made = []
    for framework, before, after in zip([None, *frameworks], now, then, strict=True):
        counted = zip(before[1], after[1], strict=True) if framework is None else (None, None)
        made.append(Effect(framework, before[0], after[0], *counted))
    return made


def sums(s: Session, actor: Actor, frameworks: list[Record]) -> Sums:
    """The totals of the portfolio and of each framework, as the actor sees them, each with the numbers of projects and of overdue
    reports of the portfolio."""
    projects = s.scalar(select(func.count(Record.id)).where(Record.kind == "project", visible_to(actor))) or 0
    scopes = (Scope(), *(Scope(framework=one.id) for one in frameworks))
    late = FIGURES["overdue_reports"].value(s, actor, EVERYTHING).number
    return [(totals(known_funding(s, actor, scope)), (projects, late)) for scope in scopes]
