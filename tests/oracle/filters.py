"""What is asked for, and which places and flows of a portfolio it holds."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from tests.oracle.portfolio import ADMITTED, NOBODY, PARTNERS, Portfolio, may_fall


@dataclass(frozen=True)
class Filter:
    """None asks for nothing. `framework` and `instrument` 0: none is stated. `reach`: all, led (booked at what we lead), through
    (we are the receiver), own (we are the provider)."""

    certainty: str = "documents"
    framework: int | None = None
    country: int | None = None
    organisation: int | None = None
    role: str | None = None
    instrument: int | None = None
    provider: int | None = None
    status: str | None = None
    years: tuple[int, int] | None = None
    currency: str | None = None
    reach: str = "all"

    @property
    def of_places(self) -> bool:
        asked = (self.framework, self.country, self.organisation, self.role, self.status)
        return self.reach == "led" or any(x is not None for x in asked)

    @property
    def of_money(self) -> bool:
        asked = (self.instrument, self.provider, self.years, self.currency)
        return self.reach in ("through", "own") or any(x is not None for x in asked)

    @property
    def anywhere(self) -> Filter:
        """The same without what is asked of places."""
        reach = "all" if self.reach == "led" else self.reach
        return replace(self, framework=None, country=None, organisation=None, role=None, status=None, reach=reach)


class Filtered(Portfolio):
    """A portfolio that is asked with filters."""

    def places_of(self, asked: Filter) -> pd.Index:
        """The projects and frameworks that are seen and meet what is asked of places."""
        return self._once(("places", asked), lambda: self._places_of(asked))

    def _places_of(self, asked: Filter) -> pd.Index:
        at, found = self.places, self.places["seen"]
        if asked.framework == NOBODY:
            found = found & at["project"] & (at["framework"] == NOBODY)
        elif asked.framework is not None:
            below, serving = self.below(asked.framework), self.tables["project_framework"]
            further = serving[serving["framework_id"].isin(below)]["project_id"]
            found = found & (at["framework"].isin(below) | at.index.isin(further))
        if asked.country is not None:
            of, told = self.country_of, self.told
            partner = told[(told["participant_id"] == asked.country) & told["role"].isin(PARTNERS)]["within_id"]
            for_it = of[of["country_id"] == asked.country]["project_id"]
            found = found & (at.index.isin(for_it) & at["project"] | at.index.isin(partner) & ~at["project"])
        if asked.organisation is not None or asked.role is not None:
            found = found & at.index.isin(self._taking_part(asked.organisation, asked.role))
        if asked.reach == "led":
            led = self.told[(self.told["role"] == "lead") & self.told["participant_id"].isin(self.us)]
            found = found & at.index.isin(led["within_id"])
        if asked.status is not None:
            said = self.status_said(asked.certainty)["status"]
            found = found & at["project"] & (said.isna() if asked.status == "none" else said == asked.status)
        return at.index[found]

    def _taking_part(self, participant: int | None, role: str | None) -> pd.Series:
        """Where somebody takes part in a role: one and the same participation says both."""
        rows = self.told
        if participant is not None:
            rows = rows[rows["participant_id"] == participant]
        return (rows if role is None else rows[rows["role"] == role])["within_id"]

    def projects_of(self, asked: Filter) -> pd.DataFrame:
        """The projects that meet what is asked of places."""
        found = self.places.loc[self.places_of(asked)]
        return found[found["project"]]

    def held(self, asked: Filter, end: str = "provider") -> pd.DataFrame:
        """The flows of a filter, whatever their types. `end`: where money comes in that would be internal; what goes through us
        comes to the other one."""
        end = end if asked.reach == "through" else "provider"
        return self._once(("held", asked, end), lambda: self._held(asked, end))

    def _held(self, asked: Filter, end: str) -> pd.DataFrame:
        rows = self.flows_said(asked.certainty)
        return self._asked_for(asked, end, rows[rows["certainty"].isin(ADMITTED[asked.certainty])])

    def unsourced(self, asked: Filter) -> int:
        """How many flows no source states: their amounts were entered without one, and the sources asked give none beside. They
        are in no currency that sources tell."""
        if asked.certainty == "all" or asked.currency is not None:
            return 0
        rows = self.flows_said(asked.certainty)
        return len(self._asked_for(asked, "provider", rows[(rows["certainty"] == "uncited") & rows["known"]]))

    def _asked_for(self, asked: Filter, end: str, rows: pd.DataFrame) -> pd.DataFrame:
        """Those of the flows that are what is asked for."""
        said, kept = self.said(asked.certainty).loc[rows.index], pd.Series(True, rows.index)
        if asked.of_places:
            kept &= rows["booked"].isin(self.places_of(asked))
        if asked.instrument is not None:
            kept &= said["instrument"] == asked.instrument
        if asked.provider is not None:
            kept &= said["provider"] == asked.provider
        if asked.reach == "through":
            kept &= said["receiver" if end == "provider" else "provider"].isin(self.us)
        if asked.reach == "own":
            kept &= said["provider"].isin(self.us) & ~rows.index.isin(self.passed_on(asked.certainty))
        if asked.currency is not None:
            kept &= rows["currency"] == asked.currency
        if asked.years is not None:
            kept &= may_fall(rows["first"], rows["last"], rows["dated"], asked.years)
        return rows[kept]

    def passed_on(self, certainty: str) -> set[int]:
        """The flows that are included, however deep, in one that somebody else than we provides, as the sources say."""
        return self._once(("passed on", certainty), lambda: self._passed_on(certainty))

    def _passed_on(self, certainty: str) -> set[int]:
        provider = self.said(certainty)["provider"]
        sure = self.flows_said(certainty)["certainty"].isin(ADMITTED[certainty])
        others = (provider != NOBODY) & ~provider.isin(self.us) & sure
        parts: dict[int, list[int]] = {}
        for flow, whole in zip(self.tables["flow"]["id"], self.tables["flow"]["included_in_id"], strict=True):
            if whole is not None:
                parts.setdefault(whole, []).append(flow)
        found, front = set[int](), [int(flow) for flow in self.flows.index[others]]
        while front:
            for part in parts.get(front.pop(), ()):
                if part not in found:
                    found.add(part)
                    front.append(part)
        return found
