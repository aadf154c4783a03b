"""How much an uploaded file may hold, and how much reading it may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """`size` and `unpacked` in bytes; `ratio` unpacked to packed, of one part; `memory` in bytes of address space; `seconds` of
    the clock for the whole reading. `cells` counts the rectangle that holds all cells of a sheet."""

    size: int = 7 * 2**20
    entries: int = 1_000
    unpacked: int = 120 * 2**20
    ratio: int = 250
    rows: int = 50_000
    columns: int = 256
    cells: int = 1_000_000
    memory: int = 1_024 * 2**20
    seconds: float = 20


LIMITS = Limits()
RATIO_FROM = 2**20
"""Bytes unpacked from which the ratio is asked: small parts of much space compress well and harm nobody."""
