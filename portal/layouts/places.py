"""What a file is made of, cell by cell, and how it is kept beside the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Written:
    """What stands in one cell. `sheet` and `field` are machine keys, `row` that of its row; `shown` the value in words; `figure`
    the key of the portal's figure it must equal; `rates` which of the file's rates are in it, counted from 0; `items` what it
    adds, in words; `number` that of a cell that holds one (`numbers.in_digits`), `currency` where it is said with it."""

    sheet: str
    tab: str
    cell: str
    row: str
    field: str
    head: str
    shown: str
    records: tuple[int, ...] = ()
    notes: tuple[int, ...] = ()
    figure: str = ""
    rates: tuple[int, ...] = ()
    items: tuple[str, ...] = ()
    number: str = ""
    currency: str = ""


@dataclass
class Made:
    """A file: its bytes, what stands in its cells, the records it draws on, the rates in words; `told`: what else is to be kept
    beside it, as JSON takes it."""

    data: bytes
    places: list[Written]
    drawn: tuple[int, ...]
    rates: list[str] = field(default_factory=list)
    told: dict[str, Any] = field(default_factory=dict)


def kept(places: Sequence[Written]) -> list[list[Any]]:
    """The places as plain lists, to be kept beside the file."""
    return [
        [
            p.sheet, p.tab, p.cell, p.row, p.field, p.head, p.shown, list(p.records), list(p.notes), p.figure,
            *([list(p.rates), list(p.items)] if p.rates or p.items or p.number else []),
            *([p.number, p.currency] if p.number else []),
        ]
        for p in places
    ]  # fmt: skip


def read(rows: Sequence[Sequence[Any]]) -> list[Written]:
    """What `kept` gave."""
    return [Written(*row[:7], tuple(row[7]), tuple(row[8]), row[9], *map(tuple, row[10:12]), *row[12:]) for row in rows]
