"""Whose figures a touched record can change, and what must be read to judge those anew.

Whether a flow counts depends on itself, on the sums above it (those it is included in, those that supersede it, however far)
and on earlier stages at its place or the umbrella of that. So what is touched reaches downwards, never sideways.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from sqlalchemy import Column, Select, select
from sqlalchemy.orm import Session

from portal.desk.models import Task
from portal.events.models import Event
from portal.figures.models import FigurePart, FigureSign
from portal.figures.scope import Excerpt
from portal.funding.models import Flow
from portal.kernel.record import Record
from portal.partners.models import Participation
from portal.progress.models import StatusUpdate
from portal.projects.models import Project

PLACES = ("project", "framework", "organisation", "document", "event", "follow_up")
"""Kinds of records that have a part of their own: where money is booked, and what is counted."""
TOGETHER = 900
"""Ids in one statement."""
_flow, _project, _record = Flow.__table__, Project.__table__, Record.__table__
_STANDING_AT = (StatusUpdate.__table__.c.of_id, Event.__table__.c.under_id, Participation.__table__.c.within_id)
"""What, where it is touched, touches the record it stands at."""


def places_touched(s: Session, touched: Collection[int]) -> set[int]:
    """Ids of the places whose part can be another one when these records were touched, those taken away since among them."""
    places = _ids(s, _below(s, touched), lambda ids: _named(_flow.c.booked_id, ids))
    places |= _ids(
        s, touched, lambda ids: select(_record.c.id).where(_record.c.id.in_(ids), _record.c.kind.in_(PLACES))
    )
    for column in (FigurePart.place_id, FigureSign.place_id, Task.record_id):
        places |= _ids(s, touched, lambda ids, column=column: select(column).where(column.in_(ids)))
    for column in _STANDING_AT:
        places |= _ids(s, touched, lambda ids, column=column: _named(column, ids))
    return places | _ids(s, places, lambda ids: select(_project.c.id).where(_project.c.umbrella_id.in_(ids)))


def excerpt(s: Session, places: Collection[int]) -> Excerpt:
    """The places with the flows that must be at hand to judge theirs."""
    around = set(places) | _ids(s, places, lambda ids: _named(_project.c.umbrella_id, ids))
    flows, front = set(), _ids(s, around, lambda ids: select(_flow.c.id).where(_flow.c.booked_id.in_(ids)))
    while front:
        flows |= front
        wholes = _ids(s, front, lambda ids: _named(_flow.c.included_in_id, ids))
        newer = _ids(s, front, lambda ids: select(_flow.c.id).where(_flow.c.supersedes_id.in_(ids)))
        front = (wholes | newer) - flows
    return Excerpt(tuple(sorted(places)), tuple(sorted(flows)))


def _below(s: Session, touched: Collection[int]) -> set[int]:
    """The flows among these records, and all that are included in them or superseded by them, however far."""
    flows, front = set(), _ids(s, touched, lambda ids: select(_flow.c.id).where(_flow.c.id.in_(ids)))
    while front:
        flows |= front
        parts = _ids(s, front, lambda ids: select(_flow.c.id).where(_flow.c.included_in_id.in_(ids)))
        older = _ids(s, front, lambda ids: _named(_flow.c.supersedes_id, ids))
        front = (parts | older) - flows
    return flows


def _named(column: Column, ids: Sequence[int]) -> Select:
    """SELECT of what the rows of these ids name in a column."""
    return select(column).where(column.table.c.id.in_(ids), column.is_not(None))


def _ids(s: Session, ids: Collection[int], asked: Callable) -> set[int]:
    return {found for chunk in _chunks(ids) for found in s.scalars(asked(chunk))}


def _chunks(ids: Collection[int]) -> Iterator[Sequence[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), TOGETHER):
        yield ordered[start : start + TOGETHER]
