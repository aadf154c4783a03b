"""New saved values for the formulas that depend on what is written, so that a reader that does not compute shows right totals.

The formulas are computed by the library `formulas`. It is trusted with one only where it finds, from the values the template
came with, the value the template came with. What it cannot compute loses its saved value and is named with the reason.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.kernel.errors import N_
from portal.workbooks.filling.all_formulas import Formulas, Key
from portal.workbooks.filling.book import Book
from portal.workbooks.filling.evaluating import NotComputed, evaluate
from portal.workbooks.filling.values import Value
from portal.workbooks.reading.cells import Place

REASONS = {
    "circular": N_("it refers to itself"),
    "steps": N_("it refers to itself, and Excel computes it step by step"),
    "function": N_("it uses what cannot be computed here"),
    "moment": N_("it depends on the moment of opening"),
    "array": N_("it fills several cells at once"),
    "pivot": N_("it takes from a pivot table, which Excel makes anew"),
    "otherwise": N_("computed here, the template’s own value would be another"),
    "depends": N_("it depends on a formula that is not computed"),
}
"""Why a formula has no saved value any more."""


@dataclass(frozen=True)
class Lost:
    """A formula without a saved value: Excel computes it on opening. `reason` is a key of REASONS."""

    key: Key
    reason: str

    @property
    def place(self) -> Place:
        return Place(self.key[0], *self.key[1])


@dataclass(frozen=True)
class Computed:
    """New values of formulas, and those that have none; `adds`: of formulas that only add and subtract, what of this they add."""

    values: dict[Key, Value] = field(default_factory=dict)
    lost: tuple[Lost, ...] = ()
    adds: dict[Key, list[Key]] = field(default_factory=dict)


def calculate(book: Book, cells: Mapping[Key, Value]) -> Computed:
    """What follows from writing `cells`."""
    formulas = Formulas(book)
    affected = formulas.affected(cells)
    needed = affected | formulas.without_value(affected)
    order, circular = _ordered(formulas, needed)
    before = {key: book.sheet(key[0]).cells[key[1]].value for key in needed}
    now: dict[Key, Value] = dict(cells)
    lost: dict[Key, str] = dict.fromkeys(circular, "steps" if book.iterates else "circular")
    for key in order:
        reason = _hindrance(formulas, key, lost)
        if reason is None:
            try:
                if before[key] is not None and not _same(evaluate(formulas, key, {}), before[key]):
                    reason = "otherwise"
                else:
                    now[key] = evaluate(formulas, key, now)
            except NotComputed:
                reason = "function"
        if reason is not None:
            lost[key] = reason
    for at, master in formulas.arrays.items():
        if master in lost and master in affected:
            lost.setdefault(at, "array")
    values = {key: now[key] for key in order if key in affected and key not in lost}
    return Computed(
        values, tuple(Lost(key, lost[key]) for key in sorted(lost) if formulas.arrays.get(key, key) in affected),
        {key: found for key in values if (found := formulas.added(key, now))},
    )  # fmt: skip


def _hindrance(formulas: Formulas, key: Key, lost: Mapping[Key, str]) -> str | None:
    """Why a formula is not even tried."""
    refers = formulas.refers[key]
    if key in formulas.arrays:
        return "array"
    if refers.changing:
        return "moment"
    if formulas.pivots.shown(formulas.anew, refers.areas):
        return "pivot"
    if refers.anything or refers.unclear:
        return "function"
    return "depends" if formulas.inputs(key, set(lost)) else None


def _ordered(formulas: Formulas, affected: set[Key]) -> tuple[list[Key], set[Key]]:
    """The formulas, each after those it refers to; and those that refer to themselves in a circle, or to one that does."""
    waits = dict.fromkeys(affected, 0)
    for key in affected:
        for other in set(formulas.of(key)) & affected:
            waits[other] += 1
    ready = deque(sorted(key for key, count in waits.items() if not count))
    order: list[Key] = []
    while ready:
        key = ready.popleft()
        order.append(key)
        for other in sorted(set(formulas.of(key)) & affected):
            waits[other] -= 1
            if not waits[other]:
                ready.append(other)
    return order, affected - set(order)


def _same(found: Value, saved: Value) -> bool:
    """Whether two values are one, numbers to the twelfth digit."""
    if isinstance(found, float | int) and isinstance(saved, float | int) and not isinstance(found, bool):
        return math.isclose(found, saved, rel_tol=1e-12, abs_tol=1e-9)
    return found == saved
