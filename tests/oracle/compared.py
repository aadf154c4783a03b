"""One portfolio, asked of portal and oracle alike: what both say of a filter, surface by surface."""

from __future__ import annotations

from collections import Counter, defaultdict

from flask import Flask
from sqlalchemy.orm import Session

from portal.accounts import queries as people
from portal.accounts.models import Person
from portal.figures import FIGURES, Scope, Shares, frame
from portal.kernel.db import db
from tests.oracle import dump
from tests.oracle.combinations import CHARTS, PARTED, args
from tests.oracle.counts import Counting
from tests.oracle.drawn import Drawn
from tests.oracle.filters import Filter
from tests.oracle.surfaces import Shown

STATEMENTS = 600
"""Statements whose text the engine remembers: filters of the same dimensions ask the same ones again. Each takes some megabytes,
and a full proof has two processes or more."""


class Compared(Drawn):
    """A portfolio and its oracle, and how often each combination of dimensions met anything. `full`: every filter is compared
    on every surface; else on one in turn."""

    def __init__(self, engine, app: Flask, viewer, ours: tuple[str, ...], full: bool) -> None:
        self.app, self.browser, self.full, self.ours = app, viewer.browser, full, ours
        with app.app_context():
            self.engine = db.engine
        self.engine._compiled_cache.capacity = STATEMENTS
        self.oracle = Counting(dump.read(engine.url.render_as_string(hide_password=False)), ours)
        names = self.oracle.tables["record"]
        czech = names["name_cs"].where(names["name_cs"] != "", names["name_en"])
        self.names = dict(zip(names["id"].astype(str), czech, strict=True))
        self.met, self.asked = Counter[frozenset[str]](), Counter[frozenset[str]]()
        self.disagreed: list[str] = []

    def count(self, used: frozenset[str], asked: Filter) -> None:
        """That a filter is asked, and whether it meets any money."""
        self.asked[used] += 1
        self.met[used] += bool(self.oracle.sums(asked, "known_funding"))

    def compare(self, number: int, used: frozenset[str], asked: Filter) -> None:
        """One filter: values of measures; one chart in turn through its page, its files and the page behind a number of it; of
        each third the page of funding with its workbook, of each second the page behind one more measure. What portal and
        oracle do not agree on is added to `disagreed`."""
        self.count(used, asked)
        shown, chart = Shown(self.browser, args(asked)), CHARTS[number % len(CHARTS)]
        steps = [
            lambda: self._chart(shown, asked, chart, number),
            lambda: self._funding(shown, asked, number),
            lambda: self._explained(shown, asked, number),
        ]
        taken = (True, number % 3 == 0, number % 2 == 0) if self.full else [number % 3 == n for n in range(3)]
        for step in (lambda: self._values(asked, number), *(s for s, one in zip(steps, taken, strict=True) if one)):
            try:
                step()
            except AssertionError as error:
                self.disagreed.append(f"{number} {args(asked)}: {error}")

    # ---- values

    def _values(self, asked: Filter, number: int) -> None:
        """What figures give, with their coverage: known funding as the page of funding parts it, some other measures in turn."""
        given = args(asked)
        scope = Scope.read(given | ({"status": [given["status"]]} if "status" in given else {}), self.ours)
        known = [("known_funding", by) for by in ("instrument", "framework")]
        turn = len(PARTED) // 2
        parted = (
            [*known, *PARTED[number % turn :: turn]]
            if self.full
            else [known[number % 2], PARTED[number * 5 % len(PARTED)]]
        )
        with self.app.app_context(), Session(self.engine) as s:
            actor = people.actor_of(s, s.query(Person).filter_by(role="viewer").first())
            whole = {name: FIGURES[name].value(s, actor, scope) for name, _by in parted}
            for name, value in whole.items():
                assert _total(value) == self._of(asked, name, None)[None], (name, asked)
                assert value.left_out == self.oracle.left_out(asked, name), (name, asked)
            for name in {*(("known_funding",) if self.full else ()), parted[-1][0]}:
                found = FIGURES[name].coverage(s, actor, scope)
                told = (found.known, found.within, found.unknown, found.elsewhere)
                assert told == self.oracle.coverage(asked, name), (name, asked)
            for name, by in parted:
                value = FIGURES[f"{name}_by_{by}"].value(s, actor, scope)
                assert value.whole == whole[name], (name, by, asked)
                self._groups(value, asked, name, by)
            counts, wanted = FIGURES["projects_by_status"].value(s, actor, scope), self.oracle.statuses(asked)
            assert {row.key: row.number for row in frame(counts)} == wanted, asked
            assert counts.whole.number == sum(wanted.values()), asked

    def _groups(self, value, asked: Filter, name: str, by: str) -> None:
        """The groups of a breakdown: what each adds up to, and of how many it is known."""
        wanted, covered = self._of(asked, name, by), self.oracle.covered(asked, name, by)
        found = {g.key: _total(g.shares if g.funding is None else g.funding) for g in value.groups}
        assert {key: cells for key, cells in found.items() if cells} == dict(wanted), (name, by, asked)
        told = {g.key: (g.coverage.known, g.coverage.within, g.coverage.unknown) for g in value.groups}
        assert {key: n for key, n in told.items() if any(n)} == covered, (name, by, asked)

    def _of(self, asked: Filter, name: str, by: str | None) -> dict[str | None, dict]:
        """{group: {what is alike: (minor, flows)}}, of a share {currency: (part, whole, about, flows)}."""
        found: dict[str | None, dict] = defaultdict(dict)
        for (key, *alike), worth in (
            self.oracle.shares(asked, by) if name == "absorption" else self.oracle.sums(asked, name, by)
        ).items():
            found[key][tuple(alike)] = worth
        return found


def _total(value) -> dict[tuple, tuple]:
    if isinstance(value, Shares):
        return {(c.currency,): (c.part.minor, c.whole.minor, c.approximate, c.flows) for c in value.cells}
    return {(c.currency, c.certainty, c.approximate): (c.minor, c.flows) for c in value.cells}
