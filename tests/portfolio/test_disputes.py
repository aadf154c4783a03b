"""Disputes are somebody's work whatever the record, and stand beside the amount wherever it is shown."""

from __future__ import annotations

from datetime import date

import pytest

from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.transaction import change
from portal.partners.actions import give_role
from portal.portfolio.queries.work import work_of
from portal.projects.actions import edit_project
from portal.sources.actions import choose_leading, state
from tests.factories import accounts, changing, frameworks, funding

BEFORE = date(2026, 1, 1)


def contradict(s, record, field: str, value):
    """A second source states another value."""
    with changing(s):
        return state(s, SYSTEM, record, field, value, funding.support(s))


def disputed(s, place, amount: int = 600000, **values):
    flow = funding.flow(s, place, amount, **values)
    return flow, contradict(s, flow, "amount", funding.eur(amount - 1))


def waiting(s, actor, everybody: bool = False) -> list[tuple[int, str]]:
    return [(d.record.id, d.field) for d in work_of(s, actor, BEFORE, everybody).disputes.rows]


def test_a_flow_falls_to_its_own_person_else_to_whom_it_is_booked_at(s) -> None:
    prague, other = frameworks.framework(s, "Pražský proces"), frameworks.framework(s, "Mobilita")
    own, of_project = (accounts.person(s, "editor") for _ in range(2))
    umbrella = funding.project(s, "Iniciativa", framework=prague)
    part = funding.project(s, "Část", umbrella=umbrella)
    led = funding.project(s, "Vedený", framework=prague, responsible=of_project.id)
    mine, _ = disputed(s, led, responsible=own.id)
    at_led, _ = disputed(s, led)
    at_part, _ = disputed(s, part)
    at_framework, _ = disputed(s, other)
    as_of = accounts.queries.actor_of
    assert waiting(s, as_of(s, own)) == [(mine.id, "amount")]
    assert waiting(s, as_of(s, of_project)) == [(at_led.id, "amount")]
    assert waiting(s, accounts.actor(s, "editor", frameworks=[prague.id])) == [(at_part.id, "amount")]
    assert waiting(s, accounts.actor(s, "editor", frameworks=[other.id])) == [(at_framework.id, "amount")]
    everywhere = accounts.actor(s, "editor", everywhere=True)
    assert waiting(s, everywhere) == [(at_part.id, "amount"), (at_framework.id, "amount")]
    assert waiting(s, accounts.actor(s, "editor")) == []
    assert waiting(s, accounts.actor(s, "viewer")) == []
    assert len(waiting(s, accounts.actor(s, "viewer"), everybody=True)) == 4


def test_contracts_and_roles_fall_where_they_stand_and_what_stands_nowhere_to_those_who_write_everywhere(s) -> None:
    prague = frameworks.framework(s, "Pražský proces")
    project = funding.project(s, "Projekt", framework=prague)
    contract, loose = funding.contract(s, project, "A/1"), funding.contract(s, None, "B/2")
    addendum = funding.addendum(s, contract, number="1")
    instrument, organisation = funding.instrument(s), funding.organisation(s)
    with changing(s):
        role = give_role(s, SYSTEM, project, organisation, "lead", support=funding.support(s))
    for record, field, values in (
        (contract, "number", ("A/2", "A/3")), (loose, "number", ("B/3", "B/4")), (addendum, "number", ("2", "3")),
        (instrument, "legal_basis", ("233/2014", "234/2014")), (organisation, "seat", ("Brusel", "Praha")),
        (role, "role", ("lead", "partner")),
    ):  # fmt: skip
        for value in values:
            contradict(s, record, field, value)
    of_prague = accounts.actor(s, "editor", frameworks=[prague.id])
    assert {i for i, _f in waiting(s, of_prague)} == {contract.id, addendum.id, role.id}
    everywhere = accounts.actor(s, "editor", everywhere=True)
    found = work_of(s, everywhere, BEFORE).disputes
    assert {d.record.id for d in found.rows} == {
        contract.id, addendum.id, role.id, loose.id, instrument.id, organisation.id,
    }  # fmt: skip
    [of_role] = [d for d in found.rows if d.record.id == role.id]
    assert {r.id for r in of_role.about} == {project.id, organisation.id}


