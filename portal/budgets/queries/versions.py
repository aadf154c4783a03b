"""Versions of budgets with their lines, as far as the actor may see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session, joinedload

from portal.budgets.models import Budget, BudgetLine
from portal.budgets.rules import AGREED, CONTINGENCIES, ORIGINAL, Limits, Line, Over, order, over_limits, totals
from portal.funding.queries import addenda_of
from portal.kernel import clock
from portal.kernel.permission import Actor, open_to, visible_to


@dataclass(frozen=True)
class Version:
    """One version of a budget with its lines in the order of their codes."""

    budget: Budget
    rows: Sequence[BudgetLine] = field(default_factory=list)

    @property
    def currency(self) -> str:
        return self.budget.currency

    @cached_property
    def lines(self) -> list[Line]:
        """The lines as the rules take them."""
        return [Line(row.code, row.number, row.value_minor) for row in self.rows]

    @cached_property
    def by_code(self) -> Mapping[str, BudgetLine]:
        return {row.code: row for row in self.rows}

    @cached_property
    def totals(self) -> dict[int, int]:
        """Minor units by heading, 1 to 11."""
        return totals(self.lines)

    @cached_property
    def limits(self) -> Limits:
        """The contract's own limits, PRAG's where it names none."""
        one = self.budget
        return Limits.of(one.indirect_limit, one.reserve_limit, one.shift_limit)

    @cached_property
    def over(self) -> list[Over]:
        """Indirect costs and reserve above their limits."""
        return over_limits(self.totals, self.limits)


def told(actor: Actor, sees=visible_to) -> ColumnElement[bool]:
    """SQL predicate: the budget is visible. The veils know today's references only, so a row of the past is asked for its own."""
    own = (Budget.contract_id, Budget.addendum_id) if clock.looking_back() else ()
    return and_(sees(actor, Budget), *(sees(actor, one) for one in own))


def budgets(actor: Actor, sees=visible_to) -> Select:
    """SELECT of visible budgets with their contracts and addenda."""
    named = (joinedload(Budget.contract), joinedload(Budget.addendum))
    return select(Budget).where(told(actor, sees)).options(*named)


def budget(s: Session, actor: Actor, budget_id: int) -> Budget | None:
    """One visible version, be it withdrawn."""
    return s.scalar(budgets(actor, open_to).where(Budget.id == budget_id))


def budgets_of(s: Session, actor: Actor, contract_id: int) -> list[Budget]:
    """The visible versions of a contract's budget, the first one first."""
    return list(s.scalars(budgets(actor).where(Budget.contract_id == contract_id).order_by(Budget.edition)))


def version(s: Session, found: Budget) -> Version:
    """A budget that may be seen, with its lines."""
    return Version(found, lines(s, found.id)[found.id])


def versions(s: Session, actor: Actor, contract_id: int) -> list[Version]:
    """The visible versions with their lines, the first one first. Two queries."""
    found = budgets_of(s, actor, contract_id)
    rows = lines(s, *(one.id for one in found))
    return [Version(one, rows[one.id]) for one in found]


def lines(s: Session, *budget_ids: int) -> dict[int, list[BudgetLine]]:
    """By budget: its lines in the order of their codes."""
    found: dict[int, list[BudgetLine]] = defaultdict(list)
    if budget_ids:
        for row in s.scalars(select(BudgetLine).where(BudgetLine.budget_id.in_(budget_ids))):
            found[row.budget_id].append(row)
    return defaultdict(list, {i: sorted(rows, key=lambda row: order(row.code)) for i, rows in found.items()})


def line(s: Session, budget_id: int, place: int) -> BudgetLine | None:
    """One line of a budget that may be seen."""
    return s.get(BudgetLine, (budget_id, place))


def budget_in_force(s: Session, actor: Actor, contract_id: int, at: date | None = None) -> Version | None:
    """The visible agreed version that holds on a day (None: the last one agreed). A version known to hold only from some day of a
    month or a year holds for sure from its last day; one of which it is not known from when holds on no day (`undated`). The
    original one holds from the beginning of the contract."""
    found = [one for one in budgets_of(s, actor, contract_id) if one.state == AGREED and _holds(one, at)]
    return version(s, found[-1]) if found else None


def undated(s: Session, actor: Actor, contract_id: int) -> list[Budget]:
    """The visible agreed versions of which it is not known from when they hold, so that no report counts with them."""
    return [one for one in budgets_of(s, actor, contract_id) if one.state == AGREED and not _holds(one, date.max)]


def before(s: Session, actor: Actor, found: Budget, kinds: Collection[str] = ()) -> Budget | None:
    """The visible agreed version before this one; of `kinds` only, where they are given."""
    older = [
        one for one in budgets_of(s, actor, found.contract_id) if one.edition < found.edition and one.state == AGREED
    ]
    wanted = [one for one in older if not kinds or one.kind_code in kinds]
    return wanted[-1] if wanted else None


def _holds(one: Budget, at: date | None) -> bool:
    if at is None or one.kind_code == ORIGINAL:
        return True
    start = one.valid.start if one.valid else None
    return start is not None and start.days[1] <= at


def offered_addenda(s: Session, actor: Actor, contract_id: int, lang: str) -> list[tuple[int, str]]:
    """(id, name) of the visible addenda of a contract."""
    return [(one.id, one.name(lang)) for one in addenda_of(s, actor, contract_id)]


def uses_between(s: Session, actor: Actor, old: Budget | None, new: Budget) -> list[Budget]:
    """The visible agreed uses of contingencies after `old` and before `new`, or `new` itself."""
    return [
        one for one in budgets_of(s, actor, new.contract_id)
        if one.kind_code == CONTINGENCIES and (old.edition if old else 0) < one.edition <= new.edition
        and (one.state == AGREED or one is new)
    ]  # fmt: skip
