"""Many keys, few at a time: a database takes a limited number of values in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

AT_ONCE = 400
"""Keys of a statement: twice as many values, for keys of two columns, and a few beside them are within what an old SQLite
takes (999)."""

K = TypeVar("K", int, tuple)


def portions(keys: Iterable[K]) -> Iterator[list[K]]:
    """All keys in their order, at most AT_ONCE at a time."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
