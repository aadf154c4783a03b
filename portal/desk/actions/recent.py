"""Noting which records a person opened, and forgetting it. Account data: no change of the portfolio is opened."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.desk.models import RecentlyOpened
from portal.desk.rules import RECENT
from portal.kernel import clock
from portal.kernel.permission import Actor, need

AT_MOST_EACH = timedelta(minutes=1)


def note_opened(s: Session, actor: Actor, record_id: int) -> None:
    """Note that the actor opened the page of a record now: one statement, which two tabs may run at one moment. What was
    opened within the last minute is not written again."""
    need(actor, "desk.own")
    row = {"person_id": actor.person_id, "record_id": record_id, "opened_at": clock.present()}
    dialect: Any = sqlite if s.get_bind().dialect.name == "sqlite" else postgresql
    written = dialect.insert(RecentlyOpened).values(row)
    s.execute(
        written.on_conflict_do_update(
            index_elements=["person_id", "record_id"],
            set_={"opened_at": written.excluded.opened_at},
            where=RecentlyOpened.opened_at <= row["opened_at"] - AT_MOST_EACH,
        )
    )


def clear_opened(s: Session, actor: Actor) -> None:
    """Forget what the actor opened."""
    need(actor, "desk.own")
    s.execute(delete(RecentlyOpened).where(RecentlyOpened.person_id == actor.person_id))


def forget_opened(s: Session, actor: Actor) -> int:
    """Delete what people opened before the records that are told to them. Returns how much there was."""
    need(actor, "desk.own")
    opened = RecentlyOpened
    place = func.row_number().over(partition_by=opened.person_id, order_by=opened.opened_at.desc()).label("place")
    ranked = select(opened.person_id, opened.record_id, place).subquery()
    older = select(ranked.c.person_id, ranked.c.record_id).where(ranked.c.place > RECENT)
    gone = delete(opened).where(tuple_(opened.person_id, opened.record_id).in_(older))
    return s.execute(gone, execution_options={"synchronize_session": False}).rowcount
