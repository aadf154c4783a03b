"""A migrated database is exactly what the models say: tables, columns, indexes, twins, triggers. On both engines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Engine, inspect

from portal import load_models
from portal.config import ROOT
from portal.kernel import history
from portal.kernel.db import make_engine
from portal.ops import schema


@pytest.fixture
def engine(database_url: URL) -> Iterator[Engine]:
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


def test_migrations_form_one_line() -> None:
    script = ScriptDirectory(str(ROOT / "migrations"))
    assert len(script.get_heads()) == 1
    assert [one.revision for one in script.walk_revisions() if one.is_merge_point] == []


def test_a_migrated_database_equals_the_models(engine: Engine) -> None:
    metadata = load_models()
    state = schema.migrate(engine)
    assert state.current and state.reached is not None
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert history.divergences(connection) == []


def test_a_migration_taken_back_leaves_nothing(engine: Engine) -> None:
    schema.migrate(engine)
    schema.take_back(engine)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    assert schema.migrate(engine).current
