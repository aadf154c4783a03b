"""Known funding against an oracle that shares nothing with it but the words of the definition."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from portal.figures import FIGURES, Scope, frame
from portal.funding.models import Flow
from portal.kernel.money import Money
from portal.kernel.permission import SYSTEM
from tests import machine
from tests.factories import changing, funding
from tests.factories.frameworks import framework
from tests.factories.funding import eur

SURE = {"documents": {"document"}, "public": {"document", "public"}, "all": {"document", "public", "unsure", "uncited"}}
KINDS = (None, None, "2", "3", "4", "7", "11", "12")
FIRST = {None: 1, "2": 1, "11": 1, "3": 2, "12": 3}
PLACES, INSTRUMENTS, PROVIDERS = 5, 2, 2


@dataclass(frozen=True)
class Row:
    """A flow as drawn: places 0 umbrella, 1 and 2 its parts, 3 another project, 4 a framework; indexes or None elsewhere."""

    place: int
    instrument: int | None
    provider: int | None
    amount: int | None
    currency: str
    exact: bool
    certainty: str
    kind: str | None
    included_in: int | None
    supersedes: int | None


@st.composite
def portfolios(draw) -> list[Row]:
    rows: list[Row] = []
    for n in range(draw(st.integers(0, 9))):
        rows.append(
            Row(
                place=draw(st.integers(0, PLACES - 1)),
                instrument=draw(st.sampled_from([None, *range(INSTRUMENTS)])),
                provider=draw(st.sampled_from([None, *range(PROVIDERS)])),
                amount=draw(st.one_of(st.none(), st.integers(1, 10**12))),
                currency=draw(st.sampled_from(["EUR", "EUR", "CZK"])),
                exact=draw(st.booleans()),
                certainty=draw(st.sampled_from(sorted(SURE["all"]))),
                kind=draw(st.sampled_from(KINDS)),
                included_in=draw(st.sampled_from([None, None, *range(n)])),
                supersedes=draw(st.sampled_from([None, None, None, *range(n)])),
            )
        )
    return rows


def expected(rows: list[Row], scope: str) -> dict[int, Row]:
    """The flows that count, by their index."""
    held = {i: r for i, r in enumerate(rows) if r.certainty in SURE[scope] and r.amount is not None}

    def told_earlier(row: Row) -> bool:
        around = {row.place} | ({0} if row.place in (1, 2) else set())
        return any(
            FIRST.get(other.kind, 9) < FIRST[row.kind] and other.place in around and same_money(other, row)
            for other in held.values()
        )  # fmt: skip

    def same_money(one: Row, other: Row) -> bool:
        if one.provider is None or other.provider is None:
            return one.currency == other.currency
        return one.provider == other.provider

    given = {i: r for i, r in held.items() if r.kind in FIRST}

    def newer(i: int) -> set[int]:
        return {n for n, r in enumerate(rows) if r.supersedes == i}

    def larger(i: int) -> set[int]:
        return {rows[i].included_in} - {None}

    def beyond(i: int, *steps) -> set[int]:
        found: set[int] = set()
        front = {i}
        while front:
            front = {n for one in front for step in steps for n in step(one)} - found
            found |= front
        return found - {i}

    def told_by_others(i: int) -> bool:
        # Superseded by what is known; or in the sum through what holds it or its newer sum, by itself or by its commitment.
        return bool(beyond(i, newer) & set(held) or beyond(i, newer, larger) & set(given))

    return {i: r for i, r in given.items() if not told_earlier(r) and not told_by_others(i)}


def summed(rows, key) -> dict:
    found: dict = defaultdict(int)
    for row in rows:
        found[key(row), row.currency] += row.amount
    return dict(found)


def around(s: Session) -> tuple[list, list, list, list]:
    """Ids of the places, the framework of each, the instruments and the providers; made once per test."""
    over, other = framework(s, "Rámec"), framework(s, "Druhý")
    umbrella = funding.project(s, "Celek", framework=over)
    places = [umbrella, *(funding.project(s, f"Část {n}", umbrella=umbrella) for n in (1, 2))]
    places += [funding.project(s, "Jiný"), other]
    instruments = [funding.instrument(s, f"Nástroj {n}").id for n in range(INSTRUMENTS)]
    providers = [funding.organisation(s, f"Dárce {n}").id for n in range(PROVIDERS)]
    return [p.id for p in places], [over.id, over.id, over.id, None, other.id], instruments, providers


def booked(s: Session, rows: list[Row], places: list, instruments: list, providers: list) -> list[int]:
    """Ids of the flows in the database, without the checks of the actions: figures must hold whatever stands there."""
    flows: list[int] = []
    for row in rows:
        flow = Flow(
            booked_id=places[row.place], type_code=row.kind, certainty=row.certainty,
            instrument_id=None if row.instrument is None else instruments[row.instrument],
            provider_id=None if row.provider is None else providers[row.provider],
            amount_mark="exact" if row.exact else "rounded",
            included_in_id=None if row.included_in is None else flows[row.included_in],
            supersedes_id=None if row.supersedes is None else flows[row.supersedes],
        )  # fmt: skip
        flow.amount = None if row.amount is None else Money(row.amount, row.currency)
        s.add(flow)
        s.flush()
        flows.append(flow.id)
    return flows


@settings(max_examples=400 if machine.prove() else 20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=portfolios(), certainty=st.sampled_from(sorted(SURE)))
def test_total_equals_the_oracle_and_every_breakdown_adds_up_to_it(s: Session, rows: list[Row], certainty: str) -> None:
    if "around" not in s.info:
        s.info["around"] = around(s)
    places, frameworks, instruments, providers = s.info["around"]
    savepoint = s.begin_nested()
    with changing(s):
        flows = booked(s, rows, places, instruments, providers)
        scope, counted = Scope(certainty=certainty), expected(rows, certainty)
        total = FIGURES["known_funding"].value(s, SYSTEM, scope)
        assert {c: one.total.minor for c, one in total.sums.items()} == {
            currency: amount for (_, currency), amount in summed(counted.values(), lambda r: None).items()
        }
        assert {c: bool(one.rounded) for c, one in total.sums.items()} == {
            c: any(not r.exact for r in counted.values() if r.currency == c) for c in total.sums
        }
        records = FIGURES["known_funding"].records(s, SYSTEM, scope)
        assert {flows.index(r.flow.id) for r in records if r.reason is None} == set(counted)
        assert sum(total.left_out.values()) == sum(r.reason is not None for r in records)
        for by, key in (
            ("instrument", lambda r: None if r.instrument is None else instruments[r.instrument]),
            ("framework", lambda r: frameworks[r.place]),
        ):
            value = FIGURES[f"known_funding_by_{by}"].value(s, SYSTEM, scope)
            assert {
                (g.record_id, c): one.total.minor for g in value.groups for c, one in g.funding.sums.items()
            } == summed(counted.values(), key)
            assert value.whole == total
            per_currency: dict[str, int] = defaultdict(int)
            for row in frame(value):
                if row.amount is not None:
                    per_currency[row.amount.currency] += row.amount.minor
            assert per_currency == {c: one.total.minor for c, one in total.sums.items()}
            assert sum(g.coverage.known for g in value.groups) >= len({rows[i].place for i in counted} - {4})
        covered = FIGURES["known_funding"].coverage(s, SYSTEM, scope)
        stated = {r.place for r in rows if r.certainty in SURE[certainty] and r.amount is not None and r.kind in FIRST}
        assert covered.total == 4
        assert covered.known == len(stated - {4})
        assert covered.within == (len({1, 2} - stated) if 0 in stated else 0)
        assert covered.elsewhere == len(stated & {4})
    savepoint.rollback()
    s.expire_all()


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_of_a_chain_of_inclusions_the_widest_admitted_sum_counts_alone(s: Session, order: tuple[int, ...]) -> None:
    place = funding.project(s, "Projekt")
    certainties = [("document", "public", "unsure")[n] for n in order]
    outer = funding.flow(s, place, 3000, certainty=certainties[0])
    middle = funding.flow(s, place, 2000, certainty=certainties[1], included_in=outer)
    funding.flow(s, place, 1000, certainty=certainties[2], included_in=middle)
    amounts = dict(zip(certainties, (3000, 2000, 1000), strict=True))
    for scope, admitted in SURE.items():
        widest = max(amount for certainty, amount in amounts.items() if certainty in admitted)
        value = FIGURES["known_funding"].value(s, SYSTEM, Scope(certainty=scope))
        assert value.sums["EUR"].total == eur(widest)
        assert value.left_out == ({"included": len(admitted & set(amounts)) - 1} if len(admitted) > 1 else {})
