"""What the charts of money by year and of ways hold, computed from the flows that count."""

from __future__ import annotations

from collections import defaultdict

from tests.oracle.counts import Counting
from tests.oracle.filters import Filter
from tests.oracle.portfolio import NOBODY

ENDS = ("provider", "instrument", "project", "implementer")
SHOWN = 12
"""The largest of a column of ways have their names; one more does not make others."""
OTHERS = "others"


def years(oracle: Counting, asked: Filter) -> dict[tuple[str, str, str], tuple[int, bool, int, int | None]]:
    """{(measure, year, currency): (minor, whether about, flows, added up from the first year on)}; what is of no one year is not
    added up."""
    found: dict[tuple[str, str, str], tuple[int, bool, int, int | None]] = {}
    for name in ("commitments", "disbursements"):
        told: dict[tuple[str, str], list] = defaultdict(lambda: [0, False, 0])
        for (year, currency, _sure, about), (minor, flows) in oracle.sums(asked, name, "year").items():
            into = told[year, currency]
            into[:] = into[0] + minor, into[1] or about, into[2] + flows
        added: dict[str, int] = defaultdict(int)
        for (year, currency), (minor, about, flows) in sorted(told.items()):
            if year.isdigit():
                added[currency] += minor
            found[name, year, currency] = (minor, about, flows, added[currency] if year.isdigit() else None)
    return found


def ways(oracle: Counting, asked: Filter) -> dict[tuple[str, ...], tuple[int, bool, int]]:
    """{(provider, instrument, project, implementer, currency): (minor, whether about, flows)}: each flow that counts goes one
    way. In each column the largest of a currency have their names, the rest are `others`."""
    rows = oracle.lines(asked, "known_funding")
    rows = rows[rows["reason"] == ""]
    said = oracle.said(asked.certainty).loc[rows.index]
    carried = rows["booked"].map(oracle.place_keys(asked.certainty, "implementer"))
    ends = [
        *(["none" if one == NOBODY else str(one) for one in said[end]] for end in ("provider", "instrument")),
        [str(place) for place in rows["booked"]],
        [str(key) for key in carried],
    ]
    columns = rows["currency"], rows["minor"], rows["about"]
    flows = list(zip(*ends, *columns, strict=True))
    size: dict[tuple[str, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for *keys, currency, minor, _about in flows:
        for n, key in enumerate(keys):
            size[currency, n][key] += minor
    named = {place: _largest(of) for place, of in size.items()}
    found: dict[tuple[str, ...], tuple[int, bool, int]] = {}
    for *keys, currency, minor, about in flows:
        way = (*(key if key in named[currency, n] else OTHERS for n, key in enumerate(keys)), currency)
        had = found.get(way, (0, False, 0))
        found[way] = (had[0] + int(minor), had[1] or bool(about), had[2] + 1)
    return found


def _largest(of: dict[str, int]) -> set[str]:
    ordered = sorted(of, key=lambda key: (-of[key], key))
    return set(ordered if len(ordered) <= SHOWN + 1 else ordered[:SHOWN])


def bands(told: dict[tuple[str, ...], tuple[int, bool, int]]) -> dict[str, int]:
    """{part of a band between two columns, as its address has it: minor}."""
    found: dict[str, int] = defaultdict(int)
    for (*keys, currency), (minor, _about, _flows) in told.items():
        for n in range(len(ENDS) - 1):
            between = [key if column in (n, n + 1) else "*" for column, key in enumerate(keys)]
            found["~".join((*between, currency))] += minor
    return dict(found)
