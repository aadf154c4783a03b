"""The figures of the whole portfolio from kept summaries (docs/decisions/0064-kept-summaries.md).

Kept is what each place adds, and the sum of all, of what is open to everybody. An answer is that sum, with the parts of those
places taken away and computed now that were touched since, or where the actor sees more than everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.figures import coverage as covering
from portal.figures import funding, parts, projects, tallies, tending
from portal.figures.affected import excerpt, places_touched
from portal.figures.measures import KNOWN_FUNDING, Measure, Paired
from portal.figures.models import FigureMark, FigurePart, FigureSign
from portal.figures.parts import (
    EDITION,
    KINDS,
    PROJECTS,
    SECTIONS,
    TENDING,
    WHOLES,
    Part,
    add,
    parts_of,
    read,
)  # fmt: skip
from portal.figures.scope import EVERYTHING, Scope
from portal.figures.shapes import Breakdown, Count, Coverage, Funding, Shares, Unit
from portal.kernel import clock
from portal.kernel.asof import PastSession
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import RecordReader, RecordVeil
from portal.kernel.standing import in_turn, supposed
from portal.projects.models import Project

_PLACES = "portal.figures.places_touched"
STRETCH, STRETCHES = 50, 4
"""Projects read at once for the first gaps, and how often; then everything is computed."""
MOST = 1000
"""Records to be looked at anew, and places to be computed: where there are more, everything is computed."""


def total(s: Session, actor: Actor, scope: Scope, measure: Measure | Paired) -> Funding | Shares:
    """`funding.total`."""
    part = whole(s, actor, scope, measure.key)
    return funding.total(s, actor, scope, measure) if part is None else parts.funding(part, measure.key)


def coverage(s: Session, actor: Actor, scope: Scope, measure: Measure | Paired) -> Coverage:
    """`coverage.coverage`."""
    part = whole(s, actor, scope, measure.key)
    return covering.coverage(s, actor, scope, measure) if part is None else parts.coverage(part, measure.key)


def count(s: Session, actor: Actor, scope: Scope) -> Count:
    """`projects.count`."""
    part = whole(s, actor, scope, PROJECTS)
    return projects.count(s, actor, scope) if part is None else parts.count(part)


def by_status(s: Session, actor: Actor, scope: Scope) -> Breakdown:
    """`projects.by_status`."""
    part = whole(s, actor, scope, PROJECTS)
    return projects.by_status(s, actor, scope) if part is None else parts.by_status(part)


def kinds(s: Session, actor: Actor) -> dict[str, int] | None:
    """How many records of each of `affected.PLACES` the actor may see; None where that must be counted."""
    part = whole(s, actor, EVERYTHING, KINDS)
    return None if part is None else parts.kinds(part)


def of_kind(s: Session, actor: Actor, scope: Scope, kind: str, counted: Callable) -> Count:
    """How many records of a kind of `affected.PLACES` a scope holds; `counted` counts them where that is not kept."""
    found = kinds(s, actor) if scope == EVERYTHING else None
    return counted(s, actor, scope) if found is None else Count(found.get(kind, 0))


def tally(s: Session, actor: Actor, scope: Scope, key: str, counted: Callable) -> Count:
    """How many a count of `tallies.TALLIES` counts; `counted` counts them where that is not kept."""
    part = _tallied(s, actor, scope, key)
    return counted(s, actor, scope) if part is None else Count(tallies.number(part, key))


def tally_coverage(s: Session, actor: Actor, scope: Scope, key: str, counted: Callable) -> Coverage:
    """For how many it is known what such a count asks; `counted` counts that where it is not kept."""
    part = _tallied(s, actor, scope, key)
    return counted(s, actor, scope) if part is None else tallies.coverage(part, key)


def _tallied(s: Session, actor: Actor, scope: Scope, key: str) -> Part | None:
    part = whole(s, actor, scope, key) if scope == EVERYTHING else None
    if part is not None and key == "overdue_tasks":  # tasks of no record are their maker's and their assignee's to see
        for _none, name, amount, number in tallies.rows(s, actor, key, None):
            add(part, {(key, *name): (amount, number)})
    return part


def lights(s: Session, actor: Actor) -> dict[str, int]:
    """`tending.lights`."""
    part = whole(s, actor, EVERYTHING, TENDING)
    return tending.lights(s, actor) if part is None else parts.lights(part)


def lacking(s: Session, actor: Actor) -> dict[str, int]:
    """`tending.lacking`."""
    part = whole(s, actor, EVERYTHING, TENDING)
    return tending.lacking(s, actor) if part is None else parts.lacking(part)


def gaps(s: Session, actor: Actor, scope: Scope, limit: int) -> list[Unit]:
    """The first of `coverage.gaps`: for the whole portfolio read along the order of names, as far as is needed."""
    if whole(s, actor, scope, KNOWN_FUNDING.key) is None:
        return covering.gaps(s, actor, scope, limit)
    # The kind is said for the index that holds its names in order.
    with in_turn():
        listed = select(Project.id).where(visible_to(actor, Project), Project.kind == "project")
    listed, found = listed.order_by(Project.order_cs, Project.id), []
    for stretch in range(STRETCHES):
        ids = s.scalars(listed.limit(STRETCH).offset(stretch * STRETCH)).all()
        found += covering.gaps(s, actor, replace(scope, only=excerpt(s, ids)), limit - len(found)) if ids else []
        if len(found) == limit or len(ids) < STRETCH:
            return found
    return covering.gaps(s, actor, scope, limit)


def whole(s: Session, actor: Actor, scope: Scope, section: str) -> Part | None:
    """The sum of the parts of one section as the actor sees it, equal to the full computation. None where it must be computed:
    for a selection, the past, the command line, a supposition; where nothing is kept, or too much was touched since."""
    if scope != Scope(certainty=scope.certainty) or section not in SECTIONS.get(scope.certainty, ()):
        return None
    if _is_another_world(s, actor):
        return None
    kept, whole_id = _kept(scope.certainty), WHOLES[section]
    rows = s.execute(kept.where(FigurePart.place_id == whole_id)).all()
    places = _to_compute(s, actor) if rows else None
    if places is None:
        return None
    if places:
        # In one statement: between two of them the parts may be kept anew.
        rows = s.execute(kept.where(FigurePart.place_id.in_((whole_id, *places)))).all()
    found: Part = {}
    for place_id, text in rows:
        mine = {key: value for key, value in read(text).items() if key[0] == section}
        add(found, mine, 1 if place_id == whole_id else -1)
    if places:
        for part in parts_of(s, actor, scope.certainty, excerpt(s, places), (section,)).values():
            add(found, part)
    return found


def places_of_signs(s: Session, actor: Actor) -> set[int] | None:
    """The places whose last sign of life must be computed; None: those of all."""
    if _is_another_world(s, actor):
        return None
    begun = _kept(EVERYTHING.certainty).where(FigurePart.place_id == WHOLES["silent_frameworks"])
    come = s.scalars(select(FigureSign.place_id).where(FigureSign.ahead <= clock.today()).limit(MOST + 1)).all()
    places = _to_compute(s, actor) if s.execute(begun).first() else None
    return None if places is None or len(places) + len(come) > MOST else places.union(come)


def _is_another_world(s: Session, actor: Actor) -> bool:
    """Whether what is kept does not hold: in the past, under a supposition, for the command line."""
    return isinstance(s, PastSession) or supposed() or actor.role == "system"


def _kept(certainty: str) -> Select:
    found = select(FigurePart.place_id, FigurePart.part)
    return found.where(FigurePart.certainty == certainty, FigurePart.edition == EDITION)


def _to_compute(s: Session, actor: Actor) -> set[int] | None:
    """The places touched since their part was kept, and those of which the actor sees more than everybody; None: too many."""
    marks = s.execute(select(FigureMark.id, FigureMark.record_id).limit(MOST + 1)).all()
    named = select(RecordReader.record_id).where(RecordReader.person_id == (actor.person_id or 0))
    beyond = s.scalars(select(RecordVeil.record_id).where(RecordVeil.veil_id.in_(named)).limit(MOST + 1)).all()
    if len(marks) > MOST or len(beyond) > MOST:
        return None
    if not marks and not beyond:
        return set()
    # A page asks for several sections. Whatever could give other places leaves another mark, or is of another transaction.
    world = (s.get_nested_transaction() or s.get_transaction(), frozenset(marks), frozenset(beyond))
    if s.info.get(_PLACES, (None,))[0] != world:
        s.info[_PLACES] = world, places_touched(s, {record_id for _mark, record_id in marks}.union(beyond))
    places: set[int] = s.info[_PLACES][1]
    return places if len(places) <= MOST else None
