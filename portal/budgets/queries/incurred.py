"""What a due report claims: its items in the currency of the contract, and line by line beside the budget."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from portal.budgets import rules
from portal.budgets.models import BudgetLine, Expenditure, ReportLine
from portal.budgets.queries.earlier import basis, explained, gaps, is_final, place, reports_before, silence_of
from portal.budgets.queries.rows import items_of, report_lines
from portal.budgets.queries.silence import Silence, Unsaid, unsaid
from portal.budgets.queries.versions import Version, budget_in_force
from portal.budgets.rules import HEADINGS, Item, Line, Variation, heading_of, order, summed
from portal.funding.models import Contract
from portal.kernel.money import Money
from portal.kernel.permission import SYSTEM, Actor
from portal.obligations.models import DueReport
from portal.obligations.rules import CHECKED, ON_MONEY, PLANNED, PREPARED, day_of
from portal.rates.queries import book
from portal.rates.rules import Book, Conversion, NoRate, convert
from portal.sources.facts import NOTHING, Pair


@dataclass(frozen=True)
class Claimed:
    """An item with its amount in the contract's currency, every step of it, or why there is none; `doubts`: codes of
    `rules.doubts`, and `rate_computed` where a rate in it is not one that was imported or published."""

    row: Expenditure
    conversion: Conversion | NoRate
    doubts: list[str] = field(default_factory=list)

    @property
    def amount(self) -> int | None:
        """Minor units of the contract's currency; None: not known, which is not zero."""
        return self.conversion.amount.minor if isinstance(self.conversion, Conversion) else None


@dataclass(frozen=True)
class IncurredLine:
    """A line of the report, in minor units of the contract's currency. `budget`: in force at the end of the period; `units` and
    `incurred` in the period, `before` in the reports before it; `forecast`: what the report before expected of the period;
    `expected`: what this one expects of the next; `varies`: that it has to be explained."""

    code: str
    row: BudgetLine | None
    budget: Line | None
    units: Decimal | None
    incurred: int
    before: int
    forecast: Line | None
    expected: Line | None
    explanation: Pair
    varies: bool
    elsewhere: tuple[str, ...] = ()
    """Which of `forecast` and `expected` was written in another currency than that of the report: it is not known in this one."""

    @property
    def needs(self) -> bool:
        """Whether it has to be explained and is not, in either language."""
        return self.varies and not self.explanation

    @property
    def heading(self) -> int:
        return heading_of(self.code)

    @property
    def to_date(self) -> int:
        return self.before + self.incurred

    @property
    def variation(self) -> Variation:
        """What was spent to date beside the budget."""
        return Variation(self.budget.total if self.budget else 0, self.to_date)

    @property
    def against_forecast(self) -> Variation | None:
        """What was spent in the period beside the forecast of it; None where nothing was forecast."""
        return Variation(self.forecast.total, self.incurred) if self.forecast else None


