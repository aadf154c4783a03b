"""Serial letters: a, b, … z, aa, ab, … What tests make is told apart by them, for digits would now and then be those of an amount
that a page must not show."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, product
from string import ascii_lowercase


def letters() -> Iterator[str]:
    """Without end, no two alike."""
    for length in count(1):
        yield from map("".join, product(ascii_lowercase, repeat=length))
