"""Deleting for good what is stated of records whose personal data are deleted."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.kernel import history
from portal.sources.models import Citation, Statement


def erase_statements(s: Session, record_ids: Collection[int]) -> None:
    """Delete the statements of these records with their citations, also from history. Part of the action that deletes the
    data of the records, which has checked the right."""
    stated, cited = history.twin(Statement.__table__), history.twin(Citation.__table__)
    s.execute(delete(Statement).where(Statement.record_id.in_(record_ids)))
    mine = select(stated.c.id).where(stated.c.record_id.in_(record_ids))
    history.forget(s, Citation.__table__, cited.c.statement_id.in_(mine))
    history.forget(s, Statement.__table__, stated.c.record_id.in_(record_ids))
