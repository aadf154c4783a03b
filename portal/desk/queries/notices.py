"""Notifications of a person, what they follow, and what they want to hear of."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import Person
from portal.desk.models import Comment, Follow, Notification, NotificationChoice, Task
from portal.desk.queries.people import may_see
from portal.desk.rules import KEPT, KINDS
from portal.kernel import clock
from portal.kernel.history import twin
from portal.kernel.permission import Actor, open_to
from portal.kernel.record import Record, RecordCover

Of = aliased(Record, name="noticed_record")
Doer = aliased(Person, name="doer")


def may_see_task(actor: Actor, task: type[Task]) -> ColumnElement[bool]:
    """SQL predicate: a task of a record is seen by whoever may see the record, one of none by its maker and its assignee."""
    theirs = or_(task.maker_id == actor.person_id, task.assignee_id == actor.person_id)
    return or_(
        and_(task.record_id.is_(None), theirs), and_(task.record_id.is_not(None), open_to(actor, task.record_id))
    )


def _mine(actor: Actor) -> ColumnElement[bool]:
    """Notifications of the actor that may be told today: young enough, of a record the actor may see, of a comment that
    stands and a task that is still theirs to see."""
    n = Notification
    said, task = aliased(Comment), aliased(Task)
    withdrawn = exists().where(said.id == n.comment_id, said.withdrawn_at.is_not(None)).correlate_except(said)
    task_is_seen = exists().where(task.id == n.task_id, may_see_task(actor, task)).correlate_except(task)
    return and_(
        n.person_id == actor.person_id,
        n.made_at > clock.present() - KEPT,
        or_(n.record_id.is_(None), open_to(actor, n.record_id)),
        or_(n.comment_id.is_(None), ~withdrawn),
        or_(n.task_id.is_(None), task_is_seen),
    )


def unread(s: Session, actor: Actor) -> int:
    """How many notifications the actor has not read yet. One query, asked on every page."""
    return s.scalar(select(func.count(Notification.id)).where(_mine(actor), Notification.read_at.is_(None))) or 0


def notifications(actor: Actor) -> Select:
    """SELECT (notification, record or None, task or None, name of who did it or None)."""
    return (
        select(Notification, Of, Task, Doer.name)
        .outerjoin(Of, Of.id == Notification.record_id)
        .outerjoin(Task, Task.id == Notification.task_id)
        .outerjoin(Doer, Doer.id == Notification.actor_id)
        .where(_mine(actor))
    )


def notification(s: Session, actor: Actor, notification_id: int) -> Notification | None:
    """One of the actor's own notifications."""
    return s.scalar(select(Notification).where(Notification.id == notification_id, _mine(actor)))


def choices_of(s: Session, actor: Actor) -> dict[str, bool]:
    """{kind: whether the actor wants to hear of it}; what was never chosen is wanted."""
    rows = s.execute(
        select(NotificationChoice.kind, NotificationChoice.wanted).where(
            NotificationChoice.person_id == actor.person_id
        )
    )
    chosen = {row.kind: row.wanted for row in rows}
    return {kind: chosen.get(kind, True) for kind in KINDS}


def wanted(
    s: Session, kind: str, person_ids: Collection[int], record_id: int | None, but: int | None
) -> list[int]:  # fmt: skip
    """Those of the people who can sign in, may see the record and want to hear of this kind, without `but`."""
    if not person_ids:
        return []
    refused = exists().where(
        NotificationChoice.person_id == Person.id, NotificationChoice.kind == kind, NotificationChoice.wanted.is_(False)
    )
    asked = select(Person.id).where(
        Person.id.in_(person_ids), Person.active.is_(True), Person.id != (but or 0), may_see(record_id), ~refused
    )
    return sorted(s.scalars(asked))


def listeners_of(s: Session, record: Record) -> set[int]:
    """Who follows a record or is responsible for it."""
    followers = set(s.scalars(select(Follow.person_id).where(Follow.record_id == record.id)))
    return followers | ({record.responsible_id} if record.responsible_id is not None else set())


def followers_of_changed(
    s: Session, change_id: int, stated: Callable[[ColumnElement[int]], ColumnElement[bool]]
) -> list[tuple[int, int]]:
    """(person, record): who follows a record that the change wrote, or something that lies right under it; or of which
    `stated(its id)` says that the change stated something."""
    states = twin(Record.__table__)
    itself = exists().where(states.c.id == Follow.record_id, states.c.change_from == change_id)
    below = exists().where(
        RecordCover.cover_id == Follow.record_id,
        RecordCover.record_id == states.c.id,
        states.c.change_from == change_id,
    )
    rows = s.execute(
        select(Follow.person_id, Follow.record_id)
        .where(or_(itself, below, stated(Follow.record_id)))
        .order_by(Follow.record_id)
    )
    return [(row.person_id, row.record_id) for row in rows]


def followed(s: Session, actor: Actor, lang: str) -> list[tuple[Record, datetime]]:
    """What the actor follows and may see, with the moment since when, in the order of the language."""
    rows = s.execute(
        select(Record, Follow.since)
        .join(Follow, Follow.record_id == Record.id)
        .where(Follow.person_id == actor.person_id, open_to(actor))
        .order_by(Record.order_cs if lang == "cs" else Record.order_en, Record.id)
    )
    return [(row[0], row[1]) for row in rows]
