"""What is asked of portal and oracle alike: measures and dimensions, declared once, and filters that combine them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from random import Random

import pandas as pd

from tests.oracle.portfolio import ADMITTED, NONE, Filter
from tests.oracle.sums import Oracle

MEASURES = {
    "known_funding_by_instrument": "instrument",
    "known_funding_by_framework": "framework",
    "projects_by_status": "status",
}
"""Figure with a chart → the dimension that parts it. Extend here what portal and oracle are to agree on."""


@dataclass(frozen=True)
class Place:
    """A flow that counts somewhere, and who asks the oracle: values of dimensions are taken from it, so that something is met."""

    oracle: Oracle
    chance: Random
    flow: int
    certainty: str

    @property
    def row(self) -> pd.Series:
        return self.oracle.flows.loc[self.flow]

    def some(self, ids, otherwise):
        ids = sorted(ids)
        return self.chance.choice(ids) if ids else self.chance.choice(sorted(otherwise))


def _framework(at: Place) -> int:
    booked = at.row["booked_id"]
    found = booked if booked in at.oracle.frameworks else at.oracle.framework_of.get(booked)
    return NONE if found is None or found not in at.oracle.seen else int(found)


def _country(at: Place) -> int:
    of, told = at.oracle.tables["project_country"], at.oracle.told
    mine = set(of[of["project_id"] == at.row["booked_id"]]["country_id"])
    mine |= set(
        told[(told["within_id"] == at.row["booked_id"]) & told["role"].isin(("partner_country", "party"))][
            "participant_id"
        ]
    )
    return int(at.some({c for c in mine if at.oracle.kind[c] == "country"}, set(of["country_id"])))


def _organisation(at: Place) -> int:
    told = at.oracle.told
    return int(at.some(told[told["within_id"] == at.row["booked_id"]]["participant_id"], set(told["participant_id"])))


def _instrument(at: Place) -> int:
    found = at.oracle.instrument_said(at.certainty)[at.flow]
    return NONE if found is None or pd.isna(found) else int(found)


def _provider(at: Place) -> int:
    found = at.row["provider_id"]
    return int(at.some(set(at.oracle.flows["provider_id"].dropna()), ()) if found is None else found)


def _status(at: Place) -> str:
    found = at.oracle.status_said(at.certainty).get(at.row["booked_id"])
    return at.chance.choice("123456") if found is None else found[0] or "none"


def _years(at: Place) -> tuple[int, int]:
    first = at.row["valued_from"]
    year = at.chance.randint(2009, 2025) if first is None else int(str(first)[:4])
    return year - at.chance.randrange(3), year + at.chance.randrange(3)


DIMENSIONS: dict[str, Callable[[Place], object]] = {
    "certainty": lambda at: at.certainty,
    "framework": _framework,
    "country": _country,
    "organisation": _organisation,
    "instrument": _instrument,
    "provider": _provider,
    "status": _status,
    "years": _years,
}
"""Dimension of a filter → a value of it that a flow has. Extend here."""
TRIES = 6
"""How many flows are tried for a filter that meets something."""
PAIRS = tuple(combinations(DIMENSIONS, 2))


def drawn(oracle: Oracle, number: int, seed: int = 1) -> Iterator[tuple[frozenset[str], Filter]]:
    """So many filters, each with the dimensions it uses: nothing at all, one alone, then the pairs in turn, some with more."""
    chance = Random(seed)
    counting = {c: sorted(rows.index[rows["counts"]]) for c in ADMITTED for rows in (oracle.judged(Filter(c)),)}
    alone = [frozenset(), *(frozenset({one}) for one in DIMENSIONS)]
    for n in range(number):
        used = alone[n] if n < len(alone) else frozenset(PAIRS[(n - len(alone)) % len(PAIRS)])
        if n >= len(alone) + len(PAIRS):
            used |= {one for one in DIMENSIONS if chance.random() < 0.12}
        certainty = chance.choice(("public", "all")) if "certainty" in used else "documents"
        for _ in range(TRIES):
            at = Place(oracle, chance, chance.choice(counting[certainty] or counting["all"]), certainty)
            asked = Filter(**{one: DIMENSIONS[one](at) for one in sorted(used)})
            if oracle.sums(asked):
                break
        yield used, asked


def args(asked: Filter) -> dict[str, str]:
    """The filter as arguments of an address."""
    found = {name: str(value) for name in DIMENSIONS if (value := getattr(asked, name)) is not None and name != "years"}
    return found | ({"years": "-".join(map(str, asked.years))} if asked.years else {})
