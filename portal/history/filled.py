"""Lists of changes as one person is told them: a page is filled until it has its number, and nothing else is counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Select
from sqlalchemy.orm import Session

from portal.history.queries import Entry
from portal.kernel.transaction import Change

AT_ONCE = 400
"""The most changes that are read at once."""
Read = Callable[[Sequence[Change]], list[Entry]]


def filled(
    s: Session, statement: Select, read: Read, number: int, older: int | None = None, newer: int | None = None
) -> list[Entry]:
    """Up to `number` changes of the SELECT that may be told of: the latest, or those next before the change `older`, the latest
    first, or those next after `newer`, the earliest first. `read` gives the entries of some changes.

    It reads on past what is hidden, in steps that grow while nearly all is: a page costs what stands on it and, of what is hidden
    in between, a few queries for each 400 changes.
    """
    up = newer is not None
    found: list[Entry] = []
    last, step = newer if up else older, number
    while len(found) < number:
        beyond = [] if last is None else [Change.id > last if up else Change.id < last]
        order = Change.id.asc() if up else Change.id.desc()
        changes = s.scalars(statement.where(*beyond).order_by(order).limit(step)).all()
        told = [entry for entry in read(changes) if entry.may_be_told] if changes else []
        found += told
        if len(changes) < step:
            break
        last, step = changes[-1].id, number if len(told) * 2 > step else min(step * 4, AT_ONCE)
    return found[:number]
