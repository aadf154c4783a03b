"""Keeping what figures were at the end of a quarter. No change of the portfolio is opened: everything is derived."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.permission import Actor, need
from portal.management.models import QuarterEnd
from portal.management.rules import Quarter


def keep_quarter(
    s: Session, actor: Actor, quarter: Quarter, change_id: int, veils: str, written: Mapping[str, str]
) -> None:
    """Keep the values of a quarter instead of those kept before. `written`: figure key → value (`queries.written`)."""
    need(actor, "management.read")
    s.execute(delete(QuarterEnd).where(QuarterEnd.quarter == quarter.code))
    for key, value in written.items():
        s.add(
            QuarterEnd(
                quarter=quarter.code, figure=key, change_id=change_id, veils=veils, value=value, kept_at=clock.present()
            )
        )
    s.flush()
