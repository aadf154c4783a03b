"""Whom the matrix asks: everybody at full size, else one of each kind that the code could tell apart."""

from __future__ import annotations

from collections.abc import Collection
from zlib import crc32

from tests import machine
from tests.guards.access_table import ALL, EXPECTED
from tests.guards.access_world import CASES, STRANGERS


def asked(
    cases: Collection[str], permission: str, situation: str | None, method: str, past: int | None, rule: str
) -> Collection[str]:
    """Of `cases`, those asked at a rule: all at full size (`make prove`), else one of each kind that the code could tell apart,
    and one more, at each rule another, so that nobody is left out of the whole.

    Strangers are turned away before any record is loaded, rights in the past are today's, and reading asks for no rights
    on the record. What everybody holds is asked of every permission (test_access_matrix.py), and that these few are enough
    is shown by the holes planted in test_access_holes.py.
    """
    if machine.prove():
        return cases
    reading = permission == "public" or EXPECTED[permission] == ALL
    there = situation in (None, "own")
    chosen: tuple[str, ...]
    if past is not None and method == "POST":
        chosen = ("editor_everywhere",) if there else ()
    elif past is not None:
        own = ("anonymous", "viewer") if reading else ("editor_own", "administrator")
        hidden = ("viewer", "viewer_named", "administrator") if reading else ("editor_everywhere", "editor_own_named")
        chosen = own if there else hidden if situation == "secret" else ()
    elif reading and there:
        chosen = ("viewer_named", "viewer", "editor_own", "administrator", _one(STRANGERS, rule))
    elif reading:
        hidden = ("viewer_named", "viewer", "editor_everywhere", "administrator")
        chosen = (*hidden, _one(CASES, rule)) if situation == "secret" else ("viewer",)
    elif method == "GET" and not there:
        chosen = ("viewer", "editor_own", "editor_everywhere", "editor_own_named", "administrator")
    else:
        each = ("viewer", "editor_own", "editor_everywhere", "administrator", _one(set(CASES) - set(STRANGERS), rule))
        chosen = (*each, _one(STRANGERS, rule), "editor_nowhere") if there else (*each, "editor_own_named")
    return [case for case in cases if case in chosen]


def _one(cases: Collection[str], rule: str) -> str:
    """One of the cases, at each rule another, always the same one at the same."""
    return sorted(cases)[crc32(rule.encode()) % len(cases)]


BRIEFLY = ("viewer", "administrator")
"""Who asks an address that differs from one asked before by what stands for no record: another sheet, chart or figure."""
