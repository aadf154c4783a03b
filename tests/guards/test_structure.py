"""House rules that a machine can see: sizes, names, addresses, the direction of imports."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guards.tree import ROOT, lines, written

CODE = (".py", ".html", ".css", ".js", ".sh")
LIMIT = 300

LONG: dict[str, str] = {}
"""Files over the limit, each with the reason. Migrations carry frozen SQL and are not counted."""

SAYS_NOTHING = re.compile(r"(utils?|helpers?|common|misc|managers?)(\.\w+)?$")

# Written in two halves so that this file does not contain what it looks for.
REGISTRIES = tuple(
    name + "." + end
    for name, end in [("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("debian", "org")]
)


def _relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def too_long(root: Path) -> dict[str, int]:
    """Code files of `root` above the limit, with their length."""
    found = {
        path.relative_to(root).as_posix(): len(lines(path))
        for path in written(root, *CODE)
        if "migrations/versions" not in path.as_posix()
    }
    return {path: length for path, length in found.items() if length > LIMIT}


def nameless(root: Path) -> list[str]:
    """Files and folders of `root` whose name does not say what is in them."""
    parts = {part for path in written(root) for part in (path, *path.parents) if part.is_relative_to(root)}
    return sorted(part.relative_to(root).as_posix() for part in parts if SAYS_NOTHING.match(part.name))


def test_no_file_is_longer_than_300_lines_without_a_reason() -> None:
    assert {path: length for path, length in too_long(ROOT).items() if path not in LONG} == {}


def test_every_recorded_reason_belongs_to_a_file_that_is_still_long() -> None:
    assert set(LONG) - set(too_long(ROOT)) == set()


def test_every_name_says_what_is_in_the_file() -> None:
    assert nameless(ROOT) == []


def test_a_long_file_and_an_empty_name_are_found(tmp_path: Path) -> None:
    (tmp_path / "helpers").mkdir()
    (tmp_path / "helpers" / "money.py").write_text("x = 1\n" * 301)
    (tmp_path / "utils.py").write_text("x = 1\n" * 300)
    assert too_long(tmp_path) == {"helpers/money.py": 301}
    assert nameless(tmp_path) == ["helpers", "utils.py"]


@pytest.mark.parametrize("lock", ["requirements/base.txt", "requirements/dev.txt", "package-lock.json"])
def test_locks_hold_no_address(lock: str) -> None:
    assert [line for line in lines(ROOT / lock) if re.search(r"https?://|file://|/simple\b", line)] == []


def test_no_registry_is_named_anywhere() -> None:
    named = [
        f"{_relative(path)}:{number}"
        for path in written()
        for number, line in enumerate(lines(path), 1)
        if any(registry in line for registry in REGISTRIES)
    ]
    assert named == []


def _imports(root: Path) -> subprocess.CompletedProcess[str]:
    """import-linter's verdict on the tree at `root`."""
    program = Path(sys.executable).parent / "lint-imports"
    return subprocess.run([program, "--no-cache", "--no-logo"], cwd=root, capture_output=True, text=True)


def _copied(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "portal", tmp_path / "portal", ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def test_imports_point_one_way() -> None:
    verdict = _imports(ROOT)
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr


PLANTED = {
    "kernel imports a feature": ("kernel/planted.py", "import portal.projects.models", "features point one way"),
    "a lower feature imports a higher one": (
        "sources/planted.py",
        "import portal.funding.models",
        "features point one way",
    ),
    "siblings see each other": ("ops/planted.py", "import portal.dashboards", "features point one way"),
    "a folder without a place in the order": ("errands/__init__.py", "", "features point one way"),
    "models import queries": ("projects/models.py", "import portal.projects.queries", "inside a feature"),
    "a list reaches for its columns": (
        "portfolio/listings/projects.py",
        "import portal.portfolio.sheet",
        "inside a feature",
    ),
    "a frame asks the database": ("dashboards/frames.py", "import portal.dashboards.queries", "inside a feature"),
    "queries know the workbook": ("reporting/queries.py", "import portal.reporting.overview", "inside a feature"),
    "a file is made by a page": ("exchange/files.py", "import portal.exchange.views", "inside a feature"),
    "rules of history ask the database": ("history/rules.py", "import portal.history.queries", "inside a feature"),
    "shapes know the money in them": ("figures/shapes.py", "import portal.figures.funding", "inside the figures"),
    "a figure without a place in the order": ("figures/planted.py", "", "inside the figures"),
    "a sheet that explains knows who writes it": (
        "layouts/explanation.py",
        "import portal.layouts.writing",
        "inside the layouts",
    ),
    "a text knows the cells": ("workbooks/text.py", "import portal.workbooks.cells", "inside the workbooks"),
    "one formula knows what follows from it": (
        "workbooks/filling/evaluating.py",
        "import portal.workbooks.filling.calculating",
        "inside the filling of workbooks",
    ),
    "help reads a record": ("help/glossary.py", "import portal.sources.queries", "features point one way"),
    "a chapter knows the glossary": ("help/chapters.py", "import portal.help.glossary", "inside a feature"),
    "the schema knows the command": ("ops/schema.py", "import portal.ops.commands", "inside the command line"),
    "an action reaches for a view": ("accounts/actions/log.py", "import portal.accounts.views", "nobody imports views"),
    "a view reaches for a model": ("projects/views.py", "import portal.projects.models", "views reach models"),
    "a form pays for pandas": ("projects/forms.py", "import pandas", "heavy libraries"),
    "a rule knows the database": ("sources/rules.py", "import sqlalchemy", "rules know neither"),
    "money knows the web": ("kernel/money.py", "import flask", "rules know neither"),
}


@pytest.mark.parametrize("case", PLANTED)
def test_a_planted_bad_import_breaks_its_contract(case: str, tmp_path: Path) -> None:
    place, statement, contract = PLANTED[case]
    planted = _copied(tmp_path) / "portal" / place
    planted.parent.mkdir(exist_ok=True)
    before = planted.read_text() if planted.exists() else ""
    planted.write_text(f"{before}\n{statement}\n")
    verdict = _imports(tmp_path)
    assert verdict.returncode == 1
    broken = verdict.stdout.partition("Broken contracts")[2]
    assert contract in broken, verdict.stdout + verdict.stderr
