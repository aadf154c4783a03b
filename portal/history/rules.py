"""Pure: how two states of a row become lines of what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
    }
)
"""Columns that follow from others, are told as the reason of their change, or mean nothing to people."""


@dataclass(frozen=True)
class Difference:
    """One unit of a row before and after; None where the row was not there, or had no value."""

    unit: str
    before: object
    after: object


def units(row: Mapping[str, object]) -> dict[str, object]:
    """A row as units of meaning: a date with precision is a When, money one (minor, currency), a pair its two texts
    (`role_words` where `role` is a column of its own)."""
    made: dict[str, object] = {}
    for column, value in row.items():
        stem, _, last = column.rpartition("_")
        if column in UNTOLD or (last in ("from", "to") and f"{stem}_edtf" in row):
            continue
        if last == "edtf":
            made[stem] = None if value is None else When(str(value))
        elif last == "currency" and f"{stem}_minor" in row:
            continue
        elif last == "minor":
            made[stem] = None if value is None else (value, row.get(f"{stem}_currency"))
        elif last in ("cs", "en") and f"{stem}_cs" in row and f"{stem}_en" in row:
            pair = (row[f"{stem}_cs"] or "", row[f"{stem}_en"] or "")
            made[f"{stem}_words" if stem in row else stem] = pair if any(pair) else None
        elif last == "id":
            made[stem] = value
        else:
            made[column] = None if value == "" else value
    return made


def differences(before: Mapping[str, object] | None, after: Mapping[str, object] | None) -> list[Difference]:
    """What differs, unit by unit; of a new row what it has, of a removed one what it had."""
    old, new = units(before or {}), units(after or {})
    return [
        Difference(unit, old.get(unit), new.get(unit))
        for unit in {**old, **new}
        if old.get(unit) != new.get(unit) and not (old.get(unit) in (None, False) and new.get(unit) in (None, False))
    ]
