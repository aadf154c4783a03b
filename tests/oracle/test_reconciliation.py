"""Every number of a selection, wherever it is shown, is the oracle's to the cent.

On the seed portfolio and on a generated one, for filters over every dimension and every pair of dimensions. `make test` takes
a sample: 120 generated projects and 37 filters (nothing, each dimension, each pair), the seed and 12; values and frames for
each, and of the page, the files and the records behind one in turn. `make prove` takes 10,000 projects and 520 filters, and
all of it for each.
"""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from sqlalchemy.orm import Session

from portal.accounts import queries as people
from portal.accounts.models import Person
from portal.figures import FIGURES, Scope, frame
from portal.kernel import transaction
from portal.ops.generating import generate
from tests import machine
from tests.oracle import dump
from tests.oracle.combinations import DIMENSIONS, MEASURES, PAIRS, args, drawn
from tests.oracle.portfolio import Filter
from tests.oracle.sums import Oracle
from tests.oracle.surfaces import Shown

pytestmark = pytest.mark.one_engine
PROJECTS, FILTERS, OF_SEED = (10_000, 520, 200) if machine.prove() else (120, 37, 12)
STATUS = {
    "1": "příprava", "2": "v realizaci", "3": "dokončování", "4": "ukončeno", "5": "zrušeno", "6": "pozastaveno",
    "ambiguous": "nelze určit", "none": "stav neuveden",
}  # fmt: skip
WITHOUT = {"instrument": "nástroj neuveden", "framework": "rámec neuveden"}


class Compared:
    """One portfolio, its oracle, and how often each dimension met anything."""

    def __init__(self, engine, viewer) -> None:
        self.engine, self.browser = engine, viewer.browser
        self.oracle = Oracle(dump.read(engine.url.render_as_string(hide_password=False)))
        names = self.oracle.tables["record"]
        self.names = dict(
            zip(names["id"], names["name_cs"].where(names["name_cs"] != "", names["name_en"]), strict=True)
        )
        self.met, self.asked = Counter(), Counter()

    def name(self, by: str, group) -> str:
        if by == "status":
            code, _colon, derived = group.partition(":")
            return STATUS[code] + (", odvozeno" if derived else "")
        return WITHOUT[by] if group is None else self.names[group]

    def compare(self, number: int, used: frozenset[str], asked: Filter) -> None:
        """All surfaces of one filter against the oracle."""
        self.asked[used] += 1
        sums = {by: self.oracle.sums(asked, by) for by in ("instrument", "framework")}
        statuses, total = self.oracle.statuses(asked), self.oracle.sums(asked)
        self.met[used] += bool(total)
        self._values(asked, sums, statuses, total)
        shown, said = Shown(self.browser, args(asked)), f"{asked}"
        turn = None if machine.prove() else number % 3
        if turn in (None, 0):
            self._page(shown, sums, statuses, total, said)
        if turn in (None, 1):
            self._files(shown, sums, statuses, number, said)
        if turn in (None, 2):
            self._behind(shown, asked, sums, total, number, said)

    def _values(self, asked: Filter, sums, statuses, total) -> None:
        """What the figures give, and their frames."""
        scope = Scope.read(_multi(args(asked)))
        with Session(self.engine) as s:
            actor = people.actor_of(s, s.query(Person).filter_by(role="viewer").first())
            value = FIGURES["known_funding"].value(s, actor, scope)
            assert _cells(value) == {key[1:]: worth for key, worth in total.items()}, asked
            covered = FIGURES["known_funding"].coverage(s, actor, scope)
            assert (covered.known, covered.within, covered.unknown) == self.oracle.coverage(asked), asked
            for by, wanted in sums.items():
                figure = FIGURES[f"known_funding_by_{by}"].value(s, actor, scope)
                rows = {
                    (row.record_id, row.amount.currency, row.certainty, row.approximate): (row.amount.minor, row.flows)
                    for row in frame(figure)
                    if row.amount is not None
                }
                assert rows == wanted, (by, asked)
                assert figure.whole == value, (by, asked)
            rows = {row.key: row.number for row in frame(FIGURES["projects_by_status"].value(s, actor, scope))}
            assert rows == statuses, asked
            assert FIGURES["projects"].value(s, actor, scope).number == sum(statuses.values()), asked

    def _page(self, shown: Shown, sums, statuses, total, said: str) -> None:
        """The headline, each chart and the table below it."""
        assert shown.headline() == _by_precision(total), said
        for by, wanted in sums.items():
            key = f"known_funding_by_{by}"
            drawn_, tabled = defaultdict(int), defaultdict(int)
            for (group, currency, certainty, _about), (minor, _flows) in wanted.items():
                group = "none" if group is None else str(group)
                drawn_[group, currency] += minor
                tabled[group, currency, certainty] += minor
            assert shown.chart(key) == drawn_, (key, said)
            assert shown.table(key) == tabled, (key, said)
            for group, name in shown.names(key).items():
                assert name == self.name(by, None if group == "none" else int(group)), (key, said)
        assert shown.chart("projects_by_status") == shown.table("projects_by_status") == statuses, said

    def _files(self, shown: Shown, sums, statuses, number: int, said: str) -> None:
        """Every sheet of the workbook, and the CSV of one chart after the other."""
        book = shown.excel()
        for key, by in MEASURES.items():
            rows = book[key]
            if number % len(MEASURES) == list(MEASURES).index(key) or not machine.prove():
                assert Counter(shown.csv(key)) == Counter(rows), ("CSV", key, said)
            if by == "status":
                assert dict(rows) == {self.name(by, group): n for group, n in statuses.items()}, said
                continue
            known = Counter(row[:6] for row in rows if row[1] is not None)
            wanted = Counter(
                (self.name(by, g), c, sure, about, *worth) for (g, c, sure, about), worth in sums[by].items()
            )
            assert known == wanted, ("Excel", key, said)

    def _behind(self, shown: Shown, asked: Filter, sums, total, number: int, said: str) -> None:
        """The page behind the total, and behind one group."""
        judged = self.oracle.judged(asked)
        wanted = int(judged["counts"].sum()), int((~judged["counts"]).sum())
        found, *counted = shown.behind("known_funding")
        assert (found, tuple(counted)) == (_by_precision(total), wanted), said
        by = ("instrument", "framework")[number % 2]
        groups = sorted({key[0] for key in sums[by]}, key=lambda g: (g is None, g))
        if groups:
            group = groups[number % len(groups)]
            of_group = {key: worth for key, worth in sums[by].items() if key[0] == group}
            found, counting, _not = shown.behind(f"known_funding_by_{by}", "none" if group is None else str(group))
            assert found == _by_precision(of_group), (by, group, said)
            assert counting == sum(flows for _minor, flows in of_group.values()), (by, group, said)


