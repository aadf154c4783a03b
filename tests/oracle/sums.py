"""Which flows count, and what they add up to: written from the words of decision 0032 and of the filters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import pandas as pd

from tests.oracle.dump import Tables
from tests.oracle.seen import seen

ADMITTED = {
    "documents": {"document"},
    "public": {"document", "public"},
    "all": {"document", "public", "unsure", "uncited"},
}
STAGE = {None: 1, "2": 1, "11": 1, "1": 2, "3": 2, "12": 3, "13": 3}
"""A commitment comes first, then its payment, then the pledge before it. A type without a stage was not given: it was spent (4)
or given back (7)."""
NONE = 0
T = TypeVar("T")
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


class Oracle:
    """The portfolio of one dump, as a person sees it who is named for nothing confidential."""

    def __init__(self, tables: Tables) -> None:
        self.tables, self.seen = tables, seen(tables)
        self._found: dict = {}
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

    # ---- judging

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
            rows = rows[_may_fall(rows["valued_from"], rows["valued_to"], rows["valued_edtf"], asked.years)]
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
        return set(p.index[_may_fall(start, end, stated, asked.years)])


def _may_fall(earliest: pd.Series, latest: pd.Series, stated: pd.Series, years: tuple[int, int]) -> list[bool]:
    """Whether each date, or time, may fall into the years; an end that is not known is open, what is undated falls nowhere."""
    first, last = f"{years[0]}-01-01", f"{years[1]}-12-31"
    return [
        not pd.isna(s) and (pd.isna(e) or str(e) <= last) and (pd.isna(x) or str(x) >= first)
        for e, x, s in zip(earliest, latest, stated, strict=True)
    ]
