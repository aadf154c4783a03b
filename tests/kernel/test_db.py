"""Connections, column types and sessions."""

from __future__ import annotations

import gc
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from portal.kernel.db import Base, Instant, db, make_engine, prepare_engine
from portal.kernel.errors import NoOpenChange
from portal.kernel.transaction import Change, begin_writing, change, unit
from tests.engines import only
from tests.kernel.toy import Note, Thing

moments = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=2)), timezone(-timedelta(hours=11))]))


@only("sqlite")
def test_sqlite_is_told_its_rules_on_every_connection(engine):
    with engine.connect() as one, engine.connect() as two:
        for connection in (one, two):
            for pragma, value in (
                ("journal_mode", "wal"),
                ("synchronous", 2),
                ("foreign_keys", 1),
                ("recursive_triggers", 1),
                ("busy_timeout", 5000),
            ):
                assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value, pragma


@only("postgresql")
def test_postgresql_is_told_its_rules_on_every_connection(engine):
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW timezone").scalar() == "UTC"
        assert connection.exec_driver_sql("SHOW lock_timeout").scalar() == "5s"
        assert connection.exec_driver_sql("SHOW jit").scalar() == "off"
        assert connection.dialect.driver == "psycopg"


def test_rules_are_attached_once(engine):
    told = []
    prepare_engine(prepare_engine(engine))
    sa.event.listen(engine, "before_cursor_execute", lambda c, cursor, statement, *rest: told.append(statement))
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    assert told == (["BEGIN", "SELECT 1"] if engine.dialect.name == "sqlite" else ["SELECT 1"])


def test_an_engine_at_the_address_of_a_collected_one_gets_its_rules_too():
    """The dialect of an engine may outlive it: SQLAlchemy remembers the listeners of such an engine by its address."""
    dialects, addresses = [], set()
    for _ in range(200):
        made = make_engine("sqlite://")
        reused = id(made) in addresses
        addresses.add(id(made))
        dialects.append(made.dialect)
        with pytest.raises(NoOpenChange), made.connect() as connection:
            connection.exec_driver_sql("CREATE TABLE t (id)")
            connection.exec_driver_sql("CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT RAISE(ABORT, 'PH001 no'); END")
            connection.exec_driver_sql("INSERT INTO t VALUES (1)")
        made.dispose()
        del made, connection
        gc.collect(1)  # the engine lies in a circle; its address is free when that is gone
        if reused:
            return
    pytest.fail("no address was used twice, so this proved nothing")


def test_an_instant_comes_back_as_it_was_in_utc(engine):
    prague = timezone(timedelta(hours=2))
    given_moments = [
        datetime(2014, 8, 27, 1, 30, tzinfo=prague),
        datetime(999, 1, 1, 0, 0, 0, 1, tzinfo=UTC),
        datetime(2026, 3, 31, 12, 0, 0, 999999, tzinfo=UTC),
        None,
    ]
    with unit(engine) as s, change(s):
        s.add(Thing())
        s.flush()
        s.add_all([Note(thing_id=1, body=str(n), stamp=stamp) for n, stamp in enumerate(given_moments)])
    with Session(engine) as s:
        stamps = s.scalars(sa.select(Note.stamp).order_by(Note.body)).all()
        assert stamps == given_moments
        assert [stamp.tzinfo for stamp in stamps if stamp] == [UTC, UTC, UTC]
        assert s.scalars(sa.select(Note.body).order_by(Note.stamp).where(Note.stamp.is_not(None))).all() == [
            "1",
            "0",
            "2",
        ]
        before = sa.select(Note.body).where(Note.stamp < datetime(2014, 8, 26, 23, 30, 0, 1, tzinfo=UTC))
        assert s.scalars(before.order_by(Note.stamp)).all() == ["1", "0"]
        assert s.scalar(sa.select(sa.func.max(Note.stamp))) == given_moments[2]
        literal = sa.select(Note.body).where(Note.stamp == sa.literal(given_moments[2], Instant, literal_execute=True))
        assert s.scalars(literal).all() == ["2"]


def test_a_moment_without_a_zone_is_refused(engine):
    with pytest.raises(sa.exc.StatementError, match="time zone"), Session(engine) as s:
        s.scalars(sa.select(Note).where(Note.stamp < datetime(2026, 1, 1))).all()  # noqa: DTZ001


@given(one=moments, two=moments)
def test_on_sqlite_the_order_of_texts_is_the_order_of_times(one, two):
    text = [Instant().process_bind_param(moment, sqlite.dialect()) for moment in (one, two)]
    assert [len(t) for t in text] == [27, 27]
    assert (text[0] < text[1], text[0] == text[1]) == (one < two, one == two)
    assert Instant().process_result_value(text[0], sqlite.dialect()) == one


@pytest.fixture
def app(engine):
    """Flask with the portal's database, on the toy tables."""
    made = Flask("toy")
    made.config["SQLALCHEMY_DATABASE_URI"] = engine.url
    made.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 2}
    db.init_app(made)
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


def test_flasks_engine_carries_the_rules(app):
    s = db.session()
    with pytest.raises(NoOpenChange):
        s.execute(sa.text("INSERT INTO thing (kind, name, version) VALUES ('thing', 'a', 1)"))
    s.rollback()
    begin_writing(s)
    with change(s, 1, actor_name="Jana"):
        s.add(Thing(name="a"))
    s.commit()
    assert s.scalar(sa.select(Change.actor_name)) == "Jana"


def test_flasks_session_honours_a_bind_that_it_is_given(app, engine):
    with engine.connect().execution_options(writer=True) as connection:
        outer = connection.begin()
        s = db.session.session_factory(bind=connection, join_transaction_mode="create_savepoint")
        with change(s):
            s.add(Thing(name="a"))
        s.commit()
        assert s.connection().connection.driver_connection is connection.connection.driver_connection
        s.close()
        outer.rollback()
    assert db.session.scalars(sa.select(Thing)).all() == []


def test_models_of_the_portal_share_one_metadata_with_flask():
    assert db.metadata is Base.metadata
    assert Base.metadata.naming_convention["pk"] == "pk_%(table_name)s"


def test_a_database_that_does_not_answer_is_a_plain_error(tmp_path):
    engine: Engine = make_engine(f"sqlite:///{tmp_path}/no/such/folder/portal.db")
    with pytest.raises(sa.exc.OperationalError, match="unable to open"):
        engine.connect()
