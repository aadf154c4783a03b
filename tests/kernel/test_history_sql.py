"""No SQL of the portal writes past its history."""

from __future__ import annotations

import re

import pytest

from tests.machine import ROOT

PAST_THE_TRIGGERS = re.compile(
    r"\b(INSERT|UPDATE)\s+OR\s+(REPLACE|IGNORE)\b|\bREPLACE\s+INTO\b|prefix_with\(\s*['\"]OR\s|session_replication_role",
    re.IGNORECASE,
)
"""REPLACE may delete without a trigger, IGNORE drops a write without a word, a replica runs no triggers at all."""

SOURCES = sorted(
    path
    for folder in ("portal", "migrations")
    for ending in ("py", "sql")
    for path in (ROOT / folder).rglob(f"*.{ending}")
)


def test_there_are_sources_to_look_at():
    assert ROOT / "portal" / "kernel" / "transaction.py" in SOURCES


@pytest.mark.parametrize("statement", ["insert or replace into x", "REPLACE INTO x", '.prefix_with("OR IGNORE")'])
def test_the_guard_knows_such_sql(statement):
    assert PAST_THE_TRIGGERS.search(statement)


def test_no_statement_replaces_or_ignores():
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in SOURCES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if PAST_THE_TRIGGERS.search(line)
    ]
    assert found == []
