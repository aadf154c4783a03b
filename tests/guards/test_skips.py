"""What could not run is said last, with the reason; where nothing may be skipped it fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests import machine
from tests.guards.tree import ROOT

SUITE = """
import pytest
from tests.machine import needs

@needs("moon")
def test_on_the_moon():
    pass

def test_on_a_sunday():
    pytest.skip("only on Sundays")

@pytest.mark.xfail(reason="known", strict=True)
def test_known():
    assert False

def test_here():
    pass
"""

PLUGIN = """
from tests import machine
machine.TOOLS["moon"] = (lambda: None, "no moon: wait for the night")
"""


def _suite(tmp_path: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "test_suite.py").write_text(SUITE)
    (tmp_path / "conftest.py").write_text(PLUGIN)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n    needs(*tools): tools\n")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")} | {
        "PORTAL_REQUIRE_ALL": "0",
        **environment,
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.conftest"]
    return subprocess.run(
        [*command, *options, "--rootdir", tmp_path, "-c", tmp_path / "pytest.ini", tmp_path],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )


def test_skipped_tests_are_listed_last_with_their_reason(tmp_path: Path) -> None:
    done = _suite(tmp_path)
    assert done.returncode == 0, done.stdout
    *_, title, moon, _, sunday, _, summary = done.stdout.strip().splitlines()
    assert "not run on this machine" in title
    assert moon == "no moon: wait for the night (1 tests)"
    assert sunday == "only on Sundays (1 tests)"
    assert summary.startswith("1 passed, 2 skipped, 1 xfailed")


def test_where_nothing_may_be_skipped_a_skip_fails(tmp_path: Path) -> None:
    done = _suite(tmp_path, PORTAL_REQUIRE_ALL="1")
    assert done.returncode == 1, done.stdout
    assert done.stdout.strip().splitlines()[-1].startswith("1 failed, 1 passed, 1 xfailed, 1 error")
    assert "no moon: wait for the night" in done.stdout
    assert "PORTAL_REQUIRE_ALL=1 allows no skip: only on Sundays" in done.stdout


def test_a_module_that_skips_itself_fails_there_too(tmp_path: Path) -> None:
    (tmp_path / "test_whole.py").write_text("import pytest\npytest.skip('not today', allow_module_level=True)\n")
    done = _suite(tmp_path, PORTAL_REQUIRE_ALL="1")
    assert done.returncode == 2, done.stdout
    assert "PORTAL_REQUIRE_ALL=1 allows no skip: not today" in done.stdout


def test_every_tool_says_how_to_get_it() -> None:
    assert all(": " in reason or reason == "no make" for _, reason in machine.TOOLS.values())