def _multi(given: dict[str, str]) -> dict:
    return given | ({"status": [given["status"]]} if "status" in given else {})


def _cells(funding) -> dict:
    return {(c.currency, c.certainty, c.approximate): (c.minor, c.flows) for c in funding.cells}


def _by_precision(sums) -> dict:
    found: dict = defaultdict(int)
    for (_group, currency, _certainty, about), (minor, _flows) in sums.items():
        found[currency, "about" if about else "exact"] += minor
    return dict(found)


def test_every_surface_of_a_generated_portfolio_agrees_with_the_oracle(kept_engine, kept_as) -> None:
    with transaction.unit(kept_engine) as s:
        generate(s, PROJECTS, 1)
    compared = Compared(kept_engine, kept_as("viewer", lang="cs"))
    for number, (used, asked) in enumerate(drawn(compared.oracle, FILTERS)):
        compared.compare(number, used, asked)
    assert sum(compared.asked.values()) == FILTERS
    for one in DIMENSIONS:
        assert any(one in used for used, met in compared.met.items() if met), f"{one} met nothing"
    for pair in PAIRS:
        assert any(set(pair) <= used for used in compared.asked), pair
    met = {pair for pair in PAIRS if any(set(pair) <= used for used, found in compared.met.items() if found)}
    assert met == set(PAIRS), "a pair of dimensions never met anything"
    assert sum(compared.met.values()) > FILTERS * 0.6


def test_every_surface_of_the_seed_portfolio_agrees_with_the_oracle(store, read_as) -> None:
    compared = Compared(store.reading, read_as("viewer", "cs"))
    for number, (used, asked) in enumerate(drawn(compared.oracle, OF_SEED)):
        compared.compare(number, used, asked)
    assert sum(compared.met.values()) > OF_SEED / 2
