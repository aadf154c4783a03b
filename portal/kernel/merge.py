"""The one three-way merge, behind forms, Excel rows and (when it comes) the API. Pure: no database, no language.

A unit is the smallest thing one person changes at once and the merge never splits: a field, an amount with its
currency (`Money`), a date with its precision (`When`). Rules of the trade run again on the merged values, by the
caller: two sides, each valid, can together give an end before a start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Conflict:
    """A unit both sides changed differently."""

    unit: str
    base: Any
    theirs: Any
    mine: Any


@dataclass(frozen=True)
class Merged:
    """The outcome. Every unit is in at most one of the four groups; units nobody changed are in none.

    values      unit → merged value; a unit in conflict holds the current ("theirs") value
    taken       units changed by me only: my value
    kept        units changed by them only: their value
    agreed      units both changed to the same value
    conflicts   units both changed differently
    """

    values: Mapping[str, Any]
    taken: tuple[str, ...]
    kept: tuple[str, ...]
    agreed: tuple[str, ...]
    conflicts: tuple[Conflict, ...]

    def resolve(self, choices: Mapping[str, str]) -> Merged:
        """The outcome after a person chose "theirs" or "mine" for units in conflict; the others stay in conflict.

        Raises KeyError for a unit that is not in conflict, ValueError for another choice.
        """
        open_units = {conflict.unit for conflict in self.conflicts}
        for unit, choice in choices.items():
            if unit not in open_units:
                raise KeyError(unit)
            if choice not in ("theirs", "mine"):
                raise ValueError(f"a conflict is resolved by 'theirs' or 'mine', not {choice!r}")
        mine = {c.unit: c.mine for c in self.conflicts if choices.get(c.unit) == "mine"}
        theirs = tuple(c.unit for c in self.conflicts if choices.get(c.unit) == "theirs")
        return Merged(
            values={**self.values, **mine},
            taken=self.taken + tuple(mine),
            kept=self.kept + theirs,
            agreed=self.agreed,
            conflicts=tuple(c for c in self.conflicts if c.unit not in choices),
        )


def merge(
    base: Mapping[str, Any],
    theirs: Mapping[str, Any],
    mine: Mapping[str, Any],
    units: Sequence[str] | None = None,
) -> Merged:
    """Joins my changes with theirs, both made since `base`, unit by unit.

    Values are compared by ==; None and "" are the same (a form cannot tell them apart). `units` names what to
    merge, in order; without it the three mappings must have the same keys. A unit missing from any of the three
    raises KeyError: what a form did not carry is not the same as what it cleared.
    """
    if units is None:
        units = list(base)
        if different := (base.keys() ^ theirs.keys()) | (base.keys() ^ mine.keys()):
            raise KeyError(*sorted(different))
    values, taken, kept, agreed, conflicts = {}, [], [], [], []
    for unit in units:
        was, now, want = base[unit], theirs[unit], mine[unit]
        values[unit] = now
        if same(want, was):
            if not same(now, was):
                kept.append(unit)
        elif same(now, was):
            values[unit] = want
            taken.append(unit)
        elif same(now, want):
            agreed.append(unit)
        else:
            conflicts.append(Conflict(unit, was, now, want))
    return Merged(values, tuple(taken), tuple(kept), tuple(agreed), tuple(conflicts))


def same(a: Any, b: Any) -> bool:
    """Whether two unit values are the same; None and "" are."""
    return ("" if a is None else a) == ("" if b is None else b)
