"""What stands behind a number: which group it is of, its value and coverage, and its records, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from portal.figures import FIGURES, Breakdown, Count, Coverage, Figure, Funding, Group, Scope, Shares
from portal.figures.coverage import gaps
from portal.figures.dimensions import DIMENSIONS, MORE, NONE
from portal.figures.names import group_name
from portal.figures.shapes import Unit
from portal.kernel.permission import Actor
from portal.sources.queries import disputed, record
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

    `funding` is of money, `number` of projects (`of_all`: how many the whole figure counts). `rows` are `JudgedFlow` or
    `SaidProject`; `disputed` the ids of flows among them on whose amount sources disagree; `gaps` the first projects of which
    no amount is known.
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
    disputed: frozenset[int] = frozenset()
    gaps: list[Unit] = field(default_factory=list)

    @property
    def counting(self) -> int:
        """How many flows add up to the value."""
        value = self.funding or self.shares
        return sum(cell.flows for cell in value.cells) if value else 0

    @property
    def left_out(self) -> int:
        """How many flows stand here and do not add."""
        value = self.funding or self.shares
        return sum(value.left_out.values()) if value else 0


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
    found = figure.behind(actor, scope, part=part)
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
    rows = [found.made(*row) for row in view.rows(found.select)]
    if isinstance(whole, Count):
        return Behind(figure, name, coverage, view, rows, number=of_part.number, of_all=whole.number)
    conflicts = disputed(s, actor, "amount", [row.flow.id for row in rows])
    by = figure.by if part is not None else None
    unknown = gaps(s, actor, scope, SHOWN, by, part, figure.measure)
    value = {"shares": of_part} if isinstance(of_part, Shares) else {"funding": of_part}
    return Behind(figure, name, coverage, view, rows, **value, disputed=conflicts, gaps=unknown)


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
