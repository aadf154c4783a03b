"""Every number of a selection, wherever it is shown, is the oracle's to the cent.

On the seed portfolio and on a made-up one, for filters over every dimension and every pair of dimensions. `make test` takes
a sample: 60 made-up projects, filters of five dimensions that hold every pair together, and the seed with some of them; values
for each, and one surface of each in turn. `make prove` takes 10,000 projects and 520 filters, and all surfaces of each, on every
core.
"""

from __future__ import annotations

import os

import pytest

from portal import create_app
from tests import machine
from tests.fixtures import dispose, settings_for, signed_in
from tests.oracle import shared_out
from tests.oracle.combinations import DIMENSIONS, PAIRS, drawn, few, many
from tests.oracle.compared import Compared
from tests.oracle.made import KEPT, portfolio

pytestmark = pytest.mark.one_engine
PROJECTS, FILTERS, OF_SEED = (10_000, many(520), many(200)) if machine.prove() else (60, few(), few()[:3])
OURS = tuple(f"made-up-1-organisation-{n}" for n in range(1, PROJECTS // 5 + 8, 8))
"""One made-up organisation in eight is ours."""
MINISTRY = ("mv-cr", "country-cz")


@pytest.fixture(scope="module")
def made_up(stores, kind, tmp_path_factory):
    engine = portfolio(stores[kind], PROJECTS, kept=machine.prove())
    app = create_app(settings_for(engine, tmp_path_factory.mktemp("oracle"), ours=OURS))
    app.testing = True
    viewer = signed_in(app, engine, "viewer")
    viewer.speak("cs")
    yield Compared(engine, app, viewer, OURS, machine.prove())
    dispose(app)
    engine.dispose()
    stores[kind].server.drop(engine.url)


def test_every_surface_of_a_made_up_portfolio_agrees_with_the_oracle(made_up: Compared) -> None:
    filters = list(drawn(made_up.oracle, FILTERS))
    if machine.prove():
        shared_out.compare(made_up, filters, os.cpu_count() or 1, KEPT / "compared.txt")
    else:
        for number, (used, asked) in enumerate(filters):
            made_up.compare(number, used, asked)
    assert not made_up.disagreed
    assert sum(made_up.asked.values()) == len(FILTERS)
    assert {pair for pair in PAIRS if any(set(pair) <= used for used in made_up.asked)} == set(PAIRS)
    met = [used for used, found in made_up.met.items() if found]
    assert {one for one in DIMENSIONS if any(one in used for used in met)} == set(DIMENSIONS), "one met nothing"
    assert sum(made_up.met.values()) > len(FILTERS) * 0.6
    if machine.prove():
        assert {pair for pair in PAIRS if any(set(pair) <= used for used in met)} == set(PAIRS), "a pair met nothing"


def test_every_surface_of_the_seed_portfolio_agrees_with_the_oracle(store, kind, reading, read_as) -> None:
    compared = Compared(store.reading, reading(kind), read_as("viewer", "cs"), MINISTRY, machine.prove())
    for number, (used, asked) in enumerate(drawn(compared.oracle, OF_SEED)):
        compared.compare(number, used, asked)
    assert not compared.disagreed
    assert sum(compared.met.values()) >= len(OF_SEED) / 2
