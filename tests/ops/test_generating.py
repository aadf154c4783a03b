"""The made-up portfolio: of the size asked for, the same each time, and as sound as what people enter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import URL, Engine, func, select
from sqlalchemy.orm import Session

from portal import load_models
from portal.funding.models import Flow
from portal.kernel import clock, transaction
from portal.kernel.db import make_engine
from portal.kernel.errors import Refused
from portal.kernel.record import Record
from portal.ops import checks, schema
from portal.ops.generating import generate
from portal.progress.models import StatusUpdate
from portal.projects.models import Project
from portal.sources.models import Statement


@pytest.fixture
def engine(database_url: URL) -> Iterator[Engine]:
    load_models()
    engine = make_engine(database_url)
    schema.migrate(engine)
    yield engine
    engine.dispose()


def _generated(engine: Engine, size: int, seed: int) -> None:
    with clock.stopped_at(datetime(2026, 1, 31, 12, tzinfo=UTC)), transaction.unit(engine) as s:
        generate(s, size, seed)


def _count(s: Session, model: type, *where: object) -> int:
    return s.scalar(select(func.count()).select_from(model).where(*where)) or 0


def test_the_made_up_portfolio_has_its_size_and_is_sound(engine: Engine) -> None:
    _generated(engine, 60, 1)
    with transaction.unit(engine) as s:
        assert _count(s, Project) == 60
        assert _count(s, Project, Project.umbrella_id.is_not(None)) == 12
        assert 20 < _count(s, Flow) < 50
        assert 0 < _count(s, Flow, Flow.amount_minor.is_(None)) < 20
        assert _count(s, StatusUpdate) > 20
        assert _count(s, Statement, Statement.field == "status", Statement.leading.is_(True)) >= 60
        assert _count(s, Record, Record.kind == "project", ~Record.name_en.endswith("(made up)")) == 0
        assert _count(s, transaction.Change) == 1
    assert {name: troubles for name, troubles in checks.run(engine) if troubles} == {}


def test_each_project_repeats_its_latest_update(engine: Engine) -> None:
    _generated(engine, 30, 2)
    latest = select(StatusUpdate.of_id, func.max(StatusUpdate.written_on)).group_by(StatusUpdate.of_id)
    with transaction.unit(engine) as s:
        told = dict(s.execute(select(Project.id, Project.reported_on).where(Project.reported_on.is_not(None))).all())
        assert told == dict(s.execute(latest).all())
        assert len(told) > 10


def test_a_seed_gives_the_same_portfolio_and_only_once(databases, engine: Engine) -> None:  # type: ignore[no-untyped-def]
    _generated(engine, 25, 3)
    url = databases.empty()
    other = make_engine(url)
    schema.migrate(other)
    _generated(other, 25, 3)
    rows = select(Record.id, Record.key, Record.name_cs, Record.kind).order_by(Record.id)
    money = select(Flow.booked_id, Flow.amount_minor).order_by(Flow.id)
    with transaction.unit(engine) as here, transaction.unit(other) as there:
        for asked in (rows, money):
            assert here.execute(asked).all() == there.execute(asked).all()
    other.dispose()
    databases.drop(url)
    with pytest.raises(Refused, match="seed 3 is in this database already"):
        _generated(engine, 25, 3)
