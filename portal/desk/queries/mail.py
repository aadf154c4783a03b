"""What waits to be sent by e-mail, and to whom."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.desk.models import MailAddress, Notification, NotificationChoice
from portal.desk.queries.notices import notifications
from portal.desk.rules import AGAIN, AT_ONCE, DAILY, FRESH, LINK_TRIED
from portal.kernel import clock
from portal.kernel.permission import Actor


def waiting_mail(s: Session, digest: bool) -> dict[int, dict[int, int]]:
    """{person: {notification: tries so far}} to be sent now: what is wanted at once, and what was not taken and is due again;
    with `digest` what is wanted once a day. Not what has been read, is old, or is of somebody who cannot sign in."""
    now, n = clock.present(), Notification
    again = or_(*(and_(n.mail_tries == i, n.mail_tried_at <= now - wait) for i, wait in enumerate(AGAIN, 1)))
    first = and_(n.mail_tries == 0, NotificationChoice.mail == (DAILY if digest else AT_ONCE))
    rows = s.execute(
        select(n.person_id, n.id, n.mail_tries)
        .join(NotificationChoice, and_(NotificationChoice.person_id == n.person_id, NotificationChoice.kind == n.kind))
        .join(MailAddress, MailAddress.person_id == n.person_id)
        .join(Person, Person.id == n.person_id)
        .where(
            NotificationChoice.mail.in_((AT_ONCE, DAILY)), n.mailed_at.is_(None), n.read_at.is_(None),
            MailAddress.confirmed_at.is_not(None), n.made_at > now - FRESH, Person.active.is_(True),
            first if digest else or_(first, again),
        )
        .order_by(n.person_id, n.id)
        .limit(1000)
    )  # fmt: skip
    found: dict[int, dict[int, int]] = {}
    for person_id, i, tries in rows:
        found.setdefault(person_id, {})[i] = tries
    return found


def to_tell(actor: Actor, ids: Collection[int]) -> Select:
    """SELECT of these notifications as the page tells them, as far as the actor may be told today."""
    return notifications(actor).where(Notification.id.in_(ids)).order_by(Notification.id)


def receiver(s: Session, person_id: int) -> tuple[Person, str] | None:
    """A person who can sign in, and their confirmed address."""
    row = s.execute(
        select(Person, MailAddress.address)
        .join(MailAddress, MailAddress.person_id == Person.id)
        .where(Person.id == person_id, Person.active.is_(True), MailAddress.confirmed_at.is_not(None))
    ).one_or_none()
    return (row[0], row[1]) if row else None


def waiting_links(s: Session) -> list[tuple[Person, str]]:
    """(person, address) of the addresses to which a link is to be sent."""
    held = MailAddress
    asked = (
        select(Person, held.address)
        .join(held, held.person_id == Person.id)
        .where(
            held.confirmed_at.is_(None), held.link_sent_at.is_(None), held.link_wanted_at > clock.present() - LINK_TRIED,
            Person.active.is_(True),
        )
        .order_by(Person.id)
        .limit(1000)
    )  # fmt: skip
    return [(row[0], row[1]) for row in s.execute(asked)]


def address_of(s: Session, actor: Actor) -> MailAddress | None:
    """Where the actor wants e-mail, and whether that is confirmed."""
    return s.get(MailAddress, actor.person_id)


def mail_of(s: Session, actor: Actor) -> tuple[str, dict[str, str]]:
    """(address or "", {kind: way}) that the actor chose."""
    address = s.scalar(select(MailAddress.address).where(MailAddress.person_id == actor.person_id)) or ""
    chosen = select(NotificationChoice.kind, NotificationChoice.mail).where(
        NotificationChoice.person_id == actor.person_id
    )
    return address, {row.kind: row.mail for row in s.execute(chosen)}
