"""Of which lines of a report nobody says what was spent: that is not known, and no sum that it goes into is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from portal.budgets.rules import HEADINGS, RESERVE, heading_of, parts_of

Codes = frozenset[str | int]
"""Lines by their codes, and headings by their numbers."""


@dataclass(frozen=True)
class Silence:
    """What one report leaves open. `spoken`: it has expenditure, so its other lines had none. `explained`: lines on which it says
    something; without expenditure these had none. `planned`: the lines of the budget then; where all of them are explained,
    nothing was spent at all."""

    spoken: bool
    explained: Collection[str] = ()
    planned: Collection[str] = ()

    def holds(self, code: str) -> bool:
        """Whether nobody says what was spent on a line. Nothing can be spent on the reserve."""
        return not self.spoken and not self._said(code) and not self._all_said

    @property
    def whole(self) -> bool:
        """Whether of something nobody says what was spent."""
        return not self.spoken and not self._all_said

    @property
    def _all_said(self) -> bool:
        return bool(self.planned) and all(self._said(code) for code in self.planned)

    def _said(self, code: str) -> bool:
        return code in self.explained or heading_of(code) == RESERVE


@dataclass(frozen=True)
class Unsaid:
    """Of which lines and headings it is not known what was spent in the period of a report, and in those before it."""

    incurred: Codes = frozenset()
    before: Codes = frozenset()

    @property
    def to_date(self) -> Codes:
        return self.incurred | self.before


def unsaid(lines: Collection[str], held: Iterable[Silence]) -> Codes:
    """Which of a report's lines (by their codes) are not known for what some reports leave open, and the headings that add them.
    A heading without lines is known where all lines are."""
    silent = [one for one in held if one.whole]
    found = {code for code in lines if any(one.holds(code) for one in silent)}
    if not silent or (lines and not found):
        return frozenset()
    empty = {*HEADINGS} - {RESERVE} - {h for code in lines for h in parts_of(code)}
    return frozenset({*found, *(h for code in found for h in parts_of(code)), *empty})
