"""Two versions of a budget beside each other, as the template of Annex VI has them: old budget, use of contingencies, new one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.budgets.models import Budget, BudgetLine
from portal.budgets.queries.versions import Version, before, uses_between, version
from portal.budgets.rules import BY_ADDENDUM, HEADINGS, ORIGINAL, Line, Over, order, shifted
from portal.kernel.permission import Actor


@dataclass(frozen=True)
class ComparedLine:
    """A line in two versions; None where a version does not have it. `used`: minor units that uses of contingencies moved to it
    (below zero: from it) between the two, `difference`: new less old."""

    code: str
    row: BudgetLine
    old: Line | None
    used: int
    new: Line | None

    @property
    def difference(self) -> int:
        return (self.new.total if self.new else 0) - (self.old.total if self.old else 0)


@dataclass(frozen=True)
class Comparison:
    """`old`: the version by the contract or its last addendum that held before `new`; `uses`: of contingencies between them.
    `used` and `difference` by heading, minor units; `shifted`: headings that moved further than the limit of the old version
    allows without an addendum (`allowed_by_addendum`: `new` rests on one, so they may)."""

    old: Version
    uses: list[Version]
    new: Version
    lines: list[ComparedLine]
    used: dict[int, int]
    difference: dict[int, int]
    shifted: list[Over]

    @property
    def allowed_by_addendum(self) -> bool:
        return self.new.budget.kind_code == BY_ADDENDUM


def comparison(s: Session, actor: Actor, found: Budget) -> Comparison | None:
    """What a version changes; None where there is none before it."""
    earlier = before(s, actor, found, (ORIGINAL, BY_ADDENDUM))
    if earlier is None:
        return None
    old, new = version(s, earlier), version(s, found)
    uses = [new if one is found else version(s, one) for one in uses_between(s, actor, earlier, found)]
    moved = _moved(old, uses)
    codes = {*old.by_code, *new.by_code, *moved}
    held = {line.code: line for line in old.lines}, {line.code: line for line in new.lines}
    rows = {**old.by_code, **{c: r for one in uses for c, r in one.by_code.items()}, **new.by_code}
    compared = [
        ComparedLine(code, rows[code], held[0].get(code), moved.get(code, 0), held[1].get(code))
        for code in sorted(codes, key=order)
    ]
    used = {
        heading: (uses[-1].totals[heading] if uses else old.totals[heading]) - old.totals[heading]
        for heading in HEADINGS
    }
    return Comparison(
        old, uses, new, compared, used, {h: new.totals[h] - old.totals[h] for h in HEADINGS},
        shifted(old.totals, new.totals, old.limits, new.budget.kind_code),
    )  # fmt: skip


def _moved(old: Version, uses: list[Version]) -> dict[str, int]:
    """By code: what the last use of contingencies left less what the old budget had, where they differ."""
    if not uses:
        return {}
    was, became = ({line.code: line.total for line in one.lines} for one in (old, uses[-1]))
    return {code: d for code in was | became if (d := became.get(code, 0) - was.get(code, 0))}
