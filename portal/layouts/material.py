"""What the layouts are made from: the rows of the overview, for the place a report is of."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from portal.figures import FIGURES, Scope
from portal.frameworks.models import Framework
from portal.kernel.errors import InvalidInput
from portal.kernel.money import Money
from portal.kernel.record import Record
from portal.layouts.draft import Row, Table, Total
from portal.layouts.order import Order
from portal.projects.models import Project
from portal.reporting.overview import sheets
from portal.reporting.overview.cover import certainty_words
from portal.reporting.overview.gathering import Gathering, overview_of
from portal.reporting.overview.rows import Overview
from portal.reporting.overview.voice import Footnote
from portal.web.formats import unknown_text
from portal.web.i18n import gettext as _
from portal.workbooks.cells import yes_or_no
from portal.workbooks.columns import Sheet

SOURCES = replace(sheets.SOURCE_LIST, columns=tuple(c for c in sheets.SOURCE_LIST.columns if c.key != "supports"))
"""Without what each supports: that would name records that are in no other sheet."""
_NUMBERS = re.compile("[●○◊]([0-9]+)")


@dataclass
class Material:
    """The gathering and its rows; `projects`: the ids of those the file is of (None: all of the scope)."""

    order: Order
    g: Gathering
    overview: Overview
    projects: frozenset[int] | None = None

    @property
    def about(self) -> str:
        """What the file covers and what it relies on."""
        of = _("The whole portfolio") if self.order.choices.whole else self._place()
        return f"{of}; {certainty_words(self.overview.scope)}"

    def _place(self) -> str:
        """What the report is of; of a project, whose whole framework is in the file, that framework, and that it is the whole."""
        name, scope = self.order.of.name(self.order.lang), self.overview.scope
        if self.projects is not None or scope.framework in (None, self.order.of.id):
            return name
        framework = self.g.names.get(scope.framework, "")
        return _("%(framework)s: the whole framework of the project %(project)s", framework=framework, project=name)

    def rows(self, what: str) -> list[tuple[int, Any]]:
        """(record id, row) of the overview's projects, flows, milestones, indicators or frameworks."""
        pairs = list(zip(self.overview.ids[what], getattr(self.overview, what), strict=True))
        if self.projects is None:
            return pairs
        places = {
            "projects": lambda i: i,
            "milestones": {one.id: one.of_id for one in self.g.found.milestones}.get,
            "indicators": {one.id: one.of_id for one in self.g.found.indicators}.get,
            "flows": {one.flow.id: one.flow.booked_id for one in self.g.found.flows}.get,
        }
        return [(i, row) for i, row in pairs if places[what](i) in self.projects]

    def named(self, record_id: int) -> tuple[int, ...]:
        """A project, with everything that its row names."""
        p = self.g.projects[record_id]
        above = self.g.projects.get(p.umbrella_id) if p.umbrella_id else None
        seen = {
            p.id,
            p.framework_id,
            p.umbrella_id,
            *(c.id for c in self.g.countries.get(p.id, [])),
            *self._taking_part(p.id),
        }
        seen |= {above.framework_id} if above else set()
        seen |= {j.flow.id for j in self.g.found.flows if j.flow.booked_id in (p.id, p.umbrella_id)}
        return tuple(sorted(i for i in seen if i is not None))

    def _taking_part(self, record_id: int) -> set[int]:
        """Who takes part in a record, and the roles themselves."""
        parts = self.g.parts.get(record_id, [])
        return {part.participant.id for part in parts} | {part.participation.id for part in parts}

    def of_place(self, what: str, record_id: int) -> tuple[int, ...]:
        """A framework with who takes part in it; a milestone or indicator with its project or framework."""
        if what == "frameworks":
            return tuple(sorted({record_id, *self._taking_part(record_id)}))
        found = next(one for one in getattr(self.g.found, what) if one.id == record_id)
        values = self.g.found.values.get(record_id, []) if what == "indicators" else []
        return tuple(sorted({record_id, found.of_id, *(value.id for value in values)}))

    def of_flow(self, flow_id: int) -> tuple[int, ...]:
        """A flow, with everything that its row names."""
        flow = next(j.flow for j in self.g.found.flows if j.flow.id == flow_id)
        seen = {flow.id, flow.booked_id, flow.provider_id, flow.receiver_id, flow.instrument_id, flow.contract_id}
        seen |= {flow.included_in_id} & set(self.g.flow_codes)  # of another one the row names nothing
        return tuple(sorted(i for i in seen if i is not None))