@dataclass(frozen=True)
class Incurred:
    """All a report claims. `currency` None: neither budget nor contract names one, so nothing is added up. The dicts hold minor
    units by heading, 1 to 11. `absent`: items of this report, and `absent_before` of those before it, whose amount in the
    currency is not known: they are in no sum. `earlier`: the reports before this one, and `items_before` what they claim."""

    report: DueReport
    contract: Contract
    version: Version | None
    currency: str | None
    items: list[Claimed]
    lines: list[IncurredLine]
    absent: int
    absent_before: int
    budget: Mapping[int, int]
    incurred: Mapping[int, int]
    before: Mapping[int, int]
    forecast: Mapping[int, int]
    expected: Mapping[int, int]
    unsaid: Unsaid = Unsaid()
    """Of what it is not known what was spent, in the period and before it: 0 is not known to be so, nor what it goes into."""
    earlier: list[DueReport] = field(default_factory=list)
    silent_before: list[DueReport] = field(default_factory=list)
    """Those of the reports before this one that leave open what was spent, the last one first."""
    unreported: list[tuple[date, date]] = field(default_factory=list)
    """Days from the contract's start to this period that no report the actor sees is on: what was spent then is not known either.
    Whoever does not see all of them is not told that there is none."""
    items_before: list[Claimed] = field(default_factory=list)
    whole: Callable[[], bool] = lambda: True
    """Whether the actor sees every report and every version of the budget the sums rest on; asked before they are sent."""

    @property
    def records(self) -> tuple[int, ...]:
        """The records that the amounts say something of: whoever may not see one of them is not shown a sum with it."""
        held = self.version.budget if self.version else None
        ids = {self.contract.id} | ({held.id, held.addendum_id} if held else set())
        for one in (
            self.report,
            *self.earlier,
        ):  # an obligation is not told of to whom may not see who gets its reports
            ids |= {one.id, one.obligation_id, one.obligation.recipient_id}
        return tuple(sorted(i for i in ids if i is not None))

    @property
    def unsent_before(self) -> list[DueReport]:
        """Those of the reports before this one that claim something and were not sent yet, so that it may still change."""
        claiming = {one.row.due_report_id for one in self.items_before}
        return [one for one in self.earlier if one.id in claiming and one.state in (PLANNED, PREPARED, CHECKED)]

    @property
    def just_before(self) -> DueReport | None:
        """The last of the reports before this one."""
        return max(self.earlier, key=place, default=None)

    @property
    def to_date(self) -> dict[int, int]:
        return {heading: self.before[heading] + self.incurred[heading] for heading in HEADINGS}

    def variation(self, heading: int) -> Variation:
        """What was spent to date beside the budget, of a heading."""
        return Variation(self.budget[heading], self.to_date[heading])


def incurred(s: Session, actor: Actor, report: DueReport, typed: Expenditure | None = None) -> Incurred | None:
    """What a report on the money of a contract claims; None for any other. A past moment or edition is read by a Session of then.
    Each item is converted by the contract's regime over the period of the report it is claimed in, and rounded by itself.

    `typed` is an item of it that is not written down, and stands for the one of its place: what would be claimed with it."""
    contract = report.obligation.of
    if not isinstance(contract, Contract) or report.obligation.kind_code not in ON_MONEY:
        return None
    version = budget_in_force(s, actor, contract.id, report.period_to)
    currency = version.currency if version else contract.currency
    earlier = reports_before(s, actor, report)
    rows = items_of(s, [report.id, *(one.id for one in earlier)])
    if typed is not None:
        rows = [row for row in rows if (row.due_report_id, row.place) != (report.id, typed.place)] + [typed]
    rates = book(s, actor, {row.amount_currency for row in rows} | ({currency} - {None}))
    periods = {one.id: (one.period_from, one.period_to) for one in (report, *earlier)}
    claimed = [_claimed(row, contract, currency, periods[row.due_report_id], rates) for row in rows]
    mine = [one for one in claimed if one.row.due_report_id == report.id]
    past = [one for one in claimed if one.row.due_report_id != report.id]
    for one in mine:
        one.doubts.extend(_doubts(one, rows, version, contract, report))
    last = max(earlier, key=place, default=None)
    told = report_lines(s, [report.id, *(one.id for one in earlier)])
    lines = _lines(version, currency, mine, past, told[report.id], told[last.id] if last else {})
    codes = [line.code for line in lines]
    silence = {one.id: silence_of(s, actor, one, rows, told[one.id]) for one in earlier}
    unreported = gaps(contract.start, report, earlier)
    open_ = Unsaid(
        unsaid(codes, [Silence(bool(mine), explained(told[report.id]), codes)]),
        unsaid(codes, [*silence.values(), *(Silence(False) for _gap in unreported)]),
    )
    final = is_final(report)  # what is not known before it is no difference from the budget yet
    lines = [
        replace(one, varies=rules.unexplained(one.variation, one.against_forecast, final and one.code not in open_.before))
        for one in lines
    ]  # fmt: skip
    return Incurred(
        report, contract, version, currency, mine, lines, sum(one.amount is None for one in mine),
        sum(one.amount is None for one in past),
        budget=version.totals if version else summed(()),
        incurred=summed((line.code, line.incurred) for line in lines),
        before=summed((line.code, line.before) for line in lines),
        forecast=summed((line.code, line.forecast.total) for line in lines if line.forecast),
        expected=summed((line.code, line.expected.total) for line in lines if line.expected),
        unsaid=open_, earlier=earlier,
        silent_before=sorted((one for one in earlier if silence[one.id].whole), key=place, reverse=True), items_before=past,
        unreported=unreported,
        whole=lambda: basis(s, actor, report) == basis(s, SYSTEM, report),
    )  # fmt: skip


