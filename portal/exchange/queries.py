"""What a file says of itself."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.kernel.transaction import Change


def last_change(s: Session) -> int | None:
    """Id of the last change recorded; ask it before reading the rows, so that they are at least as young."""
    return s.scalar(select(func.max(Change.id)))
