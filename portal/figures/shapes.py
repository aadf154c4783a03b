"""The values figures give. Plain and frozen; amounts are whole minor units, names come in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal

from portal.kernel.money import Money

KNOWN, WITHIN, UNKNOWN = "known", "within", "unknown"
"""Of a project: an amount of its own is known; it lies within an umbrella project whose amount is known; neither."""


@dataclass(frozen=True)
class Cell:
    """A sum of flows that are alike: one currency, one certainty, all exact or all rounded (or estimated)."""

    currency: str
    certainty: str
    approximate: bool
    minor: int
    flows: int


@dataclass(frozen=True)
class Sum:
    """What is known in one currency. `exact` and `rounded` are None where there is no such flow, which is not zero."""

    currency: str
    exact: Money | None
    rounded: Money | None
    flows: int

    @property
    def total(self) -> Money:
        """Exact and rounded together: right to the cent as a sum, and to be shown with ≈ when `approximate`."""
        return self.exact + self.rounded if self.exact and self.rounded else self.exact or self.rounded

    @property
    def approximate(self) -> bool:
        return self.rounded is not None


def sums(cells: Iterable[Cell]) -> dict[str, Sum]:
    """{currency: Sum} of cells, currencies in alphabetical order. Nothing to add gives {}: unknown."""
    folded: dict[str, list] = {}
    for cell in cells:
        into = folded.setdefault(cell.currency, [None, None, 0])
        place = 1 if cell.approximate else 0
        amount = Money(cell.minor, cell.currency)
        into[place] = amount if into[place] is None else into[place] + amount
        into[2] += cell.flows
    return {currency: Sum(currency, *folded[currency]) for currency in sorted(folded)}


@dataclass(frozen=True)
class Coverage:
    """For how many of how many a figure is known. Computed, never written.

    `elsewhere` counts records outside `total` that carry a known amount too (frameworks with money of their own).
    """

    known: int = 0
    within: int = 0
    unknown: int = 0
    elsewhere: int = 0

    @property
    def total(self) -> int:
        return self.known + self.within + self.unknown


@dataclass(frozen=True)
class Unit:
    """One record of a coverage, for the squares beside a total and for the list of gaps.

    `reasons`: why its amounts are unknown (codes of `funding.models.UNKNOWN_REASONS`); empty where no flow is booked.
    `otherwise`: an amount is known, but not of the years asked for: it is of other ones, or not dated.
    """

    record_id: int
    kind: str
    name_cs: str
    name_en: str
    state: str
    umbrella_id: int | None = None
    reasons: tuple[str, ...] = ()
    otherwise: bool = False


@dataclass(frozen=True)
class Twins:
    """Two projects that may be one and the same. `both_carry_money`: both have flows that count, perhaps the same money."""

    first: Unit
    second: Unit
    both_carry_money: bool


@dataclass(frozen=True)
class Funding:
    """A total of money: {currency: Sum}; {} is unknown.

    `included` sums what is inside the total already and did not add; the certainty of such a cell is the weaker one of amount and
    inclusion, so what is only inferred to be inside says so (`inside`). `left_out` says how many flows did not count, by
    reason (see `selection.REASONS`).
    """

    cells: tuple[Cell, ...] = ()
    included_cells: tuple[Cell, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)

    @property
    def sums(self) -> dict[str, Sum]:
        return sums(self.cells)

    @property
    def included(self) -> dict[str, Sum]:
        return sums(self.included_cells)

    def inside(self, inferred: bool) -> dict[str, Sum]:
        """The part of `included` that is only inferred, or entered without a source, to be inside; or the rest of it."""
        return sums(c for c in self.included_cells if (c.certainty in DOUBTFUL) is inferred)

    @property
    def known(self) -> bool:
        return bool(self.cells)

    def by_certainty(self, certainty: str) -> dict[str, Sum]:
        """The part of the total that rests on one certainty."""
        return sums(c for c in self.cells if c.certainty == certainty)


@dataclass(frozen=True)
class Share:
    """`part` of `whole` in one currency, both known. `approximate`: rounded amounts are on either side."""

    currency: str
    part: Money
    whole: Money
    approximate: bool
    flows: int

    @property
    def percent(self) -> Decimal:
        """Per cent of the whole to one decimal place, halves to even; computed from whole minor units."""
        return (Decimal(100 * self.part.minor) / self.whole.minor).quantize(Decimal("0.1"), ROUND_HALF_EVEN)


@dataclass(frozen=True)
class Shares:
    """{currency: Share}; a currency without it is unknown. Only units with both sides known are in it."""

    cells: tuple[Share, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        return bool(self.cells)

    @property
    def shares(self) -> dict[str, Share]:
        return {one.currency: one for one in self.cells}


DOUBTFUL = ("unsure", "uncited")
"""Certainties of what is inferred, doubtful, or entered without a source."""
NOT_TOLD = ("ambiguous", "none")
"""Groups of a count in which nothing is known: what cannot be told, what is not stated."""


@dataclass(frozen=True)
class Count:
    """A number of records. Of projects also how many are umbrellas with parts, parts, placeholders not named by any source."""

    number: int
    umbrellas: int = 0
    parts: int = 0
    placeholders: int = 0


@dataclass(frozen=True)
class Group:
    """One part of a breakdown. `key` is the id of its record as text, a code, or `none`; `record_id` None without a record.

    Money has `funding` (unknown where no amount is known), a share of money `shares`,
    both with the coverage of the records in the group; a count has `number`.
    """

    key: str
    record_id: int | None = None
    name_cs: str = ""
    name_en: str = ""
    funding: Funding | None = None
    shares: Shares | None = None
    number: int | None = None
    coverage: Coverage = Coverage()

    def name(self, lang: str) -> str:
        return (self.name_cs or self.name_en) if lang == "cs" else (self.name_en or self.name_cs)


@dataclass(frozen=True)
class Breakdown:
    """A figure parted by one dimension; the groups add up to the whole. `by` names the dimension."""

    by: str
    groups: tuple[Group, ...]
    whole: Funding | Shares | Count

    @property
    def coverage(self) -> Coverage:
        """For how many of the named groups (instruments, years) an amount is known; of a count: how many are in a group
        that tells something."""
        if isinstance(self.whole, Count):
            untold = sum(g.number for g in self.groups if g.key in NOT_TOLD)
            return Coverage(known=sum(g.number for g in self.groups) - untold, unknown=untold)
        named = [g.shares if g.funding is None else g.funding for g in self.groups if g.key not in ("none", "more")]
        known = sum(one.known for one in named)
        return Coverage(known=known, unknown=len(named) - known)
