"""Who "us" is in the reach of a scope."""

from __future__ import annotations

from sqlalchemy import Select, select

from portal.figures.scope import Scope
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record

KINDS = ("organisation", "country")


def us(actor: Actor, scope: Scope) -> Select:
    """SELECT of the ids of the organisations and countries that are meant by "us"."""
    return select(Record.id).where(Record.key.in_(scope.ours), Record.kind.in_(KINDS), visible_to(actor))
