"""A file of rates beside what is loaded: what is new, what supersedes, what is there already."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol

from portal.rates.rules.lines import Line


class Loaded(Protocol):
    """A rate that is in force."""

    per_euro: Decimal
    source: str
    edition: int


@dataclass
class Comparison:
    """`superseding`: each line with what it would supersede. `same`: the value is loaded already, whoever stated it when."""

    new: list[Line] = field(default_factory=list)
    superseding: list[tuple[Line, Loaded]] = field(default_factory=list)
    same: list[Line] = field(default_factory=list)

    def unpaired(self) -> list[tuple[Line, None]]:
        """The new ones, each with the nothing it would supersede."""
        return [(line, None) for line in self.new]

    @property
    def number(self) -> int:
        """How many rates loading would write."""
        return len(self.new) + len(self.superseding)


@dataclass(frozen=True)
class Leap:
    """A rate far from the one of the nearest month that is known of its currency (`near`: its month and value)."""

    line: Line
    near: tuple[date, Decimal]


LEAP = Decimal("1.5")
"""How many times another rate a rate may be without being asked about. No month of a currency that was not redenominated went
so far; a misplaced decimal mark goes ten times."""


def leaps(lines: Collection[Line], loaded: Mapping[tuple[str, date], Loaded]) -> list[Leap]:
    """The rates of a file that are doubtful beside their neighbours in it and among the loaded ones: a decimal mark may be
    misplaced. Nothing is refused for it."""
    known = {key: rate.per_euro for key, rate in loaded.items()} | {line.key: line.per_euro for line in lines}
    found = []
    for line in sorted(lines, key=lambda line: line.key):
        before = loaded.get(line.key)
        near = (line.month, before.per_euro) if before is not None else _nearest(known, line)
        if near is not None and max(near[1] / line.per_euro, line.per_euro / near[1]) > LEAP:
            found.append(Leap(line, near))
    return found


def _nearest(known: Mapping[tuple[str, date], Decimal], line: Line) -> tuple[date, Decimal] | None:
    """The month before, else the one after: with its rate."""
    months = sorted(month for currency, month in known if currency == line.currency and month != line.month)
    near = max((m for m in months if m < line.month), default=months[0] if months else None)
    return None if near is None else (near, known[line.currency, near])


def compared(lines: Collection[Line], loaded: Mapping[tuple[str, date], Loaded]) -> Comparison:
    """Every line on its side, in the order of currencies and months."""
    found = Comparison()
    for line in sorted(lines, key=lambda line: line.key):
        before = loaded.get(line.key)
        if before is None:
            found.new.append(line)
        elif before.per_euro == line.per_euro:
            found.same.append(line)
        else:
            found.superseding.append((line, before))
    return found
