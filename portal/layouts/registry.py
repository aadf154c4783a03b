"""The layouts there are, by key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from portal.kernel.record import Record
from portal.layouts import annual, portfolio, project, scoreboard
from portal.layouts.draft import Draft
from portal.layouts.order import Order
from portal.layouts.writing import Made, write
from portal.projects.models import Project
from portal.web.i18n import lazy_gettext as _l


@dataclass(frozen=True)
class Layout:
    """One layout. `version` rises whenever it gives another file for the same data; `kinds`: the kinds of report it is meant for;
    `columns`: keys of those that can be chosen; `of`: kinds of what a report may be of."""

    key: str
    version: int
    name: object
    draft: Callable[[Order], tuple[Draft, list[tuple[int, str]]]]
    kinds: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    of: type[Record] = Record

    def make(self, order: Order) -> Made:
        """The file. InvalidInput {field: code} where the choices do not go together."""
        made, documents = self.draft(order)
        return write(made, order, documents)


LAYOUTS: dict[str, Layout] = {
    layout.key: layout
    for layout in (
        Layout("portfolio", 1, _l("Portfolio overview"), portfolio.draft, ("interim_narrative", "final_narrative")),
        Layout("scoreboard", 1, _l("Scoreboard of a Mobility Partnership"), scoreboard.draft, ("scoreboard",), scoreboard.KEYS),
        Layout("annual", 1, _l("Annual table in the manner of AMIF"), annual.draft, ("annual",)),
        Layout("project", 1, _l("Project sheet"), project.draft, of=Project),
    )
}  # fmt: skip
"""Budgets and financial reports join when there are budgets to make them from."""


def offered(of: Record) -> list[Layout]:
    """The layouts for a report of that contract's place, framework or project."""
    return [layout for layout in LAYOUTS.values() if isinstance(of, layout.of)]


def suited(kind: str | None, of: Record) -> Layout:
    """The layout to begin with for a kind of report."""
    found = offered(of)
    return next((layout for layout in found if kind in layout.kinds), found[0])
