"""One pandas frame per chart: what the chart draws, the table shows and the files hold.

Money frames have one row per sum: `key, name, currency, minor, approximate, certainty, flows, known, within, unknown, first`.
`first`: the first row of a group, whose counts of projects (`known, within, unknown`) the others repeat.
`minor` is a nullable integer of minor units, missing where no amount is known. Count frames: `key, name, number`.
Text columns are of pandas' string type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.figures import frame as rows_of
from portal.figures.names import group_name
from portal.kernel.money import Money

if TYPE_CHECKING:
    import pandas as pd

MONEY = {
    "key": "string", "name": "string", "currency": "string", "minor": "Int64", "approximate": "boolean", "certainty": "string",
    "flows": "int64", "known": "int64", "within": "int64", "unknown": "int64", "first": "bool",
}  # fmt: skip
COUNTS = {"key": "string", "name": "string", "number": "int64"}


def money_frame(breakdown, lang: str, without: str = "") -> pd.DataFrame:
    """The frame of a breakdown of money. `without` names the groups that have no record, where they are not called as usual."""
    import pandas as pd

    rows = [
        {
            "key": r.key, "name": _called(breakdown.by, r, lang, without), "currency": r.amount.currency if r.amount else None,
            "minor": r.amount.minor if r.amount else None, "approximate": r.approximate, "certainty": r.certainty,
            "flows": r.flows, "known": r.known, "within": r.within, "unknown": r.unknown,
        }
        for r in rows_of(breakdown)
    ]  # fmt: skip
    for row, before in zip(rows, [None, *rows], strict=False):
        row["first"] = before is None or before["key"] != row["key"]
    return pd.DataFrame(rows, columns=list(MONEY)).astype(MONEY)


def count_frame(breakdown, label) -> pd.DataFrame:
    """The frame of a count by groups; `label(key)` names a group."""
    import pandas as pd

    rows = [{"key": r.key, "name": label(r.key), "number": r.number} for r in rows_of(breakdown)]
    return pd.DataFrame(rows, columns=list(COUNTS)).astype(COUNTS)


def money(row) -> Money | None:
    """The amount of a row of a money frame."""
    import pandas as pd

    return None if pd.isna(row.minor) else Money(int(row.minor), str(row.currency))


def _called(by: str, row, lang: str, without: str) -> str:
    if without and row.record_id is None:
        return without
    return group_name(by, row.key, lang, _name(row, lang))


def _name(row, lang: str) -> str:
    return (row.name_cs or row.name_en) if lang == "cs" else (row.name_en or row.name_cs)
