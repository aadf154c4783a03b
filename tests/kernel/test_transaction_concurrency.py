"""Many writers at once: ids and times of changes follow the order of their commits, and no work is lost."""

from __future__ import annotations

import random
import threading

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.kernel.history import divergences
from portal.kernel.transaction import Change, change, unit
from tests import machine
from tests.kernel import toy
from tests.kernel.toy import Thing

WRITERS = 4
CHANGES = 200 if machine.prove() else 15


class GivenUp(Exception):
    pass


def write(engine, seed: int, faults: list) -> None:
    chance = random.Random(seed)
    try:
        for _ in range(CHANGES):
            try:
                with unit(engine) as s, change(s, seed):
                    s.add(Thing(name=f"writer {seed}"))
                    s.get(Thing, 1).amount_minor += 1
                    s.flush()
                    if chance.random() < 0.2:
                        raise GivenUp
            except GivenUp:
                # What is rolled back must neither count nor leave its id in anybody's way.
                with unit(engine) as s, change(s, seed):
                    s.get(Thing, 1).amount_minor += 1
    except BaseException as error:
        faults.append(error)


def watch(engine, done: threading.Event, seen: list) -> None:
    while not done.is_set():
        with Session(engine) as s:
            seen.append(list(s.execute(sa.select(Change.id, Change.at).order_by(Change.id))))


@pytest.fixture
def roomy_engine(toy_copies, databases):
    made = toy_copies(wait=60, pool_size=WRITERS + 1)
    yield made
    made.dispose()
    databases.drop(made.url)


def test_every_reader_sees_a_beginning_of_the_same_sequence_of_changes(roomy_engine):
    """A reader that sees a change sees all with lower ids: exactly that is commit order."""
    engine = roomy_engine
    with unit(engine) as s, change(s):
        s.add(Thing(name="counter", amount_minor=0, currency="EUR"))
    faults, seen, done = [], [], threading.Event()
    watcher = threading.Thread(target=watch, args=(engine, done, seen))
    writers = [threading.Thread(target=write, args=(engine, n, faults)) for n in range(1, WRITERS + 1)]
    watcher.start()
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    watcher.join()

    assert faults == []
    with Session(engine) as s:
        final = list(s.execute(sa.select(Change.id, Change.at).order_by(Change.id)))
        assert len(final) == 1 + WRITERS * CHANGES
        assert s.get(Thing, 1).amount_minor == WRITERS * CHANGES, "a concurrent update was lost"
        assert s.get(Thing, 1).version == 1 + WRITERS * CHANGES
    assert all(earlier.at < later.at for earlier, later in zip(final, final[1:], strict=False))
    lengths = {len(snapshot) for snapshot in seen}
    assert len(lengths) > 3, "the watcher saw nothing of the race"
    assert all(snapshot == final[: len(snapshot)] for snapshot in seen)
    with engine.connect() as connection:
        assert divergences(connection, toy.metadata) == []
