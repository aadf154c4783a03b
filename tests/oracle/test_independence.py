"""The oracle shares nothing with what it judges."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ORACLE = ("dump", "seen", "portfolio", "filters", "sums", "counts", "charts", "combinations", "surfaces")


@pytest.mark.parametrize("module", ORACLE)
def test_the_oracle_imports_nothing_of_the_portal(module: str) -> None:
    tree = ast.parse((Path(__file__).parent / f"{module}.py").read_text(encoding="utf-8"))
    imported = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "from where it is said in full"
            imported.add(node.module)
    allowed = {f"tests.oracle.{name}" for name in ORACLE}
    ours = {name for name in imported if name.split(".")[0] in ("portal", "tests", "migrations", "app", "importlib")}
    assert ours <= allowed
    assert "sqlalchemy" not in {name.split(".")[0] for name in imported}
