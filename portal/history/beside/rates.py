"""What changes did to exchange rates: a file of them was loaded. Whoever may read history may read rates."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import Session

from portal.history.beside.found import Found
from portal.history.subjects import twin
from portal.kernel.permission import Actor

OF_RATES = ("rate_import", "monthly_rate")
"""Only a new edition supersedes a rate: an undo leaves them alone."""


@dataclass(frozen=True)
class RatesChange:
    """How many rates a change brought, how many gave way to them, and the names of the files they came from."""

    new: int
    superseded: int
    files: tuple[str, ...]
    names: frozenset[int] = frozenset()
    added: bool = False


def read(s: Session, actor: Actor, change_ids: Collection[int], until: int | None = None) -> dict[int, Found]:
    """By change: the rates it brought, and those that gave way."""
    rate, before, file = twin("monthly_rate"), twin("monthly_rate").alias(), twin("rate_import")
    was_there = exists().where(before.c.id == rate.c.id, before.c.change_to == rate.c.change_from)
    older = func.sum(case((was_there, 1), else_=0))
    asked = select(rate.c.change_from, func.count(), older).where(rate.c.change_from.in_(change_ids))
    counts = {
        change_id: (number - old, old) for change_id, number, old in s.execute(asked.group_by(rate.c.change_from))
    }
    files: dict[int, list[str]] = {}
    named = select(file.c.change_from, file.c.file_name).where(file.c.change_from.in_(change_ids)).order_by(file.c.id)
    for change_id, name in s.execute(named):
        files.setdefault(change_id, []).append(name)
    return {
        change_id: Found([RatesChange(*counts.get(change_id, (0, 0)), tuple(files.get(change_id, ())))])
        for change_id in counts.keys() | files.keys()
    }