def test_a_decided_amount_waits_no_more_and_a_hidden_one_for_nobody_who_may_not_see_it(s) -> None:
    open_, secret = funding.project(s, "Otevřený"), funding.project(s, "Tajný")
    flow, rival = disputed(s, open_)
    hidden, _ = disputed(s, secret)
    with changing(s):
        edit_project(s, SYSTEM, secret, {"confidential": True})
    everywhere = accounts.actor(s, "editor", everywhere=True)
    assert waiting(s, everywhere) == [(flow.id, "amount")]
    assert waiting(s, everywhere, everybody=True) == [(flow.id, "amount")]
    assert work_of(s, everywhere, BEFORE, True).disputes.number == 1
    assert waiting(s, SYSTEM, everybody=True) == [(flow.id, "amount"), (hidden.id, "amount")]
    with changing(s):
        choose_leading(s, SYSTEM, rival, "podle závěrečné zprávy")
    assert waiting(s, everywhere, everybody=True) == []


@pytest.fixture
def money(engine) -> dict[str, int]:
    """A project with one disputed flow and one that is not, and a framework with a disputed flow."""
    with transaction.unit(engine) as s, change(s, None, "command", actor_name="zkouška"):
        giver = funding.organisation(s, "Evropská komise")
        framework = frameworks.framework(s, "Rámec")
        project = funding.project(s, "Projekt", framework=framework)
        instrument = funding.instrument(s)
        flow, _ = disputed(s, project, provider=giver.id, instrument=instrument)
        sure = funding.flow(s, project, 1000, provider=giver.id, instrument=instrument)
        at_framework, _ = disputed(s, framework, 70)
        return {
            "project": project.id, "framework": framework.id, "flow": flow.id, "sure": sure.id, "at": at_framework.id,
            "giver": giver.id, "instrument": instrument.id,
        }  # fmt: skip


def flags(page) -> set[str]:
    return {a["href"] for a in page.soup.select("main a.flag")}


def test_the_mark_stands_beside_the_amount_wherever_it_is_shown(money, client_as) -> None:
    viewer = client_as("viewer", lang="cs")
    flow, at_framework = (f"/records/{money[name]}/facts/amount" for name in ("flow", "at"))
    for path, wanted in (
        (f"/projects/{money['project']}", {flow}),
        (f"/frameworks/{money['framework']}", {at_framework}),
        (f"/organisations/{money['giver']}", {flow}),
        (f"/instruments/{money['instrument']}", {flow}),
        (f"/flows/{money['flow']}", {flow}),
        (f"/flows/{money['sure']}", set()),
        ("/flows", {flow, at_framework}),
        ("/funding/known_funding/records", {flow, at_framework}),
        (f"/funding/known_funding_by_instrument/records?part={money['instrument']}", {flow}),
    ):
        assert flags(viewer.get(path)) == wanted, path


def test_the_total_says_on_how_many_of_its_amounts_sources_disagree(money, client_as) -> None:
    viewer = client_as("viewer", lang="cs")
    [flag] = viewer.get("/funding").soup.select(".figs a.flag")
    assert "na 2 částkách v něm se zdroje neshodují" in " ".join(flag.get_text().split())
    assert flag["href"].startswith("/funding/known_funding/records")
    english = client_as("viewer", lang="en").get(f"/funding?instrument={money['instrument']}").soup
    assert "sources disagree on 1 amount in it" in english.select_one(".figs a.flag").get_text()
    assert viewer.get("/funding?instrument=0").soup.select_one(".figs a.flag")
    assert not viewer.get("/funding?status=4").soup.select(".figs a.flag")


def test_the_tag_of_a_profile_counts_the_conflicts_of_its_money(money, client_as) -> None:
    viewer = client_as("viewer", lang="cs")
    for kind, number in (("project", "1 rozpor"), ("framework", "1 rozpor")):
        page = viewer.get(f"/{kind}s/{money[kind]}")
        tags = " ".join(page.soup.select_one(".tags").get_text(" ").replace("\u00a0", " ").split())
        assert number in tags, tags
