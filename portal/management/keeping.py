"""The job that keeps the values of the quarter that ended, and what a page reads of them.

Each minute it asks whether they are there and still hold. A value is computed in the past and written afterwards; where
something became confidential, or was opened, meanwhile, it is not that of today's veils, and the next minute makes it anew.
"""

from __future__ import annotations

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.figures import keeping as summaries
from portal.jobs import schedule
from portal.kernel import clock, transaction
from portal.kernel.asof import as_of
from portal.kernel.db import db
from portal.kernel.permission import SYSTEM
from portal.management import actions, queries
from portal.management.policy import OPEN
from portal.management.queries import Value
from portal.management.rules import Quarter, last_ended


def install(app: Flask) -> None:
    """Register the jobs."""
    schedule.of(app).every_minute("kept summaries", lambda: summaries.keep(db.engine))
    schedule.of(app).every_minute("values at the end of the quarter", lambda: keep(db.engine))


def computed(engine: Engine, change_id: int) -> dict[str, Value]:
    """The headline figures right after a change, of what is open to everybody signed in."""
    with as_of(engine, change_id) as past:
        return queries.values(past, OPEN)


def keep(engine: Engine) -> bool:
    """Keep the values of the last quarter unless they are there. Whether anything was written."""
    quarter = last_ended(clock.today())
    with Session(engine) as s:
        change_id = queries.last_change(s, quarter)
        if change_id is None or set(queries.kept(s, quarter)) == set(queries.HEADLINES):
            return False
        veils = queries.veils_now(s)
    found = {key: queries.written(value) for key, value in computed(engine, change_id).items()}
    with transaction.unit(engine) as s:
        actions.keep_quarter(s, SYSTEM, quarter, change_id, veils, found)
    return True


def at_the_end_of(s: Session, engine: Engine, quarter: Quarter) -> tuple[int, dict[str, Value]] | None:
    """(the change, the headline figures) at the end of a quarter: as kept, else computed now. None where nothing had been
    recorded by then."""
    change_id = queries.last_change(s, quarter)
    if change_id is None:
        return None
    rows = queries.kept(s, quarter)
    if set(rows) == set(queries.HEADLINES):
        return change_id, {key: queries.read(row.value) for key, row in rows.items()}
    return change_id, computed(engine, change_id)
