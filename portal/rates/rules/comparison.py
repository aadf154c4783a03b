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
