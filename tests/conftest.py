"""What all tests share: sizes, what the machine must have, and the list of what was skipped and why."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Generator
from typing import Any

import hypothesis
import pytest

from tests import machine, routing, statements  # noqa: F401  (they keep what is compiled)
from tests.engines import database_url, databases  # noqa: F401  (fixtures)
from tests.fixtures import (  # noqa: F401  (fixtures and their parameter)
    app,
    client,
    client_as,
    engine,
    kept_as,
    kept_engine,
    make_app,
    read_as,
    reading,
    s,
    seeded,
    seeded_app,
    seeded_as,
    seeded_engine,
    store,
    stores,
)
from tests.sharing import pytest_generate_tests  # noqa: F401  (a hook)

# Each test makes an application and drops it. Collected at the usual rate, what they leave costs a third of the time.
gc.set_threshold(50_000, 20, 50)

hypothesis.settings.register_profile("quick", max_examples=20, deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("prove", max_examples=2000, deadline=None, print_blob=True)
hypothesis.settings.load_profile("prove" if machine.prove() else "quick")


LONG_WALKS = (
    "tests/browser/test_pages_", "tests/guards/test_access_matrix", "tests/guards/test_bad_input", "tests/guards/test_pages",
    "tests/guards/test_html", "tests/portfolio/test_query_counts", "tests/portfolio/test_secrecy", "tests/history/test_secrecy",
    "tests/web/test_browser",
)  # fmt: skip
"""Files of few and long tests: they begin first, so that no worker is left alone with one of them at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONG_WALKS))


def pytest_runtest_setup(item: pytest.Item) -> None:
    machine.demand(*(tool for mark in item.iter_markers("needs") for tool in mark.args))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Where nothing may be skipped, a skip for whatever reason is a failure."""
    report = yield
    if machine.require_all() and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and PORTAL_REQUIRE_ALL=1 allows no skip: {_reason(report)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, Any, Any]:
    """The same for a whole module that skips itself."""
    report = yield
    if machine.require_all() and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, and PORTAL_REQUIRE_ALL=1 allows no skip: {_reason(report)}"
    return report


def _reason(report: Any) -> str:
    said = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return said.removeprefix("Skipped: ")


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The last lines before the count: what this machine could not run, by reason."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for report in terminalreporter.stats.get("skipped", []):
        by_reason[_reason(report)].append(report.nodeid)
    if by_reason:
        terminalreporter.section("not run on this machine")
    for reason, tests in sorted(by_reason.items()):
        terminalreporter.write_line(f"{reason} ({len(tests)} tests)")
        for place in sorted({test.split("::")[0] for test in tests}):
            terminalreporter.write_line(f"  {place}: {sum(test.split('::')[0] == place for test in tests)}")
