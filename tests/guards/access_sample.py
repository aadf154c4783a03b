"""Whom the matrix asks: everybody at full size, else one of each kind that the code could tell apart."""

from __future__ import annotations

from collections.abc import Collection

from tests import machine
from tests.guards.access_table import ALL, EXPECTED
from tests.guards.access_world import CASES, STRANGERS


def asked(
    cases: Collection[str], permission: str, situation: str | None, method: str, past: int | None
) -> Collection[str]:
    """Of `cases`, those asked: all at full size (`make prove`), else one of each kind that the code could tell apart.

    Strangers are turned away before any record is loaded, rights in the past are today's, and reading asks for no rights
    on the record. That these few are enough is shown by the holes planted in test_access_holes.py.
    """
    if machine.prove():
        return cases
    reading = permission == "public" or EXPECTED[permission] == ALL
    there = situation in (None, "own")
    chosen: Collection[str]
    if past is not None and method == "POST":
        chosen = ("editor_everywhere",) if there else ()
    elif past is not None:
        own = ("anonymous", "viewer") if reading else ("editor_own", "administrator")
        hidden = ("viewer", "viewer_named", "administrator") if reading else ("editor_everywhere", "editor_own_named")
        chosen = own if there else hidden if situation == "secret" else ()
    elif reading:
        signed_in = ("viewer_named", "viewer", "editor_own", "administrator")
        hidden = (*signed_in, "editor_everywhere", "reporting_everywhere", "administrator_named")
        chosen = (*STRANGERS, *signed_in) if there else hidden if situation == "secret" else ("viewer",)
    elif method == "GET" and not there:
        chosen = ("viewer", "editor_own", "editor_everywhere", "editor_own_named", "administrator")
    else:
        chosen = CASES if there else [case for case in CASES if case not in STRANGERS]
    return [case for case in cases if case in chosen]
