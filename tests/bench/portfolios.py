"""The portfolios that are measured: generated ones, and a large one that is a generated one repeated.

All are generated on SQLite, once a size (PORTAL_BENCH_FILES names a folder that keeps the files for the next run; they are of one
migration); on PostgreSQL their rows are copied (`copying`). Above `GENERATED` projects those are
repeated by SQL (`repeating`), and checked: the kept figures must equal the full computation. What was recorded is dated before
the last quarter, whose values are kept, so that the overview for management compares with something.
"""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

from sqlalchemy import URL, func, select
from sqlalchemy.orm import Session

from portal import create_app
from portal.figures import keeping
from portal.frameworks.models import Framework
from portal.funding.models import Flow
from portal.kernel import clock, transaction
from portal.kernel.db import make_engine
from portal.kernel.permission import SYSTEM
from portal.management import queries
from portal.management.actions import keep_quarter
from portal.management.policy import OPEN
from portal.management.rules import last_ended
from portal.ops import generating
from portal.projects.models import Project, ProjectCountry
from tests.bench.copying import copy_rows
from tests.bench.repeating import differences, repeat
from tests.factories import accounts
from tests.fixtures import Stores, dispose, settings_for

GENERATED = 10_000
LONG_AGO = timedelta(days=200)


class Portfolio:
    """A signed-in browser on a portfolio, its last change, and records that stand in the middle of it. `made`: how it came
    about, for the name of a measure."""

    def __init__(self, url: URL, folder: Path, size: int) -> None:
        self.size = size
        self.made = f"{size:,}" if size <= GENERATED else f"{size:,} ({GENERATED:,} repeated)"
        self.engine = make_engine(url, wait=5)
        _keep_quarter(self.engine)
        with transaction.unit(self.engine) as s:
            token = accounts.session_of(s, accounts.person(s, "viewer", login="bench"))
        folder.mkdir()
        self.app = create_app(settings_for(self.engine, folder))
        self.app.testing = True
        self.browser = accounts.browser(self.app, token).browser
        with Session(self.engine) as s:
            self.last = s.scalar(select(func.max(transaction.Change.id)))
            booked = select(Flow.booked_id).where(Flow.booked_id.in_(select(Project.__table__.c.id)))
            self.flows = s.scalar(select(func.count()).select_from(Flow.__table__))
            self.ids = {
                "project": s.scalar(booked.order_by(Flow.id)),
                "framework": s.scalar(select(Framework.id).where(Framework.parent_id.is_(None)).order_by(Framework.id)),
                "country": s.scalar(select(ProjectCountry.country_id).order_by(ProjectCountry.project_id)),
                "instrument": s.scalar(select(func.min(Flow.instrument_id))),
            }

    def close(self) -> None:
        dispose(self.app)
        self.engine.dispose()


class Portfolios:
    """Portfolios of one engine by size, each made when first asked for; the files of SQLite are made once for all engines."""

    files: dict[int, URL] = {}

    def __init__(self, stores: Stores, kind: str, folder: Path) -> None:
        self.stores, self.store, self.kind, self.folder = stores, stores[kind], kind, folder
        self.made: dict[int, Portfolio] = {}
        self.pristine: dict[int, URL] = {}

    def of(self, size: int) -> Portfolio:
        if size not in self.made:
            url = self.store.server.copy(self._pristine(min(size, GENERATED)))
            if size > GENERATED:
                _repeat(url, size // GENERATED)
            self.made[size] = Portfolio(url, self.folder / str(size), size)
        return self.made[size]

    def close(self) -> None:
        for one in self.made.values():
            one.close()

    def _pristine(self, size: int) -> URL:
        """A generated portfolio, its summaries kept, that nobody is connected to."""
        if size not in self.files:
            self.files[size] = _file(self.stores["sqlite"].copy(), size)
        if self.kind == "sqlite":
            return self.files[size]
        if size not in self.pristine:
            self.pristine[size] = self.store.copy()
            copy_rows(self.files[size], self.pristine[size])
        return self.pristine[size]


def _file(url: URL, size: int) -> URL:
    """A generated portfolio in a file of SQLite: one of an earlier run, where that was kept, else made now."""
    folder = os.environ.get("PORTAL_BENCH_FILES")
    held = Path(folder) / f"generated-{size}.sqlite" if folder else None
    if held is not None and held.exists():
        shutil.copy(held, str(url.database))
        return url
    _generated(url, size)
    if held is not None:
        shutil.copy(str(url.database), held)
    return url


def _generated(url: URL, size: int) -> URL:
    engine = make_engine(url, wait=5)
    with clock.stopped_at(clock.present() - LONG_AGO), transaction.unit(engine) as s:
        generating.generate(s, size, 1)
    keeping.keep(engine)
    engine.dispose()
    return url


def _repeat(url: URL, times: int) -> None:
    engine = make_engine(url, wait=5)
    repeat(engine, times)
    assert differences(engine) == [], "what is kept of the repeated portfolio is not what it adds up to"
    engine.dispose()


def _keep_quarter(engine) -> None:
    """Keep the figures of today as those of the quarter that ended: nothing was recorded since."""
    quarter = last_ended(clock.today())
    with Session(engine) as s:
        change_id, veils = queries.last_change(s, quarter), queries.veils_now(s)
        found = {key: queries.written(value) for key, value in queries.values(s, OPEN).items()}
    assert change_id is not None
    with transaction.unit(engine) as s:
        keep_quarter(s, SYSTEM, quarter, change_id, veils, found)
