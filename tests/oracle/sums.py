"""Which flows count, and what they add up to: written from the words of decisions 0032, 0055 and 0058."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tests.oracle.filters import Filter, Filtered
from tests.oracle.portfolio import NOBODY

STAGE = {"": 1, "2": 1, "11": 1, "1": 2, "3": 2, "12": 3, "13": 3}
"""A commitment comes first, then its payment, then the pledge before it. A type without a stage was not given: it was spent (4)
or given back (7)."""
WEAKEST_FIRST = ("uncited", "unsure", "public", "document")


@dataclass(frozen=True)
class Measure:
    """A set of types of flows ("": not stated) put through the one judgement. `end`: which end within the selection makes a
    flow internal."""

    types: tuple[str, ...]
    staged: bool = False
    end: str = "provider"


GIVEN = Measure(tuple(STAGE), staged=True)
COMMITTED, PAID, SPENT = Measure(("2", "11")), Measure(("1", "3")), Measure(("4",), end="receiver")
PLAIN = {"known_funding": GIVEN, "commitments": COMMITTED, "disbursements": PAID, "expenditure": SPENT}
PAIRED = {"remaining": (COMMITTED, PAID), "absorption": (COMMITTED, SPENT)}
OF_PLACES = ("framework", "project", "country", "status", "level", "implementer")
OF_FLOWS = ("instrument", "provider", "receiver", "year", "currency", "certainty")
Sums = dict[tuple, tuple[int, int]]


class Oracle(Filtered):
    """What the flows of a portfolio add up to, for filters."""

    # ---- the one judgement

    def judged(self, asked: Filter, measure: Measure) -> pd.DataFrame:
        """The flows of a filter that concern a measure with `reason`: why each does not count, "" where it does."""
        return self._once(("judged", asked, measure), lambda: self._judged(asked, measure))

    def _judged(self, asked: Filter, measure: Measure) -> pd.DataFrame:
        rows = self.held(asked, measure.end)
        if not measure.staged:
            rows = rows[rows["kind"].isin(("", *measure.types))]
        places = self.places_of(asked) if asked.of_places else self.places.index
        inside = rows[measure.end].isin(places)
        given = rows["known"] & rows["kind"].isin(measure.types) & ~inside
        tellers = self.tellers[self.tellers["id"].isin(rows.index)]
        known = rows["known"] & (measure.staged | rows["kind"].isin(measure.types))
        newer = tellers[tellers["renewed"] & tellers["by"].isin(rows.index[known])]
        larger = tellers[tellers["by"].isin(rows.index[given])]
        reasons = {
            "untyped": (rows["kind"] == "") & ("" not in measure.types),
            "unknown_amount": ~rows["known"],
            "refunded": rows["kind"] == "7",
            "spent": ~rows["kind"].isin(measure.types),
            "inside": inside,
            "superseded": rows.index.isin(newer["id"]),
            "other_stage": self._told_earlier(rows) if measure.staged else np.zeros(len(rows), dtype=bool),
            "included": rows.index.isin(larger["id"]),
        }
        return rows.assign(reason=np.select(list(reasons.values()), list(reasons), ""))

    def _told_earlier(self, rows: pd.DataFrame) -> np.ndarray:
        """Another flow tells of the money at an earlier stage, at the same record or its umbrella: from the same provider, or,
        where one of them does not state it, in the same currency."""
        stage = rows["kind"].map(STAGE).fillna(0).astype(np.int64)
        code = rows["currency"].map({c: n for n, c in enumerate(rows["currency"].dropna().unique())}).fillna(-1)
        named = rows["provider"] != NOBODY
        told = rows["known"] & (stage > 0)

        def first(mask: pd.Series, who: pd.Series) -> pd.Series:
            return stage[mask].groupby([rows["booked"][mask], who[mask]]).min()

        by_name, unnamed, by_any = (
            first(told & named, rows["provider"]), first(told & ~named, code), first(told, code)
        )  # fmt: skip
        found = np.zeros(len(rows), dtype=bool)
        for at in (rows["booked"], rows["umbrella"]):
            for mask, who, firsts in (
                (named, rows["provider"], by_name), (named, code, unnamed), (~named, code, by_any),
            ):  # fmt: skip
                met = firsts.reindex(pd.MultiIndex.from_arrays([at, who])).to_numpy()
                found |= mask.to_numpy() & (met < stage.to_numpy())
        return found

    # ---- parted and added

    def lines(self, asked: Filter, name: str, by: str | None = None) -> pd.DataFrame:
        """The judged flows of a measure by its name with the `key` of the group each stands in. Of a paired one the flows of both
        sides (`side` 1 and -1), of which those count whose unit has a counting flow of that currency on either side."""
        return self._once(("lines", asked, name, by), lambda: self._lines(asked, name, by))

    def _lines(self, asked: Filter, name: str, by: str | None) -> pd.DataFrame:
        if name in PLAIN:
            rows = self.judged(asked, PLAIN[name])
            return rows.assign(key=self._keys(rows, rows["booked"], asked.certainty, by))
        sides = [
            self.judged(asked, measure).assign(side=side) for measure, side in zip(PAIRED[name], (1, -1), strict=True)
        ]
        rows = pd.concat(sides)
        counting = rows[rows["reason"] == ""].groupby(["unit", "currency"])["side"].nunique()
        both = counting.reindex(pd.MultiIndex.from_arrays([rows["unit"], rows["currency"]])).to_numpy() == 2
        rows["reason"] = np.where((rows["reason"] == "") & ~both, "one_sided", rows["reason"])
        return rows.assign(key=self._keys(rows, rows["unit"], asked.certainty, by))

    def _keys(self, rows: pd.DataFrame, place: pd.Series, certainty: str, by: str | None):
        """The key of the group of each flow, as text; None without a dimension."""
        if by is None:
            return None
        if by in OF_FLOWS:
            found = (
                self.said(certainty)[by].loc[rows.index] if by in ("instrument", "provider", "receiver") else rows[by]
            )
            return _written(found).astype(object).fillna("none")  # with no flow left it is a column of numbers
        return place.map(self.place_keys(certainty, by))

    def place_keys(self, certainty: str, by: str) -> pd.Series:
        """The key of the group each place stands in."""
        if by == "status":
            return self.status_said(certainty)["key"]
        return _written(self.places.index.to_series() if by == "project" else self.places[by])

    def sums(self, asked: Filter, name: str, by: str | None = None) -> Sums:
        """{(group, currency, certainty, whether about): (minor units, flows)} of what counts, but of absorption. A difference is
        as sure as the weaker of its sides."""
        rows = self.lines(asked, name, by)
        rows = rows[rows["reason"] == ""]
        if name in PAIRED:
            rank = rows["certainty"].map(WEAKEST_FIRST.index)
            of = rows.assign(minor=rows["minor"] * rows["side"], rank=rank, flows=1)
            told = {"minor": "sum", "about": "max", "rank": "min", "flows": "sum"}
            rows = of.groupby(["key", "unit", "currency"], dropna=False).agg(told).reset_index()
            rows["certainty"] = rows["rank"].map(dict(enumerate(WEAKEST_FIRST)))
        else:
            rows = rows.assign(flows=1)
        alike = rows.groupby(["key", "currency", "certainty", "about"], dropna=False)[["minor", "flows"]].sum()
        return {
            (_group(key), currency, sure, bool(about)): (int(minor), int(flows))
            for (key, currency, sure, about), minor, flows in alike.itertuples()
        }

    def shares(self, asked: Filter, by: str | None = None) -> dict[tuple, tuple[int, int, bool, int]]:
        """{(group, currency): (spent, committed, whether about, flows)} of what counts of absorption."""
        rows = self.lines(asked, "absorption", by)
        rows = rows[rows["reason"] == ""]
        spent = rows["minor"].where(rows["side"] == -1, 0)
        rows = rows.assign(part=spent, whole=rows["minor"] - spent, flows=1)
        told = {"part": "sum", "whole": "sum", "about": "max", "flows": "sum"}
        return {
            (_group(key), currency): (int(part), int(whole), bool(about), int(flows))
            for (key, currency), part, whole, about, flows in rows.groupby(["key", "currency"], dropna=False)
            .agg(told)
            .itertuples()
        }

    def left_out(self, asked: Filter, name: str, by: str | None = None, key: str | None = None) -> dict[str, int]:
        """{reason: how many flows stand there and do not count}, of all or of one group."""
        rows = self.lines(asked, name, by)
        rows = rows[(rows["reason"] != "") & (True if by is None else rows["key"] == key)]
        return {str(reason): int(number) for reason, number in rows["reason"].value_counts().items()}


def _written(keys: pd.Series) -> pd.Series:
    """Keys as text; `none` for nobody."""
    return keys.map({key: "none" if key == NOBODY else str(key) for key in keys.unique() if key is not None})


def _group(key) -> str | None:
    return None if key is None or pd.isna(key) else str(key)
