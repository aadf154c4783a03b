"""Taking data out of the history for good, where the law asks for it. Nothing else may write a twin.

What was blanked stands in no state of the past: pages of the past, an undo and the base of a merge find what is left. The states
themselves stay, so that history goes on agreeing with the tables: blank the live row to the same values, within a change.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Table
from sqlalchemy.orm import Session

from portal.kernel.history.twins import twin


def blank(s: Session, table: Table, ids: Collection[int], values: Mapping[str, Any]) -> None:
    """Let every state that the rows `ids` ever had hold `values`."""
    past = twin(table)
    s.execute(sa.update(past).where(past.c.id.in_(ids)).values(dict(values)))


def forget(s: Session, table: Table, where: ColumnElement[bool]) -> None:
    """Delete the states that meet `where` (a predicate on the twin) of rows that are not there any more."""
    past = twin(table)
    s.execute(sa.delete(past).where(where, past.c.change_to.is_not(None)))
