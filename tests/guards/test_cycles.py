"""No module reaches itself by imports, not even by one inside a function."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.guards.cycles import cycles, knots

PLANTED = {
    "two modules": ({"a": "import {0}.b", "b": "from {0}.a import x"}, [["a", "b"]]),
    "by an import inside a function": (
        {"a": "import {0}.b", "b": "def f():\n    from {0} import a"},
        [["a", "b"]],
    ),
    "round three corners": (
        {"a": "import {0}.b", "b": "import {0}.c", "c": "import {0}.a", "d": "import {0}.a"},
        [["a", "b", "c"]],
    ),
    "a child and its package": (
        {"pages/__init__": "from {0}.pages import list", "pages/list": "from {0}.pages import bp"},
        [["pages", "pages.list"]],
    ),
    "nothing but the type checker's": (
        {"a": "import {0}.b", "b": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import {0}.a"},
        [],
    ),
    "a package that gathers its children": (
        {"pages/__init__": "from {0}.pages import list", "pages/list": "from {0}.pages.blueprint import bp",
         "pages/blueprint": "bp = 1"},
        [],
    ),
}  # fmt: skip


def test_no_module_of_the_portal_is_in_a_cycle() -> None:
    assert cycles("portal") == []


@pytest.mark.parametrize("case", PLANTED)
def test_a_planted_cycle_is_found_and_nothing_else(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, expected = PLANTED[case]
    package = f"planted_{list(PLANTED).index(case)}"
    for name, text in {"__init__": "", **files}.items():
        path = tmp_path / package / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.format(package) + "\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert [[m.removeprefix(f"{package}.") for m in knot] for knot in cycles(package)] == expected


def test_two_knots_are_told_apart() -> None:
    onward = {"a": {"b"}, "b": {"a", "c"}, "c": {"d"}, "d": {"c"}, "e": {"a"}}
    assert knots(onward) == [["c", "d"], ["a", "b"]]
