"""A toy database of each kind, made once and copied for every test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine

from portal.kernel.db import make_engine
from tests.engines import PostgresqlServer, SqliteFiles
from tests.kernel import toy


@pytest.fixture(scope="session")
def toy_copies(databases: SqliteFiles | PostgresqlServer) -> Callable[..., Engine]:
    """`toy_copies()` makes a fresh toy database and gives an engine on it; options go to `make_engine`."""
    template = databases.empty()
    first = make_engine(template)
    toy.create(first)
    first.dispose()

    def copy(**options) -> Engine:
        return make_engine(databases.copy(template), **options)

    return copy


@pytest.fixture
def engine(databases: SqliteFiles | PostgresqlServer, toy_copies: Callable[..., Engine]) -> Iterator[Engine]:
    """A toy database of each kind in turn; one connection at a time is the rule unless a test opens more."""
    made = toy_copies(wait=5)
    yield made
    made.dispose()
    databases.drop(made.url)
