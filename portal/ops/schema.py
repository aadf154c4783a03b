"""The state of the database's schema, bringing it up to date, and doing so one process at a time."""

from __future__ import annotations

import fcntl
import functools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from portal import load_models
from portal.config import ROOT, Settings, data_folder
from portal.kernel import db

LOCK = 7_267_825
"""Key of the PostgreSQL advisory lock that migrations take."""

_PREPARING = LOCK + 1


@dataclass(frozen=True)
class State:
    """Which migration the database has reached (None: empty) and which one this code needs."""

    reached: str | None
    needed: str | None

    @property
    def current(self) -> bool:
        return self.reached == self.needed


def open_engine(settings: Settings | None = None) -> Engine:
    """Engine on the database that the settings name, all models loaded. Makes its folder if missing."""
    settings = settings or Settings.from_environment()
    data_folder(settings)
    load_models()
    return db.make_engine(settings.database_url)


def _config(engine: Engine | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["engine"] = engine
    return config


def state(engine: Engine) -> State:
    """Where the database of `engine` stands. Raises SQLAlchemy's error if it does not answer."""
    with engine.connect() as connection:
        reached = MigrationContext.configure(connection).get_current_revision()
    return State(reached, _needed())


@functools.cache
def _needed() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def state_served() -> State:
    """The same of the database that the running application serves. Needs an application context."""
    return state(db.db.engine)


def migrate(engine: Engine, to: str = "head") -> State:
    """Bring the database up to `to`. Waits for another process that is doing the same, then finds it done."""
    command.upgrade(_config(engine), to)
    return state(engine)


def take_back(engine: Engine, to: str = "base") -> State:
    """Undo migrations down to `to`. Loses data; there is no command for it."""
    command.downgrade(_config(engine), to)
    return state(engine)


@contextmanager
def alone(engine: Engine, settings: Settings) -> Iterator[None]:
    """Within the block no other process prepares the same database (lock file or session lock)."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("SET lock_timeout = 0"))  # the other may be loading the seed: wait for it
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _PREPARING})
            try:
                yield
            finally:
                connection.invalidate()  # closes it for good: gives up the lock, keeps the setting from others
        return
    with open(data_folder(settings) / "prepare.lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
