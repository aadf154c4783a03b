"""Counts of projects, by what the chosen sources say of their status."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.figures import FIGURES, Coverage, Scope, coverage, frame
from portal.figures.breakdowns import undated
from portal.figures.coverage import twins
from portal.figures.frames import CountRow
from portal.funding.actions import edit_flow
from portal.kernel.permission import SYSTEM
from portal.kernel.when import When
from portal.projects.actions import edit_project
from portal.sources.actions import state
from tests.factories import changing, funding
from tests.figures.scene import Scene, targeted_initiative

COUNT, BY_STATUS = FIGURES["projects"], FIGURES["projects_by_status"]
PUBLIC, ALL = Scope(certainty="public"), Scope(certainty="all")


def with_statuses(s: Session) -> Scene:
    """The Initiative runs by a document and is closed by a public page; further parts are planned; one is left open."""
    scene = targeted_initiative(s)
    with changing(s):
        edit_project(s, SYSTEM, scene.initiative, {"status": "2", "status_basis": "stated"}, funding.support(s))
        state(s, SYSTEM, scene.initiative, "status", "4", funding.support(s, "public"))
        for part in scene.parts[4:]:
            edit_project(s, SYSTEM, part, {"status": "1", "status_basis": "stated"}, funding.support(s))
        for part in scene.parts[:4]:
            derived = funding.support(s, "unsure", precision="derived")
            edit_project(s, SYSTEM, part, {"status": "4", "status_basis": "derived"}, derived)
        edit_project(s, SYSTEM, scene.eris, {"status_basis": "ambiguous"})
        edit_project(s, SYSTEM, scene.armenia, {"status": "4", "status_basis": "stated"}, funding.support(s, "public"))
    return scene


def numbers(s: Session, scope: Scope) -> dict[str, int]:
    return {g.key: g.number for g in BY_STATUS.value(s, SYSTEM, scope).groups}


def test_the_documents_know_fewer_projects_than_the_public_sources(s: Session) -> None:
    targeted_initiative(s)
    by_documents, by_public = COUNT.value(s, SYSTEM, Scope()), COUNT.value(s, SYSTEM, PUBLIC)
    assert (by_documents.number, by_documents.umbrellas, by_documents.parts, by_documents.placeholders) == (11, 1, 7, 6)
    assert by_public.number == 12
    assert [(t.first.name_cs, t.second.name_cs) for t in twins(s, SYSTEM, Scope())] == [
        ("Vlajkový projekt", "Podpora reintegrace")
    ]


def test_a_status_counts_as_the_chosen_sources_say_it(s: Session) -> None:
    with_statuses(s)
    assert numbers(s, Scope()) == {"1": 3, "2": 1, "ambiguous": 1, "none": 6}
    assert numbers(s, PUBLIC) == {"1": 3, "4": 2, "ambiguous": 1, "none": 6}
    assert numbers(s, ALL) == {"1": 3, "4": 2, "4:derived": 4, "ambiguous": 1, "none": 2}


def test_what_cannot_be_told_is_not_known(s: Session) -> None:
    with_statuses(s)
    assert BY_STATUS.coverage(s, SYSTEM, Scope()) == Coverage(known=4, unknown=7)
    assert BY_STATUS.coverage(s, SYSTEM, ALL) == Coverage(known=9, unknown=3)


def test_the_groups_hold_the_records_they_count(s: Session) -> None:
    scene = with_statuses(s)
    for scope in (Scope(), PUBLIC, ALL):
        for key, number in numbers(s, scope).items():
            assert len(BY_STATUS.records(s, SYSTEM, scope, part=key)) == number
    assert BY_STATUS.records(s, SYSTEM, Scope(), part="2") == [scene.initiative]
    assert BY_STATUS.records(s, SYSTEM, Scope(), part="ambiguous") == [scene.eris]
    assert [p.name_cs for p in BY_STATUS.records(s, SYSTEM, ALL, part="4:derived")] == ["PP1", "PP2", "PP3", "PP4"]
    assert len(COUNT.records(s, SYSTEM, Scope())) == 11
    assert frame(BY_STATUS.value(s, SYSTEM, Scope()))[0] == CountRow("1", None, "", "", 3)
    assert frame(COUNT.value(s, SYSTEM, Scope())) == [CountRow("total", None, "", "", 11)]


def test_a_filter_by_status_takes_the_status_the_chosen_sources_say(s: Session) -> None:
    with_statuses(s)
    assert COUNT.value(s, SYSTEM, Scope(statuses=("2",))).number == 1
    assert COUNT.value(s, SYSTEM, Scope(certainty="public", statuses=("2",))).number == 0
    assert COUNT.value(s, SYSTEM, Scope(certainty="public", statuses=("1", "4"))).number == 5
    assert COUNT.value(s, SYSTEM, Scope(statuses=("none",))).number == 7
    funded = FIGURES["known_funding"].value(s, SYSTEM, Scope(statuses=("2",)))
    assert funded.sums["EUR"].total == funding.eur(600000)


def test_years_take_projects_possibly_carried_out_within_them(s: Session) -> None:
    scene = targeted_initiative(s)
    with changing(s):
        edit_project(s, SYSTEM, scene.eris, {"actual_start": When("2013-02")})
        edit_project(s, SYSTEM, scene.flagship, {"actual_start": When("2010"), "actual_end": When("2013")})
        edit_project(s, SYSTEM, scene.initiative, {"planned_start": When("2012-08"), "planned_end": When("2016-01")})
    found = {year: COUNT.records(s, SYSTEM, Scope(years=(year, year))) for year in (2009, 2010, 2013, 2020)}
    assert {year: [p.name_cs for p in rows] for year, rows in found.items()} == {
        2009: [], 2010: ["Vlajkový projekt"], 2013: ["Cílená iniciativa", "ERIS", "Vlajkový projekt"], 2020: ["ERIS"],
    }  # fmt: skip
    funded, years = FIGURES["known_funding"], Scope(years=(2013, 2013))
    told = funded.coverage(s, SYSTEM, years), coverage.gaps(s, SYSTEM, years), undated(s, SYSTEM, years)
    assert not funded.value(s, SYSTEM, years).known
    assert told[0] == Coverage(unknown=3), "that money has no date is no reason to ask about no project"
    assert [(gap.name_cs, gap.otherwise) for gap in told[1]] == [
        ("Cílená iniciativa", True), ("ERIS", False), ("Vlajkový projekt", False)
    ]  # fmt: skip
    assert told[2].sums["EUR"].total == funding.eur(600000)
    of_programme = Scope(years=(2013, 2013), instrument=scene.programme.id)
    assert [gap.name_cs for gap in coverage.gaps(s, SYSTEM, of_programme)] == ["ERIS"], (
        "with such money, of whatever years"
    )
    assert undated(s, SYSTEM, of_programme) is None
    with changing(s):
        edit_flow(s, SYSTEM, scene.top_up, {"valued": When("2013")})
    assert funded.coverage(s, SYSTEM, years) == Coverage(known=1, within=7, unknown=2)
    assert undated(s, SYSTEM, years) is None
