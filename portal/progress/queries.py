"""Reading status updates and finding what is stale."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import Session

from portal.accounts.queries import writers_everywhere
from portal.frameworks.queries import asks_approval
from portal.kernel import clock
from portal.kernel.history import twin
from portal.kernel.permission import Actor, open_to, permits, visible_to
from portal.kernel.record import Record
from portal.kernel.transaction import Change
from portal.kernel.when import When, certainly_before, meets
from portal.progress import policy  # noqa: F401  declares the permissions
from portal.progress.models import StatusUpdate
from portal.progress.rules import APPROVED, SUBMITTED, UNFINISHED, latest, stale_before
from portal.projects.models import Project
from portal.projects.rules import ACTIVE
from portal.web.frame import setting


def told(actor: Actor) -> ColumnElement[bool]:
    """SQL predicate: the status update is approved and the actor may see it: what lists, figures, files and pages tell.
    Veils hide what is not approved today; one approved since was not told in the past before."""
    return and_(StatusUpdate.approval == APPROVED, visible_to(actor, StatusUpdate))


def waiting(actor: Actor) -> ColumnElement[bool]:
    """SQL predicate: the status update is not approved yet, and the actor wrote it or may approve reports."""
    theirs = true() if permits(actor, "status_update.approve") else StatusUpdate.author_id == actor.person_id
    return and_(StatusUpdate.approval != APPROVED, theirs, visible_to(actor, StatusUpdate.of_id))


def to_approve(actor: Actor) -> ColumnElement[bool]:
    """SQL predicate: the status update waits for an approver, and the actor may be the one."""
    if not permits(actor, "status_update.approve"):
        return false()
    others = or_(StatusUpdate.author_id.is_(None), StatusUpdate.author_id != (actor.person_id or 0))
    return and_(StatusUpdate.approval == SUBMITTED, others, visible_to(actor, StatusUpdate.of_id))


def to_finish(actor: Actor) -> ColumnElement[bool]:
    """SQL predicate: the actor's own report that was returned, or is a draft."""
    mine = StatusUpdate.author_id == actor.person_id
    return and_(StatusUpdate.approval.in_(UNFINISHED), mine, visible_to(actor, StatusUpdate.of_id))


def is_asked(s: Session, record: Record) -> bool:
    """Whether reports of a project or framework count only when approved."""
    return asks_approval(s, record.framework_ids())


def approvers(s: Session) -> list[int]:
    """Everybody who can sign in and may approve reports; of their own ones nobody is an approver."""
    return writers_everywhere(s)


def may_correct(s: Session, actor: Actor, update: StatusUpdate) -> bool:
    """Whether the actor may edit the update: its author one not submitted; one that counts whoever may write there, and where
    approval is asked only whoever could have approved it."""
    if not permits(actor, "status_update.edit", update):
        return False
    if update.approval != APPROVED:
        return update.approval in UNFINISHED and update.author_id == actor.person_id
    return permits(actor, "status_update.approve", update) or not is_asked(s, update.of)


def updates_of(s: Session, actor: Actor, record_id: int) -> list[StatusUpdate]:
    """The status updates of a record: the one it repeats first, then by the day they hold for, the latest first."""
    found = s.scalars(select(StatusUpdate).where(StatusUpdate.of_id == record_id, told(actor))).all()
    top = latest(found)
    return sorted(found, key=lambda u: (u is top, u.held_on_from or date.min, u.id), reverse=True)


def waiting_of(s: Session, actor: Actor, record_id: int) -> list[StatusUpdate]:
    """The status updates of a record that are not approved, as far as the actor is their author or an approver; the last
    written first."""
    asked = select(StatusUpdate).where(StatusUpdate.of_id == record_id, waiting(actor))
    return list(s.scalars(asked.order_by(StatusUpdate.id.desc())))


def unfinished_of(s: Session, actor: Actor, record_id: int) -> StatusUpdate | None:
    """The actor's own draft or returned report of a record; of more of them the one written last."""
    asked = select(StatusUpdate).where(StatusUpdate.of_id == record_id, to_finish(actor))
    return s.scalar(asked.order_by(StatusUpdate.id.desc()).limit(1))


def submitted_by(s: Session, actor: Actor, record_id: int, author_id: int) -> int | None:
    """Id of the report of a record that its author submitted last, and that the actor may see waiting for approval."""
    waits = (StatusUpdate.of_id == record_id, StatusUpdate.author_id == author_id, StatusUpdate.approval == SUBMITTED)
    return s.scalar(select(StatusUpdate.id).where(*waits, waiting(actor)).order_by(StatusUpdate.id.desc()).limit(1))


def latest_of(s: Session, actor: Actor, record_ids: Collection[int]) -> dict[int, StatusUpdate]:
    """The status update that each record repeats, by the record's id."""
    return {record_id: latest(updates) for record_id, updates in told_of(s, actor, record_ids).items()}


