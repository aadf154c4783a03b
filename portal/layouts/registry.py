"""The layouts there are, by key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from portal.frameworks.models import Framework
from portal.funding.models import Contract
from portal.kernel.errors import InvalidInput
from portal.kernel.record import Record
from portal.layouts import annual, financial, portfolio, project, scoreboard
from portal.layouts.draft import Draft
from portal.layouts.order import Order
from portal.layouts.places import Made
from portal.layouts.writing import write
from portal.obligations.models import DueReport
from portal.obligations.rules import ON_MONEY
from portal.projects.models import Project
from portal.web.i18n import lazy_gettext as _l

WHOLE = ("certainty", "whole")


@dataclass(frozen=True)
class Layout:
    """One layout. `version` rises whenever it gives another file for the same data; `kinds`: the kinds of report it is meant for;
    `columns`: keys of those that can be chosen; `of`: kinds of what a report may be of; `money`: only of a contract's money;
    `heeds`: which of the choices `certainty` and `whole` make another file."""

    key: str
    version: int
    name: object
    draft: Callable[[Order], tuple[Draft, list[tuple[int, str]]]]
    kinds: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    of: tuple[type[Record], ...] = (Framework, Project)
    money: bool = False
    heeds: tuple[str, ...] = ("certainty",)
    stops: Callable[[Order], list[str]] = lambda order: []
    """Why the file cannot be sent though it can be made, in words."""

    def make(self, order: Order) -> Made:
        """The file. InvalidInput {field: code} where the choices do not go together."""
        if not isinstance(order.of, self.of):
            raise InvalidInput({"layout": "layout_needs_project" if self.of == (Project,) else "layout_needs_place"})
        made, documents = self.draft(order)
        return write(made, order, documents)


LAYOUTS: dict[str, Layout] = {
    layout.key: layout
    for layout in (
        Layout("portfolio", 2, _l("Portfolio overview"), portfolio.draft, ("interim_narrative", "final_narrative"), heeds=WHOLE),
        Layout("scoreboard", 2, _l("Scoreboard of a Mobility Partnership"), scoreboard.draft, ("scoreboard",), scoreboard.KEYS),
        Layout("annual", 3, _l("Annual table in the manner of AMIF"), annual.draft, ("annual",), heeds=WHOLE),
        Layout(
            "financial", 6, _l("Financial report by cost headings"), financial.draft, ON_MONEY, of=(Record,), money=True,
            heeds=(), stops=financial.stops,
        ),
        Layout(
            "budget", 4, _l("Budget of the action"), financial.budget, of=(Record,), money=True,
            heeds=(), stops=financial.stops_of_budget,
        ),
        Layout("project", 2, _l("Project sheet"), project.draft, of=(Project,)),
    )
}  # fmt: skip


def offered(report: DueReport, of: Record) -> list[Layout]:
    """The layouts for a report that is of a framework or project, or of a contract for it; for one of a contract of which nobody
    knows what it is for, those of its money, which may be none."""
    money = isinstance(report.obligation.of, Contract) and report.obligation.kind_code in ON_MONEY
    return [layout for layout in LAYOUTS.values() if isinstance(of, layout.of) and (money or not layout.money)]


def suited(report: DueReport, of: Record) -> Layout | None:
    """The layout to begin with, by the kind of report; None where none is offered."""
    found = offered(report, of)
    return next(
        (layout for layout in found if report.obligation.kind_code in layout.kinds), found[0] if found else None
    )
