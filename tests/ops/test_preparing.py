"""The first start prepares everything once, whatever the database and however many servers start together."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, func, select

from portal.accounts.actions import matches
from portal.accounts.models import Person
from portal.config import Settings
from portal.kernel import transaction
from portal.kernel.db import make_engine
from portal.kernel.record import Record
from portal.ops import schema
from portal.ops.prepare import prepare


@pytest.fixture
def engines(database_url: URL) -> Iterator[list[Engine]]:
    """Two servers' engines on one empty database."""
    both = [make_engine(database_url) for _ in range(2)]
    yield both
    for engine in both:
        engine.dispose()


def test_two_servers_that_start_together_prepare_once(engines: list[Engine], tmp_path: Path) -> None:
    said: list[str] = []
    settings = Settings(data=tmp_path)
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda engine: prepare(engine, settings, said.append), engines))
    assert sorted(len(accounts) for accounts in made) == [0, 4]
    assert said == ["Bringing the database up to date …", "Loading the seed portfolio …"]
    assert schema.state(engines[0]).current
    with transaction.unit(engines[0]) as s:
        kept = {
            person.login: (person.role, person.everywhere, person.password_hash) for person in s.scalars(select(Person))
        }
        assert s.scalar(select(func.count()).select_from(Record)) > 50
    for account in made[0] or made[1]:
        role, everywhere, password_hash = kept.pop(account.login)
        assert (role, everywhere) == (account.role, account.role != "viewer")
        assert matches(password_hash, account.password)
    assert kept == {}


def test_a_later_start_changes_nothing(engines: list[Engine], tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    prepare(engines[0], settings, lambda _: None)
    said: list[str] = []

    def state() -> tuple[int, int]:
        with transaction.unit(engines[0]) as s:
            changes = s.scalar(select(func.count()).select_from(transaction.Change))
            return changes, s.scalar(select(func.count()).select_from(Person))

    before = state()
    assert list(prepare(engines[1], settings, said.append)) == []
    assert (said, state()) == ([], before)
