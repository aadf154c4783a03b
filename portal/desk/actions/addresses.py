"""Where a person wants e-mail, and the link that shows the address is theirs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from portal.desk.models import MailAddress
from portal.desk.rules import LINK_PAUSE
from portal.kernel import clock
from portal.kernel.permission import Actor, need


def set_address(s: Session, actor: Actor, address: str) -> None:
    """Set where the actor wants e-mail ("": nowhere). Another address than before waits for its link to be opened."""
    need(actor, "desk.own")
    held = s.get(MailAddress, actor.person_id)
    if not address:
        s.execute(delete(MailAddress).where(MailAddress.person_id == actor.person_id))
    elif held is None:
        s.add(MailAddress(person_id=actor.person_id, address=address, link_wanted_at=clock.present()))
    elif held.address != address:
        held.address, held.confirmed_at = address, None
        held.link_wanted_at, held.link_sent_at = clock.present(), None
    s.flush()


def ask_link(s: Session, actor: Actor) -> bool:
    """Have the link sent again. False where there is no address to confirm, or one was asked for just now."""
    need(actor, "desk.own")
    held, now = s.get(MailAddress, actor.person_id), clock.present()
    if held is None or held.confirmed_at is not None:
        return False
    if held.link_wanted_at is not None and held.link_wanted_at > now - LINK_PAUSE:
        return False
    held.link_wanted_at, held.link_sent_at = now, None
    s.flush()
    return True


def confirm_address(s: Session, actor: Actor, address: str) -> bool:
    """Note that the actor opened the link sent to this address. False where theirs is another one by now."""
    need(actor, "desk.own")
    held = s.get(MailAddress, actor.person_id)
    if held is None or held.address != address:
        return False
    held.confirmed_at = held.confirmed_at or clock.present()
    s.flush()
    return True


def claim_link(s: Session, actor: Actor, person_id: int, address: str) -> datetime | None:
    """Note that the link of a person's address is being sent, and when; None where somebody else is sending it, or it is
    wanted no more. Commit before sending."""
    need(actor, "desk.own")
    now, held = clock.present(), MailAddress
    mine = update(held).where(
        held.person_id == person_id, held.address == address, held.link_sent_at.is_(None), held.confirmed_at.is_(None)
    )
    return now if s.execute(mine.values(link_sent_at=now)).rowcount else None


def release_link(s: Session, actor: Actor, person_id: int, claimed: datetime) -> None:
    """The server did not take it: it is sent again."""
    need(actor, "desk.own")
    held = MailAddress
    mine = update(held).where(held.person_id == person_id, held.link_sent_at == claimed, held.confirmed_at.is_(None))
    s.execute(mine.values(link_sent_at=None))
