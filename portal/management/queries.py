"""Headline figures, their values at the end of a quarter, and what of the portfolio is unknown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.figures import EVERYTHING, FIGURES, Count, Coverage, Figure, Funding, Scope
from portal.figures import kept as kept_now
from portal.figures.shapes import Cell
from portal.figures.tending import LACKS
from portal.kernel.asof import change_at
from portal.kernel.clock import OFFICE_ZONE
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import VeilTurn
from portal.kernel.standing import in_turn
from portal.management.models import QuarterEnd
from portal.management.rules import Moved, Quarter
from portal.projects.models import Project

HEADLINES = ("known_funding", "commitments", "disbursements", "projects")
"""The figures whose ends of quarters are kept, in the order of the page."""
SCOPE = Scope()
COUNTS = (
    "partners", "events", "overdue_tasks", "open_follow_ups", "overdue_follow_ups", "overdue_reports",
    "stale_updates", "silent_frameworks",
)  # fmt: skip
"""The counts of the page, by all sources, in their order."""


@dataclass(frozen=True)
class Value:
    """A figure at one moment. `coverage` of money only."""

    value: Funding | Count
    coverage: Coverage | None = None


def values(s: Session, actor: Actor) -> dict[str, Value]:
    """The headline figures as of what the Session shows."""
    found = {}
    for key in HEADLINES:
        figure = FIGURES[key]
        value = figure.value(s, actor, SCOPE)
        found[key] = Value(value, figure.coverage(s, actor, SCOPE) if isinstance(value, Funding) else None)
    return found


def counts(s: Session, actor: Actor) -> dict[str, tuple[Figure, Count, Coverage]]:
    """The counts of the page."""
    return {
        key: (FIGURES[key], FIGURES[key].value(s, actor, EVERYTHING), FIGURES[key].coverage(s, actor, EVERYTHING))
        for key in COUNTS
    }


def written(value: Value) -> str:
    """A value as it is kept: everything that adds up, in one way of writing."""
    if isinstance(value.value, Count):
        whole: dict = {"number": value.value.number}
    else:
        whole = {
            "cells": [astuple(cell) for cell in value.value.cells],
            "included": [astuple(cell) for cell in value.value.included_cells],
            "left_out": value.value.left_out,
        }
    if value.coverage is not None:
        whole["coverage"] = astuple(value.coverage)
    return json.dumps(whole, sort_keys=True)


def read(text: str) -> Value:
    """The value that was written."""
    found = json.loads(text)
    coverage = Coverage(*found["coverage"]) if "coverage" in found else None
    if "number" in found:
        return Value(Count(found["number"]), coverage)
    cells, included = (tuple(Cell(*cell) for cell in found[name]) for name in ("cells", "included"))
    return Value(Funding(cells, included, found["left_out"]), coverage)


def veils_now(s: Session) -> str:
    """What tells one state of what is confidential from another."""
    return f"turn {s.scalar(select(VeilTurn.number))}"


def last_change(s: Session, quarter: Quarter) -> int | None:
    """The last change of a quarter; None where nothing had been recorded by its end."""
    return change_at(s, quarter.end(OFFICE_ZONE))


def kept(s: Session, quarter: Quarter) -> dict[str, QuarterEnd]:
    """The values kept for a quarter that still hold: as of its last change, and of what is confidential today."""
    asked = select(QuarterEnd).where(
        QuarterEnd.quarter == quarter.code,
        QuarterEnd.change_id == last_change(s, quarter),
        QuarterEnd.veils == veils_now(s),
    )
    return {row.figure: row for row in s.scalars(asked)}


def moved(now: Value, then: Value) -> list[tuple[str | None, Moved]]:
    """[(currency, how it moved)] between two values, currencies in alphabetical order; of a number [(None, …)]."""
    if isinstance(now.value, Count) and isinstance(then.value, Count):
        return [(None, Moved(then.value.number, now.value.number))]
    before, after = _totals(then), _totals(now)
    return [(c, Moved(before.get(c), after.get(c))) for c in sorted({*before, *after})]


def _totals(value: Value) -> Mapping:
    return {c: one.total for c, one in value.value.sums.items()} if isinstance(value.value, Funding) else {}


@dataclass(frozen=True)
class Unknown:
    """How many projects of all lack something, and the first of them."""

    what: str
    number: int
    first: list[Project]


def unknown(s: Session, actor: Actor, shown: int = 5) -> list[Unknown]:
    """What is not known of projects, each with the first ones in Czech order; what all have is left out."""
    found = []
    for what, number in kept_now.lacking(s, actor).items():
        if number:
            with in_turn():
                asked = select(Project).where(visible_to(actor, Project), Project.kind == "project", LACKS[what])
            found.append(
                Unknown(what, number, list(s.scalars(asked.order_by(Project.order_cs, Project.id).limit(shown))))
            )
    return found
