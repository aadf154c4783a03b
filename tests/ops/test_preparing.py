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


def _rows(engine: Engine, table: type) -> int:
    with transaction.unit(engine) as s:
        return s.scalar(select(func.count()).select_from(table)) or 0


def test_two_servers_that_start_together_prepare_once_and_a_third_nothing(
    engines: list[Engine], tmp_path: Path
) -> None:
    said: list[str] = []
    settings = Settings(data=tmp_path)
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda engine: prepare(engine, settings, said.append), engines))
    assert sorted(len(accounts) for accounts in made) == [0, 4]
    assert said == ["Bringing the database up to date …", "Loading the seed portfolio …"]
    assert schema.state(engines[0]).current
    assert _rows(engines[0], Record) > 50
    with transaction.unit(engines[0]) as s:
        kept = {
            person.login: (person.role, person.everywhere, person.password_hash) for person in s.scalars(select(Person))
        }
    for account in made[0] or made[1]:
        role, everywhere, password_hash = kept.pop(account.login)
        assert (role, everywhere) == (account.role, account.role != "viewer")
        assert matches(password_hash, account.password)
    assert kept == {}

    changes = _rows(engines[0], transaction.Change)
    assert list(prepare(engines[1], settings, said.append)) == []
    assert said[2:] == []
    assert (_rows(engines[0], transaction.Change), _rows(engines[0], Person)) == (changes, 4)
