"""Who "us" is in the reach of a scope."""

from __future__ import annotations

from sqlalchemy import Select, select

from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record
from portal.web.frame import setting

MINISTRY = ("mv-cr",)
"""The key of the ministry in the seed."""


def ours() -> tuple[str, ...]:
    """Keys of the organisations that are meant by "us": the setting PORTAL_OURS, the ministry without it."""
    return setting("ours", MINISTRY)


def us(actor: Actor) -> Select:
    """SELECT of the ids of the organisations that are meant by "us"."""
    return select(Record.id).where(Record.key.in_(ours()), Record.kind == "organisation", visible_to(actor))
