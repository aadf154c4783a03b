"""Making notifications, reading them, choosing of what to be notified."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from portal.desk.actions.addresses import set_address
from portal.desk.models import Notification, NotificationChoice
from portal.desk.queries.notices import wanted
from portal.desk.rules import KEPT, KINDS, MAILS
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


def notify_no_more(s: Session, kind: str, record_ids: Collection[int], *, by: int | None = None) -> None:
    """Take back what was told of this kind of these records, with `by` of the doing of this person only: it is not so any
    more. Part of the action that did it."""
    told = delete(Notification).where(Notification.kind == kind, Notification.record_id.in_(record_ids))
    s.execute(told if by is None else told.where(Notification.actor_id == by))


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


def choose_mail(s: Session, actor: Actor, address: str, choices: Mapping[str, str]) -> None:
    """Set where the actor wants e-mail ("": nowhere), and of which kinds in which way (`MAILS`); what is not given stays."""
    need(actor, "desk.own")
    set_address(s, actor, address)
    for kind, way in choices.items():
        if kind not in KINDS or way not in MAILS:
            raise ValueError(f"no such e-mail: {kind} {way}")
        row = s.get(NotificationChoice, (actor.person_id, kind))
        if row is None:
            s.add(NotificationChoice(person_id=actor.person_id, kind=kind, wanted=True, mail=way))
        else:
            row.mail = way
    s.flush()


def forget_old(s: Session, actor: Actor) -> int:
    """Delete what nobody is shown any more. Returns how much there was."""
    need(actor, "desk.own")
    return s.execute(delete(Notification).where(Notification.made_at <= clock.present() - KEPT)).rowcount


def claim_mail(s: Session, actor: Actor, waiting: Mapping[int, int]) -> list[int]:
    """Count one more try of these notifications, {id: tries so far}, and return those that nobody else took meanwhile. Commit
    before sending."""
    need(actor, "desk.own")
    taken = []
    for i, tries in waiting.items():
        mine = update(Notification).where(
            Notification.id == i, Notification.mail_tries == tries, Notification.mailed_at.is_(None)
        )
        if s.execute(mine.values(mail_tries=tries + 1, mail_tried_at=clock.present())).rowcount:
            taken.append(i)
    return taken


def note_mailed(s: Session, actor: Actor, ids: Collection[int]) -> None:
    """Note that the e-mail of these notifications is done with."""
    need(actor, "desk.own")
    s.execute(update(Notification).where(Notification.id.in_(ids)).values(mailed_at=clock.present()))


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
