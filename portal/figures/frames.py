"""Figures as plain rows: the one shape that feeds the chart, the table below it and its Excel.

`frame(figure, value)` gives rows of `MoneyRow` or `CountRow`, in the order of the chart. A group without a known amount has
one row with `amount` None: unknown, never zero. Amounts of different currencies, certainties or marks stand in rows apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from portal.figures.shapes import Breakdown, Count, Coverage, Funding, Group, Shares
from portal.kernel.money import Money

NO_COVERAGE = Coverage()
TOTAL = "total"
"""Key of the only group of a figure without a dimension."""


@dataclass(frozen=True)
class MoneyRow:
    """One sum of one group. `known`, `within`, `unknown` repeat the coverage of the group."""

    key: str
    record_id: int | None
    name_cs: str
    name_en: str
    amount: Money | None
    approximate: bool | None
    certainty: str | None
    flows: int
    known: int
    within: int
    unknown: int


@dataclass(frozen=True)
class ShareRow:
    """The share of one group in one currency; `part` and `whole` None where it is unknown."""

    key: str
    record_id: int | None
    name_cs: str
    name_en: str
    part: Money | None
    whole: Money | None
    percent: Decimal | None
    approximate: bool | None
    flows: int
    known: int
    within: int
    unknown: int


@dataclass(frozen=True)
class CountRow:
    """The number of records in one group."""

    key: str
    record_id: int | None
    name_cs: str
    name_en: str
    number: int


def frame(
    value: Breakdown | Funding | Shares | Count, coverage: Coverage = NO_COVERAGE
) -> list[MoneyRow] | list[ShareRow] | list[CountRow]:
    """The rows of a figure's value. `coverage` is needed for a total of money only (a breakdown carries it)."""
    if isinstance(value, Count):
        return [CountRow(TOTAL, None, "", "", value.number)]
    if isinstance(value, Funding):
        return _money(Group(TOTAL, funding=value, coverage=coverage))
    if isinstance(value, Shares):
        return _shares(Group(TOTAL, shares=value, coverage=coverage))
    if isinstance(value.whole, Count):
        return [CountRow(g.key, g.record_id, g.name_cs, g.name_en, g.number) for g in value.groups]
    rows = _shares if isinstance(value.whole, Shares) else _money
    return [row for group in value.groups for row in rows(group)]


def _money(group: Group) -> list[MoneyRow]:
    place = (group.key, group.record_id, group.name_cs, group.name_en)
    covered = (group.coverage.known, group.coverage.within, group.coverage.unknown)
    if not group.funding.known:
        return [MoneyRow(*place, None, None, None, 0, *covered)]
    return [
        MoneyRow(*place, Money(c.minor, c.currency), c.approximate, c.certainty, c.flows, *covered)
        for c in group.funding.cells
    ]


def _shares(group: Group) -> list[ShareRow]:
    place = (group.key, group.record_id, group.name_cs, group.name_en)
    covered = (group.coverage.known, group.coverage.within, group.coverage.unknown)
    if not group.shares.known:
        return [ShareRow(*place, None, None, None, None, 0, *covered)]
    return [ShareRow(*place, c.part, c.whole, c.percent, c.approximate, c.flows, *covered) for c in group.shares.cells]
