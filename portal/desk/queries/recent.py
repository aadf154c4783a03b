"""What a person opened last."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.models import RecentlyOpened
from portal.desk.rules import RECENT
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record


def recently_opened(s: Session, actor: Actor) -> list[Record]:
    """The records the actor opened last, the latest first: those they may read today and that are in force."""
    asked = (
        select(Record)
        .join(RecentlyOpened, RecentlyOpened.record_id == Record.id)
        .where(RecentlyOpened.person_id == actor.person_id, visible_to(actor))
        .order_by(RecentlyOpened.opened_at.desc(), Record.id)
        .limit(RECENT)
    )
    return list(s.scalars(asked))
