"""Pure rules of budgets and expenditure: the cost headings of PRAG Annex III, their limits, what may shift between them.

Amounts are whole minor units of one currency, that of the contract. Sources: the shape of Annex III and Annex VI as public
copies show it (headings, 7 % of indirect costs, nearest cent); the limit of the reserve and the reading of "shift" rest on
general knowledge of PRAG, so each contract may set its own numbers (`Limits`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

DIRECT = (1, 2, 3, 4, 5, 6)
"""Human resources, travel, equipment and supplies, local office, other costs and services, other."""
SUBTOTAL, INDIRECT, WITHOUT_RESERVE, RESERVE, TOTAL = 7, 8, 9, 10, 11
HEADINGS = (*DIRECT, SUBTOTAL, INDIRECT, WITHOUT_RESERVE, RESERVE, TOTAL)
ENTERED = (*DIRECT, INDIRECT, RESERVE)
"""The headings that have lines; the others are sums."""
CODE = re.compile(r"([1-6])(\.[1-9]\d?){0,3}|8|10")
"""What a line may be called: `1.1.1`, `5.7`; 8 and 10 have one line each."""
ORIGINAL, BY_ADDENDUM, CONTINGENCIES = "original", "addendum", "contingencies"
KINDS = (ORIGINAL, BY_ADDENDUM, CONTINGENCIES)
"""Why there is a version: the contract itself, an addendum, a use of the reserve that the donor allowed."""
DRAFT, AGREED = "draft", "agreed"
MOST_UNITS, LARGEST = Decimal(10) ** 9, 10**15
"""Units of a line, and minor units; more is a slip of the pen."""
PERCENT = ("indirect_limit", "reserve_limit", "shift_limit")


@dataclass(frozen=True)
class Limits:
    """What a contract allows, in per cent: indirect costs and reserve of the direct costs, shift of a heading of itself."""

    indirect: Decimal = Decimal(7)
    reserve: Decimal = Decimal(5)
    shift: Decimal = Decimal(25)

    @classmethod
    def of(cls, indirect: Decimal | None, reserve: Decimal | None, shift: Decimal | None) -> Limits:
        """The contract's own, and PRAG's where it names none."""
        own = {"indirect": indirect, "reserve": reserve, "shift": shift}
        return cls(**{name: value for name, value in own.items() if value is not None})


@dataclass(frozen=True)
class Line:
    """One line of a budget: so many units at a value each, in minor units. `number` is exact (2.5 months)."""

    code: str
    number: Decimal
    unit_value: int

    @property
    def heading(self) -> int:
        return heading_of(self.code)

    @property
    def total(self) -> int:
        """Minor units, to the nearest one; half of one goes up."""
        return int((self.number * self.unit_value).quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True)
class Over:
    """A limit that is passed: by which heading, how much it holds, how much it may hold (minor units)."""

    heading: int
    amount: int
    allowed: int


def totals(lines: Iterable[Line]) -> dict[int, int]:
    """Minor units by heading, 1 to 11: the lines of each, 7 = 1 to 6, 9 = 7 + 8, 11 = 9 + 10."""
    return summed((line.code, line.total) for line in lines)


def summed(amounts: Iterable[tuple[str, int]]) -> dict[int, int]:
    """The same of amounts (minor units) by the codes of their lines."""
    found: dict[int, int] = defaultdict(int)
    for code, amount in amounts:
        found[heading_of(code)] += amount
    found[SUBTOTAL] = sum(found[heading] for heading in DIRECT)
    found[WITHOUT_RESERVE] = found[SUBTOTAL] + found[INDIRECT]
    found[TOTAL] = found[WITHOUT_RESERVE] + found[RESERVE]
    return {heading: found[heading] for heading in HEADINGS}


def parts_of(code: str) -> frozenset[int]:
    """The headings that add the line of a code: its own, and the sums over it."""
    return frozenset(heading for heading, found in summed([(code, 1)]).items() if found)


def share(amount: int, percent: Decimal) -> int:
    """So many per cent of an amount, cut down to whole minor units: a limit is never rounded up."""
    return int(amount * percent / 100)


def over_limits(by_heading: Mapping[int, int], limits: Limits = Limits()) -> list[Over]:
    """Indirect costs and reserve that are more than the contract allows of its direct costs."""
    found = []
    for heading, percent in ((INDIRECT, limits.indirect), (RESERVE, limits.reserve)):
        allowed = share(by_heading[SUBTOTAL], percent)
        if by_heading[heading] > allowed:
            found.append(Over(heading, by_heading[heading], allowed))
    return found


def shifted(
    old: Mapping[int, int], new: Mapping[int, int], limits: Limits = Limits(), kind: str = BY_ADDENDUM
) -> list[Over]:
    """The headings with lines that moved further from the budget in force than the contract allows without an addendum: `amount`
    is how far, `allowed` how far they might. A heading that had nothing allows nothing. In a use of contingencies (`kind`) the
    reserve goes where the donor allowed: neither what left it nor as much where it came to is a shift. Each part of it came to
    one heading: to the first that needs it."""
    left = max(old[RESERVE] - new[RESERVE], 0) if kind == CONTINGENCIES else 0
    found = []
    for heading in ENTERED:
        if kind == CONTINGENCIES and heading == RESERVE:
            continue
        more, allowed = new[heading] - old[heading], share(old[heading], limits.shift)
        spent = min(left, max(more - allowed, 0))
        left, moved = left - spent, abs(more) - spent
        if moved > allowed:
            found.append(Over(heading, moved, allowed))
    return found


def order(code: str) -> tuple[int, ...]:
    """Codes as numbers: 1.2 stands before 1.10."""
    return tuple(int(part) for part in code.split("."))


def heading_of(code: str) -> int:
    """The heading a line belongs to."""
    return int(code.split(".")[0])


def problems_of_budget(values: Mapping[str, object]) -> dict[str, str]:
    """{unit: code} of each rule a version of a budget breaks by itself. Units: contract, kind_code, addendum, currency, and
    those of `PERCENT`."""
    found = {}
    if not values.get("contract"):
        found["contract"] = "contract_missing"
    if values.get("kind_code") not in KINDS:
        found["kind_code"] = "no_such_kind"
    elif values.get("addendum") and values["kind_code"] != BY_ADDENDUM:
        found["addendum"] = "addendum_of_another_kind"
    if not values.get("currency"):
        found["currency"] = "currency_missing"
    for unit in PERCENT:
        value = values.get(unit)
        if isinstance(value, Decimal) and not 0 <= value <= 100:
            found[unit] = "share_out_of_range"
    return found


def problems_of_line(line: Line, codes: Iterable[str] = ()) -> dict[str, str]:
    """{unit: code} of a line by itself and beside the `codes` of the others. Units: code, number, value."""
    found = {}
    if not CODE.fullmatch(line.code):
        found["code"] = "no_such_line"
    elif line.code in codes:
        found["code"] = "line_twice"
    elif any(one.startswith(f"{line.code}.") or line.code.startswith(f"{one}.") for one in codes):
        found["code"] = "line_within_line"
    if line.number < 0 or line.number > MOST_UNITS:
        found["number"] = "units_impossible"
    elif line.unit_value < 0 or line.total > LARGEST:
        found["value"] = "amount_too_large" if line.unit_value > 0 else "line_negative"
    return found


def problem_of_agreeing(kind: str, new: Mapping[int, int], old: Mapping[int, int] | None) -> str | None:
    """Why a version cannot hold as it is, as a code: it has no lines; there is nothing it could change; a use of contingencies
    moves money out of the reserve and changes no total."""
    if not any(new.values()):
        return "budget_empty"
    if kind == ORIGINAL:
        return None if old is None else "original_twice"
    if old is None:
        return "nothing_before"
    if kind == CONTINGENCIES and (new[TOTAL] != old[TOTAL] or new[RESERVE] >= old[RESERVE]):
        return "contingencies_unbalanced"
    return None


@dataclass(frozen=True)
class Variation:
    """What was spent beside what was budgeted or forecast, in minor units; `percent` of the latter, None where it is nothing."""

    planned: int
    real: int

    @property
    def amount(self) -> int:
        return self.real - self.planned

    @property
    def percent(self) -> Decimal | None:
        """To two decimals, half away from zero."""
        if not self.planned:
            return None
        return (Decimal(self.amount) * 100 / self.planned).quantize(Decimal("0.01"), ROUND_HALF_UP)


def unexplained(to_date: Variation, against_forecast: Variation | None, final: bool) -> bool:
    """Whether a line has to be explained: more was spent on it than budgeted; the period went otherwise than its forecast; in a
    final report any difference from the budget."""
    return to_date.amount > 0 or (final and to_date.amount != 0) or bool(against_forecast and against_forecast.amount)


@dataclass(frozen=True)
class Item:
    """One item of expenditure: the line it is for, its document, the day it was paid (None: not known), currency and minor
    units."""

    code: str
    document: str
    paid: date | None
    currency: str
    amount: int


def doubts(item: Item, others: Iterable[Item], lines: Iterable[str], start: date | None, end: date | None) -> list[str]:
    """What should be looked at before an item is reported: codes `line_unknown`, `paid_unknown`, `before_start`, `after_end`,
    `document_twice` (the same document, day, currency and amount), `amount_negative`. An end that is not known holds nothing
    back."""
    found = []
    if item.code not in set(lines):
        found.append("line_unknown")
    if item.paid is None:
        found.append("paid_unknown")
    elif start is not None and item.paid < start:
        found.append("before_start")
    elif end is not None and item.paid > end:
        found.append("after_end")
    if item.amount < 0:
        found.append("amount_negative")
    told = (_plain(item.document), item.paid, item.currency, item.amount)
    if any(one is not item and (_plain(one.document), one.paid, one.currency, one.amount) == told for one in others):
        found.append("document_twice")
    return found


def _plain(document: str) -> str:
    """A number of a document however it is spaced and cased."""
    return re.sub(r"\W+", "", document).casefold()
