"""Which statement of a fact leads, now and when somebody opened a form."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.asof import row_at_version, version_change
from portal.kernel.record import Record
from portal.kernel.transaction import Change
from portal.sources.models import Statement
from portal.sources.queries.claims import FactView


@dataclass(frozen=True)
class Led:
    """The statement that leads, and why; `statement_id` None: none that the actor may see. Written `12.3` (id and version),
    empty for none. Two are equal when the same statement leads for the same reason."""

    statement_id: int | None = None
    reason: str = ""
    version: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"{self.statement_id}.{self.version}" if self.statement_id else ""


def led_now(view: FactView) -> Led:
    """What leads now, to the one who asked for `view`."""
    if view.lead is None:
        return Led()
    st = view.lead.statement
    return Led(st.id, st.reason, st.version)


def led_then(s: Session, record: Record, view: FactView, written: str) -> Led | None:
    """What led when a form was drawn that carries `written`; None where this never led the fact.

    Of a statement the actor may not see any more nothing is said, not even whether it was.
    """
    if not written:
        return Led()
    parts = re.fullmatch(r"(\d{1,9})\.(\d{1,9})", written, re.ASCII)
    if parts is None:
        return None
    statement_id, version = int(parts[1]), int(parts[2])
    if statement_id not in {claim.statement.id for claim in view.claims}:
        return Led(statement_id, "", version)
    row = row_at_version(s, Statement.__table__, statement_id, version)
    if row is None or not row["leading"]:
        return None
    return Led(statement_id, row["reason"], version)


def led_changed(s: Session, view: FactView, before: Led) -> tuple[str, datetime] | None:
    """(name, instant) of who let what leads now lead, or, where nothing does, took the lead from the one of `before`."""
    claim = view.lead or next((c for c in view.claims if c.statement.id == before.statement_id), None)
    if claim is None:
        return None
    change_id = version_change(s, Statement.__table__, claim.statement.id, claim.statement.version)
    row = s.execute(select(Change.actor_name, Change.at).where(Change.id == change_id)).one_or_none()
    return (row.actor_name, row.at) if row else None
