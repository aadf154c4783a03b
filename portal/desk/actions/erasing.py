"""Deleting for good what was said of records whose personal data are deleted."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.desk.models import Comment, Notification, Task
from portal.kernel import history


def erase_talk(s: Session, record_ids: Collection[int]) -> None:
    """Delete the comments, tasks and notifications of these records, also from history. Part of the action that deletes the
    data of the records, which has checked the right."""
    for model in (Notification, Comment, Task):
        s.execute(delete(model).where(model.record_id.in_(record_ids)))
    for model in (Comment, Task):
        table = model.__table__
        history.forget(s, table, history.twin(table).c.record_id.in_(record_ids))
