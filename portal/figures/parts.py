"""What each place adds to the figures of the whole, so that the figures of all are the sum of their parts.

A part is {key: (amount, number)}, of whole minor units and of how many there are. Parts are read through the definitions of
the figures themselves, for an excerpt of the whole; sums of parts are folded back to the values figures give.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.figures import tallies, tending
from portal.figures.affected import PLACES
from portal.figures.coverage import known_to, states
from portal.figures.funding import folded
from portal.figures.measures import COMMITMENTS, DISBURSEMENTS, KNOWN_FUNDING, Measure
from portal.figures.projects import grouped, key_of, told_apart
from portal.figures.said import status_said
from portal.figures.scope import Excerpt, Scope
from portal.figures.shapes import KNOWN, UNKNOWN, WITHIN, Breakdown, Cell, Count, Coverage, Funding
from portal.figures.tallies import TALLIES
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record
from portal.projects.models import Project

Part = dict[tuple, tuple[int, int]]
EDITION = 4
"""To be raised with what a part says: parts of another edition are made anew."""
CERTAINTIES = ("documents", "all")
MEASURES = {m.key: m for m in (KNOWN_FUNDING, COMMITMENTS, DISBURSEMENTS)}
PROJECTS, KINDS, TENDING = "projects", "kinds", "tending"
SECTIONS = {"documents": (*MEASURES, PROJECTS, KINDS, TENDING), "all": (*MEASURES, PROJECTS, KINDS, TENDING, *TALLIES)}
"""By certainty: keys of measures, PROJECTS (how many count, by status); whatever the certainty KINDS (how many records there
are) and TENDING; keys of counts."""
WHOLES = {section: -n for n, section in enumerate(SECTIONS["all"])}
"""In place of a record's id: the sum of a section over all places. Each is read by itself: some of them are long."""


def parts_of(
    s: Session, actor: Actor, certainty: str, only: Excerpt, sections: Collection[str] = ()
) -> dict[int, Part]:
    """The parts of the places of an excerpt, as far as the actor may see; those that add nothing are missing. `sections`: some
    of those of the certainty, else all."""
    scope, found = Scope(certainty=certainty, only=only), {}
    asked = {key: partial(_money, measure=measure) for key, measure in MEASURES.items()}
    asked |= {PROJECTS: _projects, KINDS: _kinds, TENDING: _tending}
    asked |= {key: partial(_tallied, count=key) for key in TALLIES}
    for section in sections or SECTIONS[certainty]:
        for place, key, amount, number in asked[section](s, actor, scope):
            add(found.setdefault(place, {}), {(section, *key): (amount, number)})
    return found


def add(into: Part, other: Part, sign: int = 1) -> None:
    """Add a part to another one, or take it away (`sign` -1). What comes to nothing is no entry."""
    for key, (amount, number) in other.items():
        had = into.get(key, (0, 0))
        now = had[0] + sign * amount, had[1] + sign * number
        if now == (0, 0):
            into.pop(key, None)
        else:
            into[key] = now


def written(part: Part) -> str:
    return json.dumps([[*key, amount, number] for key, (amount, number) in sorted(part.items(), key=repr)])


def read(text: str) -> Part:
    return {tuple(key): (amount, number) for *key, amount, number in json.loads(text)}


Row = tuple[int, tuple, int, int]


def _money(s: Session, actor: Actor, scope: Scope, measure: Measure) -> Iterator[Row]:
    places = set(scope.only.places)
    for place, value in folded(s, actor, scope, measure, "project", only=places).items():
        for name, cells in (("cell", value.cells), ("included", value.included_cells)):
            for c in cells:
                yield place, (name, c.currency, c.certainty, c.approximate), c.minor, c.flows
        for reason, number in value.left_out.items():
            yield place, ("left_out", reason), 0, number
    projects = states(actor, scope, measure=measure)
    for project_id, state in s.execute(projects):
        yield project_id, ("state", state), 0, 1
    known = select(Record.id, Record.kind).where(Record.id.in_(places), Record.id.in_(known_to(actor, scope, measure)))
    for place, kind in s.execute(known):
        if kind == "framework":
            yield place, ("elsewhere",), 0, 1


def _projects(s: Session, actor: Actor, scope: Scope) -> Iterator[Row]:
    for project_id, *marks, status, basis in s.execute(told_apart(actor, scope, *status_said(scope))):
        yield project_id, ("status", key_of(status, basis)), 0, 1
        for name, number in zip(("number", "umbrellas", "parts", "placeholders"), (1, *marks), strict=True):
            yield project_id, (name,), 0, number


def _kinds(s: Session, actor: Actor, scope: Scope) -> Iterator[Row]:
    asked = select(Record.id, Record.kind).where(Record.id.in_(scope.only.places))
    for record_id, kind in s.execute(asked.where(visible_to(actor))):
        if kind in PLACES:
            yield record_id, (kind,), 0, 1


def _tending(s: Session, actor: Actor, scope: Scope) -> Iterator[Row]:
    asked = tending.told(actor).where(Project.id.in_(scope.only.places))
    for project_id, light, *lacks in s.execute(asked):
        if light is not None:
            yield project_id, ("light", light), 0, 1
        for name, number in zip(tending.LACKS, lacks, strict=True):
            yield project_id, ("lack", name), 0, number


def _tallied(s: Session, actor: Actor, scope: Scope, count: str) -> Iterator[Row]:
    return tallies.rows(s, actor, count, scope.only.places)


def funding(part: Part, section: str) -> Funding:
    """A measure as the sum of parts tells it."""
    cells: dict[str, list[Cell]] = {"cell": [], "included": []}
    left_out = {}
    for (of, name, *key), (amount, number) in sorted(part.items(), key=repr):
        if of == section and name in cells:
            cells[name].append(Cell(*key, amount, number))
        elif of == section and name == "left_out":
            left_out[key[0]] = number
    return Funding(tuple(cells["cell"]), tuple(cells["included"]), left_out)


def coverage(part: Part, section: str) -> Coverage:
    """For how many projects a measure is known."""
    states = (_number(part, section, "state", state) for state in (KNOWN, WITHIN, UNKNOWN))
    return Coverage(*states, elsewhere=_number(part, section, "elsewhere"))


def count(part: Part) -> Count:
    """How many projects count."""
    return Count(*(_number(part, PROJECTS, name) for name in ("number", "umbrellas", "parts", "placeholders")))


def by_status(part: Part) -> Breakdown:
    """The projects by status."""
    rows = ((key[2], number) for key, (_a, number) in part.items() if key[:2] == (PROJECTS, "status"))
    return grouped(rows, count(part))


def kinds(part: Part) -> dict[str, int]:
    """How many records of each kind there are."""
    return {key[1]: number for key, (_amount, number) in part.items() if key[0] == KINDS}


def lights(part: Part) -> dict[str, int]:
    """How many active projects show each traffic light."""
    return {key[2]: number for key, (_amount, number) in part.items() if key[:2] == (TENDING, "light")}


def lacking(part: Part) -> dict[str, int]:
    """How many projects lack each of `tending.LACKS`."""
    return {name: _number(part, TENDING, "lack", name) for name in tending.LACKS}


def _number(part: Part, *key: str) -> int:
    return part.get(key, (0, 0))[1]
