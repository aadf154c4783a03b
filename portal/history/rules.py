"""Pure: how two states of a row become lines of what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from os.path import commonprefix

from portal.kernel.units import unit_of
from portal.kernel.when import When

UNTOLD = frozenset(
    {
        "id",
        "version",
        "kind",
        "key",
        "order_cs",
        "order_en",
        "change_from",
        "change_to",
        "position",
        "lang",
        "standing_reason",
        "sought",
    }
)
"""Columns that follow from others, are told as the reason of their change, or mean nothing to people."""


@dataclass(frozen=True)
class Difference:
    """One unit of a row before and after; None where the row was not there, or had no value."""

    unit: str
    before: object
    after: object


LONG, AROUND = 400, 80
"""Characters of a text that is told whole; of what stands around a difference."""


def where_they_differ(one: str, other: str) -> tuple[str, str]:
    """Two states of a text; of long ones the stretch that differs with what stands around it, `…` for the rest."""
    if max(len(one), len(other)) <= LONG:
        return one, other
    if not one or not other:
        return shortened(one), shortened(other)
    first = len(commonprefix((one, other)))
    last = min(len(commonprefix((one[::-1], other[::-1]))), min(len(one), len(other)) - first)
    start = max(0, first - AROUND)
    cut = [text[start : len(text) - max(0, last - AROUND)] for text in (one, other)]
    shown = [("…" if start else "") + shortened(text) + ("…" if last > AROUND else "") for text in cut]
    return shown[0], shown[1]


def shortened(text: str) -> str:
    """The beginning of a long text."""
    return text if len(text) <= LONG else f"{text[:LONG]}…"


def units(row: Mapping[str, object]) -> dict[str, object]:
    """A row as units of meaning: a date with precision is a When, money one (minor, currency), a pair its two texts
    (`role_words` where `role` is a column of its own)."""
    made: dict[str, object] = {}
    for column, value in row.items():
        unit, (stem, _, last) = unit_of(column, row), column.rpartition("_")
        if column in UNTOLD or unit in made:
            continue
        if unit == stem and last in ("edtf", "from", "to"):
            edtf = row[f"{stem}_edtf"]
            made[unit] = None if edtf is None else When(str(edtf))
        elif unit == stem and last in ("minor", "currency"):
            minor = row[f"{stem}_minor"]
            made[unit] = None if minor is None else (minor, row.get(f"{stem}_currency"))
        elif unit != column and last in ("cs", "en"):
            pair = (row[f"{stem}_cs"] or "", row[f"{stem}_en"] or "")
            made[unit] = pair if any(pair) else None
        elif last == "id":
            made[unit] = value
        else:
            made[unit] = None if value == "" else value
    return made


def differences(before: Mapping[str, object] | None, after: Mapping[str, object] | None) -> list[Difference]:
    """What differs, unit by unit; of a new row what it has, of a removed one what it had."""
    old, new = units(before or {}), units(after or {})
    return [
        Difference(unit, old.get(unit), new.get(unit))
        for unit in {**old, **new}
        if old.get(unit) != new.get(unit) and not (old.get(unit) in (None, False) and new.get(unit) in (None, False))
    ]