def gathered(order: Order, narrow: bool = False) -> Material:
    """Everything of the place a report is of. `narrow`: of a project only itself and its parts."""
    of = order.of
    framework = None if order.choices.whole else _framework(of)
    if framework is None and not (order.choices.whole or narrow):
        raise InvalidInput({"layout": "layout_needs_framework"})  # without one, the scope would be the whole portfolio
    scope = Scope(certainty=order.choices.certainty, framework=framework)
    g = Gathering(order.s, order.actor, scope, order.lang)
    projects = None
    if narrow and isinstance(of, Project):
        projects = frozenset({of.id, *(p.id for p in g.below.get(of.id, []))})
    return Material(order, g, overview_of(g), projects)


def _framework(of: Record) -> int | None:
    """The framework itself; of a project its own, of a part without one that of what it is part of."""
    if isinstance(of, Framework):
        return of.id
    above = of if isinstance(of, Project) else None
    while above is not None and above.framework_id is None:
        above = above.umbrella
    return above.framework_id if above is not None else None


def in_language(cs: str, en: str, lang: str) -> str:
    """A text in the language of the file; one that is written in the other language only says so."""
    mine, other = (cs, en) if lang == "cs" else (en, cs)
    if mine or not other:
        return mine
    mark = _("[in English only]") if lang == "cs" else _("[in Czech only]")
    return f"{mark} {other}"


def notes(text: str) -> tuple[int, ...]:
    """The numbers of the footnotes in a line of references."""
    return tuple(sorted({int(n) for n in _NUMBERS.findall(text)}))


def funding(m: Material) -> Table:
    """The flows, with the totals of those that count beside the portal's figure, per currency."""
    pairs = m.rows("flows")
    rows = [Row(f"flow:{i}", row, m.of_flow(i), notes(row.sources)) for i, row in pairs]
    counted = [(i, row.amount.money) for i, row in pairs if row.counts and row.amount.money is not None]
    totals = []
    for code, told in sorted(_told(m).items()):
        words = _("Counted in total, %(currency)s", currency=code)
        where = (("amount_currency", code), ("counts", yes_or_no(True)))
        behind = tuple(sorted(i for i, money in counted if money.currency == code))
        totals.append(Total(words, "amount", where, told, "known_funding", behind))
    lines = [] if totals else [_("No amount is known by the sources chosen.")]
    return Table(sheets.FUNDING, rows, totals, lines)


def _told(m: Material) -> dict[str, Money]:
    """The known funding by currency as the portal's figures give it, of the chosen projects where they are chosen."""
    if m.projects is None:
        return {code: one.total for code, one in m.overview.funding.sums.items()}
    parted = FIGURES["known_funding_by_project"].value(m.order.s, m.order.actor, m.overview.scope)
    found: dict[str, Money] = {}
    for group in parted.groups:
        if group.key in {str(i) for i in m.projects}:
            for code, one in (group.funding.sums if group.funding else {}).items():
                found[code] = found[code] + one.total if code in found else one.total
    return found


def projects(m: Material, sheet: Sheet = sheets.PROJECTS) -> Table:
    """The projects, with how many have a known amount."""
    rows = [Row(f"project:{i}", row, m.named(i), notes(row.sources)) for i, row in m.rows("projects")]
    c = m.overview.coverage
    words = (
        (_("Projects with a known amount of their own"), _("known"), c.known),
        (_("Projects within one whose amount is known"), _("within the initiative"), c.within),
        (_("Projects whose amount is not stated"), unknown_text(), c.unknown),
        (_("Projects in total"), "*", c.total),
    )
    ids = tuple(sorted(i for i, _row in m.rows("projects")))
    totals = [Total(text, "money", (("money", word),), told, "projects", ids) for text, word, told in words]
    return Table(sheet, rows, totals)


def plain(m: Material, what: str, sheet: Sheet) -> Table:
    """Milestones, indicators or frameworks as the overview has them."""
    name = what.rstrip("s")
    return Table(sheet, [Row(f"{name}:{i}", row, m.of_place(what, i), notes(row.sources)) for i, row in m.rows(what)])


def sources(m: Material, tables: Sequence[Table]) -> Table:
    """The footnotes that the rows refer to."""
    wanted = {n for table in tables for row in table.rows for n in row.notes}
    rows = [
        Row(_key(note), note, (note.document.id,), (note.number,))
        for note in m.overview.footnotes
        if note.number in wanted
    ]
    return Table(SOURCES, rows)


def documents(m: Material) -> list[tuple[int, str]]:
    """The footnotes in words, for the sheet that explains the workbook."""
    return [(n.number, _words(n, m.order.lang)) for n in m.overview.footnotes]


def _words(note: Footnote, lang: str) -> str:
    return ", ".join(text for text in (note.document.name(lang), note.place) if text)


def _key(note: Footnote) -> str:
    """A footnote by what it quotes: its number moves."""
    quoted = hashlib.sha256(f"{note.place}\n{note.quotation}".encode()).hexdigest()[:12]
    return f"document:{note.document.id}:{quoted}"
