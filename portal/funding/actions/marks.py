"""How precise an amount is: the mark stands in the statement that leads, and in the record."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.kernel.record import Record
from portal.sources.actions import leader


def remark(s: Session, record: Record, field: str, column: str, mark: str | None) -> None:
    """Let the leading statement of an amount, as it stands, be exact, rounded or estimated."""
    statement = leader(s, record.id, field)
    if mark is None or statement is None or statement.value is None or getattr(record, column) == mark:
        return
    statement.precision = mark
    setattr(record, column, mark)
    s.flush()
