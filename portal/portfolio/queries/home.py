"""What the home page says beside the figures: what was reported last."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from portal.kernel.permission import Actor
from portal.kernel.record import Record
from portal.kernel.standing import in_turn
from portal.progress.models import StatusUpdate
from portal.progress.queries import told


def latest_updates(s: Session, actor: Actor, most: int = 6) -> list[tuple[StatusUpdate, Record]]:
    """The status updates written last, with what they are of."""
    of = aliased(Record)
    with in_turn():
        asked = select(StatusUpdate, of).join(of, of.id == StatusUpdate.of_id).where(told(actor))
    return [tuple(row) for row in s.execute(asked.order_by(StatusUpdate.id.desc()).limit(most))]