def nothing_of(code: str, row: BudgetLine | None) -> IncurredLine:
    """A line that the budget in force does not have, on which nothing was spent or forecast."""
    return IncurredLine(code, row, None, None, 0, 0, None, None, NOTHING, False)


def _claimed(row: Expenditure, contract: Contract, into: str | None, period: tuple[date, date], rates: Book) -> Claimed:
    amount, regime = Money(row.amount_minor, row.amount_currency), contract.rate_regime
    if into is None:
        return Claimed(row, NoRate(amount, regime or "", "currency_unknown"))
    if amount.currency != into and regime is None:
        return Claimed(row, NoRate(amount, "", "regime_unknown"))
    if regime == "fixed" and amount.currency != into and "EUR" not in (amount.currency, into):
        return Claimed(row, NoRate(amount, regime, "fixed_unknown"))
    foreign = amount.currency if amount.currency != "EUR" else into
    made = convert(
        amount, into, book=rates, regime=regime or "B", period=period, day=row.paid,
        fixed=contract.fixed_rate if foreign == contract.fixed_currency else None, rounding=contract.rounding or "nearest",
    )  # fmt: skip
    return Claimed(row, made, ["rate_computed"] if isinstance(made, Conversion) and made.computed else [])


def _doubts(
    one: Claimed, rows: Collection[Expenditure], version: Version | None, contract: Contract, report: DueReport
) -> list[str]:
    items = {(row.due_report_id, row.place): _item(row) for row in rows}
    mine = items[one.row.due_report_id, one.row.place]
    ends = [day for day in (report.period_to, day_of(contract.end)) if day]
    return rules.doubts(mine, items.values(), version.by_code if version else (), report.period_from, min(ends))


def _item(row: Expenditure) -> Item:
    return Item(row.code, row.document, row.paid, row.amount_currency, row.amount_minor)


def _lines(version, currency, mine, past, said, expected_before) -> list[IncurredLine]:
    now, ago, units = defaultdict(int), defaultdict(int), defaultdict(list)
    for one in mine:
        now[one.row.code] += one.amount or 0
        units[one.row.code].append(one.row.quantity)
    for one in past:
        ago[one.row.code] += one.amount or 0
    planned = {line.code: line for line in version.lines} if version else {}
    rows = version.by_code if version else {}
    found = []
    for code in sorted({*planned, *now, *ago, *said, *expected_before}, key=order):
        written = {"forecast": expected_before.get(code), "expected": said.get(code)}
        forecast, expected = (_expected(row, currency) for row in written.values())
        elsewhere = tuple(which for which, row in written.items() if _expected(row) and not _expected(row, currency))
        explanation = Pair(said[code].explanation_cs, said[code].explanation_en) if code in said else NOTHING
        found.append(IncurredLine(
            code, rows.get(code), planned.get(code), _sum(units[code]), now[code], ago[code], forecast, expected, explanation,
            False, elsewhere,
        ))  # fmt: skip
    return found


def _expected(row: ReportLine | None, currency: str | None = None) -> Line | None:
    """What a report expects of a line; None where that is nothing, or not in `currency` (None: in any)."""
    if row is None or row.expected_units is None or currency not in (None, row.expected_currency):
        return None
    return Line(row.code, row.expected_units, row.expected_minor or 0)


def _sum(units: list[Decimal | None]) -> Decimal | None:
    """Units of a line; None where one of its items does not say how many it is."""
    known = [one for one in units if one is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(units) else None
