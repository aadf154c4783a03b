"""Money: each measure in total and by each dimension, and the flows behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, Subquery, case, func, select
from sqlalchemy.orm import Session

from portal.figures.affected import excerpt
from portal.figures.behind import Behind
from portal.figures.dimensions import DIMENSIONS
from portal.figures.measures import KNOWN_FUNDING, Measure, Paired
from portal.figures.parted import OF, UNSURE_FIRST, included_sureness, judged_of, parted, rank
from portal.figures.said import UNSOURCED
from portal.figures.scope import Scope
from portal.figures.selection import judged
from portal.figures.shapes import Cell, Funding, Share, Shares
from portal.figures.telling import adds
from portal.funding.models import Flow
from portal.funding.queries import flows
from portal.kernel.money import Money
from portal.kernel.permission import Actor
from portal.kernel.record import Record
from portal.sources.models import Statement
from portal.sources.queries import disputes


def total(s: Session, actor: Actor, scope: Scope, measure: Measure | Paired) -> Funding | Shares:
    """A measure of the whole scope, per currency."""
    [(_, found)] = folded(s, actor, scope, measure).items() or [(None, nothing(measure))]
    return found


def known_funding(s: Session, actor: Actor, scope: Scope) -> Funding:
    """All money of the scope that is known and counts, per currency."""
    return total(s, actor, scope, KNOWN_FUNDING)


def known_funding_at(s: Session, actor: Actor, scope: Scope, record_ids: Select) -> Funding:
    """Known funding of a list of records (a SELECT of their ids), judged as that of a scope that holds just them: an amount
    included in another one counts here unless that one is booked at a record of the list too."""
    [(_, found)] = folded(s, actor, scope, KNOWN_FUNDING, booked_at=record_ids).items() or [(None, Funding())]
    return found


def included_outside(s: Session, actor: Actor, scope: Scope, record_ids: Select | None = None) -> int:
    """How many amounts count here only because what they are included in lies outside the scope (or the list of records):
    why the total of a part of the portfolio may be more than what its records add to the total of all."""
    narrowing = ("framework", "country", "organisation", "role", "instrument", "provider", "years", "currency")
    wide = replace(scope, **dict.fromkeys(narrowing))
    here, whole = judged(actor, scope, record_ids), judged(actor, replace(wide, statuses=(), reach="all"))
    counting = select(func.count()).select_from(here.join(whole, whole.c.id == here.c.id))
    return s.scalar(counting.where(adds(here), whole.c.reason == "included"))


def disagreements(s: Session, actor: Actor, scope: Scope) -> tuple[int, int]:
    """How many of the amounts that known funding adds up are disputed (sources state different ones), and of how many another
    statement leads (see `led_by_others`). One statement."""
    held, asked = judged(actor, scope), disputes(actor).where(Statement.field == "amount").subquery()
    others = Record.__table__.c.certainty.not_in(scope.admitted)
    counting = select(func.count(asked.c.record_id), func.count(case((others, 1)))).select_from(
        held.join(Record.__table__, Record.__table__.c.id == held.c.id).outerjoin(asked, asked.c.record_id == held.c.id)
    )
    return tuple(s.execute(counting.where(adds(held))).one())


def led_by_others(
    s: Session,
    actor: Actor,
    scope: Scope,
    measure: Measure | Paired = KNOWN_FUNDING,
    by: str | None = None,
    part: str | None = None,
) -> int:
    """How many of the amounts that a measure (or one group of it) adds up are led by another statement, which the sources of the
    scope do not make: theirs counts, the one that leads is left out."""
    if scope.certainty == "all":
        return 0
    held, record = parted(actor, scope, measure, () if by is None or part is None else (by,)), Record.__table__
    counting = select(func.count()).select_from(held.join(record, record.c.id == held.c.id))
    asked = counting.where(adds(held), record.c.certainty.not_in(scope.admitted))
    return s.scalar(asked if by is None or part is None else asked.where(_in_group(held, by, part)))


def unsourced(s: Session, actor: Actor, scope: Scope, measure: Measure | Paired = KNOWN_FUNDING) -> int:
    """How many flows a measure leaves out because no source states their amounts."""
    if scope.certainty == "all":
        return 0
    held = judged_of(actor, scope, measure, unsourced=True)
    return s.scalar(select(func.count()).select_from(held).where(held.c.reason == UNSOURCED))


def _in_group(held: Subquery, by: str, part: str) -> ColumnElement[bool]:
    """SQL predicate: the row stands in a group of a breakdown. ValueError for what can be no key."""
    key, wanted = held.c[f"by_{by}"], DIMENSIONS[by].read(part)
    return key.is_(None) if wanted is None else key == wanted


FEW = 200
"""Places of which the flows that concern theirs are gathered, so that not all are judged for a page of a list."""


def by_place(s: Session, actor: Actor, scope: Scope, record_ids: Iterable[int]) -> dict[int, Funding]:
    """Known funding of each of the projects and frameworks given, as booked at it; those without money are missing."""
    ids = set(record_ids)
    if len(ids) <= FEW:
        scope = replace(scope, only=excerpt(s, ids))
    return folded(s, actor, scope, KNOWN_FUNDING, "project", only=ids)


@dataclass(frozen=True)
class JudgedFlow:
    """A flow of the scope and whether it counts: `reason` (see `selection.REASONS`) is None for one that does. `side` of a
    paired measure: 1 what is taken from, -1 what is taken. `minor`, `currency`, `certainty` and `approximate` are of its amount
    as the sources of the scope state it."""

    flow: Flow
    reason: str | None
    instrument_id: int | None
    framework_id: int | None
    side: int
    minor: int | None
    currency: str | None
    certainty: str
    approximate: int
    unknown_reason: str | None

    @property
    def amount(self) -> Money | None:
        """What the sources of the scope state; None where they do not."""
        return None if self.minor is None else Money(self.minor, self.currency)

    @property
    def silenced(self) -> bool:
        """Whether another statement leads, which those sources do not make."""
        return self.certainty != self.flow.certainty


def behind(
    actor: Actor,
    scope: Scope,
    by: str | None = None,
    part: str | None = None,
    measure: Measure | Paired = KNOWN_FUNDING,
    unsourced: bool = False,
) -> Behind:
    """The flows behind a measure, counted ones first: rows for `JudgedFlow`. `by` and `part` pick one group of a breakdown by
    its key. `unsourced`: also flows whose amounts no source states, as they are written. ValueError for what can be no key."""
    held = parted(actor, scope, measure, () if by is None or part is None else (by,), unsourced=unsourced)
    asked = (
        flows(actor)
        .join(held, held.c.id == Flow.id)
        .add_columns(held.c.reason, held.c.instrument_id, held.c.framework_id, held.c.side)
        .add_columns(held.c.minor, held.c.currency, held.c.certainty, held.c.approximate, held.c.unknown_reason)
    )
    if by is not None and part is not None:
        asked = asked.where(_in_group(held, by, part))
    counted = case((held.c.reason.is_(None), 0), else_=1)
    return Behind(asked, (counted, Flow.valued_from), Flow.id, _judged_flow)


def _judged_flow(flow: Flow, reason: str | None, *told) -> JudgedFlow:
    """A row of `behind`; what no source states shows the amount that was entered."""
    if reason == UNSOURCED:
        amount, about = flow.amount, int(flow.amount_mark != "exact")
        told = (*told[:3], amount.minor, amount.currency, flow.certainty, about, None)
    return JudgedFlow(flow, reason, *told)


def records(
    s: Session,
    actor: Actor,
    scope: Scope,
    by: str | None = None,
    part: str | None = None,
    measure: Measure | Paired = KNOWN_FUNDING,
) -> list[JudgedFlow]:
    """All flows behind a measure, in the order of `behind`."""
    return behind(actor, scope, by, part, measure).all(s)


def nothing(measure: Measure | Paired) -> Funding | Shares:
    """The value of a measure where nothing is known."""
    return Shares() if isinstance(measure, Paired) and measure.share else Funding()


def folded(
    s: Session,
    actor: Actor,
    scope: Scope,
    measure: Measure | Paired,
    by: str | None = None,
    only: set[int] | None = None,
    booked_at: Select | None = None,
) -> dict:
    """{key: Funding} (of a share: Shares) of the flows of the scope, in one statement. `by`: a dimension; without it the only
    key is None. `only`: just these keys."""
    held = parted(actor, scope, measure, (by,) if by else (), booked_at)
    if isinstance(measure, Paired):
        return _paired(s, held, measure, by)
    keys = [held.c[f"by_{by}"]] if by else []
    alike = [*keys, held.c.reason, held.c.currency, included_sureness(held), held.c.approximate]
    asked = select(*alike, func.sum(held.c.minor), func.count()).group_by(*alike)
    if only is not None:
        asked = asked.where(keys[0].in_(only))
    cells, included, left_out = defaultdict(list), defaultdict(list), defaultdict(lambda: defaultdict(int))
    for *place, reason, currency, certainty, approximate, minor, count in s.execute(asked):
        place = place[0] if place else None
        if reason is not None:
            left_out[place][reason] += count
        if reason in (None, "included"):
            cell = Cell(currency, certainty, bool(approximate), int(minor), count)
            (cells if reason is None else included)[place].append(cell)
    return {
        place: Funding(_sorted(cells[place]), _sorted(included[place]), dict(left_out[place]))
        for place in {*cells, *left_out}
    }


def _paired(s: Session, held, measure: Paired, by: str | None) -> dict:
    """As `folded`: first each unit and currency, then the units of each group."""
    keys = [held.c[f"by_{by}"].label("group_key")] if by else []
    alike = [held.c[f"by_{by}"]] if by else []
    of = func.sum(case((held.c.side == OF, held.c.minor), else_=0)).label("of")
    less = func.sum(case((held.c.side == OF, 0), else_=held.c.minor)).label("less")
    units = (
        select(
            *keys, held.c.reason, held.c.currency, of, less, func.max(held.c.approximate).label("approximate"),
            func.min(rank(held.c.certainty)).label("sureness"), func.count().label("flows"),
        )
        .group_by(*alike, held.c.reason, held.c.unit_id, held.c.currency)
        .subquery()
    )  # fmt: skip
    together = [*([units.c.group_key] if by else []), units.c.reason, units.c.currency]
    together += [units.c.approximate] if measure.share else [units.c.approximate, units.c.sureness]
    asked = select(
        *together, func.sum(units.c.of), func.sum(units.c.less), func.sum(units.c.flows)
    ).group_by(*together)  # fmt: skip
    cells, left_out = defaultdict(list), defaultdict(lambda: defaultdict(int))
    for row in s.execute(asked):
        place, (reason, currency, approximate, *sureness, whole, part, count) = (row[0], row[1:]) if by else (None, row)
        if reason is not None:
            left_out[place][reason] += int(count)
        elif measure.share:
            amounts = Money(int(part), currency), Money(int(whole), currency)
            cells[place].append(Share(currency, *amounts, bool(approximate), int(count)))
        else:
            certainty = UNSURE_FIRST[sureness[0]]
            cells[place].append(Cell(currency, certainty, bool(approximate), int(whole) - int(part), int(count)))
    if measure.share:
        return {p: Shares(together_of(cells[p]), dict(left_out[p])) for p in {*cells, *left_out}}
    return {p: Funding(_sorted(cells[p]), (), dict(left_out[p])) for p in {*cells, *left_out}}


def together_of(shares: Iterable[Share]) -> tuple[Share, ...]:
    """Shares folded to one for each currency."""
    found: dict[str, Share] = {}
    for one in shares:
        had = found.get(one.currency)
        found[one.currency] = one if had is None else Share(
            one.currency, had.part + one.part, had.whole + one.whole, had.approximate or one.approximate,
            had.flows + one.flows,
        )  # fmt: skip
    return tuple(found[currency] for currency in sorted(found))


def _sorted(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    return tuple(sorted(cells, key=lambda c: (c.currency, c.certainty, c.approximate)))


def merged(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Cells folded to one for each currency, certainty and mark."""
    sums: dict[tuple, list[int]] = defaultdict(lambda: [0, 0])
    for c in cells:
        into = sums[c.currency, c.certainty, c.approximate]
        into[0] += c.minor
        into[1] += c.flows
    return _sorted(Cell(*alike, minor, count) for alike, (minor, count) in sums.items())
