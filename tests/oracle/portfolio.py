"""The portfolio of one dump: what its sources say, laid out once in frames, one row a flow and one a place."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import pandas as pd

from tests.oracle.dump import Tables
from tests.oracle.seen import seen

ADMITTED = {
    "documents": {"document"},
    "public": {"document", "public"},
    "all": {"document", "public", "unsure", "uncited"},
}
NOBODY = 0
"""In place of an id: none."""
FURTHEST = 99_999_999
PARTNERS = {"partner_country", "party"}


class Portfolio:
    """The portfolio of one dump, as a person sees it who is named for nothing confidential. `ours`: the keys of who
    is meant by "us"."""

    def __init__(self, tables: Tables, ours: Iterable[str]) -> None:
        self.tables, self.seen = tables, seen(tables)
        records = tables["record"].set_index("id")
        self.kind, self.certainty = records["kind"].to_dict(), records["certainty"].to_dict()
        of_key = dict(zip(records["key"], records.index, strict=True))
        self.us = {of_key[key] for key in ours if key in of_key and of_key[key] in self.seen}
        self._seen_ids = np.fromiter(self.seen, np.int64)
        self.told = self._only_seen(tables["participation"], "id", "within_id", "participant_id")
        self.country_of = self._only_seen(tables["project_country"], "country_id")
        self.places = self._places(records)
        self.flows = self._flows(records)

    def _only_seen(self, frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
        """The rows all of whose references, as far as they name anything, are seen."""
        shown = np.ones(len(frame), dtype=bool)
        for column in columns:
            named = ids(frame[column])
            shown &= np.isin(named, self._seen_ids) | (named == NOBODY)
        return frame[shown]

    # ---- places

    def _places(self, records: pd.DataFrame) -> pd.DataFrame:
        """Projects and frameworks, those that are not seen too: `umbrella`, `unit` (the umbrella, if there is one, or itself),
        `framework` (itself, its own, or that of its umbrella), `country`, `implementer`, `level` as keys of groups."""
        projects, frameworks = self.tables["project"].set_index("id"), self.tables["framework"].set_index("id")
        found = pd.concat([projects, frameworks.assign(framework_id=frameworks.index)]).join(records[["certainty"]])
        found.insert(0, "project", found.index.isin(projects.index))
        found["umbrella"] = ids(found["umbrella_id"])
        found["own_framework"] = ids(found["framework_id"])
        above = found["umbrella"].map(found["own_framework"]).fillna(NOBODY).astype(np.int64)
        found["framework"] = found["own_framework"].where(found["own_framework"] != NOBODY, above)
        found["seen"] = found.index.isin(self._seen_ids)
        found["unit"] = np.where(found["umbrella"].isin(self.seen), found["umbrella"], found.index)
        of_project = _only(self.country_of, "project_id", "country_id")
        countries = self.told["participant_id"].map(self.kind) == "country"
        partner = self.told[self.told["role"].isin(PARTNERS) & countries]
        of_framework = _only(partner[partner["within_id"].isin(frameworks.index)], "within_id", "participant_id")
        found["country"] = pd.Series(found.index.map(of_project | of_framework), found.index).fillna("none")
        carries_out = _only(self.told[self.told["role"] == "implementing"], "within_id", "participant_id")
        found["implementer"] = pd.Series(found.index.map(carries_out), found.index).fillna("none")
        parts = found[found["seen"] & (found["umbrella"] != NOBODY)]
        found["level"] = np.select(
            [~found["project"], found["umbrella"] != NOBODY, found.index.isin(parts["umbrella"])],
            ["framework", "part", "umbrella"],
            "project",
        )
        return found

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """The frameworks right below each."""
        found: dict[int, list[int]] = {}
        for record, parent in zip(self.tables["framework"]["id"], self.tables["framework"]["parent_id"], strict=True):
            found.setdefault(parent, []).append(record)
        return found

    def below(self, framework: int) -> set[int]:
        """A framework and all below it, as far as they are seen."""
        found, front = {framework}, [framework]
        while front:
            for one in self.children.get(front.pop(), ()):
                if one not in found:
                    found.add(one)
                    front.append(one)
        return found & self.seen

    # ---- money

    def _flows(self, records: pd.DataFrame) -> pd.DataFrame:
        """The flows that are seen with all they refer to. Ids are whole numbers, `NOBODY` where nothing is named; `first` and
        `last` the days (20140827) a value date can mean."""
        parties = ("booked_id", "provider_id", "receiver_id", "instrument_id", "contract_id", "addendum_id")
        shown = self._only_seen(self.tables["flow"], "id", *parties).set_index("id")
        found = pd.DataFrame({one.removesuffix("_id"): ids(shown[one]) for one in parties}, index=shown.index)
        found["known"] = shown["amount_minor"].notna()
        found["minor"] = shown["amount_minor"].fillna(0).astype(np.int64)
        found["currency"] = shown["amount_currency"]
        found["about"] = shown["amount_mark"] != "exact"
        found["kind"] = shown["type_code"].fillna("")
        found["certainty"] = found.index.map(records["certainty"])
        found["dated"] = shown["valued_edtf"].notna()
        found["first"], found["last"] = days(shown["valued_from"], 0), days(shown["valued_to"], FURTHEST)
        found["year"] = _years(found)
        for column in ("umbrella", "unit", "framework"):
            found[column] = found["booked"].map(self.places[column]).astype(np.int64)
        return found

    @cached_property
    def tellers(self) -> pd.DataFrame:
        """(id, by, renewed): each flow and those that tell of it, however far: what it is included in, what supersedes it;
        renewed: superseded all the way. The way may lead over flows that are not seen."""
        above: dict[int, list[tuple[int, bool]]] = {}
        table = self.tables["flow"]
        for flow, whole, older in zip(table["id"], table["included_in_id"], table["supersedes_id"], strict=True):
            if whole is not None:
                above.setdefault(flow, []).append((whole, False))
            if older is not None:
                above.setdefault(older, []).append((flow, True))
        rows = []
        for flow in above:
            met, front = set(), [(flow, True)]
            while front:
                at, renewed = front.pop()
                for upper, newer in above.get(at, ()):
                    step = (upper, renewed and newer)
                    if step not in met:
                        met.add(step)
                        front.append(step)
            rows += [(flow, upper, renewed) for upper, renewed in met if upper != flow]
        return pd.DataFrame(rows, columns=["id", "by", "renewed"])

    # ---- what the sources of a filter say

    @cached_property
    def _led(self) -> dict[str, dict[int, str]]:
        """{field: {record: the certainty of the statement that leads}}."""
        st = self.tables["statement"]
        led = st[st["leading"].astype(bool)]
        return {
            str(field): dict(zip(of["record_id"], of["certainty"], strict=True)) for field, of in led.groupby("field")
        }

    def by_others(self, field: str, records: pd.Index | pd.Series, certainty: str) -> np.ndarray:
        """Of each record: whether what leads to its field is stated by others than the sources asked."""
        led = pd.Series(records).map(self._led.get(field, {}))
        return (led.notna() & ~led.isin(ADMITTED[certainty])).to_numpy()

    def said(self, certainty: str) -> pd.DataFrame:
        """Of each flow what the sources say of its `instrument` (its own, else that of its contract), `provider`, `receiver`."""
        return self._once(("said", certainty), lambda: self._said(certainty))

    def _said(self, certainty: str) -> pd.DataFrame:
        found = {
            field: self.flows[field].mask(self.by_others(field, self.flows.index, certainty), NOBODY)
            for field in ("instrument", "contract", "provider", "receiver")
        }
        contracts = self.tables["contract"].set_index("id")
        of_contract = pd.Series(ids(contracts["instrument_id"]), contracts.index)
        of_contract = of_contract.mask(self.by_others("instrument", contracts.index, certainty), NOBODY)
        through = found["contract"].map(of_contract).fillna(NOBODY).astype(np.int64)
        found["instrument"] = found["instrument"].where(found["instrument"] != NOBODY, through)
        return pd.DataFrame(found)

    def flows_said(self, certainty: str) -> pd.DataFrame:
        """The flows with their amounts as the sources state them. Where what leads is stated by others, the last of what they
        state of it beside counts, if it gives an amount; the `certainty` of a flow is that of its amount."""
        return self._once(("amounts", certainty), lambda: self._flows_said(certainty))

    def _flows_said(self, certainty: str) -> pd.DataFrame:
        found, st = self.flows.copy(), self.tables["statement"]
        others = found.index[~found["certainty"].isin(ADMITTED[certainty])]
        beside = (st["field"] == "amount") & ~st["leading"].astype(bool) & st["certainty"].isin(ADMITTED[certainty])
        last = (
            st[beside & st["record_id"].isin(others)].sort_values("position").drop_duplicates("record_id", keep="last")
        )
        for row in last[last["value"].notna()].itertuples():
            currency, minor = row.value.split(" ")
            told = [True, int(minor), currency, row.precision != "exact", row.certainty]
            found.loc[row.record_id, ["known", "minor", "currency", "about", "certainty"]] = told
        return found

    def status_said(self, certainty: str) -> pd.DataFrame:
        """Of each place its `status` and the `key` of its group. Where what leads is stated by others than the sources asked, the
        last of what they state counts."""
        return self._once(("status", certainty), lambda: self._status_said(certainty))

    def _status_said(self, certainty: str) -> pd.DataFrame:
        st = self.tables["statement"]
        st = st[(st["field"] == "status") & st["certainty"].isin(ADMITTED[certainty])].sort_values("position")
        last = st.drop_duplicates("record_id", keep="last").set_index("record_id")
        how = {"derived": "derived", "inferred": "derived", "ambiguous": "ambiguous"}
        others = self.by_others("status", self.places.index, certainty)
        at = self.places.index
        status = pd.Series(np.where(others, at.map(last["value"]), self.places["status"]), at, dtype=object)
        basis = np.where(others, at.map(last["precision"]).map(how), self.places["status_basis"])
        status = status.where(self.places["project"] & status.notna(), None)
        key = np.select(
            [~self.places["project"], basis == "ambiguous", status.isna(), basis == "derived"],
            ["framework", "ambiguous", "none", status.astype(str) + ":derived"],
            status.astype(str),
        )
        return pd.DataFrame({"status": status, "key": key}, index=at)

    # ---- what is not computed twice

    @cached_property
    def _found(self) -> dict:
        return {}

    def _once(self, what: tuple, found):
        """What was found of late is not looked for again."""
        if what not in self._found:
            if len(self._found) > 80:
                self._found.clear()
            self._found[what] = found()
        return self._found[what]


def ids(column: pd.Series) -> np.ndarray:
    """References as whole numbers, `NOBODY` where nothing is named."""
    return column.fillna(NOBODY).astype(np.int64).to_numpy()


def days(column: pd.Series, otherwise: int) -> np.ndarray:
    """Days as whole numbers, 20140827; `otherwise` where an end is open."""
    return np.array([otherwise if day is None else int(str(day)[:10].replace("-", "")) for day in column], np.int64)


def may_fall(first: pd.Series, last: pd.Series, dated: pd.Series, years: tuple[int, int]) -> pd.Series:
    """Whether each date, or time, may fall into the years; an end that is not known is open, what is undated falls nowhere."""
    return dated & (first <= years[1] * 10_000 + 1231) & (last >= years[0] * 10_000 + 101)


def _years(flows: pd.DataFrame) -> list[str]:
    """The group of years of each value date: one year, a span with its open end left out, none."""
    found = []
    for dated, first, last in zip(flows["dated"], flows["first"] // 10_000, flows["last"] // 10_000, strict=True):
        begin, end = "" if first == 0 else str(first), "" if last == FURTHEST // 10_000 else str(last)
        found.append("none" if not dated or begin == end == "" else begin if begin == end else f"{begin}-{end}")
    return found


def _only(frame: pd.DataFrame, of: str, column: str) -> dict[int, str]:
    """{record: the one it has, `more` where it has several}."""
    each = frame.groupby(of)[column].agg(["nunique", "min"])
    return {i: str(one) if number == 1 else "more" for i, number, one in each.itertuples()}
