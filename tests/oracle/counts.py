"""For how many of how many projects an amount is known, and how many projects there are."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pandas as pd

from tests.oracle.filters import Filter
from tests.oracle.portfolio import ADMITTED, may_fall
from tests.oracle.sums import OF_PLACES, PAIRED, PLAIN, Oracle

Counts = tuple[int, int, int]


class Counting(Oracle):
    """What is known of how many."""

    def known_places(self, asked: Filter, name: str) -> pd.Index:
        """Records to which a known amount of the measure was given, whatever is asked of places; of a paired one the units of
        which both sides are known."""
        if name in PAIRED:
            rows = self.lines(asked.anywhere, name)
            return pd.Index(rows[rows["reason"] == ""]["unit"].unique())
        return pd.Index(self._given(asked.anywhere, name)["booked"].unique())

    def _given(self, asked: Filter, name: str) -> pd.DataFrame:
        """The flows of a filter with a known amount of a plain measure, whether they count or not."""
        rows = self.held(asked, PLAIN[name].end)
        return rows[rows["known"] & rows["kind"].isin(PLAIN[name].types)]

    def states(self, asked: Filter, name: str) -> pd.Series:
        """Of each project asked about: an amount is known, it is within an umbrella of which one is, or none is known."""
        return self._once(("states", asked, name), lambda: self._states(asked, name))

    def _states(self, asked: Filter, name: str) -> pd.Series:
        projects, known = self.projects_of(asked), self.known_places(asked, name)
        found = np.select(
            [projects.index.isin(known), projects["umbrella"].isin(known)], ["known", "within"], "unknown"
        )
        if asked.of_money:
            end = PLAIN[name].end if name in PLAIN else "provider"
            about = projects.index.isin(self.held(asked, end)["booked"]) | (found != "unknown")
            if asked.years is not None:
                about |= self._ran(projects, asked, end)
        else:
            about = projects["certainty"].isin(ADMITTED[asked.certainty]) | (found == "known")
        return pd.Series(found, projects.index)[about]

    def _ran(self, projects: pd.DataFrame, asked: Filter, end: str) -> pd.Series:
        """Of each project: it may have been carried out within the years, and would be asked about whatever the years."""
        besides = replace(asked, years=None)
        if besides.of_money:
            meant = projects.index.isin(self.held(besides, end)["booked"])
        else:
            meant = projects["certainty"].isin(ADMITTED[asked.certainty])
        return may_fall(*(one.loc[projects.index] for one in self._carried_out), asked.years) & meant

    def coverage(self, asked: Filter, name: str) -> tuple[int, int, int, int]:
        """Of the projects asked about: with a known amount, within an umbrella that has one, without; and how many frameworks of
        the selection carry a known amount of their own."""
        return (*_told(self.states(asked, name)), self._elsewhere(asked, name))

    def _elsewhere(self, asked: Filter, name: str) -> int:
        if name in PAIRED:
            rows = self.lines(asked, name)
            at = rows[rows["reason"] == ""]["unit"]
        else:
            at = self._given(asked, name)["booked"]
        return int((~self.places.loc[at.unique(), "project"]).sum())

    def covered(self, asked: Filter, name: str, by: str) -> dict[str, Counts]:
        """Of each group: known, within, unknown. Of places: of the projects in it. Of money: of the records with a flow in it,
        known or not; projects without any stand in the group of what is not stated."""
        states = self.states(asked, name)
        if by in OF_PLACES and by != "project":
            keys = self.place_keys(asked.certainty, by).loc[states.index]
            return {str(key): _told(of) for key, of in states.groupby(keys)}
        rows = self.lines(asked, name, by)
        place = rows["unit" if name in PAIRED else "booked"]
        known = rows["reason"] == "" if name in PAIRED else rows["known"] & rows["kind"].isin(PLAIN[name].types)
        at = known.groupby([rows["key"], place]).max()
        found = {str(key): (int(of.sum()), 0, int((~of).sum())) for key, of in at.groupby(level=0)}
        if by != "project" and not (by == "instrument" and asked.instrument):
            more = _told(states[~states.index.isin(place)])
            total = tuple(a + b for a, b in zip(found.get("none", (0, 0, 0)), more, strict=True))
            found |= {"none": total} if sum(total) else {}
        return found

    # ---- how many projects

    def statuses(self, asked: Filter) -> dict[str, int]:
        """How many projects are in each status: its code, `<code>:derived`, ambiguous, none. Those that the sources know, and
        those that carry a known amount; where years are asked for, those that may have been carried out within them."""
        projects, known = self.projects_of(asked), self.known_places(asked, "known_funding")
        counted = projects["certainty"].isin(ADMITTED[asked.certainty]) | projects.index.isin(known)
        if asked.years is not None:
            counted &= may_fall(*(one.loc[projects.index] for one in self._carried_out), asked.years)
        keys = self.status_said(asked.certainty)["key"].loc[projects.index[counted]]
        return dict(Counter(str(key) for key in keys))

    @property
    def _carried_out(self) -> tuple[pd.Series, pd.Series, pd.Series]:
        """(first day, last day, whether dated) of each place; the actual dates go before the planned ones."""
        return self._once(("carried out",), self._carried)

    def _carried(self) -> tuple[pd.Series, pd.Series, pd.Series]:
        from tests.oracle.portfolio import FURTHEST, days

        p = self.places
        start = p["actual_start_from"].where(p["actual_start_edtf"].notna(), p["planned_start_from"])
        end = p["actual_end_to"].where(p["actual_end_edtf"].notna(), p["planned_end_to"])
        dates = ["actual_start_edtf", "planned_start_edtf", "actual_end_edtf", "planned_end_edtf"]
        whole = lambda column, otherwise: pd.Series(  # noqa: E731
            days(column.where(column.notna(), None), otherwise), p.index
        )
        return whole(start, 0), whole(end, FURTHEST), p[dates].notna().any(axis=1)


def _told(states: pd.Series) -> Counts:
    number = states.value_counts()
    return int(number.get("known", 0)), int(number.get("within", 0)), int(number.get("unknown", 0))
