"""Making notifications, reading them, choosing of what to be notified."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from portal.desk.models import Notification, NotificationChoice
from portal.desk.queries.notices import wanted
from portal.desk.rules import KEPT, KINDS
from portal.kernel import clock
from portal.kernel.permission import Actor, need


def notify(
    s: Session, actor: Actor, kind: str, person_ids: Collection[int], *, record_id: int | None, comment_id: int | None = None,
    task_id: int | None = None,
) -> list[int]:  # fmt: skip
    """Notify those of the people who can sign in, may see the record and want to hear of this kind; never the actor of
    their own doing. Part of the action that did it. Returns who was notified."""
    told = wanted(s, kind, person_ids, record_id, but=actor.person_id)
    _make(
        s, told, kind=kind, record_id=record_id, comment_id=comment_id, task_id=task_id, actor_id=actor.person_id
    )  # fmt: skip
    return told


def tell_of_change(
    s: Session, change_id: int, actor_id: int | None, record_id: int, person_ids: Collection[int]
) -> None:
    """Notify people of a change of a record they follow, once for the change and record. It follows the commit of the
    change; whether each of them may be told of it, the caller knows."""
    told = wanted(s, "change", person_ids, record_id, but=actor_id)
    _make(s, told, kind="change", record_id=record_id, change_id=change_id, actor_id=actor_id)


def mark_read(s: Session, actor: Actor, notification: Notification) -> None:
    """Note that the actor has read one of their own notifications."""
    need(actor, "desk.own")
    if notification.person_id == actor.person_id and notification.read_at is None:
        notification.read_at = clock.present()
        s.flush()
    _forget_old(s, [notification.person_id])


def mark_all_read(s: Session, actor: Actor) -> None:
    """Note that the actor has read everything there is."""
    need(actor, "desk.own")
    unread = update(Notification).where(Notification.person_id == actor.person_id, Notification.read_at.is_(None))
    s.execute(unread.values(read_at=clock.present()))
    _forget_old(s, [actor.person_id] if actor.person_id else [])


def choose_notifications(s: Session, actor: Actor, choices: Mapping[str, bool]) -> None:
    """Set of which kinds the actor wants to be notified; what is not given stays."""
    need(actor, "desk.own")
    for kind, wish in choices.items():
        if kind not in KINDS:
            raise ValueError(f"no such kind of notification: {kind}")
        s.merge(NotificationChoice(person_id=actor.person_id, kind=kind, wanted=wish))
    s.flush()


def _make(s: Session, person_ids: Collection[int], **what: object) -> None:
    if person_ids:
        s.add_all(Notification(person_id=i, made_at=clock.present(), **what) for i in person_ids)
        _forget_old(s, person_ids)
        s.flush()


def _forget_old(s: Session, person_ids: Collection[int]) -> None:
    """Delete what these people are shown no more."""
    old = Notification.made_at <= clock.present() - KEPT
    s.execute(delete(Notification).where(Notification.person_id.in_(person_ids), old))
