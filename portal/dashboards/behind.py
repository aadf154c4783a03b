"""What stands behind a number: which group it is of, its value and coverage, and its records, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from portal.figures import FIGURES, Breakdown, Count, Coverage, Figure, Funding, Group, Scope
from portal.figures.coverage import gaps
from portal.figures.funding import NONE
from portal.figures.names import status_name
from portal.figures.shapes import Unit
from portal.kernel.permission import Actor
from portal.sources.queries import disputed, record
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Listing, Sort, View

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
    number: int = 0
    of_all: int = 0
    disputed: frozenset[int] = frozenset()
    gaps: list[Unit] = field(default_factory=list)

    @property
    def counting(self) -> int:
        """How many flows add up to the value."""
        return sum(cell.flows for cell in self.funding.cells) if self.funding else 0

    @property
    def left_out(self) -> int:
        """How many flows stand here and do not add."""
        return sum(self.funding.left_out.values()) if self.funding else 0


def behind(
    s: Session,
    actor: Actor,
    scope: Scope,
    key: str,
    part: str | None,
    args: Mapping,
    lang: str,
    names: Mapping[str, str],
) -> Behind:
    """The records behind a figure, or behind one group of it by its key. `names`: what the groups without a record are
    called. KeyError for an unknown figure, ValueError for what is no group of it."""
    figure = FIGURES[key]
    if part is not None and figure.by is None:
        raise ValueError(f"{key} has no groups")
    found = figure.behind(actor, scope, part=part)
    value = figure.value(s, actor, scope)
    whole = value.whole if isinstance(value, Breakdown) else value
    coverage, name, of_part = figure.coverage(s, actor, scope), None, whole
    if part is not None:
        group = next((g for g in value.groups if g.key == part), None) or Group(part, funding=Funding(), number=0)
        name = _name(s, actor, figure, group, lang, names)
        coverage = group.coverage
        of_part = Count(group.number) if isinstance(whole, Count) else group.funding
    view = Listing((), (Sort("behind", _l("Counts"), lambda v: found.order, nullable=True),), found.key).open(
        s, actor, args, lang
    )
    view.exact = True
    rows = [found.made(*row) for row in view.rows(found.select)]
    if isinstance(whole, Count):
        return Behind(figure, name, coverage, view, rows, number=of_part.number, of_all=whole.number)
    conflicts = disputed(s, actor, "amount", [row.flow.id for row in rows])
    by = figure.by if part is not None else None
    unknown = gaps(s, actor, scope, SHOWN, by, None if part in (None, NONE) else int(part))
    return Behind(figure, name, coverage, view, rows, funding=of_part, disputed=conflicts, gaps=unknown)


def _name(s: Session, actor: Actor, figure: Figure, group: Group, lang: str, names: Mapping[str, str]) -> str:
    """What a group is called, one that has become empty too. ValueError where the actor sees no such record."""
    if figure.by == "status":
        return status_name(group.key, lang)
    if group.key == NONE:
        return names[f"without_{figure.by}"]
    if group.record_id is not None:
        return group.name(lang)
    found = record(s, actor, int(group.key))
    if found is None or found.kind != figure.by:
        raise ValueError(f"no such group: {group.key}")
    return found.name(lang)
