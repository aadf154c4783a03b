"""Which flows count, and what they add up to: written from the words of decisions 0032 and 0055."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pandas as pd

from tests.oracle.dump import Tables
from tests.oracle.portfolio import ADMITTED, NONE, Filter, Portfolio, may_fall

STAGE = {None: 1, "2": 1, "11": 1, "1": 2, "3": 2, "12": 3, "13": 3}
"""A commitment comes first, then its payment, then the pledge before it. A type without a stage was not given: it was spent (4)
or given back (7)."""
T = TypeVar("T")


class Oracle(Portfolio):
    """What the flows and projects of a portfolio add up to, for filters."""

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables)
        self._found: dict = {}

    def _once(self, what: str, asked: Filter, found: Callable[[Filter], T]) -> T:
        """What was found of the filters asked for last is not looked for again."""
        if (what, asked) not in self._found:
            self._found = dict(list(self._found.items())[-7:]) | {(what, asked): found(asked)}
        return self._found[what, asked]

    def held(self, asked: Filter) -> pd.DataFrame:
        return self._once("held", asked, self._held)

    def judged(self, asked: Filter) -> pd.DataFrame:
        return self._once("judged", asked, self._judged)

    def _held(self, asked: Filter) -> pd.DataFrame:
        """The flows of a filter: `instrument` as said, `framework` the place belongs to, `stage`, `given` (its amount is known
        and was given)."""
        rows = self.flows.assign(instrument=self.instrument_said(asked.certainty))
        rows = rows[rows["certainty"].isin(ADMITTED[asked.certainty])]
        if asked.of_places:
            rows = rows[rows["booked_id"].isin(self.projects_of(asked) | self.frameworks_of(asked))]
        if asked.instrument is not None:
            rows = rows[
                rows["instrument"].isna() if asked.instrument == NONE else rows["instrument"] == asked.instrument
            ]
        if asked.provider is not None:
            rows = rows[rows["provider_id"] == asked.provider]
        if asked.years is not None:
            rows = rows[may_fall(rows["valued_from"], rows["valued_to"], rows["valued_edtf"], asked.years)]
        rows = rows.assign(
            framework=[b if b in self.frameworks else self.framework_of.get(b) for b in rows["booked_id"]],
            stage=[STAGE.get(kind) for kind in rows["type_code"]],
        )
        return rows.assign(given=rows["amount_minor"].notna() & rows["type_code"].isin(STAGE))

    def _judged(self, asked: Filter) -> pd.DataFrame:
        """The same with `counts`, by decision 0032."""
        rows = self.held(asked)
        if asked.of_places:
            inside = rows["provider_id"].isin(self.projects_of(asked) | self.frameworks_of(asked))
        else:
            inside = rows["provider_id"].map(self.kind).isin(("project", "framework"))
        standing = rows["given"] & ~inside
        superseded, included = self._told_by_others(rows, set(rows.index[standing]))
        return rows.assign(counts=standing & ~superseded & ~self._told_earlier(rows) & ~included)

    def _told_earlier(self, rows: pd.DataFrame) -> pd.Series:
        """Another flow tells of the money at an earlier stage, at the same record or its umbrella: from the same provider, or,
        where one of them does not state it, in the same currency."""
        first: dict[tuple, int] = {}
        for place, stage, provider, currency in zip(
            rows["booked_id"], rows["stage"], rows["provider_id"], rows["amount_currency"], strict=True
        ):
            if stage is None or pd.isna(stage) or currency is None:
                continue
            who = ("stated", provider) if provider is not None else ("not stated", currency)
            for key in ((place, who), (place, "any", currency)):
                first[key] = min(first.get(key, 9), stage)
        found = []
        for place, stage, provider, currency in zip(
            rows["booked_id"], rows["stage"], rows["provider_id"], rows["amount_currency"], strict=True
        ):
            met = False
            for at in (place, self.umbrella.get(place)):
                keys = [(at, "any", currency)] if provider is None else [
                    (at, ("stated", provider)), (at, ("not stated", currency))
                ]  # fmt: skip
                met |= at is not None and stage is not None and any(first.get(key, 9) < stage for key in keys)
            found.append(met)
        return pd.Series(found, index=rows.index, dtype=bool)

    def _told_by_others(self, rows: pd.DataFrame, given: set[int]) -> tuple[pd.Series, pd.Series]:
        """(superseded, included): a flow of the selection with a known amount supersedes it, directly or over others; it is
        included, however deep, in a flow of the selection that was given, or in one that such a flow superseded."""
        known = set(rows.index[rows["amount_minor"].notna()])
        superseded, included = [], []
        for flow in rows.index:
            met, front = set(), [(flow, True)]
            while front:
                at, renewed = front.pop()
                for upper, newer in self.above.get(at, ()):
                    step = (upper, renewed and newer)
                    if step not in met:
                        met.add(step)
                        front.append(step)
            met = {(upper, renewed) for upper, renewed in met if upper != flow}
            superseded.append(any(renewed and upper in known for upper, renewed in met))
            included.append(any(upper in given for upper, _renewed in met))
        return pd.Series(superseded, rows.index, dtype=bool), pd.Series(included, rows.index, dtype=bool)

    def sums(self, asked: Filter, by: str | None = None) -> dict[tuple, tuple[int, int]]:
        """{(group, currency, certainty, whether about): (minor units, flows)} of what counts. `by`: instrument, framework."""
        rows = self.judged(asked)
        rows = rows[rows["counts"]]
        rows = rows.assign(about=rows["amount_mark"] != "exact", group=rows[by] if by else None)
        rows = rows.assign(group=[None if pd.isna(g) else int(g) for g in rows["group"]])
        alike = rows.groupby(["group", "amount_currency", "certainty", "about"], dropna=False)["amount_minor"]
        return {
            (None if pd.isna(g) else int(g), c, sure, bool(about)): (int(sum(minor)), len(minor))
            for (g, c, sure, about), minor in alike
        }

    # ---- how many projects

    def known_places(self, asked: Filter) -> set[int]:
        """Records to which a known amount was given, whatever is asked of places."""
        rows = self.held(
            Filter(asked.certainty, instrument=asked.instrument, provider=asked.provider, years=asked.years)
        )
        return set(rows[rows["given"]]["booked_id"])

    def coverage(self, asked: Filter) -> tuple[int, int, int]:
        """Of the projects asked about: with a known amount, within an umbrella that has one, without."""
        states = self.states(asked)
        return tuple(sum(state == one for state in states.values()) for one in ("known", "within", "unknown"))

    def states(self, asked: Filter) -> dict[int, str]:
        known = self.known_places(asked)
        flows = set(self.held(asked)["booked_id"]) if asked.of_money else set()
        found = {}
        for project in self.projects_of(asked):
            above = self.umbrella[project]
            state = "known" if project in known else "within" if above in known else "unknown"
            sure = self.certainty[project] in ADMITTED[asked.certainty]
            if (project in flows or state != "unknown") if asked.of_money else (sure or state == "known"):
                found[project] = state
        return found

    def statuses(self, asked: Filter) -> dict[str, int]:
        """How many projects are in each status: its code, `<code>:derived`, ambiguous, none."""
        known, said = self.known_places(asked), self.status_said(asked.certainty)
        found: dict[str, int] = {}
        carried_out = self._carried_out(asked)
        for project in self.projects_of(asked) & carried_out:
            if self.certainty[project] in ADMITTED[asked.certainty] or project in known:
                status, basis = said[project]
                key = "ambiguous" if basis == "ambiguous" else status or "none"
                key += ":derived" if status and basis == "derived" else ""
                found[key] = found.get(key, 0) + 1
        return found

    def _carried_out(self, asked: Filter) -> set[int]:
        """Projects possibly carried out within the years asked for; the actual dates go before the planned ones."""
        if asked.years is None:
            return set(self.projects.index)
        p = self.projects
        start = p["actual_start_from"].where(p["actual_start_edtf"].notna(), p["planned_start_from"])
        end = p["actual_end_to"].where(p["actual_end_edtf"].notna(), p["planned_end_to"])
        dates = ["actual_start_edtf", "planned_start_edtf", "actual_end_edtf", "planned_end_edtf"]
        stated = p[dates].bfill(axis=1)[dates[0]]
        return set(p.index[may_fall(start, end, stated, asked.years)])
