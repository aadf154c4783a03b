"""The jobs that delete contacts on their day and tell of it beforehand. Each minute they ask two short questions: a day that
comes while nobody works is made good as soon as somebody does."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.contacts import actions, queries
from portal.jobs import schedule
from portal.kernel import clock, transaction
from portal.kernel.db import db
from portal.kernel.permission import SYSTEM


def install(app: Flask) -> None:
    """Register the jobs."""
    jobs = schedule.of(app)
    jobs.every_minute("contacts whose day has come", lambda: delete_due(db.engine))
    jobs.every_minute("contacts to be deleted soon", lambda: tell_of_deletion(db.engine))


def delete_due(engine: Engine) -> None:
    """Delete the contacts whose day has come, in one change."""
    with Session(engine) as s:
        waits = bool(queries.due(s, clock.today()))
    if waits:
        with transaction.unit(engine) as s, transaction.change(s, None, "job", actor_name=SYSTEM.name):
            actions.delete_due(s, SYSTEM)


def tell_of_deletion(engine: Engine) -> None:
    """Notify whoever keeps a contact that is to be deleted soon."""
    with Session(engine) as s:
        waits = bool(queries.to_tell(s, clock.today()))
    if waits:
        with transaction.unit(engine) as s:
            actions.tell_of_deletion(s, SYSTEM)
