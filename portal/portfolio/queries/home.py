"""What the home page says beside the figures: how much there is, and what was reported last."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from portal.figures.kept import kinds
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record
from portal.progress.models import StatusUpdate
from portal.progress.queries import told

KINDS = ("framework", "project", "organisation", "document")


def numbers(s: Session, actor: Actor) -> dict[str, int]:
    """How many visible records there are of each main kind."""
    found = kinds(s, actor)
    if found is None:
        counted = select(Record.kind, func.count()).where(Record.kind.in_(KINDS), visible_to(actor))
        found = dict(s.execute(counted.group_by(Record.kind)).all())
    return {kind: found.get(kind, 0) for kind in KINDS}


def latest_updates(s: Session, actor: Actor, most: int = 6) -> list[tuple[StatusUpdate, Record]]:
    """The status updates written last, with what they are of."""
    of = aliased(Record)
    return list(
        s.execute(
            select(StatusUpdate, of)
            .join(of, of.id == StatusUpdate.of_id)
            .where(told(actor))
            .order_by(StatusUpdate.id.desc())
            .limit(most)
        )
    )
