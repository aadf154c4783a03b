"""The made-up portfolio: of the size asked for, the same each time, and as sound as what people enter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import URL, Engine, func, select, text
from sqlalchemy.orm import Session, aliased

from portal import load_models
from portal.desk.models import Task
from portal.funding.models import Contract, Flow
from portal.kernel import clock, transaction
from portal.kernel.db import make_engine
from portal.kernel.errors import Refused
from portal.kernel.record import Record
from portal.ops import checks, schema
from portal.ops.generating import generate
from portal.partners.models import Link
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


def _generated(engine: Engine, size: int, seed: int, day: int = 11) -> None:
    with clock.stopped_at(datetime(2026, 7, day, 12, tzinfo=UTC)), transaction.unit(engine) as s:
        generate(s, size, seed)


def _count(s: Session, model: type, *where: object) -> int:
    return s.scalar(select(func.count()).select_from(model).where(*where)) or 0


def test_the_made_up_portfolio_has_its_size_and_is_sound(engine: Engine) -> None:
    _generated(engine, 120, 1)
    with transaction.unit(engine) as s:
        assert _count(s, Project) == 120
        assert _count(s, Project, Project.umbrella_id.is_not(None)) == 24
        assert 420 < _count(s, Flow) < 780
        assert _count(s, StatusUpdate) > 120
        assert _count(s, Statement, Statement.field == "status", Statement.leading.is_(True)) > 90
        assert _count(s, Record, Record.kind == "project", ~Record.note_en.startswith("A made-up project")) == 0
        assert _count(s, transaction.Change) == 4
    assert {name: troubles for name, troubles in checks.run(engine) if troubles} == {}


def test_the_made_up_portfolio_has_what_makes_adding_up_hard(engine: Engine) -> None:
    _generated(engine, 400, 7)
    with transaction.unit(engine) as s:
        assert set(s.scalars(select(Flow.amount_currency).distinct())) == {None, "EUR", "CZK", "USD", "GEL", "MDL"}
        assert set(s.scalars(select(Flow.type_code).distinct())) == {None, "1", "2", "3", "4", "7", "11", "12", "13"}
        assert set(s.scalars(select(Flow.amount_mark).distinct())) == {None, "exact", "rounded", "estimated"}
        assert _count(s, Flow, Flow.amount_minor.is_(None), Flow.unknown_reason == "not_split") > 0
        whole = aliased(Flow, flat=True)
        deep = select(func.count()).select_from(Flow).join(whole, whole.id == Flow.included_in_id)
        assert s.scalar(deep.where(whole.included_in_id.is_not(None))) > 5, (
            "chains of what is included in what is included"
        )
        for kind in ("project", "framework", "organisation", "country"):
            assert _count(s, Flow, Flow.provider_id.in_(select(Record.id).where(Record.kind == kind))) > 3, kind
        assert _count(s, Flow, Flow.booked_id.in_(select(Record.id).where(Record.kind == "framework"))) > 5
        assert _count(s, Flow, Flow.supersedes_id.is_not(None)) > 10
        assert _count(s, Contract, Contract.rate_regime == "fixed") > 3
        assert _count(s, Flow, Flow.addendum_id.is_not(None)) > 5
        assert _count(s, Flow, Flow.valued_edtf.like("%/..")) > 5
        for standing in ("archived", "withdrawn"):
            assert _count(s, Record, Record.kind == "project", Record.standing == standing) > 3
        assert _count(s, Record, Record.kind == "project", Record.confidential) > 2
        assert _count(s, Link, Link.relation == "possibly_same") >= 8
        assert _count(s, Statement, Statement.field == "amount", ~Statement.leading) > 50
        assert _count(s, Task) > 20
        assert _count(s, Record, Record.name_cs.like("%ř%")) > 100
    with engine.connect() as connection:
        first, last = connection.execute(text("SELECT MIN(id), MAX(id) FROM change")).one()
        then = "SELECT id, amount_minor FROM flow_history WHERE change_from <= :c AND (change_to IS NULL OR change_to > :c)"
        amounts = [dict(connection.execute(text(then), {"c": moment}).all()) for moment in (first, last)]
    assert amounts[0].keys() == amounts[1].keys()
    assert sum(amounts[0][flow] != amounts[1][flow] for flow in amounts[0]) > 20, "amounts were corrected later"


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
    _generated(other, 25, 3, day=20)
    rows = select(*Record.__table__.c).order_by(Record.id)
    money = select(*Flow.__table__.c).order_by(Flow.id)
    stated = select(*Statement.__table__.c).order_by(Statement.id)
    with transaction.unit(engine) as here, transaction.unit(other) as there:
        for asked in (rows, money, stated):
            assert here.execute(asked).all() == there.execute(asked).all()
    other.dispose()
    databases.drop(url)
    with pytest.raises(Refused, match="seed 3 is in this database already"):
        _generated(engine, 25, 3)
