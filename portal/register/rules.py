"""Pure rules of the register: comparing two sets of cells, the canonical hash, what made a file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

MOVING = ("code", "number", "sources", "flows")
"""Fields that only number rows and footnotes: they move with every row, and are not compared."""

REPEATED = "@"
"""Stands in the name of a row that is one of several of a source (`making.recipients`), and in no other."""


@dataclass(frozen=True)
class Difference:
    """A cell that says something else: `then` and `now` are None where there was or is no such cell."""

    tab: str
    cell: str
    row: str
    head: str
    then: str | None
    now: str | None


def digest(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _shown(place) -> str:
    return place.shown


def compared(then: Iterable, now: Iterable, say: Callable[..., str] = _shown) -> list[Difference]:
    """The cells that differ between two lists of `layouts.places.Written`, matched by sheet, row and field (of
    repeated rows of a recipient's file by the column, too), wherever they stand;
    in the order of the first list, what is new after it. They are compared as the file says them, and told as `say` does."""
    before, after = _by_key(then), _by_key(now)
    found = [
        Difference(p.tab, p.cell, p.row, p.head, say(p), say(after[key]) if key in after else None)
        for key, p in before.items()
        if key not in after or after[key].shown != p.shown
    ]
    return found + [
        Difference(p.tab, p.cell, p.row, p.head, None, say(p)) for key, p in after.items() if key not in before
    ]


def _by_key(places: Iterable) -> Mapping[tuple[str, ...], object]:
    return {(p.sheet, p.row, p.field, _column(p)): p for p in places if p.field not in MOVING}


def _column(place) -> str:
    """The letters of the column, of a repeated row of a recipient's file: one value may stand there in both languages."""
    return place.cell.rstrip("0123456789") if REPEATED in place.row else ""


def moved_on(then: Mapping[str, str], now: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """{name: (version then, version now)} of what made a file and is another today."""
    return {
        name: (then.get(name, ""), now.get(name, ""))
        for name in sorted({*then, *now})
        if then.get(name) != now.get(name)
    }
