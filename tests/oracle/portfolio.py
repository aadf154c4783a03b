"""The portfolio of one dump: what its sources say, and which records meet what a filter asks of places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from tests.oracle.dump import Tables
from tests.oracle.seen import seen

ADMITTED = {
    "documents": {"document"},
    "public": {"document", "public"},
    "all": {"document", "public", "unsure", "uncited"},
}
NONE = 0
PARTNERS = {"partner_country", "party"}


@dataclass(frozen=True)
class Filter:
    """What is asked for; None asks for nothing. `framework` and `instrument` 0: none is stated."""

    certainty: str = "documents"
    framework: int | None = None
    country: int | None = None
    organisation: int | None = None
    instrument: int | None = None
    provider: int | None = None
    status: str | None = None
    years: tuple[int, int] | None = None

    @property
    def of_places(self) -> bool:
        return any(x is not None for x in (self.framework, self.country, self.organisation, self.status))

    @property
    def of_money(self) -> bool:
        return any(x is not None for x in (self.instrument, self.provider, self.years))


class Portfolio:
    """The portfolio of one dump, as a person sees it who is named for nothing confidential."""

    def __init__(self, tables: Tables) -> None:
        self.tables, self.seen = tables, seen(tables)
        records = tables["record"].set_index("id")
        projects = tables["project"].set_index("id").join(records[["certainty"]])
        self.projects = projects[projects.index.isin(self.seen)]
        self.umbrella = dict(zip(projects.index, projects["umbrella_id"], strict=True))
        own = dict(zip(projects.index, projects["framework_id"], strict=True))
        self.own_framework = own
        self.framework_of = {p: f if f is not None else own.get(self.umbrella[p]) for p, f in own.items()}
        self.frameworks = set(tables["framework"]["id"])
        self.children: dict[int, list[int]] = {}
        for record, parent in zip(tables["framework"]["id"], tables["framework"]["parent_id"], strict=True):
            self.children.setdefault(parent, []).append(record)
        self.kind = records["kind"].to_dict()
        self.certainty = records["certainty"].to_dict()
        flows = tables["flow"].set_index("id").join(records[["certainty"]])
        self.above: dict[int, list[tuple[int, bool]]] = {}
        for flow, whole, older in zip(flows.index, flows["included_in_id"], flows["supersedes_id"], strict=True):
            if whole is not None:
                self.above.setdefault(flow, []).append((whole, False))
            if older is not None:
                self.above.setdefault(older, []).append((flow, True))
        parties = ["booked_id", "provider_id", "receiver_id", "instrument_id", "contract_id", "addendum_id"]
        shown = flows.index.isin(self.seen)
        for column in parties:
            shown &= flows[column].isin(self.seen) | flows[column].isna()
        self.flows = flows[shown]
        told = tables["participation"]
        self.told = told[told[["id", "within_id", "participant_id"]].isin(self.seen).all(axis=1)]
        self.contract = tables["contract"].set_index("id")["instrument_id"].to_dict()

    # ---- what the sources of a filter say

    @cached_property
    def _led(self) -> dict[tuple[str, int], str]:
        st = self.tables["statement"]
        led = st[st["leading"].astype(bool)]
        return dict(zip(zip(led["field"], led["record_id"], strict=True), led["certainty"], strict=True))

    def _says(self, admitted: set[str], record: int, field: str, value):
        """A reference, unless what leads to it is stated by others than the sources asked."""
        led = self._led.get((field, record))
        return None if value is None or (led is not None and led not in admitted) else value

    @cached_property
    def _instruments_said(self) -> dict[str, pd.Series]:
        return {}

    def instrument_said(self, certainty: str) -> pd.Series:
        """Of each flow: its own instrument as the sources say it, else that of its contract."""
        if certainty not in self._instruments_said:
            admitted, said = ADMITTED[certainty], []
            for flow, own, contract in zip(
                self.flows.index, self.flows["instrument_id"], self.flows["contract_id"], strict=True
            ):
                found = self._says(admitted, flow, "instrument", own)
                if found is None and self._says(admitted, flow, "contract", contract) is not None:
                    found = self._says(admitted, contract, "instrument", self.contract[contract])
                said.append(found)
            self._instruments_said[certainty] = pd.Series(said, index=self.flows.index, dtype=object)
        return self._instruments_said[certainty]

    @cached_property
    def _statuses_said(self) -> dict[str, dict[int, tuple]]:
        return {}

    def status_said(self, certainty: str) -> dict[int, tuple[str | None, str | None]]:
        """Of each project: its status and how it is known. Where what leads is stated by others than the sources asked, the last
        of what they state counts."""
        if certainty not in self._statuses_said:
            admitted = ADMITTED[certainty]
            st = self.tables["statement"]
            st = st[(st["field"] == "status") & st["certainty"].isin(admitted)].sort_values("position")
            last = {r: (v, p) for r, v, p in zip(st["record_id"], st["value"], st["precision"], strict=True)}
            said = {}
            for project, status, basis in zip(
                self.projects.index, self.projects["status"], self.projects["status_basis"], strict=True
            ):
                led = self._led.get(("status", project))
                if led is not None and led not in admitted:
                    status, precision = last.get(project, (None, None))
                    basis = (
                        "derived"
                        if precision in ("derived", "inferred")
                        else "ambiguous"
                        if precision == "ambiguous"
                        else None
                    )
                said[project] = (status, basis)
            self._statuses_said[certainty] = said
        return self._statuses_said[certainty]

    # ---- the records of a filter

    def below(self, framework: int) -> set[int]:
        """A framework and all below it, as far as they are seen."""
        found, front = {framework}, [framework]
        while front:
            for one in self.children.get(front.pop(), ()):
                if one not in found:
                    found.add(one)
                    front.append(one)
        return found & self.seen

    def projects_of(self, asked: Filter) -> set[int]:
        """The projects that meet what is asked of places."""
        found = set(self.projects.index)
        if asked.framework == NONE:
            found = {p for p in found if self.framework_of[p] is None}
        elif asked.framework is not None:
            below, serving = self.below(asked.framework), self.tables["project_framework"]
            further = set(serving[serving["framework_id"].isin(below)]["project_id"])
            found = {p for p in found if self.framework_of[p] in below or p in further}
        if asked.country is not None:
            of = self.tables["project_country"]
            found &= set(of[of["country_id"] == asked.country]["project_id"])
        if asked.organisation is not None:
            found &= self._taking_part(asked.organisation)
        if asked.status is not None:
            said, wanted = self.status_said(asked.certainty), None if asked.status == "none" else asked.status
            found = {p for p in found if said[p][0] == wanted}
        return found

    def frameworks_of(self, asked: Filter) -> set[int]:
        """The frameworks that meet what is asked of places; they have no status."""
        if asked.status is not None or asked.framework == NONE:
            return set()
        found = self.frameworks if asked.framework is None else self.below(asked.framework)
        if asked.country is not None:
            found = found & self._taking_part(asked.country, PARTNERS)
        return found if asked.organisation is None else found & self._taking_part(asked.organisation)

    def _taking_part(self, participant: int, roles: set[str] | None = None) -> set[int]:
        rows = self.told[self.told["participant_id"] == participant]
        return set((rows if roles is None else rows[rows["role"].isin(roles)])["within_id"])


def may_fall(earliest: pd.Series, latest: pd.Series, stated: pd.Series, years: tuple[int, int]) -> pd.Series:
    """Whether each date, or time, may fall into the years; an end that is not known is open, what is undated falls nowhere."""
    first, last = f"{years[0]}-01-01", f"{years[1]}-12-31"
    found = [
        not pd.isna(s) and (pd.isna(e) or str(e) <= last) and (pd.isna(x) or str(x) >= first)
        for e, x, s in zip(earliest, latest, stated, strict=True)
    ]
    return pd.Series(found, index=stated.index, dtype=bool)
