"""Signs of life from what is kept: the last one at each place, with those added live of places that were touched since, of which
the actor sees more than everybody, or where what lay ahead has come to pass."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select, Subquery, exists, func, select, union
from sqlalchemy.orm import Session

from portal.figures import kept
from portal.figures.models import FigureSign
from portal.figures.scope import EVERYTHING, Scope
from portal.figures.shapes import Count
from portal.figures.silence import is_silent, last_signs, signs_at, silent_from, stays_silent
from portal.frameworks.models import Framework
from portal.kernel import clock
from portal.kernel.permission import Actor, visible_to

_framework = Framework.__table__


def silent(s: Session, actor: Actor, before: date) -> Select:
    """SELECT of the ids of the visible frameworks that are in force and gave no sign of life from the day `before` on."""
    places = kept.places_of_signs(s, actor)
    if places is None:
        is_it = is_silent(actor, clock.today(), before)
    else:
        heard = exists().where(
            FigureSign.framework_id == _framework.c.id, FigureSign.day >= before, FigureSign.place_id.not_in(places)
        )
        live = signs_at(actor, clock.today(), places).subquery()
        is_it = stays_silent(
            union(select(_framework.c.id).where(heard), select(live.c.framework_id).where(live.c.day >= before))
            if places
            else select(_framework.c.id).where(heard)
        )
    return select(Framework.id).where(is_it, visible_to(actor, Framework))


def count(s: Session, actor: Actor, scope: Scope, counted) -> Count:
    """How many frameworks are silent; `counted` counts those of a selection."""
    if scope != EVERYTHING:
        return counted(s, actor, scope)
    return Count(s.scalar(select(func.count()).select_from(silent(s, actor, silent_from()).subquery())) or 0)


def last_days(s: Session, actor: Actor, today: date) -> dict[int, date]:
    """The latest day that the last sign of life of a framework can have been, by its id; those without any are missing."""
    places = kept.places_of_signs(s, actor)
    if places is None:
        signs: Subquery = last_signs(actor, today)
        return {root: day for root, day in s.execute(select(signs.c.root, signs.c.day)) if day is not None}
    last = (
        select(func.max(FigureSign.day))
        .where(FigureSign.framework_id == _framework.c.id, FigureSign.place_id.not_in(places))
        .correlate(_framework)
        .scalar_subquery()
    )
    above, own = {}, {}
    for framework_id, parent_id, day in s.execute(select(_framework.c.id, _framework.c.parent_id, last)):
        above[framework_id], own[framework_id] = parent_id, [day]
    if places:
        for _place, framework_id, day, _ahead in s.execute(signs_at(actor, today, places)):
            own.setdefault(framework_id, []).append(day)
    found: dict[int, date] = {}
    for framework_id, days in own.items():
        day = max((day for day in days if day is not None), default=None)
        at: int | None = framework_id
        while day is not None and at is not None and (at not in found or found[at] < day):
            found[at] = day
            at = above.get(at)
    return found
