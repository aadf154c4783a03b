"""How a number came about: which group it is of, its value and coverage, its records page by page with their sources, what
is not added and what that is counted with, what may be counted twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.dashboards.sheet import Line, side_of
from portal.figures import FIGURES, Breakdown, Count, Coverage, Figure, Funding, Group, Scope, Shares
from portal.figures.breakdowns import undated
from portal.figures.counted_with import CountedWith, counted_with
from portal.figures.coverage import gaps, twins
from portal.figures.dimensions import DIMENSIONS, MORE, NONE
from portal.figures.funding import led_by_others, unsourced
from portal.figures.measures import PLAIN, Measure
from portal.figures.names import group_name
from portal.figures.overpaid import Overpaid, overpaid
from portal.figures.parted import OF, parted
from portal.figures.registry import PROJECTS
from portal.figures.said import UNSOURCED
from portal.figures.shapes import Twins, Unit
from portal.figures.telling import adds
from portal.kernel.permission import Actor
from portal.kernel.record import Record
from portal.projects.models import Project
from portal.sources.queries import Claim, Facts, facts_of, record, records
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Listing, Sort, View

PLACES = ("project", "framework")
ANYBODY = ("organisation", "country", "role_holder", *PLACES)
KINDS = {
    "instrument": ("instrument",), "framework": ("framework",), "project": PLACES, "country": ("country",),
    "provider": ANYBODY, "receiver": ANYBODY, "implementer": ANYBODY,
}  # fmt: skip
"""The kinds of record that can be a group of a dimension."""
SHOWN = 50
"""Projects without a known amount that are named."""


@dataclass(frozen=True)
class Behind:
    """A figure, or the group `name` of it, with one page of its records.

    `funding` is of money, `number` of records (`of_all`: how many the whole figure counts). `rows` are `JudgedFlow`,
    `SaidProject` or `Counted`; `facts` what their sources state, by id of the record; `gaps` the first projects of which no
    amount is known; `twins` those that may be one and the same among what counts; `withs` what a row that does not add is
    counted with and `others` the flows named there, by id; `led_by_others` how many of the amounts that add are led by another
    statement, which the sources of the selection do not make; `unsourced` how many flows no source states, which are named
    behind the whole figure only: no source says of which group they would be; `overpaid` where the payments left out exceed
    their commitments; `undated`: what the years of the selection leave out because it is dated to none.
    """

    figure: Figure
    name: str | None
    coverage: Coverage
    view: View
    rows: list
    funding: Funding | None = None
    shares: Shares | None = None
    number: int = 0
    of_all: int = 0
    facts: dict[int, Facts] = field(default_factory=dict)
    gaps: list[Unit] = field(default_factory=list)
    twins: tuple[Twins, ...] = ()
    withs: dict[tuple[int, str], CountedWith] = field(default_factory=dict)
    others: dict[int, Record] = field(default_factory=dict)
    led_by_others: int = 0
    unsourced: int = 0
    overpaid: list[Overpaid] = field(default_factory=list)
    undated: Funding | None = None

    @property
    def counting(self) -> int:
        """How many flows add up to the value."""
        value = self.funding or self.shares
        return sum(cell.flows for cell in value.cells) if value else 0

    @property
    def reasons(self) -> dict[str, int]:
        """How many flows stand here and do not add, by the reason."""
        value = self.funding or self.shares
        bare = {UNSOURCED: self.unsourced} if self.unsourced else {}
        return dict(sorted((value.left_out | bare).items())) if value else {}

    @property
    def left_out(self) -> int:
        """How many flows stand here and do not add."""
        return sum(self.reasons.values())

    def counted_with(self, row) -> tuple[CountedWith, Record] | None:
        """The flow that tells of the same money as a row that does not add; None where there is none to name."""
        known = self.withs.get((row.flow.id, row.reason))
        return (known, self.others[known.flow_id]) if known and known.flow_id in self.others else None

    def inner(self, row) -> Record | None:
        """The end of an internal flow that lies within the selection: whose money it was already, or who has it still."""
        measure = self.figure.measure
        plain = measure if isinstance(measure, Measure) else measure.of if row.side == OF else measure.less
        return getattr(row.flow, plain.inside.removesuffix("_id"))

    def amount_of(self, row, admitted: tuple[str, ...]) -> Claim | None:
        """The statement that gives the amount of a row: what leads, or where that is none of the certainties admitted, the last
        other one that is; None where nothing is stated with a source."""
        view = self.facts[row.flow.id]["amount"]
        if not row.silenced:
            return view.lead
        return next((c for c in reversed(view.others) if c.statement.certainty in admitted), None)

    def claim_of(self, row, admitted: tuple[str, ...]) -> Claim | None:
        """The statement that says the status a row stands under, by the certainties admitted; None for a status that no
        source states."""
        code = row.key.split(":")[0]
        claims = self.facts[row.project.id]["status"].claims if row.project.id in self.facts else ()
        return next((c for c in claims if c.statement.value == code and c.statement.certainty in admitted), None)


def behind(
    s: Session,
    actor: Actor,
    scope: Scope,
    key: str,
    part: str | None,
    args: Mapping,
    lang: str,
) -> Behind:
    """The records behind a figure, or behind one group of it by its key. KeyError for an unknown
    figure, ValueError for what is no group of it."""
    figure = FIGURES[key]
    if part is not None and figure.by is None:
        raise ValueError(f"{key} has no groups")
    found = _records(figure, actor, scope, part)
    value = figure.value(s, actor, scope)
    whole = value.whole if isinstance(value, Breakdown) else value
    coverage, name, of_part = figure.coverage(s, actor, scope), None, whole
    if part is not None:
        group = next((g for g in value.groups if g.key == part), None) or _empty(figure, part)
        name = _name(s, actor, figure, group, lang)
        coverage = group.coverage
        of_part = Count(group.number) if isinstance(whole, Count) else group.funding or group.shares
    view = Listing((), (Sort("behind", _l("Counts"), lambda v: found.order, nullable=True),), found.key).open(
        s, actor, args, lang
    )
    view.exact = True
    rows = [found.made(*(row if isinstance(row, Sequence) else (row,))) for row in view.rows(found.told_in(s))]
    if figure.words:
        same = twins(s, actor, scope, found.told_in(s).with_only_columns(Project.id)) if figure.unit == PROJECTS else ()
        return Behind(figure, None, coverage, view, rows, number=whole.number, of_all=whole.number, twins=same)
    if isinstance(whole, Count):
        stated = facts_of(s, actor, *(row.project for row in rows))
        same = twins(s, actor, scope, found.select.with_only_columns(Project.id))
        return Behind(
            figure, name, coverage, view, rows, number=of_part.number, of_all=whole.number, facts=stated, twins=same
        )
    stated = facts_of(s, actor, *(row.flow for row in rows))
    withs = counted_with(s, actor, scope, figure.measure, [row.flow.id for row in rows])
    others = records(s, actor, {one.flow_id for one in withs.values()})
    by = figure.by if part is not None else None
    unknown = gaps(s, actor, scope, SHOWN, by, part, figure.measure)
    value = {"shares": of_part} if isinstance(of_part, Shares) else {"funding": of_part}
    return Behind(
        figure, name, coverage, view, rows, **value, facts=stated, gaps=unknown, withs=withs, others=others,
        twins=twins(s, actor, scope, _counting(actor, scope, figure, part)),
        led_by_others=led_by_others(s, actor, scope, figure.measure, by, part),
        unsourced=unsourced(s, actor, scope, figure.measure) if part is None else 0,
        overpaid=overpaid(s, actor, scope, _places(actor, scope, figure, part)) if _left_out_as_stage(of_part) else [],
        undated=undated(s, actor, scope, figure.measure) if part is None else None,
    )  # fmt: skip


def _records(figure: Figure, actor: Actor, scope: Scope, part: str | None):
    """The records behind a figure; behind the whole of a measure also the flows no source states."""
    if figure.measure is None or part is not None:
        return figure.behind(actor, scope, part=part)
    return figure.behind(actor, scope, unsourced=True)


def all_of(s: Session, actor: Actor, scope: Scope, key: str, part: str | None) -> tuple[Figure, list[Line]]:
    """A figure and every record behind it, or behind one group of it, in the order of the page. Raises as `behind`."""
    figure = FIGURES[key]
    if part is not None and figure.by is None:
        raise ValueError(f"{key} has no groups")
    rows = _records(figure, actor, scope, part).all(s)
    if figure.measure is None:
        return figure, [Line(row) for row in rows]
    withs = counted_with(s, actor, scope, figure.measure, None)
    others = records(s, actor, {one.flow_id for one in withs.values()})
    names = {name: FIGURES[name].name for name in PLAIN}
    found = []
    for row in rows:
        told = withs.get((row.flow.id, row.reason))
        found.append(Line(row, side_of(figure, row, names), others.get(told.flow_id) if told else None))
    return figure, found


def _left_out_as_stage(value: Funding | Shares) -> bool:
    """Whether money is left out as another stage of what counts: of no measure but known funding."""
    return bool(value.left_out.get("other_stage"))


def _counting(actor: Actor, scope: Scope, figure: Figure, part: str | None) -> Select:
    """SELECT of the ids of records whose flows add up to a figure, or to one group of it."""
    return _places(actor, scope, figure, part, adding=True)


def _places(actor: Actor, scope: Scope, figure: Figure, part: str | None, adding: bool = False) -> Select:
    """SELECT of the ids of records whose flows stand behind a figure, or one group of it; `adding`: of those that add up."""
    by = figure.by if part is not None else None
    held = parted(actor, scope, figure.measure, (by,) if by else ())
    asked = select(held.c.booked_id)
    if adding:
        asked = asked.where(adds(held))
    if by is None:
        return asked
    key, wanted = held.c[f"by_{by}"], DIMENSIONS[by].read(part)
    return asked.where(key.is_(None) if wanted is None else key == wanted)


def called(s: Session, actor: Actor, figure: Figure, part: str | None, lang: str) -> str | None:
    """What a group of a figure is called by its key; None for the whole. ValueError for what is no group of it."""
    if part is None:
        return None
    if figure.by is None:
        raise ValueError(f"{figure.key} has no groups")
    DIMENSIONS[figure.by].read(part)
    return _name(s, actor, figure, _empty(figure, part), lang)


def _empty(figure: Figure, part: str) -> Group:
    """A group without anything in it."""
    if figure.unit == "share":
        return Group(part, shares=Shares(), number=0)
    return Group(part, funding=Funding(), number=0)


def _name(s: Session, actor: Actor, figure: Figure, group: Group, lang: str) -> str:
    """What a group is called, one that has become empty too. ValueError where the actor sees no such record."""
    one = DIMENSIONS[figure.by]
    if group.key == NONE or not one.ids or group.key == MORE or group.record_id is not None:
        return group_name(figure.by, group.key, lang, group.name(lang))
    found = record(s, actor, int(group.key))
    if found is None or found.kind not in KINDS[figure.by]:
        raise ValueError(f"no such group: {group.key}")
    return found.name(lang)
