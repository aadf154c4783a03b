"""Known funding: in total, by instrument, by framework, and the flows behind it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Select, case, func, select, union
from sqlalchemy.orm import Session

from portal.figures import coverage as covering
from portal.figures.behind import Behind
from portal.figures.scope import NOT_STATED, Scope
from portal.figures.selection import framework_of, held_flows, judged
from portal.figures.shapes import KNOWN, UNKNOWN, WITHIN, Breakdown, Cell, Coverage, Funding, Group
from portal.frameworks.models import Framework
from portal.funding.models import Flow, Instrument
from portal.funding.queries import flows
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record
from portal.sources.models import Statement
from portal.sources.queries import disputes

NONE = "none"
"""Key of the group without an instrument or framework."""


def known_funding(s: Session, actor: Actor, scope: Scope) -> Funding:
    """All money of the scope that is known and counts, per currency."""
    [(_, funding)] = _folded(s, actor, scope, None).items() or [(None, Funding())]
    return funding


def by_instrument(s: Session, actor: Actor, scope: Scope) -> Breakdown:
    """Known funding by instrument, every instrument of the scope listed, the money without one under `none`."""
    return _breakdown(s, actor, scope, "instrument", _instruments(s, actor, scope), _by_instrument(s, actor, scope))


def by_framework(s: Session, actor: Actor, scope: Scope) -> Breakdown:
    """Known funding by the framework that the record belongs to; flows booked at a framework stand under it."""
    return _breakdown(s, actor, scope, "framework", _frameworks(s, actor, scope), _by_framework(s, actor, scope))


def known_funding_at(s: Session, actor: Actor, scope: Scope, record_ids: Select) -> Funding:
    """Known funding of a list of records (a SELECT of their ids), judged as that of a scope that holds just them: an amount
    included in another one counts here unless that one is booked at a record of the list too."""
    [(_, funding)] = _folded(s, actor, scope, None, booked_at=record_ids).items() or [(None, Funding())]
    return funding


def included_outside(s: Session, actor: Actor, scope: Scope, record_ids: Select | None = None) -> int:
    """How many amounts count here only because what they are included in lies outside the scope (or the list of records):
    why the total of a part of the portfolio may be more than what its records add to the total of all."""
    wide = replace(scope, **dict.fromkeys(("framework", "country", "organisation", "instrument", "provider", "years")))
    here, whole = judged(actor, scope, record_ids), judged(actor, replace(wide, statuses=()))
    counting = select(func.count()).select_from(here.join(whole, whole.c.id == here.c.id))
    return s.scalar(counting.where(here.c.reason.is_(None), whole.c.reason == "included"))


def disputed(s: Session, actor: Actor, scope: Scope) -> int:
    """How many of the amounts that known funding adds up are disputed: sources state different ones."""
    held, asked = judged(actor, scope), disputes(actor).where(Statement.field == "amount").subquery()
    counting = select(func.count()).select_from(held.join(asked, asked.c.record_id == held.c.id))
    return s.scalar(counting.where(held.c.reason.is_(None)))


def by_place(s: Session, actor: Actor, scope: Scope, record_ids: Iterable[int]) -> dict[int, Funding]:
    """Known funding of each of the projects and frameworks given, as booked at it; those without money are missing."""
    return _folded(s, actor, scope, "booked_id", set(record_ids))


@dataclass(frozen=True)
class JudgedFlow:
    """A flow of the scope and whether it counts: `reason` (see `selection.REASONS`) is None for one that does."""

    flow: Flow
    reason: str | None
    instrument_id: int | None
    framework_id: int | None


def behind(actor: Actor, scope: Scope, by: str | None = None, part: str | None = None) -> Behind:
    """The flows behind known funding, counted ones first: rows for `JudgedFlow`. `by` and `part` pick one group of a
    breakdown by its key. ValueError for what can be no key."""
    held = judged(actor, scope)
    asked = (
        flows(actor)
        .join(held, held.c.id == Flow.id)
        .add_columns(held.c.reason, held.c.instrument_id, held.c.framework_id)
    )
    if by is not None and part is not None:
        key = held.c[f"{by}_id"]
        asked = asked.where(key.is_(None) if part == NONE else key == _id(part))
    return Behind(asked, (case((held.c.reason.is_(None), 0), else_=1), Flow.valued_from), Flow.id, JudgedFlow)


def records(s: Session, actor: Actor, scope: Scope, by: str | None = None, part: str | None = None) -> list[JudgedFlow]:
    """All flows behind known funding, in the order of `behind`."""
    return behind(actor, scope, by, part).all(s)


def _id(part: str) -> int:
    """The id a group is keyed by. ValueError for what can be none."""
    if not re.fullmatch(r"[0-9]{1,9}", part, re.ASCII):
        raise ValueError(f"no such group: {part[:40]!r}")
    return int(part)


def _folded(
    s: Session,
    actor: Actor,
    scope: Scope,
    key: str | None,
    only: set[int] | None = None,
    booked_at: Select | None = None,
) -> dict:
    """{key: Funding} of the flows of the scope, in one statement."""
    held = judged(actor, scope, booked_at)
    keys = [held.c[key]] if key else []
    alike = [*keys, held.c.reason, held.c.currency, held.c.certainty, held.c.approximate]
    asked = select(*alike, func.sum(held.c.minor), func.count()).group_by(*alike)
    if only is not None:
        asked = asked.where(held.c[key].in_(only))
    cells, included, left_out = defaultdict(list), defaultdict(list), defaultdict(lambda: defaultdict(int))
    for *place, reason, currency, certainty, approximate, minor, count in s.execute(asked):
        place = place[0] if place else None
        if reason is not None:
            left_out[place][reason] += count
        if reason in (None, "included"):
            cell = Cell(currency, certainty, bool(approximate), int(minor), count)
            (cells if reason is None else included)[place].append(cell)
    return {
        place: Funding(tuple(_sorted(cells[place])), tuple(_sorted(included[place])), dict(left_out[place]))
        for place in {*cells, *left_out}
    }


def _sorted(cells: Iterable[Cell]) -> list[Cell]:
    return sorted(cells, key=lambda c: (c.currency, c.certainty, c.approximate))


def _breakdown(s: Session, actor: Actor, scope: Scope, by: str, named: dict, covered: dict) -> Breakdown:
    parts = _folded(s, actor, scope, f"{by}_id")
    missing = {i for i in (*parts, *covered) if i is not None} - set(named)
    if missing:
        found = s.execute(
            select(Record.id, Record.name_cs, Record.name_en).where(Record.id.in_(missing), visible_to(actor))
        )
        named = named | {i: (cs, en) for i, cs, en in found}
    groups = [
        Group(str(i), i, cs, en, parts.get(i, Funding()), coverage=covered.get(i, Coverage()))
        for i, (cs, en) in named.items()
    ]
    if None in parts or None in covered:
        groups.append(Group(NONE, funding=parts.get(None, Funding()), coverage=covered.get(None, Coverage())))
    whole = _whole(parts.values())
    return Breakdown(by, tuple(groups), whole)


def _whole(parts: Iterable[Funding]) -> Funding:
    """The total of a breakdown, folded from its parts."""
    left_out: dict[str, int] = defaultdict(int)
    for part in parts:
        for reason, count in part.left_out.items():
            left_out[reason] += count
    return Funding(
        _merged(c for p in parts for c in p.cells),
        _merged(c for p in parts for c in p.included_cells),
        dict(left_out),
    )


def _merged(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    sums: dict[tuple, list[int]] = defaultdict(lambda: [0, 0])
    for c in cells:
        into = sums[c.currency, c.certainty, c.approximate]
        into[0] += c.minor
        into[1] += c.flows
    return tuple(_sorted(Cell(*alike, minor, count) for alike, (minor, count) in sums.items()))


def _instruments(s: Session, actor: Actor, scope: Scope) -> dict[int, tuple[str, str]]:
    asked = select(Instrument.id, Instrument.name_cs, Instrument.name_en).where(
        visible_to(actor, Instrument), Instrument.certainty.in_(scope.admitted)
    )
    if scope.by_place or scope.by_flow:
        held = held_flows(actor, scope)
        asked = asked.where(Instrument.id.in_(select(held.c.instrument_id).where(held.c.instrument_id.is_not(None))))
    return {i: (cs, en) for i, cs, en in s.execute(asked.order_by(Instrument.order_cs, Instrument.id))}


def _frameworks(s: Session, actor: Actor, scope: Scope) -> dict[int, tuple[str, str]]:
    """Frameworks with a project or flow of the scope; how many have neither says the coverage of frameworks."""
    held = held_flows(actor, scope)
    mine = covering.states(actor, scope, framework_of().label("framework_id")).subquery()
    theirs = union(
        select(mine.c.framework_id).where(mine.c.framework_id.is_not(None)),
        select(held.c.framework_id).where(held.c.framework_id.is_not(None)),
    )
    asked = select(Framework.id, Framework.name_cs, Framework.name_en).where(
        visible_to(actor, Framework), Framework.id.in_(theirs)
    )
    return {i: (cs, en) for i, cs, en in s.execute(asked.order_by(Framework.order_cs, Framework.id))}


def _by_framework(s: Session, actor: Actor, scope: Scope) -> dict[int | None, Coverage]:
    found = covering.states(actor, scope, framework_of().label("framework_id")).subquery()
    asked = select(found.c.framework_id, found.c.state, func.count()).group_by(found.c.framework_id, found.c.state)
    return _coverages(s.execute(asked))


def _by_instrument(s: Session, actor: Actor, scope: Scope) -> dict[int | None, Coverage]:
    """Of each instrument: the records with a flow from it, known or not; projects without any flow stand under none."""
    held = held_flows(actor, scope)
    at = select(
        held.c.booked_id, held.c.instrument_id, func.max(held.c.known).label("known")
    ).group_by(held.c.booked_id, held.c.instrument_id).subquery()  # fmt: skip
    state = case((at.c.known == 1, KNOWN), else_=UNKNOWN)
    found = _coverages(s.execute(select(at.c.instrument_id, state, func.count()).group_by(at.c.instrument_id, state)))
    if scope.instrument not in (None, NOT_STATED):
        return found
    states = covering.states(actor, scope).subquery()
    without = states.c.project_id.not_in(select(held.c.booked_id))
    rest = s.execute(select(states.c.state, func.count()).where(without).group_by(states.c.state))
    counted, none = dict(rest.all()), found.get(None, Coverage())
    total = Coverage(none.known, none.within + counted.get(WITHIN, 0), none.unknown + counted.get(UNKNOWN, 0))
    return found | ({None: total} if total.total else {})


def _coverages(rows) -> dict[int | None, Coverage]:
    counted: dict[int | None, dict[str, int]] = defaultdict(dict)
    for key, state, count in rows:
        counted[key][state] = count
    return {k: Coverage(c.get(KNOWN, 0), c.get(WITHIN, 0), c.get(UNKNOWN, 0)) for k, c in counted.items()}
