"""The job that reminds of reports. Each minute it asks one short question: a day that comes while nobody works is made good as
soon as somebody does."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.jobs import schedule
from portal.kernel import clock, transaction
from portal.kernel.db import db
from portal.kernel.permission import SYSTEM
from portal.obligations import actions, queries


def install(app: Flask) -> None:
    """Register the job."""
    schedule.of(app).every_minute("reports due", lambda: remind(db.engine))


def remind(engine: Engine) -> None:
    """Notify whoever answers for a report that is due."""
    with Session(engine) as s:
        waits = bool(queries.to_remind(s, clock.today()))
    if waits:
        with transaction.unit(engine) as s:
            actions.remind(s, SYSTEM)
