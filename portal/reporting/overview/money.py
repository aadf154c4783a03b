"""Funding: the flows of the overview, which of them add, the gaps, and the check against the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.figures.funding import JudgedFlow
from portal.figures.names import gap_reasons
from portal.figures.shapes import KNOWN, WITHIN
from portal.kernel import codes
from portal.kernel.money import Money
from portal.kernel.record import Record
from portal.projects.models import Project
from portal.reporting.overview.rows import FlowRow, GapRow, Overview
from portal.reporting.overview.voice import certainty
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l
from portal.workbooks.columns import Amount

if TYPE_CHECKING:
    from portal.reporting.overview.gathering import Gathering

SEPARATOR = "; "
FACTS = ("amount", "booked", "type_code", "provider", "receiver", "instrument", "contract", "valued", "included_in")
WHY = {
    "unknown_amount": _l("the amount is not known"),
    "spent": _l("says how money was spent, not that it was given"),
    "refunded": _l("money given back"),
    "inside": _l("passed on within the selection"),
    "superseded": _l("superseded by a newer sum"),
    "other_stage": _l("another stage of money already counted"),
    "included": _l("included in another flow"),
}
WORDS = {KNOWN: _l("known"), WITHIN: _l("within the initiative")}


class FiguresDisagree(RuntimeError):
    """The rows of the workbook do not add up to the figure the portal shows: a fault of the program, so no file is given."""


def word(state: str) -> str:
    """What is known of a project's money, in words; empty where nothing is."""
    return str(WORDS.get(state, ""))


def codes_of(g: Gathering, record_id: int | None) -> str:
    """The codes of the flows booked at a record."""
    return ", ".join(g.flows_at.get(record_id, []))


def rows(g: Gathering) -> list[FlowRow]:
    """The flows, those that count first."""
    return [_row(g, judged) for judged in g.found.flows]


def _row(g: Gathering, judged: JudgedFlow) -> FlowRow:
    v, flow = g.voice, judged.flow
    amount, approximate = judged.amount, judged.amount is not None and bool(judged.approximate)
    return FlowRow(
        code=g.flow_codes[flow.id],
        name=v.name(flow),
        booked=_booked(g, flow.booked_id),
        level=_level(g, flow.booked),
        kind=v.text(flow, "type_code"),
        provider=v.text(flow, "provider", g.names),
        receiver=v.text(flow, "receiver", g.names),
        instrument=v.text(flow, "instrument", g.names) or g.names.get(judged.instrument_id or 0, ""),
        contract=v.text(flow, "contract", g.names),
        valued=v.value(flow, "valued"),
        amount=Amount(amount, approximate, "" if amount else _reason(g, judged.unknown_reason)),
        included_in=_included(g, judged),
        counts=judged.reason is None,
        why="" if judged.reason is None else str(WHY[judged.reason]),
        certainty=certainty(judged.certainty),
        sources=v.references(flow, FACTS),
    )


def _booked(g: Gathering, record_id: int) -> str:
    name = g.names.get(record_id, "")
    code = g.project_codes.get(record_id)
    return f"{code} {name}" if code else name


def _level(g: Gathering, booked: Record) -> str:
    """At which level the money counts."""
    if not isinstance(booked, Project):
        return codes.label("record_kinds", booked.kind, g.lang)
    if booked.id in g.below:
        return _("umbrella project")
    return _("part of an umbrella project") if booked.umbrella_id else codes.label("record_kinds", "project", g.lang)


def _reason(g: Gathering, code: str | None) -> str:
    """Why there is no amount; the writer says "not stated" where that is the reason."""
    return codes.label("unknown_reasons", code, g.lang) if code and code != "not_stated" else ""


def _included(g: Gathering, judged: JudgedFlow) -> str:
    flow = judged.flow
    said = judged.reason == "included" or g.voice.claim(flow, "included_in") is not None
    if flow.included_in_id is None or not said:
        return ""
    place = g.flow_codes.get(flow.included_in_id) or _("a flow outside this overview")
    return f"{place} ({certainty(flow.included_certainty)})" if flow.included_certainty else place


def gaps(g: Gathering) -> list[GapRow]:
    """The projects of which no amount is known, with what is said of that."""
    found = []
    for unit in sorted(g.found.gaps, key=lambda unit: int(g.project_codes.get(unit.record_id, "P0")[1:])):
        found.append(
            GapRow(
                g.project_codes.get(unit.record_id, ""),
                g.names.get(unit.record_id, ""),
                SEPARATOR.join(gap_reasons(unit, g.lang)) or _("no flow is booked"),
            )
        )
    return found


def agree_with_figures(overview: Overview) -> None:
    """Raise FiguresDisagree unless the rows that count add up, per currency, to the figure `known_funding`."""
    added: dict[str, Money] = {}
    for row in overview.flows:
        if row.counts and row.amount.money is not None:
            code = row.amount.money.currency
            added[code] = added[code] + row.amount.money if code in added else row.amount.money
    stated = {code: one.total for code, one in overview.funding.sums.items()}
    if added != stated:
        raise FiguresDisagree(f"rows give {added}, the figure {stated}")
    states = [p.money for p in overview.projects]
    c = overview.coverage
    if overview.scope.by_flow:
        return
    if (states.count(word(KNOWN)), states.count(word(WITHIN)), len(states)) != (c.known, c.within, c.total):
        raise FiguresDisagree(f"projects give {states}, the figure {c}")
