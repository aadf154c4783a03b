"""Databases, sessions and applications for tests.

    def test_query(s): …                       # a Session in a transaction that is rolled back; nothing else sees it
    def test_page(client_as): …                # client_as("editor", frameworks=[f.id]) signed in, on a copy of its own
    def test_command(engine): …                # an engine on a copy of the migrated template; commits are real

Each works on the engine PORTAL_TEST_ENGINE names (sqlite, or postgresql for the whole suite). A test or module marked
`both_engines` runs on both, whatever it says. The schema is made once per engine by the migrations, then copied.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import URL, Engine
from sqlalchemy.orm import Session

from portal import create_app
from portal.config import Settings
from portal.kernel import transaction
from portal.kernel.db import db, make_engine
from portal.ops import schema
from tests.client import Client
from tests.engines import KINDS, PostgresqlServer, SqliteFiles, postgresql_server


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`kind` is the engine of the environment, or each in turn for tests marked `both_engines`."""
    if "kind" in metafunc.fixturenames:
        chosen = os.environ.get("PORTAL_TEST_ENGINE", "sqlite")
        if chosen not in KINDS:
            raise pytest.UsageError(f"PORTAL_TEST_ENGINE must be one of {KINDS}, not {chosen!r}")
        both = metafunc.definition.get_closest_marker("both_engines") is not None
        metafunc.parametrize("kind", KINDS if both else [chosen])


class Store:
    """The databases of one engine: the migrated template, one shared database for rolled-back sessions, and copies."""

    def __init__(self, server: SqliteFiles | PostgresqlServer) -> None:
        self.server = server

    @cached_property
    def template(self) -> URL:
        url = self.server.empty()
        engine = make_engine(url)
        schema.migrate(engine)
        engine.dispose()
        return url

    @cached_property
    def shared(self) -> Engine:
        return make_engine(self.server.copy(self.template), wait=5)

    def copy(self) -> URL:
        return self.server.copy(self.template)


class Stores:
    """One store per engine, started when first asked for, stopped with pytest."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.stack, self.started = folder, stack, dict[str, Store]()

    def __getitem__(self, kind: str) -> Store:
        if kind not in self.started:
            server = SqliteFiles(self.folder) if kind == "sqlite" else self.stack.enter_context(postgresql_server())
            self.started[kind] = Store(server)
            self.stack.callback(lambda: self.started[kind].shared.dispose())
        return self.started[kind]


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    """The stores of this run by kind of engine."""
    with ExitStack() as stack:
        yield Stores(tmp_path_factory.mktemp("stores"), stack)


@pytest.fixture
def store(stores: Stores, kind: str) -> Store:
    """The store of the engine this test runs on."""
    return stores[kind]


@pytest.fixture
def s(store: Store) -> Iterator[Session]:
    """A writing Session whose commits are savepoints: all is rolled back at the end of the test."""
    with store.shared.connect().execution_options(writer=True) as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            yield session
        outer.rollback()


@pytest.fixture
def engine(store: Store) -> Iterator[Engine]:
    """An engine on a database of this test's own; commits are real and other connections see them."""
    made = make_engine(store.copy(), wait=5)
    yield made
    made.dispose()
    store.server.drop(made.url)


def settings_for(engine: Engine, folder: Path, **chosen: Any) -> Settings:
    """Settings of an application on the database of `engine`."""
    given: dict[str, Any] = {
        "data": folder,
        "database": engine.url.render_as_string(hide_password=False),
        "secret_key": "k" * 32,
        "trusted_hosts": ("localhost",),
    }
    return Settings(**{**given, **chosen})


def dispose(app: Flask) -> None:
    """Close the connections of an application."""
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def make_app(engine: Engine, tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Makes applications on the database of `engine`, for tests that add routes or choose settings."""
    made: list[Flask] = []

    def make(**chosen: Any) -> Flask:
        app = create_app(settings_for(engine, tmp_path, **chosen))
        app.testing = True
        made.append(app)
        return app

    yield make
    for app in made:
        dispose(app)


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    """The portal on a database of this test's own."""
    return make_app()


@pytest.fixture
def client(app: Flask) -> Client:
    """A stranger's browser."""
    return Client(app)


@pytest.fixture
def client_as(app: Flask, engine: Engine) -> Callable[..., Client]:
    """`client_as("editor", frameworks=[7])`: the browser of a new person of that role, signed in."""
    from tests.factories import accounts

    def signed_in(role: str, **given: Any) -> Client:
        with transaction.unit(engine) as s:
            token = accounts.session_of(s, accounts.person(s, role, **given))
        return accounts.browser(app, token)

    return signed_in
