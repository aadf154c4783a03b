"""Texts that are kept in Czech and in English: which of the two is older than the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import inspect, select, tuple_
from sqlalchemy.orm import Session

from portal.kernel.history import twin
from portal.kernel.portions import portions


def older(states: Iterable[tuple[int, str, str, bool]]) -> str | None:
    """The language that was last changed before the other was ("cs", "en"); None where both stand as of one change, or one is
    not written. `states`: (change, Czech, English, whether whoever wrote it said that both say the same), as they followed. A
    language written for the first time is written after the other one, so the two agree by then."""
    last, before = [0, 0], ("", "")
    for change, czech, english, in_step in states:
        now = (czech, english)
        for n in (0, 1):
            if now[n] != before[n]:
                last[n] = change
        first = any(not before[n] and now[n] for n in (0, 1))
        if all(now) and (in_step or first):
            last = [change, change]
        before = now
    if not all(before) or last[0] == last[1]:
        return None
    return "cs" if last[0] < last[1] else "en"


def older_of(s: Session, rows: Sequence[Any], field: str) -> dict[tuple, str | None]:
    """By the key of each row (all of one table, with `version` and `in_step`): `older` of its pair `field`, as of the version the
    row is in. One query."""
    if not rows:
        return {}
    table = type(rows[0]).__table__
    then, keys = twin(table).c, [key.name for key in inspect(type(rows[0])).primary_key]
    parts = [then[key] for key in keys]
    versions = {tuple(getattr(row, key) for key in keys): row.version for row in rows}
    found: dict[tuple, str | None] = {}
    for some in portions(versions):
        asked = select(*parts, then.version, then.change_from, then[f"{field}_cs"], then[f"{field}_en"], then.in_step)
        asked = asked.where(tuple_(*parts).in_(some)).order_by(*parts, then.change_from)
        for key, states in groupby(s.execute(asked), lambda row: tuple(row[: len(keys)])):
            told = [row[len(keys) :] for row in states]
            found[key] = older(
                (change, czech or "", english or "", bool(in_step))
                for version, change, czech, english, in_step in told
                if version <= versions[key]
            )
    return found
