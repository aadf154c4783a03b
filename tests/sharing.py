"""On which engine a test runs: on each, or where its values are shared out, each value on one."""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from typing import Any

import pytest

from tests import machine
from tests.engines import KINDS

ON_EACH = tuple(f"tests/{name}/" for name in (
    "figures", "guards", "history", "kernel", "merging", "ops", "oracle", "rates", "seed",
))  # fmt: skip
"""Tests of what is asked of the database and kept in it. All others, of pages, forms and files, are dealt out: each runs on one
engine, half of every file on either, so that what one file asks is asked of both; at full size each runs on each."""

PAGES_AMONG_THEM = ("tests/guards/test_bad_input.py", "tests/history/test_pages.py", "tests/merging/test_pages.py")
"""Files of `ON_EACH` that are of pages: dealt out like the others."""


def engines() -> tuple[str, ...]:
    """The engines the tests run on: both, or the one PORTAL_TEST_ENGINE names."""
    chosen = os.environ.get("PORTAL_TEST_ENGINE")
    if chosen and chosen not in KINDS:
        raise pytest.UsageError(f"PORTAL_TEST_ENGINE must be one of {KINDS}, not {chosen!r}")
    return (chosen,) if chosen else KINDS


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`kind` is each engine in turn; a fixture of a whole module asks for it too (`scope="module"`).

    `@pytest.mark.shared_out("lang", ["cs", "en"])` shares the values of a parameter out to the engines: each value is tested
    on one of them, at full size (`make prove`) on each. For walks that cost minutes and say the same on both.
    `@pytest.mark.one_engine` runs a test on the first engine alone, or on the one it names, at full size on each: for what
    hardly depends on it, such as how often a page asks the database. Tests outside `ON_EACH` are dealt out to the engines.
    """
    shared = metafunc.definition.get_closest_marker("shared_out")
    if shared is not None:
        name, values = shared.args
        every = [(kind, value) for kind in engines() for value in values]
        metafunc.parametrize(("kind", name), every if machine.prove() else _dealt(every, values), scope="module")
    elif "kind" in metafunc.fixturenames:
        metafunc.parametrize("kind", _of(metafunc.definition), scope="module")


def _of(test: pytest.Item) -> tuple[str, ...]:
    """The engines of one test."""
    kinds = engines()
    if machine.prove():
        return kinds
    if one := test.get_closest_marker("one_engine"):
        return tuple(kind for kind in kinds if kind in one.args) or kinds[:1]
    if test.nodeid.startswith(PAGES_AMONG_THEM) or not test.nodeid.startswith(ON_EACH):
        return (kinds[zlib.crc32(test.nodeid.encode()) % len(kinds)],)
    return kinds


def _dealt(every: list[tuple[str, Any]], values: Sequence[Any]) -> list[tuple[str, Any]]:
    """Each value once, the engines taking turns."""
    kinds = engines()
    return [(kind, value) for kind, value in every if kinds[values.index(value) % len(kinds)] == kind]
