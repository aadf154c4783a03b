"""Ratios measured in one run: the same page on a small and a large portfolio, live and in the past. `make bench`.

Prints each ratio and appends it to var/bench.jsonl (`name`, `engine`, `ratio`, `target`, `met`). Nothing fails by seconds:
machines differ and are shared. PORTAL_BENCH_PROJECTS sets the large size (default 10,000).
"""

from __future__ import annotations

import json
import os
import statistics
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import create_app
from portal.funding.models import Flow
from portal.kernel import transaction
from portal.kernel.db import make_engine
from portal.ops import generating
from tests.factories import accounts
from tests.fixtures import dispose, settings_for

SMALL, LARGE = 100, int(os.environ.get("PORTAL_BENCH_PROJECTS", "10000"))
OUT = Path(__file__).resolve().parents[2] / "var" / "bench.jsonl"
ROUNDS = 7
PAGES = {
    "list of projects": ("/projects", 2.0),
    "list sorted by period": ("/projects?sort=start", 8.0),
    "search": ("/search?q=gruzie", 8.0),
    "tree of frameworks": ("/frameworks", 20.0),
    "profile of a project": ("/projects/{project}", 2.0),
    "my work": ("/work", 4.0),
    "funding dashboard": ("/funding?certainty=all", 20.0),
}
"""Page → the ratio of large to small that is aimed at: what shows a page of rows should hardly grow with the portfolio, what
adds all of it up less than the portfolio does."""
FILES = {
    "list of projects as CSV": "/exports/projects.csv",
    "overview for the Commission": "/exports/commission-overview.xlsx?certainty=all",
}
"""Files that hold everything: they may take as much longer as there is more, half of that again at most."""
LINEAR = 1.5


def median(browser, path: str, rounds: int = ROUNDS) -> float:
    """Median seconds of some answers, after one that warms up."""
    took = []
    for n in range(rounds + 1):
        began = time.perf_counter()
        assert browser.get(path).status_code == 200, path
        if n:
            took.append(time.perf_counter() - began)
    return statistics.median(took)


def note(name: str, engine: str, ratio: float, target: float) -> None:
    row = {"name": name, "engine": engine, "ratio": round(ratio, 2), "target": target, "met": ratio <= target}
    OUT.parent.mkdir(exist_ok=True)
    with OUT.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
    print(f"{name:45} {engine:11} {ratio:6.2f} (at most {target})")


@pytest.fixture
def browsers(store, tmp_path):
    """Of the small and of the large portfolio: a signed-in browser, the last change, a project with money."""
    made, apps = {}, []
    for size in (SMALL, LARGE):
        engine = make_engine(store.copy(), wait=5)
        with transaction.unit(engine) as s:
            generating.generate(s, size, 1)
        with transaction.unit(engine) as s:
            token = accounts.session_of(s, accounts.person(s, "viewer"))
        folder = tmp_path / str(size)
        folder.mkdir()
        app = create_app(settings_for(engine, folder))
        app.testing = True
        apps.append((app, engine))
        with Session(engine) as s:
            last = s.scalar(select(func.max(transaction.Change.id)))
            project = s.scalar(select(func.min(Flow.booked_id)))
        made[size] = (accounts.browser(app, token), last, project)
    yield made
    for app, engine in apps:
        dispose(app)
        engine.dispose()


def test_pages_grow_little_with_the_portfolio(browsers, kind) -> None:
    small, large = browsers[SMALL], browsers[LARGE]
    for name, (path, target) in PAGES.items():
        took = [median(browser.browser, path.format(project=project)) for browser, _last, project in (small, large)]
        note(f"{name}, {LARGE} to {SMALL} projects", kind, took[1] / took[0], target)


def test_files_grow_no_faster_than_the_portfolio(browsers, kind) -> None:
    small, large = browsers[SMALL][0], browsers[LARGE][0]
    for name, path in FILES.items():
        ratio = median(large.browser, path, rounds=1) / median(small.browser, path, rounds=1) / (LARGE / SMALL)
        note(f"{name}, each of {LARGE} to each of {SMALL} projects", kind, ratio, LINEAR)


def test_the_past_costs_little_more_than_the_present(browsers, kind) -> None:
    browser, last, _project = browsers[LARGE]
    for name, path in (("list of projects", "/projects"), ("tree of frameworks", "/frameworks")):
        past, live = median(browser.browser, f"/k/{last}{path}"), median(browser.browser, path)
        note(f"{name}, past to present, {LARGE} projects", kind, past / live, 3.0)
