"""Ratios measured in one run: the same page on a small and a large portfolio, live and in the past. `make bench`.

Prints each ratio and appends it to var/bench.jsonl (`name`, `engine`, `ratio`, `target`, `met`). Nothing fails by seconds:
machines differ and are shared. PORTAL_BENCH_PROJECTS sets the large size (default 10,000), PORTAL_BENCH_HOME that of the
unfiltered dashboards (default 10,000; 100000, with some 500,000 flows, is the full size), each beside 1,000 projects.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import create_app
from portal.dashboards.gallery import GALLERY
from portal.dashboards.views import asking
from portal.figures import keeping
from portal.frameworks.models import Framework
from portal.funding.models import Flow
from portal.kernel import transaction
from portal.kernel.db import make_engine
from portal.ops import generating
from portal.projects.models import Project, ProjectCountry
from tests.factories import accounts, funding
from tests.fixtures import dispose, settings_for

SMALL, LARGE = 100, int(os.environ.get("PORTAL_BENCH_PROJECTS", "10000"))
OUT = Path(__file__).resolve().parents[2] / "var" / "bench.jsonl"
HOME_SMALL, HOME = 1_000, int(os.environ.get("PORTAL_BENCH_HOME", "10000"))
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
UNFILTERED = {
    "home": "/", "overview for management": "/management", "funding dashboard, all sources": "/funding?certainty=all",
}  # fmt: skip
"""Pages that show the whole portfolio: at HOME projects they may cost twice what they cost at 1,000."""
TOUCHED = 20
"""Projects that got money since the summaries were kept, when home is measured once more."""
FILTERED = {
    "by framework": "framework={framework}", "by country": "country={country}", "by instrument": "instrument={instrument}",
    "by years": "years=2015-2018", "by status": "status=2", "by status and years": "status=2&years=2015-2018",
}  # fmt: skip
"""Filters of the funding dashboard: it may take as much longer as there is more."""
CHART_SHARE = 0.05
"""How much of an answer building the JSON of its charts may cost."""


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
    row = {"name": name, "engine": engine, "ratio": round(ratio, 3), "target": target, "met": ratio <= target}
    OUT.parent.mkdir(exist_ok=True)
    with OUT.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
    print(f"{name:45} {engine:11} {ratio:6.2f} (at most {target})")


class Portfolio:
    """A generated portfolio of a size: a signed-in browser, the last change, and records that stand in the middle of it."""

    def __init__(self, store, folder: Path, size: int) -> None:
        self.engine = make_engine(store.copy(), wait=5)
        with transaction.unit(self.engine) as s:
            generating.generate(s, size, 1)
        keeping.keep(self.engine)
        with transaction.unit(self.engine) as s:
            token = accounts.session_of(s, accounts.person(s, "viewer"))
        folder.mkdir()
        self.app = create_app(settings_for(self.engine, folder))
        self.app.testing = True
        self.client = accounts.browser(self.app, token)
        self.browser = self.client.browser
        with Session(self.engine) as s:
            self.last = s.scalar(select(func.max(transaction.Change.id)))
            booked = select(Flow.booked_id).where(Flow.booked_id.in_(select(Project.__table__.c.id)))
            self.ids = {
                "project": s.scalar(booked.order_by(Flow.id)),
                "framework": s.scalar(select(Framework.id).where(Framework.parent_id.is_(None)).order_by(Framework.id)),
                "country": s.scalar(select(ProjectCountry.country_id).order_by(ProjectCountry.project_id)),
                "instrument": s.scalar(select(func.min(Flow.instrument_id))),
            }

    def close(self) -> None:
        dispose(self.app)
        self.engine.dispose()


@pytest.fixture(scope="module")
def portfolios(stores, kind, tmp_path_factory):
    """Portfolios by size, each generated when first asked for."""
    folder, made = tmp_path_factory.mktemp("bench"), {}

    def of(size: int) -> Portfolio:
        if size not in made:
            made[size] = Portfolio(stores[kind], folder / str(size), size)
        return made[size]

    yield of
    for one in made.values():
        one.close()


def test_pages_grow_little_with_the_portfolio(portfolios, kind) -> None:
    small, large = portfolios(SMALL), portfolios(LARGE)
    for name, (path, target) in PAGES.items():
        took = [median(one.browser, path.format(**one.ids)) for one in (small, large)]
        note(f"{name}, {LARGE} to {SMALL} projects", kind, took[1] / took[0], target)


def test_files_grow_no_faster_than_the_portfolio(portfolios, kind) -> None:
    small, large = portfolios(SMALL).browser, portfolios(LARGE).browser
    for name, path in FILES.items():
        ratio = median(large, path, rounds=1) / median(small, path, rounds=1) / (LARGE / SMALL)
        note(f"{name}, each of {LARGE} to each of {SMALL} projects", kind, ratio, LINEAR)


def test_the_past_costs_little_more_than_the_present(portfolios, kind) -> None:
    large = portfolios(LARGE)
    for name, path in (("list of projects", "/projects"), ("tree of frameworks", "/frameworks")):
        past, live = median(large.browser, f"/k/{large.last}{path}"), median(large.browser, path)
        note(f"{name}, past to present, {LARGE} projects", kind, past / live, 3.0)


def test_unfiltered_dashboards_cost_little_more_in_a_large_portfolio(portfolios, kind) -> None:
    small, large = portfolios(HOME_SMALL), portfolios(HOME)
    for name, path in UNFILTERED.items():
        took = [median(one.browser, path, rounds=5) for one in (small, large)]
        note(f"{name}, {HOME} to {HOME_SMALL} projects", kind, took[1] / took[0], 2.0)


def test_what_was_recorded_since_costs_the_same_in_a_large_portfolio(portfolios, kind) -> None:
    took = []
    for one in (portfolios(HOME_SMALL), portfolios(HOME)):
        with transaction.unit(one.engine) as s:
            for project in s.scalars(select(Project).order_by(Project.id).limit(TOUCHED)).all():
                funding.flow(s, project, 1000)
        took.append(median(one.browser, "/", rounds=5))
        keeping.keep(one.engine)
    note(f"home, {TOUCHED} projects touched since, {HOME} to {HOME_SMALL} projects", kind, took[1] / took[0], 2.0)


def test_filtered_charts_grow_at_most_as_the_portfolio_does(portfolios, kind) -> None:
    small, large = portfolios(HOME_SMALL), portfolios(LARGE)
    for name, query in FILTERED.items():
        took = [
            median(one.browser, f"/funding?certainty=all&{query.format(**one.ids)}", rounds=2) for one in (small, large)
        ]
        note(f"charts {name}, {LARGE} to {HOME_SMALL} projects", kind, took[1] / took[0], LARGE / HOME_SMALL)


def test_building_the_json_of_charts_is_a_small_part_of_the_answer(portfolios, kind, monkeypatch) -> None:
    """What is measured is drawing and writing as JSON, not the figures behind them: of the page of funding, and of each chart on
    a page of its own."""
    spent: list[float] = []
    monkeypatch.setattr(asking, "data_block", _timed(asking.data_block, spent))
    for key, chart in GALLERY.items():
        monkeypatch.setitem(GALLERY, key, replace(chart, draw=_timed(chart.draw, spent)))
    browser = portfolios(LARGE).browser
    for path in ("/funding", *(f"/charts/{key}" for key in GALLERY)):
        shares = []
        for _round in range(4):
            spent.clear()
            began = time.perf_counter()
            assert browser.get(f"{path}?certainty=all").status_code == 200
            shares.append(sum(spent) / (time.perf_counter() - began))
            assert spent, f"{path}: no chart was drawn"
        name = f"JSON of charts, share of the answer, {path}, {LARGE} projects"
        note(name, kind, statistics.median(shares[1:]), CHART_SHARE)


def _timed(made, spent: list[float]):
    def timed(*given, **named):
        began = time.perf_counter()
        try:
            return made(*given, **named)
        finally:
            spent.append(time.perf_counter() - began)

    return timed
