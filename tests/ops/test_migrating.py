"""The migration environment: batch rebuilds keep children, broken references are refused, nothing is half done."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Engine

from portal.config import ROOT
from portal.kernel.db import make_engine

FIRST = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "1", None

def upgrade():
    op.create_table("parent", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Text))
    op.create_table(
        "child",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("parent_id", sa.Integer, sa.ForeignKey("parent.id", ondelete="CASCADE"), nullable=False),
    )
    op.execute("INSERT INTO parent VALUES (1, 'one')")
    op.execute("INSERT INTO child VALUES (10, 1), (11, 1)")
"""

REBUILD = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "2", "1"

def upgrade():
    with op.batch_alter_table("parent", recreate="always") as batch:
        batch.alter_column("name", nullable=False)
"""

ORPHAN = """
from alembic import op
revision, down_revision = "2", "1"

def upgrade():
    op.execute("CREATE TABLE half_done (id INTEGER)")
    op.execute("DELETE FROM parent")
"""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{tmp_path / 'm.sqlite3'}")
    yield engine
    engine.dispose()


def _upgrade(engine: Engine, tmp_path: Path, *versions: str) -> None:
    folder = tmp_path / "migrations"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "versions").mkdir(parents=True)
    shutil.copy(ROOT / "migrations" / "env.py", folder)
    for number, text in enumerate(versions, 1):
        (folder / "versions" / f"v{number}.py").write_text(text)
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.attributes["engine"] = engine
    command.upgrade(config, "head")


def _column(engine: Engine, statement: str) -> list[object]:
    with engine.connect() as connection:
        return list(connection.exec_driver_sql(statement).scalars())


def test_rebuilding_a_parent_keeps_its_children(engine: Engine, tmp_path: Path) -> None:
    _upgrade(engine, tmp_path, FIRST, REBUILD)
    assert _column(engine, "SELECT id FROM child ORDER BY id") == [10, 11]
    assert _column(engine, "SELECT version_num FROM alembic_version") == ["2"]


def test_a_migration_that_leaves_an_orphan_is_refused_whole(engine: Engine, tmp_path: Path) -> None:
    _upgrade(engine, tmp_path, FIRST)
    with pytest.raises(RuntimeError, match="rows without a parent"):
        _upgrade(engine, tmp_path, FIRST, ORPHAN)
    assert _column(engine, "SELECT id FROM parent") == [1]
    assert _column(engine, "SELECT name FROM sqlite_master WHERE name = 'half_done'") == []
    assert _column(engine, "SELECT version_num FROM alembic_version") == ["1"]


def test_references_are_enforced_again_afterwards(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        _upgrade(engine, tmp_path, FIRST, ORPHAN)
    assert _column(engine, "PRAGMA foreign_keys") == [1]


def test_two_processes_migrate_a_database_once(database_url: URL, tmp_path: Path) -> None:
    environment = {
        "PORTAL_DATA": str(tmp_path),
        "DATABASE_URL": database_url.render_as_string(hide_password=False),
        "PATH": "/usr/bin:/bin",
    }
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "portal", "migrate"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    said = sorted(process.communicate(timeout=120) for process in both)
    assert [process.returncode for process in both] == [0, 0], said
    assert [out.split()[0] for out, _ in said] == ["Already", "Now"]
