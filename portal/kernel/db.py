"""The database: declarative base, column types, engines and sessions that behave alike on SQLite and PostgreSQL.

A connection is a *writer* when its execution option `writer` is set before the transaction begins. On SQLite a writer
begins with BEGIN IMMEDIATE (it waits for its turn at once), everybody else with BEGIN and a steady snapshot.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from weakref import WeakSet

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import Engine, MetaData, Table
from sqlalchemy.orm import DeclarativeBase

from portal.kernel import driver

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Names of constraints and indexes, so that a migration can name what it alters."""


class Base(DeclarativeBase):
    """The root of all models; `Base.metadata` holds every table and, after `history.add_twins`, every twin."""

    metadata = MetaData(naming_convention=NAMING)


class Versioned:
    """Mixin: the database keeps the whole history of this model's table (see `portal.kernel.history`).

    The table gets `info["versioned"]`. A single integer key that the table gives out itself is never reused
    (SQLite AUTOINCREMENT); the key of a joined child table is its parent's and needs nothing.
    """

    @classmethod
    def __table_cls__(cls, *args: Any, **options: Any) -> Table:
        table = Table(*args, **options)
        table.info["versioned"] = True
        if (key := own_key(table)) is not None and isinstance(key.type, sa.Integer):
            table.dialect_options["sqlite"]["autoincrement"] = True
        return table


def own_key(table: Table) -> sa.Column[Any] | None:
    """The primary key column, if it is one column and no foreign key; else None."""
    keys = list(table.primary_key.columns)
    return keys[0] if len(keys) == 1 and not keys[0].foreign_keys else None


class Instant(sa.TypeDecorator[datetime]):
    """A moment in UTC, to the microsecond. Takes and gives aware datetimes; a naive one is a ValueError.

    SQLite stores `2014-08-27T09:30:00.000000Z`: of fixed width, so that text order is time order.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sa.String(27))
        return dialect.type_descriptor(sa.DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        value = value.astimezone(UTC)
        if dialect.name != "sqlite":
            return value
        # strftime pads no year below 1000; isoformat does.
        return value.replace(tzinfo=None).isoformat("T", "microseconds") + "Z"

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return datetime.fromisoformat(value) if isinstance(value, str) else value.astimezone(UTC)


class BoundSession(FlaskSession):
    """Flask-SQLAlchemy's session, except that an explicit `bind` (tests) is honoured."""

    def get_bind(self, mapper: Any = None, clause: Any = None, bind: Any = None, **options: Any) -> Any:
        if bind is None and self.bind is not None:
            return self.bind
        return super().get_bind(mapper=mapper, clause=clause, bind=bind, **options)


class Database(SQLAlchemy):
    """Flask-SQLAlchemy whose engines carry the portal's connection rules."""

    def init_app(self, app: Any) -> None:
        super().init_app(app)
        with app.app_context():
            for engine in self.engines.values():
                prepare_engine(engine, wait=app.config.get("PORTAL_LOCK_WAIT", driver.LOCK_WAIT))


db = Database(model_class=Base, disable_autonaming=True, session_options={"class_": BoundSession})


# Not event.contains(): it goes by id(engine) and remembers as long as the dialect lives, which may be longer than the
# engine. A new engine at the same address would then get no rules at all.
_prepared: WeakSet[Engine] = WeakSet()


def prepare_engine(engine: Engine, wait: float = driver.LOCK_WAIT) -> Engine:
    """Attach the portal's connection rules to `engine` (once). A writer waits `wait` seconds for its turn."""
    if engine not in _prepared:
        _prepared.add(engine)
        driver.listen(engine, wait)
    return engine


def make_engine(url: str | sa.URL, *, wait: float = driver.LOCK_WAIT, **options: Any) -> Engine:
    """An engine with the portal's connection rules; `options` go to SQLAlchemy's `create_engine`.

    Behind a proxy that pools transactions pass `connect_args={"prepare_threshold": None}` (PostgreSQL).
    """
    return prepare_engine(sa.create_engine(url, **options), wait)
