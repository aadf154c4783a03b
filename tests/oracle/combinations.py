"""What is asked of portal and oracle alike: figures, charts and dimensions, declared once, and filters that combine them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from random import Random

import pandas as pd

from tests.oracle.counts import Counting
from tests.oracle.filters import Filter
from tests.oracle.portfolio import ADMITTED, NOBODY
from tests.oracle.sums import GIVEN, OF_FLOWS, OF_PLACES, PAIRED, PLAIN

PARTED = (
    *((name, by) for name in PLAIN for by in (*OF_PLACES, *OF_FLOWS)),
    *((name, by) for name in PAIRED for by in (*OF_PLACES, "currency")),
)
"""Measures with the dimensions that part them."""
CHARTS = (
    "known_funding_by_instrument", "known_funding_by_framework", "projects_by_status", "known_funding_by_provider",
    "known_funding_by_country", "known_funding_by_implementer", "years", "ways",
)  # fmt: skip
"""Charts of money, and the one that counts projects; the first three stand on the page of funding. Extend here."""


@dataclass(frozen=True)
class Place:
    """A flow that counts somewhere, and who asks the oracle: values of dimensions are taken from it, so that something is met."""

    oracle: Counting
    chance: Random
    flow: int
    certainty: str

    @cached_property
    def row(self) -> pd.Series:
        return self.oracle.flows.loc[self.flow]

    @cached_property
    def part(self) -> pd.Series:
        """Somebody who takes part where the flow is booked; else anybody anywhere."""
        told = self.oracle.told
        mine = told[told["within_id"] == self.row["booked"]]
        return self.some(mine if len(mine) else told)

    def some(self, rows: pd.DataFrame) -> pd.Series:
        return rows.iloc[self.chance.randrange(len(rows))]


def _framework(at: Place) -> int:
    found = int(at.row["framework"])
    return found if found in at.oracle.seen else NOBODY


def _country(at: Place) -> int:
    of = at.oracle.country_of
    mine = of[of["project_id"] == at.row["booked"]]
    return int(at.some(mine if len(mine) else of)["country_id"])


def _instrument(at: Place) -> int:
    return int(at.oracle.said(at.certainty)["instrument"][at.flow])


def _provider(at: Place) -> int:
    found = int(at.row["provider"])
    return (
        found if found != NOBODY else int(at.some(at.oracle.flows[at.oracle.flows["provider"] != NOBODY])["provider"])
    )


def _status(at: Place) -> str:
    place = at.row["booked"]
    if not at.oracle.places["project"][place]:
        return at.chance.choice("123456")
    return at.oracle.status_said(at.certainty)["status"][place] or "none"


def _years(at: Place) -> tuple[int, int]:
    year = int(at.row["first"]) // 10_000 or at.chance.randint(2009, 2025)
    return year - at.chance.randrange(3), year + at.chance.randrange(3)


def _reach(at: Place) -> str:
    us, told = at.oracle.us, at.oracle.told
    led = told[(told["within_id"] == at.row["booked"]) & (told["role"] == "lead")]["participant_id"].isin(us).any()
    met = {"led": led, "through": at.row["receiver"] in us, "own": at.row["provider"] in us}
    return at.chance.choice([reach for reach, one in met.items() if one] or list(met))


DIMENSIONS: dict[str, Callable[[Place], object]] = {
    "certainty": lambda at: at.certainty,
    "framework": _framework,
    "country": _country,
    "organisation": lambda at: int(at.part["participant_id"]),
    "role": lambda at: at.part["role"],
    "instrument": _instrument,
    "provider": _provider,
    "status": _status,
    "years": _years,
    "currency": lambda at: at.row["currency"],
    "reach": _reach,
}
"""Dimension of a filter → a value of it that a flow has. Extend here."""
NARROW = ("framework", "country", "organisation", "instrument", "provider")
"""Dimensions whose values hold a small part of a large portfolio."""
ROUNDS = 5
"""How often each pair of dimensions is asked for by itself before further dimensions are added to it."""
TRIES = 12
"""How many flows are tried for a filter that meets something."""
PAIRS = tuple(combinations(DIMENSIONS, 2))
ALONE = (frozenset[str](), *(frozenset({one}) for one in DIMENSIONS))


def few() -> list[frozenset[str]]:
    """Nothing at all, then a few fives of dimensions that hold every pair of them."""
    fives, left, found = [frozenset(five) for five in combinations(DIMENSIONS, 5)], set(PAIRS), [frozenset[str]()]
    while left:
        best = max(fives, key=lambda five: sum(set(pair) <= five for pair in left))
        left -= {pair for pair in left if set(pair) <= best}
        found.append(best)
    return found


def many(number: int) -> list[frozenset[str]]:
    """Nothing at all, each dimension alone, then every pair in turn, in later rounds with a narrow one beside it. What is alike
    stands together, so that what a question costs the first time is paid once."""
    found: list[frozenset[str]] = []
    for n in range(number - len(ALONE)):
        used = frozenset(PAIRS[n % len(PAIRS)])
        beside = sorted(set(NARROW) - used)
        found.append(used | {beside[n % len(PAIRS) % len(beside)]} if n >= ROUNDS * len(PAIRS) else used)
    return [*ALONE[:number], *sorted(found, key=sorted)]


def drawn(oracle: Counting, uses: list[frozenset[str]], seed: int = 1) -> Iterator[tuple[frozenset[str], Filter]]:
    """A filter for each set of dimensions, its values those of one flow, so that it meets something if such a flow is found."""
    chance, mine = Random(seed), _ours(oracle)
    counting = {c: _counting(oracle, c) for c in ADMITTED}
    ours = {c: [flow for flow in flows if flow in mine] for c, flows in counting.items()}
    for used in uses:
        certainty = chance.choice(("public", "all")) if "certainty" in used else "documents"
        flows = (ours if "reach" in used else counting)[certainty] or counting[certainty] or counting["all"]
        for _ in range(TRIES):
            at = Place(oracle, chance, chance.choice(flows), certainty)
            asked = Filter(**{one: DIMENSIONS[one](at) for one in sorted(used)})
            if oracle.sums(asked, "known_funding"):
                break
        yield used, asked


def _counting(oracle: Counting, certainty: str) -> list[int]:
    """The flows that count where nothing but the certainty is asked."""
    rows = oracle.judged(Filter(certainty), GIVEN)
    return sorted(int(flow) for flow in rows.index[rows["reason"] == ""])


def _ours(oracle: Counting) -> set[int]:
    """The flows that we provide, receive, or whose place we lead."""
    told, flows = oracle.told, oracle.flows
    led = told[(told["role"] == "lead") & told["participant_id"].isin(oracle.us)]["within_id"]
    return set(
        flows.index[flows["provider"].isin(oracle.us) | flows["receiver"].isin(oracle.us) | flows["booked"].isin(led)]
    )


def args(asked: Filter) -> dict[str, str]:
    """The filter as arguments of an address."""
    found = {name: str(value) for name in DIMENSIONS if (value := getattr(asked, name)) is not None and name != "years"}
    found = {name: value for name, value in found.items() if (name, value) != ("reach", "all")}
    return found | ({"years": "-".join(map(str, asked.years))} if asked.years else {})