def told_of(s: Session, actor: Actor, record_ids: Collection[int]) -> dict[int, list[StatusUpdate]]:
    """The status updates that are told, by the id of their record."""
    asked = select(StatusUpdate).where(StatusUpdate.of_id.in_(record_ids), told(actor))
    by_record: dict[int, list[StatusUpdate]] = {}
    for update in s.scalars(asked):
        by_record.setdefault(update.of_id, []).append(update)
    return by_record


def of_period(s: Session, actor: Actor, record_ids: Collection[int], period: When) -> dict[int, StatusUpdate]:
    """The last status update of each record, by its id, that holds for a day of the period; of one that has none, nothing."""
    found = {}
    for record_id, updates in told_of(s, actor, record_ids).items():
        mine = [one for one in updates if meets(one.held_on, period)]
        if mine:
            found[record_id] = max(mine, key=lambda one: (one.held_on_to or date.max, one.id))
    return found


def holds_latest(s: Session, project: Project, held_on: When) -> bool:
    """Whether neither an approved update nor the project's status surely holds for a day after `held_on`, so that a report for
    it is what the project repeats."""
    if certainly_before(held_on, project.status_on):
        return False
    if held_on.latest is None:
        return True
    later = select(StatusUpdate.id).where(
        StatusUpdate.of_id == project.id,
        StatusUpdate.approval == APPROVED,
        StatusUpdate.held_on_from > held_on.latest,
    )
    return s.scalar(later.limit(1)) is None


def update(s: Session, actor: Actor, update_id: int) -> StatusUpdate | None:
    """One status update that is told to the actor, or that waits and is theirs or theirs to approve."""
    approved = and_(StatusUpdate.approval == APPROVED, open_to(actor, StatusUpdate))
    return s.scalar(select(StatusUpdate).where(StatusUpdate.id == update_id, or_(approved, waiting(actor))))


def sent_before(s: Session, actor: Actor, record: Record, values: Mapping[str, object]) -> bool:
    """Whether the report written last on the record is by the actor, of today, and says just this: sent twice, or from a page
    that the browser went back to. Where the status was edited since, saying it again says something."""
    mine = or_(StatusUpdate.approval == APPROVED, StatusUpdate.author_id == actor.person_id)
    last = s.scalar(
        select(StatusUpdate).where(StatusUpdate.of_id == record.id, mine).order_by(StatusUpdate.id.desc()).limit(1)
    )
    if last is None or (last.author_id, last.written_on) != (actor.person_id, clock.today()):
        return False
    if values.get("status") not in (None, getattr(record, "status", None)):
        return False
    return all((getattr(last, unit) or None) == (value or None) for unit, value in values.items())


def corrections(s: Session, update_ids: Collection[int]) -> dict[int, tuple[str, datetime]]:
    """(name, instant) of who corrected each update last, by id; those as they were written, or approved, are left out. One
    that moved to another record, when two were merged or separated, is not corrected by that."""
    if not update_ids:
        return {}
    states = twin(StatusUpdate.__table__)
    of_before = func.lag(states.c.of_id).over(partition_by=states.c.id, order_by=states.c.change_from)
    told_states = (
        select(states.c.id, states.c.change_from, states.c.of_id, of_before.label("of_before"))
        .join(Change, Change.id == states.c.change_from)
        .where(states.c.id.in_(update_ids), states.c.approval == APPROVED, Change.at <= clock.now())
        .subquery()
    )
    last = (
        select(told_states.c.id, func.max(told_states.c.change_from).label("change"))
        .where(told_states.c.of_before == told_states.c.of_id)
        .group_by(told_states.c.id)
        .subquery()
    )
    rows = s.execute(select(last.c.id, Change.actor_name, Change.at).join(Change, Change.id == last.c.change))
    return {row[0]: (row[1], row[2]) for row in rows}


def stale_days() -> int:
    """After how many days without a report an active project is stale (PORTAL_STALE_DAYS)."""
    return setting("stale_days", 90)


def stale_from() -> date:
    """The day before which a report is stale today."""
    return stale_before(clock.today(), stale_days())


def is_stale(before: date) -> ColumnElement[bool]:
    """SQL predicate over `Project`: active and without an update since `before` (a closed one is never stale)."""
    return and_(Project.status.in_(ACTIVE), or_(Project.reported_on.is_(None), Project.reported_on < before))


def stale_projects(actor: Actor, before: date) -> Select:
    """SELECT of the stale projects, longest silent first."""
    return (
        select(Project)
        .where(is_stale(before), visible_to(actor, Project))
        .order_by(Project.reported_on.is_not(None), Project.reported_on, Project.order_cs, Project.id)
    )


def next_stale(s: Session, actor: Actor, before: date, than: int) -> int | None:
    """Id of the longest silent project, other than `than`, whose status the actor may report."""
    found = s.scalars(stale_projects(actor, before).where(Project.id != than).limit(200))
    return next((p.id for p in found if permits(actor, "project.edit", p)), None)
