"""Databases, sessions and applications for tests.

    def test_query(s): …                       # a Session in a transaction that is rolled back; nothing else sees it
    def test_page(client_as): …                # client_as("editor", frameworks=[f.id]) signed in, on a copy of its own
    def test_command(engine): …                # an engine on a copy of the migrated template; commits are real
    def test_of_figures(seeded): …             # like `s`, with the seed portfolio in it
    def test_of_a_page(read_as): …             # read_as("viewer"): the seed portfolio in one application nobody writes to
    def test_of_a_form(seeded_as): …           # seeded_as("editor"): the seed portfolio on a copy of its own

Each test runs on SQLite and on PostgreSQL; PORTAL_TEST_ENGINE=sqlite or postgresql chooses one of them. The schema is made once
per engine by the migrations, then copied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property, partial
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
from portal.ops import schema, seeding
from tests.client import Client
from tests.engines import PostgresqlServer, SqliteFiles, postgresql_server, quick_folder


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
    def seeded(self) -> URL:
        """The template with the seed portfolio loaded: read it in copies."""
        url = self.copy()
        engine = make_engine(url)
        with transaction.unit(engine) as s:
            seeding.seed(s)
        engine.dispose()
        return url

    @cached_property
    def shared(self) -> Engine:
        return make_engine(self.server.copy(self.template), wait=5)

    @cached_property
    def shared_seeded(self) -> Engine:
        return make_engine(self.server.copy(self.seeded), wait=5)

    @cached_property
    def reading(self) -> Engine:
        """The database of the application that `read_as` shares (`tests/lived_in.py`): people are added to it, the portfolio is
        never changed."""
        from tests.lived_in import live_in

        engine = make_engine(self.server.copy(self.seeded), wait=5)
        live_in(engine)
        return engine

    def dispose(self) -> None:
        for name in ("shared", "shared_seeded", "reading"):
            if name in self.__dict__:
                self.__dict__[name].dispose()

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
            self.stack.callback(self.started[kind].dispose)
        return self.started[kind]


@pytest.fixture(scope="session")
def stores() -> Iterator[Stores]:
    """The stores of this run by kind of engine."""
    with ExitStack() as stack:
        yield Stores(stack.enter_context(quick_folder()), stack)


@pytest.fixture
def store(stores: Stores, kind: str) -> Store:
    """The store of the engine this test runs on."""
    return stores[kind]


@pytest.fixture
def s(store: Store) -> Iterator[Session]:
    """A writing Session whose commits are savepoints: all is rolled back at the end of the test."""
    with rolled_back(store.shared) as session:
        yield session


@pytest.fixture
def seeded(store: Store) -> Iterator[Session]:
    """The same on the seed portfolio."""
    with rolled_back(store.shared_seeded) as session:
        yield session


@contextmanager
def rolled_back(engine: Engine) -> Iterator[Session]:
    with engine.connect().execution_options(writer=True) as connection:
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
    return partial(signed_in, app, engine)


def signed_in(app: Flask, engine: Engine, role: str, **given: Any) -> Client:
    """The browser of a new person of that role, signed in."""
    from tests.factories import accounts

    with transaction.unit(engine) as s:
        token = accounts.session_of(s, accounts.person(s, role, **given))
    return accounts.browser(app, token)


@pytest.fixture(scope="session")
def reading(stores: Stores, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Flask]]:
    """`reading("sqlite")`: the application on the seed portfolio, one for the whole run, for tests that only read."""
    made: dict[str, Flask] = {}

    def application(kind: str) -> Flask:
        if kind not in made:
            made[kind] = create_app(settings_for(stores[kind].reading, tmp_path_factory.mktemp(kind)))
            made[kind].testing = True
        return made[kind]

    yield application
    for app in made.values():
        dispose(app)


@pytest.fixture
def read_as(store: Store, kind: str, reading: Callable[[str], Flask]) -> Callable[..., Client]:
    """`read_as("viewer", lang="en")`: a person who looks at the seed portfolio and changes nothing."""

    def browser(role: str = "viewer", lang: str | None = None, **given: Any) -> Client:
        client = signed_in(reading(kind), store.reading, role, **given)
        if lang:
            client.speak(lang)
        return client

    return browser


@pytest.fixture(scope="module")
def kept_engine(stores: Stores, kind: str) -> Iterator[Engine]:
    """An engine on a copy of the migrated template that a whole module shares: for a scene that its tests only read."""
    made = make_engine(stores[kind].copy(), wait=5)
    yield made
    made.dispose()
    stores[kind].server.drop(made.url)


@pytest.fixture(scope="module")
def kept_as(kept_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Client]]:
    """`kept_as("viewer", lang="cs")`: a person who looks at that copy."""
    app = create_app(settings_for(kept_engine, tmp_path_factory.mktemp("kept")))
    app.testing = True
    yield partial(signed_in, app, kept_engine)
    dispose(app)


@pytest.fixture
def seeded_engine(store: Store) -> Iterator[Engine]:
    """An engine on a copy of the seed portfolio; commits are real."""
    made = make_engine(store.server.copy(store.seeded), wait=5)
    yield made
    made.dispose()
    store.server.drop(made.url)


@pytest.fixture
def seeded_app(seeded_engine: Engine, tmp_path: Path) -> Iterator[Flask]:
    """The portal on that copy."""
    app = create_app(settings_for(seeded_engine, tmp_path))
    app.testing = True
    yield app
    dispose(app)


@pytest.fixture
def seeded_as(seeded_app: Flask, seeded_engine: Engine) -> Callable[..., Client]:
    """`seeded_as("editor", everywhere=True)`: a person who may change that copy."""
    return partial(signed_in, seeded_app, seeded_engine)
