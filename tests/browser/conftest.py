"""Browser tests: one browser for a file, the portal served on a copy of the seed portfolio, complaints fail the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from portal import create_app
from portal.kernel.db import make_engine
from tests import machine
from tests.browser import chromium as machinery
from tests.browser.site import Site, served
from tests.browser.tab import Tab
from tests.fixtures import dispose, settings_for
from tests.states import State, awkward_states, empty_states


@pytest.fixture(scope="module")
def browser() -> Iterator:
    """The browser. One for a file, not for the run: playwright allows no second in the process."""
    machine.demand("browser")
    with machinery.chromium() as running:
        yield running


@pytest.fixture(scope="module")
def reading_site(stores, tmp_path_factory) -> Iterator[Site]:
    """The portal for tests that only look. On SQLite: a browser sees no difference between the engines."""
    machine.demand("browser")
    store = stores["sqlite"]
    with served(store.server.copy(store.seeded), tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def site(stores, tmp_path) -> Iterator[Site]:
    """The portal on a copy of its own, for tests that write."""
    machine.demand("browser")
    store = stores["sqlite"]
    url = store.server.copy(store.seeded)
    with served(url, tmp_path) as running:
        yield running
    store.server.drop(url)


@pytest.fixture
def odd_states(stores, tmp_path) -> Iterator[Callable[[str], list[State]]]:
    """`odd_states("cs")`: the answers that no address gives, from applications of their own; served by `Tab.show`."""
    store = stores["sqlite"]
    engines = [make_engine(store.server.copy(url), wait=5) for url in (store.seeded, store.template)]
    apps = [create_app(settings_for(engine, tmp_path)) for engine in engines]
    for app in apps:
        app.testing = True
    awkward, empty = zip(apps, engines, strict=True)
    yield lambda lang: [*awkward_states(*awkward, lang), *empty_states(*empty, lang)]
    for app, engine in (awkward, empty):
        dispose(app)
        engine.dispose()
        store.server.drop(engine.url)


@pytest.fixture
def opened(browser) -> Iterator[Callable[..., Tab]]:
    """`opened(site, "editor", width=360, scripts=False, lang="en")`: a window; without a login a stranger's.

    What the browser complains of (script errors, refused styles, requests to other hosts) fails the test.
    """
    with ExitStack() as stack:
        tabs: list[Tab] = []

        def open_(site: Site, login: str | None = None, **chosen) -> Tab:
            tab = Tab(browser, site, login, **chosen)
            stack.callback(tab.close)
            tabs.append(tab)
            return tab

        yield open_
        complaints = [complaint for tab in tabs for complaint in tab.complaints]
        assert complaints == []
