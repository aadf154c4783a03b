"""Every measure by every dimension against an oracle that shares nothing with it but the words of the definitions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from portal.figures import FIGURES, Scope, frame
from portal.figures.dimensions import DIMENSIONS
from portal.figures.links import ENDS, links
from portal.figures.measures import MEASURES, PAIRED
from portal.funding.models import Flow
from portal.kernel.money import Money
from portal.kernel.permission import SYSTEM
from portal.kernel.when import When
from portal.partners.models import Participation
from portal.projects.models import ProjectCountry
from tests import machine
from tests.factories import changing, funding
from tests.factories.partners import country
from tests.figures.test_properties import SURE, Row, around, booked, portfolios
from tests.figures.test_properties import expected as known_funding

TYPES = {"commitments": {"2", "11"}, "disbursements": {"1", "3"}, "expenditure": {"4"}}
SIDES = {"remaining": ("commitments", "disbursements"), "absorption": ("commitments", "expenditure")}
DATES = (None, "2013-12", "2010/2013", "2014-06-01/..", "2015~")
YEARS = {None: "none", "2013-12": "2013", "2010/2013": "2010-2013", "2014-06-01/..": "2014-", "2015~": "2015"}
UNIT = {0: 0, 1: 0, 2: 0, 3: 3, 4: 4}
LEVELS = {0: "umbrella", 1: "part", 2: "part", 3: "project", 4: "framework"}
COUNTRIES = {0: (0, 1), 1: (0,), 2: (), 3: (1,), 4: ()}
MAKERS = {0: (0,), 1: (0, 1), 2: (), 3: (1,), 4: ()}


@dataclass(frozen=True)
class Dated:
    """A drawn flow with what the properties of known funding do not draw: when, and to which place it goes (or to nobody)."""

    row: Row
    when: str | None
    to: int | None


@st.composite
def dated(draw) -> list[Dated]:
    kinds = st.sampled_from([None, "1", "2", "2", "3", "4", "11"])
    return [
        Dated(replace(row, kind=draw(kinds)), draw(st.sampled_from(DATES)), draw(st.sampled_from([None, None, 0, 3])))
        for row in draw(portfolios())
    ]


def plain(rows: list[Dated], measure: str, scope: str) -> dict[int, Row]:
    """The flows that a plain measure adds up, by their index."""
    if measure == "known_funding":
        return known_funding([d.row for d in rows], scope)
    stated = {
        i for i, d in enumerate(rows)
        if d.row.kind in {None, *TYPES[measure]} and d.row.certainty in SURE[scope] and d.row.amount is not None
    }  # fmt: skip
    held = {
        i for i in stated
        if rows[i].row.kind is not None and not (measure == "expenditure" and rows[i].to is not None)
    }  # fmt: skip

    def newer(i: int) -> set[int]:
        return {n for n, d in enumerate(rows) if d.row.supersedes == i}

    def larger(i: int) -> set[int]:
        return {rows[i].row.included_in} - {None}

    def beyond(i: int, *steps) -> set[int]:
        found: set[int] = set()
        front = {i}
        while front:
            front = {n for one in front for step in steps for n in step(one)} - found
            found |= front
        return found - {i}

    def told_by_others(i: int) -> bool:
        return bool(beyond(i, newer) & stated or beyond(i, newer, larger) & held)

    return {i: rows[i].row for i in held if not told_by_others(i)}


def sides(rows: list[Dated], measure: str, scope: str) -> list[tuple[int, Row, int]]:
    """(index, flow, side) of what a paired measure sets beside each other."""
    of, less = (plain(rows, one, scope) for one in SIDES[measure])
    units = [{(UNIT[r.place], r.currency) for r in found.values()} for found in (of, less)]
    both = units[0] & units[1]
    told = [(i, r, side) for side, found in ((1, of), (-1, less)) for i, r in found.items()]
    return [(i, r, side) for i, r, side in told if (UNIT[r.place], r.currency) in both]


def one_of(several: tuple[int, ...], ids: list[int]) -> str:
    return "none" if not several else "more" if len(several) > 1 else str(ids[several[0]])


def keys(at: int, row: Row, when: str | None, to: int | None, world: dict) -> dict[str, str]:
    """The group of a flow by each dimension, `at`: the place that stands for it."""
    places, frameworks, instruments, providers = world["around"]
    none = lambda i, ids: "none" if i is None else str(ids[i])  # noqa: E731
    return {
        "instrument": none(row.instrument, instruments), "provider": none(row.provider, providers),
        "receiver": none(to, places), "framework": "none" if frameworks[at] is None else str(frameworks[at]),
        "project": str(places[at]), "year": YEARS[when], "currency": row.currency, "certainty": row.certainty,
        "status": "framework" if at == 4 else "none", "level": LEVELS[at],
        "country": one_of(COUNTRIES[at], world["countries"]), "implementer": one_of(MAKERS[at], providers),
    }  # fmt: skip


def world(s: Session) -> dict:
    """The places of the properties of known funding, with countries and organisations that carry them out."""
    found = {"around": around(s)}
    places, _, _, providers = found["around"]
    found["countries"] = [country(s, name, code).id for name, code in (("Gruzie", "GE"), ("Arménie", "AM"))]
    with changing(s):
        for place, several in COUNTRIES.items():
            s.add_all(ProjectCountry(project_id=places[place], country_id=found["countries"][i]) for i in several)
        for place, several in MAKERS.items():
            s.add_all(
                Participation(within_id=places[place], participant_id=providers[i], role="implementing")
                for i in several
            )
        s.flush()
    return found


@settings(max_examples=600 if machine.prove() else 9, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=dated(), certainty=st.sampled_from(sorted(SURE)), measure=st.sampled_from(list(MEASURES)))
def test_every_measure_by_every_dimension_equals_the_oracle(
    s: Session, rows: list[Dated], certainty: str, measure: str
) -> None:
    if "world" not in s.info:
        s.info["world"] = world(s)
    places, _, instruments, providers = s.info["world"]["around"]
    savepoint, scope = s.begin_nested(), Scope(certainty=certainty)
    with changing(s):
        flows = booked(s, [d.row for d in rows], places, instruments, providers)
        for flow_id, one in zip(flows, rows, strict=True):
            flow = s.get(Flow, flow_id)
            flow.valued = When(one.when) if one.when else None
            flow.receiver_id = None if one.to is None else places[one.to]
        s.flush()
        paired = measure in PAIRED
        counted = (
            sides(rows, measure, certainty)
            if paired
            else [(i, r, 1) for i, r in plain(rows, measure, certainty).items()]
        )
        figure = FIGURES[measure]
        told = {(flows.index(r.flow.id), r.side) for r in figure.records(s, SYSTEM, scope) if r.reason is None}
        assert told == {(i, side) for i, _, side in counted}, measure
        for by, dimension in DIMENSIONS.items():
            if paired and not dimension.paired:
                assert f"{measure}_by_{by}" not in FIGURES
                continue
            wanted: dict = defaultdict(lambda: [0, 0, 0])
            for i, row, side in counted:
                at = UNIT[row.place] if paired else row.place
                key = keys(at, row, rows[i].when, rows[i].to, s.info["world"])[by]
                sums = wanted[key, row.currency]
                sums[0] += side * row.amount
                sums[1 if side == 1 else 2] += row.amount
            value = FIGURES[f"{measure}_by_{by}"].value(s, SYSTEM, scope)
            assert value.whole == figure.value(s, SYSTEM, scope)
            assert len({g.key for g in value.groups}) == len(value.groups)
            if dimension.of_place and by != "project":
                assert sum(g.coverage.total for g in value.groups) == 4
            if FIGURES[measure].unit == "share":
                found = {
                    (g.key, c.currency): (c.whole.minor, c.part.minor) for g in value.groups for c in g.shares.cells
                }
                assert found == {at: (of, less) for at, (_, of, less) in wanted.items()}, (measure, by)
            else:
                found = {(g.key, c): one.total.minor for g in value.groups for c, one in g.funding.sums.items()}
                assert found == {at: amount for at, (amount, _, _) in wanted.items()}, (measure, by)
                behind = FIGURES[f"{measure}_by_{by}"].records
                for group in value.groups[:2]:
                    rest = [r for r in behind(s, SYSTEM, scope, part=group.key) if r.reason is None]
                    assert sum(r.side * r.flow.amount.minor for r in rest) == sum(c.minor for c in group.funding.cells)
            assert len(frame(value)) >= len(value.groups)
        ways, total = links(s, SYSTEM, scope), FIGURES["known_funding"].value(s, SYSTEM, scope)
        wanted = defaultdict(int)
        for i, row in plain(rows, "known_funding", certainty).items():
            at = keys(row.place, row, rows[i].when, rows[i].to, s.info["world"])
            wanted[tuple(at[end] for end in ENDS), row.currency] += row.amount
        summed: dict = defaultdict(int)
        for link in ways.links:
            summed[link.ends, link.amount.currency] += link.amount.minor
        assert summed == wanted
        assert sum(link.flows for link in ways.links) == sum(c.flows for c in total.cells)
    savepoint.rollback()
    s.expire_all()


@pytest.mark.parametrize(("key", "part"), [("year", "20x"), ("country", "x"), ("status", "9"), ("currency", "eur")])
def test_what_can_be_no_group_is_refused(s: Session, key: str, part: str) -> None:
    with pytest.raises(ValueError, match="no such group"):
        FIGURES[f"commitments_by_{key}"].behind(SYSTEM, Scope(), part=part)


def test_what_remains_and_is_absorbed_is_told_only_where_both_sides_are_known(s: Session) -> None:
    one, other = funding.project(s, "Jeden"), funding.project(s, "Druhý")
    part = funding.project(s, "Část", umbrella=one)
    funding.flow(s, one, 1000, type_code="2")
    funding.flow(s, part, "300.50", type_code="3", amount_mark="rounded")
    funding.flow(s, one, 250, type_code="4")
    funding.flow(s, other, 5000, type_code="2")
    funding.flow(s, other, None, type_code="3")
    funding.flow(s, other, Money.of("70", "CZK"), type_code="4")
    remaining = FIGURES["remaining"].value(s, SYSTEM, Scope())
    assert {c: one.total for c, one in remaining.sums.items()} == {"EUR": Money(69950, "EUR")}
    assert remaining.sums["EUR"].approximate
    assert remaining.left_out == {"one_sided": 1, "unknown_amount": 1}
    [share] = FIGURES["absorption"].value(s, SYSTEM, Scope()).cells
    assert (share.part, share.whole, str(share.percent)) == (Money(25000, "EUR"), Money(100000, "EUR"), "25.0")
    covered = FIGURES["remaining"].coverage(s, SYSTEM, Scope())
    assert (covered.known, covered.within, covered.unknown) == (1, 1, 1)
    assert FIGURES["commitments"].value(s, SYSTEM, Scope()).sums["EUR"].total == Money(600000, "EUR")


def test_the_parts_of_a_withdrawn_umbrella_are_projects_of_their_own(s: Session) -> None:
    whole = funding.project(s, "Celek")
    one, other = (funding.project(s, name, umbrella=whole) for name in ("Jedna část", "Druhá část"))
    funding.flow(s, one, 1000, type_code="2")
    funding.flow(s, one, 400, type_code="4")
    funding.flow(s, other, 300, type_code="3")
    remaining = FIGURES["remaining_by_project"]
    assert [(g.key, g.funding.known) for g in remaining.value(s, SYSTEM, Scope()).groups] == [(str(whole.id), True)]
    with changing(s):
        whole.standing, whole.standing_reason = "withdrawn", "omyl"
        s.flush()
    groups = {g.key: g.funding.left_out for g in remaining.value(s, SYSTEM, Scope()).groups}
    assert groups == {str(one.id): {"one_sided": 1}, str(other.id): {"one_sided": 1}}
    [spent] = FIGURES["absorption_by_project"].value(s, SYSTEM, Scope()).groups
    assert (spent.key, str(spent.shares.cells[0].percent)) == (str(one.id), "40.0")


def test_a_project_known_by_its_parts_elsewhere_stands_in_the_group_of_what_is_not_stated(s: Session) -> None:
    whole, georgia = funding.project(s, "Celek"), country(s, "GE")
    part = funding.project(s, "Část", umbrella=whole)
    with changing(s):
        s.add(ProjectCountry(project_id=whole.id, country_id=georgia.id))
        s.flush()
    funding.flow(s, part, 1000, type_code="2")
    funding.flow(s, part, 400, type_code="3")
    scope = Scope(country=georgia.id)
    covered = FIGURES["remaining"].coverage(s, SYSTEM, scope)
    [group] = FIGURES["remaining_by_currency"].value(s, SYSTEM, scope).groups
    assert (group.key, group.coverage.known, group.coverage.total) == ("none", 1, 1)
    assert (covered.known, covered.total) == (1, 1)
