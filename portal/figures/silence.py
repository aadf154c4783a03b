"""Silence: which frameworks in force gave no sign of life for how long.

Signs are status reports, meetings that took place and money, of the framework, of one below it, or of their projects. A report is
a sign of the day it is of, so what is filled in later about the past breaks no silence. What lies ahead is no sign, and what the
reader may not see is none for them. The last sign at each place is kept (`kept_signs`);
here they are computed from the records.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Select,
    Subquery,
    case,
    func,
    literal,
    or_,
    select,
    union,
    union_all,
)

from portal.events.models import Event
from portal.events.rules import CANCELLED
from portal.frameworks.models import Framework
from portal.frameworks.rules import ACTIVE
from portal.funding.models import Flow
from portal.kernel import clock
from portal.kernel.permission import Actor, visible_to
from portal.progress.models import StatusUpdate
from portal.progress.queries import told
from portal.projects.models import Project
from portal.web.frame import setting

_table, _project = Framework.__table__, Project.__table__
_umbrella = _project.alias("umbrella_of_sign")
_in_framework = func.coalesce(_project.c.framework_id, _umbrella.c.framework_id)
_projects = _project.outerjoin(_umbrella, _umbrella.c.id == _project.c.umbrella_id)


def silent_days() -> int:
    """After how many days without a sign of life a framework in force is silent (PORTAL_SILENT_DAYS)."""
    return setting("silent_days", 90)


def silent_from() -> date:
    """The day before which the last sign of a silent framework lies."""
    return clock.today() - timedelta(days=silent_days())


def is_in_force() -> ColumnElement[bool]:
    """SQL predicate over `Framework`: it is in force, or its status is not stated."""
    return or_(Framework.status.in_(ACTIVE), Framework.status.is_(None))


def is_silent(actor: Actor, today: date, before: date) -> ColumnElement[bool]:
    """SQL predicate over `Framework`: it is in force and gave no sign of life from the day `before` on."""
    places = select(_signs(actor, today, before).subquery().c.place).cte()
    found = select(places.c.place)
    own = select(_table.c.id.label("id")).where(_table.c.id.in_(found))
    of_projects = select(_in_framework).select_from(_projects).where(_project.c.id.in_(found))
    return stays_silent(union(own, of_projects))


def stays_silent(heard: Select | CompoundSelect) -> ColumnElement[bool]:
    """SQL predicate over `Framework`: it is in force, and neither it nor one below it is among the frameworks that gave a sign
    themselves or by a project of theirs (a SELECT of ids)."""
    near = heard.subquery()
    above = select(next(iter(near.c)).label("id")).cte(recursive=True)
    above = above.union(select(_table.c.parent_id).join(above, above.c.id == _table.c.id))
    return is_in_force() & Framework.id.not_in(select(above.c.id).where(above.c.id.is_not(None)))


def last_signs(actor: Actor, today: date) -> Subquery:
    """(root, day): of each framework with a sign of life, the latest day the last one can have been."""
    places, signs = _places(), _signs(actor, today).cte()
    asked = select(places.c.root, func.max(signs.c.day).label("day")).join(signs, signs.c.place == places.c.place)
    return asked.group_by(places.c.root).subquery()


def signs_at(actor: Actor, today: date, place_ids: Collection[int]) -> Select:
    """SELECT of (place, the framework it stands in, the day of its last sign, that of the first one that lies ahead) of those of
    the places that stand in a framework and gave, or will give, a sign."""
    signs = _signs(actor, None, at=place_ids).subquery()
    stood = union_all(
        select(_table.c.id.label("place"), _table.c.id.label("framework_id")).where(_table.c.id.in_(place_ids)),
        select(_project.c.id, _in_framework).select_from(_projects).where(_project.c.id.in_(place_ids)),
    ).subquery()
    past = signs.c.sure | (signs.c.day <= today)
    last, ahead = func.max(case((past, signs.c.day))), func.min(case((~past, signs.c.day)))
    asked = select(stood.c.place, stood.c.framework_id, last.label("day"), ahead.label("ahead"))
    asked = asked.join(signs, signs.c.place == stood.c.place).where(
        stood.c.framework_id.is_not(None), signs.c.day.is_not(None)
    )
    return asked.group_by(stood.c.place, stood.c.framework_id)


def _places() -> CTE:
    """(root, place): a framework, each one below it, and their projects."""
    below = select(_table.c.id.label("root"), _table.c.id.label("place")).cte(recursive=True)
    below = below.union(select(below.c.root, _table.c.id).where(_table.c.parent_id == below.c.place))
    projects = select(below.c.root, _project.c.id).select_from(_projects.join(below, below.c.place == _in_framework))
    return union_all(select(below.c.root, below.c.place), projects).cte()


def _signs(
    actor: Actor, today: date | None, since: date | None = None, at: Collection[int] | None = None
) -> CompoundSelect:
    """(place, day, sure) of each sign of life until today (None: and of what lies ahead); with `since` only those of that day or
    later, with `at` only those at these places. `sure`: it is a sign whatever the day, being something written."""
    met = func.coalesce(Event.held_to, Event.held_from)
    # The latest day the date of a report can mean, and where that is open or later than the writing, the day it was written.
    told_of = case(
        (StatusUpdate.held_on_to < StatusUpdate.written_on, StatusUpdate.held_on_to), else_=StatusUpdate.written_on
    )
    lately = (
        [] if since is None else [StatusUpdate.written_on >= since]
    )  # follows from the day; there is an index for it
    took_place = or_(Event.change.is_(None), Event.change != CANCELLED)

    def of(place, day, sure: bool, *where) -> Select:
        asked = select(place.label("place"), day.label("day"), literal(sure).label("sure")).where(*where)
        if at is not None:
            asked = asked.where(place.in_(at))
        if today is not None and not sure:
            asked = asked.where(day <= today)
        return asked if since is None else asked.where(day >= since)

    return union_all(
        of(StatusUpdate.of_id, told_of, True, told(actor), *lately),
        of(Event.under_id, met, False, visible_to(actor, Event), took_place),
        of(Flow.booked_id, Flow.valued_to, False, visible_to(actor, Flow)),
    )
