"""Ratios measured in one run: the same page on a small and a large portfolio, live and in the past. `make bench`.

Prints each ratio and appends it to var/bench.jsonl (`name`, `engine`, `ratio`, `target`, `met`). Nothing fails by seconds:
machines differ and are shared. Both portfolios of a ratio are asked in turn, so that a machine that is busy for a while is busy
for both. PORTAL_BENCH_PROJECTS sets the large size (default 10,000), PORTAL_BENCH_HOME that of the unfiltered dashboards (default
110,000, so that there are 500,000 flows, too: 10,000 generated projects, eleven times, repeated by SQL, as the names of the
measures say; the flows are counted and printed), each beside 1,000 projects. The whole takes half an hour for each engine on two
cores.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from portal.dashboards.gallery import GALLERY
from portal.dashboards.views import asking
from portal.figures import keeping
from portal.figures.keeping import OPEN
from portal.kernel import transaction
from portal.kernel.permission import visible_to
from portal.projects.models import Project
from tests.bench.portfolios import Portfolios
from tests.factories import funding

SMALL, LARGE = 100, int(os.environ.get("PORTAL_BENCH_PROJECTS", "10000"))
OUT = Path(__file__).resolve().parents[2] / "var" / "bench.jsonl"
HOME_SMALL, HOME = 1_000, int(os.environ.get("PORTAL_BENCH_HOME", "110000"))
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
    "home": ("/", 11), "overview for management": ("/management", 11),
    "funding dashboard, all sources": ("/funding?certainty=all", 1),
}  # fmt: skip
"""Pages that show the whole portfolio, and how often they are asked: at HOME projects they may cost twice what they cost at
1,000."""
TOUCHED = 20
"""Projects that got money since the summaries were kept, when home is measured once more."""
FILTERED = {
    "by framework": "framework={framework}", "by country": "country={country}", "by instrument": "instrument={instrument}",
    "by years": "years=2015-2018", "by status": "status=2", "by status and years": "status=2&years=2015-2018",
}  # fmt: skip
"""Filters of the funding dashboard: it may take as much longer as there is more."""
WIDE = ("by framework", "by country", "by status and years")
"""Those of them that are asked of HOME projects, too: once each, for an answer takes up to a minute there."""
CHART_SHARE = 0.05
"""How much of an answer building the JSON of its charts may cost."""


def medians(asked, rounds: int = ROUNDS, warm: bool = True) -> list[float]:
    """Median seconds of some answers to each (browser, path), asked in turn, after one each that warms up."""
    took: list[list[float]] = [[] for _ in asked]
    for n in range(rounds + warm):
        for mine, (browser, path) in zip(took, asked, strict=True):
            began = time.perf_counter()
            assert browser.get(path).status_code == 200, path
            if n >= warm:
                mine.append(time.perf_counter() - began)
    return [statistics.median(one) for one in took]


def note(name: str, engine: str, ratio: float, target: float) -> None:
    row = {"name": name, "engine": engine, "ratio": round(ratio, 3), "target": target, "met": ratio <= target}
    OUT.parent.mkdir(exist_ok=True)
    with OUT.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
    print(f"{name:80} {engine:11} {ratio:6.2f} (at most {target}){'' if row['met'] else '  MISSED'}", flush=True)


@pytest.fixture(scope="module")
def portfolios(stores, kind, tmp_path_factory):
    """Portfolios by size, each made when first asked for."""
    made = Portfolios(stores, kind, tmp_path_factory.mktemp("bench"))
    yield made.of
    made.close()


def test_pages_grow_little_with_the_portfolio(portfolios, kind) -> None:
    both = [portfolios(SMALL), portfolios(LARGE)]
    for name, (path, target) in PAGES.items():
        small, large = medians([(one.browser, path.format(**one.ids)) for one in both])
        note(f"{name}, {LARGE:,} to {SMALL} projects", kind, large / small, target)


def test_files_grow_no_faster_than_the_portfolio(portfolios, kind) -> None:
    both = [portfolios(SMALL), portfolios(LARGE)]
    for name, path in FILES.items():
        small, large = medians([(one.browser, path) for one in both], rounds=1)
        note(f"{name}, each of {LARGE:,} to each of {SMALL} projects", kind, large / small / (LARGE / SMALL), LINEAR)


def test_the_past_costs_little_more_than_the_present(portfolios, kind) -> None:
    large = portfolios(LARGE)
    for name, path in (("list of projects", "/projects"), ("tree of frameworks", "/frameworks")):
        past, live = medians([(large.browser, f"/k/{large.last}{path}"), (large.browser, path)])
        note(f"{name}, past to present, {LARGE:,} projects", kind, past / live, 3.0)


def test_unfiltered_dashboards_cost_little_more_in_a_large_portfolio(portfolios, kind) -> None:
    both = [portfolios(HOME_SMALL), portfolios(HOME)]
    print(f"{both[1].made} projects with {both[1].flows:,} flows beside {both[0].flows:,}")
    for name, (path, rounds) in UNFILTERED.items():
        small, large = medians([(one.browser, path) for one in both], rounds)
        print(f"{name}: {small * 1000:.0f} and {large * 1000:.0f} ms")
        note(f"{name}, {both[1].made} to {HOME_SMALL:,} projects", kind, large / small, 2.0)


def test_what_was_recorded_since_costs_the_same_in_a_large_portfolio(portfolios, kind) -> None:
    both = [portfolios(HOME_SMALL), portfolios(HOME)]
    for one in both:
        with transaction.unit(one.engine) as s:
            standing = (
                select(Project).where(visible_to(OPEN, Project)).order_by(Project.id)
            )  # nothing is booked at a withdrawn one
            for project in s.scalars(standing.limit(TOUCHED)).all():
                funding.flow(s, project, 1000)
    for name, path in (("home", "/"), ("overview for management", "/management")):
        small, large = medians([(one.browser, path) for one in both])
        name = f"{name}, {TOUCHED} projects touched since, {both[1].made} to {HOME_SMALL:,} projects"
        note(name, kind, large / small, 2.0)
    for one in both:
        keeping.keep(one.engine)


@pytest.mark.parametrize("size", sorted({LARGE, HOME}))
def test_filtered_charts_grow_at_most_as_the_portfolio_does(portfolios, kind, size) -> None:
    small, large = portfolios(HOME_SMALL), portfolios(size)
    for name, query in FILTERED.items() if size == LARGE else ((name, FILTERED[name]) for name in WIDE):
        paths = [f"/funding?certainty=all&{query.format(**one.ids)}" for one in (small, large)]
        [few] = medians([(small.browser, paths[0])], rounds=2)
        [many] = medians([(large.browser, paths[1])], 2 if size == LARGE else 1, warm=size == LARGE)
        print(f"charts {name}: {few:.2f} and {many:.2f} s")
        note(f"charts {name}, {large.made} to {HOME_SMALL:,} projects", kind, many / few, size / HOME_SMALL)


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
        name = f"JSON of charts, share of the answer, {path}, {LARGE:,} projects"
        note(name, kind, statistics.median(shares[1:]), CHART_SHARE)


def _timed(made, spent: list[float]):
    def timed(*given, **named):
        began = time.perf_counter()
        try:
            return made(*given, **named)
        finally:
            spent.append(time.perf_counter() - began)

    return timed
