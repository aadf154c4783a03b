"""The quick status update: rules, what the project repeats of it, and the form of journey J1."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel import clock, transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.when import When
from portal.progress import queries
from portal.progress.models import StatusUpdate
from portal.progress.rules import problems, stale_before
from portal.projects.models import Project
from portal.sources.queries import facts_of
from tests.factories import accounts, changing, frameworks, progress, projects, sources

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"held_on": When("2026-11-23"), "light": "ok"}, {}),
        ({"held_on": When("2026"), "light": "ok"}, {}),
        ({"held_on": When("2026-11-24"), "light": "ok"}, {"held_on": "in_the_future"}),
        ({"held_on": None, "light": "ok"}, {"held_on": "date_missing"}),
        ({"held_on": When("2015-06")}, {"happened": "says_nothing"}),
        ({"held_on": When("2015-06"), "next_steps": "něco"}, {"happened": "says_nothing"}),
        ({"held_on": When("2015-06"), "happened": "x" * 2001}, {"happened": "too_long"}),
    ],
)
def test_an_update_says_something_and_holds_for_a_day_that_has_come(values: dict, found: dict) -> None:
    assert problems(values, TODAY) == found


def test_the_latest_update_gives_the_project_its_light_and_status(s: Session) -> None:
    project = projects.project(s, status="2", status_on=When("2014-08-27"), backed=sources.support(s))
    progress.update(s, project, "2015-06", light="warn", status="4", happened="Závěrečný seminář.")
    assert (project.status, project.status_on, project.status_basis) == ("4", When("2015-06"), "stated")
    assert (project.light, project.light_on, project.reported_on) == ("warn", clock.today(), clock.today())
    view = facts_of(s, SYSTEM, project)[project.id]["status"]
    assert [(c.value, c.statement.certainty) for c in view.claims] == [("4", "uncited"), ("2", "document")]
    assert not view.disputed


def test_an_update_of_an_earlier_day_changes_nothing_the_project_repeats(s: Session) -> None:
    project = projects.project(s, status="4", status_on=When("2017"), backed=sources.support(s))
    progress.update(s, project, "2015-06", light="ok", status="2")
    assert (project.status, project.light, project.reported_on) == ("4", None, None)
    progress.update(s, project, "2018", light="bad")
    progress.update(s, project, "2017-12", light="ok")
    assert (project.status, project.light) == ("4", "bad")
    assert [u.held_on for u in queries.updates_of(s, SYSTEM, project.id)] == [
        When("2018"),
        When("2017-12"),
        When("2015-06"),
    ]


def test_the_source_of_an_old_status_does_not_vouch_for_the_same_status_today(s: Session) -> None:
    project = projects.project(s, status="2", status_on=When("2014-08-27"), backed=sources.support(s))
    progress.update(s, project, "2026-11", status="2")
    lead = facts_of(s, SYSTEM, project)[project.id]["status"].lead
    assert (lead.value, lead.statement.certainty, lead.cited) == ("2", "uncited", ())


def test_an_update_may_rest_on_a_source(s: Session) -> None:
    project = projects.project(s)
    backed = sources.support(s, "public", "the project was closed")
    update = progress.update(s, project, "2015-06", backed, status="4", happened="Ukončeno.")
    facts = facts_of(s, SYSTEM, project, update)
    assert facts[project.id]["status"].lead.statement.certainty == "public"
    assert facts[update.id]["happened"].lead.cited[0].citation.quotation == "the project was closed"


def test_stale_is_active_and_silent_for_longer_than_allowed_and_never_closed(s: Session) -> None:
    with clock.stopped_at(NOON):
        silent, reported = projects.project(s, "Tichý", status="2"), projects.project(s, "Hlášený", status="2")
        closed, finishing = projects.project(s, "Ukončený", status="4"), projects.project(s, "Dokončovaný", status="3")
        progress.update(s, reported, "2026-11", light="ok")
    found = s.scalars(queries.stale_projects(SYSTEM, stale_before(TODAY, 90))).all()
    assert found == [finishing, silent] and closed not in found
    later = stale_before(date(2027, 2, 22), 90)
    assert reported in s.scalars(queries.stale_projects(SYSTEM, later)).all()
    assert stale_before(date(2027, 2, 21), 90) == TODAY


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """Three silent projects of one framework and a document; ids by name."""
    with transaction.unit(engine) as s, changing(s):
        top = frameworks.framework(s, "Pražský proces")
        made = {"framework": top, "document": sources.document(s, "Zpráva o projektu")}
        for name in ("a", "b", "c"):
            made[name] = projects.project(s, f"Projekt {name}", framework=top, status="2", status_on=When("2014-08-27"))
        return {name: record.id for name, record in made.items()}


def test_the_form_is_filled_with_what_holds_and_one_click_saves_it(scene, client_as, engine) -> None:
    client = client_as("editor", frameworks=[scene["framework"]], name="Jana Nová")
    page = client.get(f"/records/{scene['a']}/status")
    today = clock.today()
    assert page.value("held_on").replace("\xa0", " ") == f"{today.day}. {today.month}. {today.year}"
    assert (page.value("status"), page.value("light")) == ("", "")
    unchosen = page.soup.find(id="status").find("option", value="")
    assert unchosen.get_text() == "beze změny: v realizaci"
    shown = client.follow(client.submit(page, light="warn", happened="Seminář v Praze.", next_steps="Doložit konec."))
    assert "Seminář v Praze." in shown.text and "Jana Nová" in shown.text
    with transaction.unit(engine) as s:
        update, project = s.scalar(select(StatusUpdate)), s.get(Project, scene["a"])
        assert (update.light, update.status, update.happened, update.next_steps, update.lang) == (
            "warn", None, "Seminář v Praze.", "Doložit konec.", "cs",
        )  # fmt: skip
        assert (project.light, project.reported_on, project.status_on) == ("warn", today, When("2014-08-27"))


def test_a_form_sent_as_it_came_says_nothing_and_a_note_keeps_the_status_with_its_source(client_as, engine) -> None:
    with transaction.unit(engine) as s, changing(s):
        backed = sources.support(s)
        project_id = projects.project(s, "ERIS", status="2", status_on=When("2014-08-27"), backed=backed).id
    client = client_as("editor", everywhere=True)
    page = client.get(f"/records/{project_id}/status")
    refused = client.submit(page, 422)
    assert refused.errors() == [
        "Co se stalo : Zpráva nic neříká: vyberte semafor nebo stav, nebo napište, co se stalo."
    ]
    client.submit(page, happened="Seminář v Praze.", light="ok")
    again = client.get(f"/records/{project_id}/status")
    assert client.submit(again, 422).errors() == [
        "Co se stalo : Zpráva neříká nic nového. Zvolte jiný semafor nebo stav, nebo napište, co se stalo."
    ]
    with transaction.unit(engine) as s:
        project = s.get(Project, project_id)
        lead = facts_of(s, SYSTEM, project)[project_id]["status"].lead
        assert (lead.value, lead.statement.certainty, project.status_on) == ("2", "document", When("2014-08-27"))


@pytest.mark.parametrize("day", ["od 2020", "2020/.."])
def test_a_report_for_a_time_without_an_end_is_taken(scene, client_as, engine, day) -> None:
    client = client_as("editor", everywhere=True)
    client.submit(client.get(f"/records/{scene['a']}/status"), held_on=day, light="ok")
    with transaction.unit(engine) as s:
        update = s.scalar(select(StatusUpdate))
        assert (update.held_on, update.held_on_to) == (When("2020/.."), None)
        assert s.get(Project, scene["a"]).light == "ok"


@pytest.mark.parametrize(
    "days", [("2026", "2026-09-30"), ("2026-09-30", "2026"), ("2020/..", "2026-01"), ("2026-03", "2026-02")]
)
def test_the_report_a_page_calls_the_latest_is_the_one_the_project_repeats(s: Session, days) -> None:
    project = projects.project(s, "ERIS", status="2")
    with clock.stopped_at(NOON.replace(month=12)):
        for day, light in zip(days, ("bad", "ok"), strict=True):
            progress.update(s, project, day, light=light)
    first = queries.updates_of(s, SYSTEM, project.id)[0]
    assert first.light == project.light
    assert queries.latest_of(s, SYSTEM, [project.id]) == {project.id: first}


def test_a_status_of_a_doubtful_source_is_no_stated_one(s: Session) -> None:
    project = projects.project(s, "ERIS", status="2")
    progress.update(s, project, "2015-06", sources.support(s, unsure=True), status="4")
    assert project.status_basis == "derived"


def test_a_day_that_cannot_be_read_is_asked_for_again_and_not_to_be_left_out(scene, client_as) -> None:
    client = client_as("editor", everywhere=True, lang="cs")
    refused = client.submit(client.get(f"/records/{scene['a']}/status"), 422, held_on="zítra", light="ok")
    [said] = refused.errors()
    assert "Datum se nepodařilo přečíst" in said and "nechte pole prázdné" not in said


def test_a_report_rests_on_an_address_pasted_into_it(scene, client_as, engine) -> None:
    client = client_as("editor", everywhere=True)
    page = client.get(f"/records/{scene['a']}/status")
    asked = client.submit(page, 422, held_on="červen 2015", source="pragueprocess.eu/en/eris", fields={"status": "4"})
    assert asked.errors() == ["Název nového zdroje : Tento zdroj portál ještě nezná. Napište jeho název."]
    client.submit(asked, source_title="ERIS – závěrečný seminář")
    with transaction.unit(engine) as s:
        project = s.get(Project, scene["a"])
        lead = facts_of(s, SYSTEM, project)[project.id]["status"].lead
        assert (lead.value, lead.statement.certainty, project.status_on) == ("4", "public", When("2015-06"))
        assert lead.cited[0].document.address == "https://pragueprocess.eu/en/eris"


def test_save_and_next_goes_through_the_list_and_ends_at_my_work(scene, client_as) -> None:
    client = client_as("editor", frameworks=[scene["framework"]])
    page = client.get(f"/records/{scene['a']}/status?next_stale={scene['b']}")
    assert "Uložit a další" in page.text
    first = client.submit(page, light="ok")
    assert first.location == f"/records/{scene['b']}/status?next_stale={scene['c']}"
    second = client.submit(client.follow(first), light="ok")
    assert second.location == f"/records/{scene['c']}/status?next_stale=0"
    last = client.follow(second)
    assert "Uložit a zpět na moji práci" in last.text
    assert client.submit(last, light="ok").location == "/work"


def test_the_other_button_saves_and_shows_the_profile(scene, client_as) -> None:
    client = client_as("editor", frameworks=[scene["framework"]])
    page = client.get(f"/records/{scene['a']}/status?next_stale={scene['b']}")
    assert client.submit(page, light="ok", button="only").location == f"/projects/{scene['a']}"
    plain = client.get(f"/records/{scene['b']}/status")
    assert "Uložit a další" not in plain.text
    assert client.submit(plain, light="ok").location == f"/projects/{scene['b']}"


@pytest.mark.parametrize("asked", ["999999", "x", "-1", "{framework}"])
def test_a_next_record_that_is_not_there_leads_no_further_than_the_portal(scene, client_as, asked: str) -> None:
    client = client_as("editor", frameworks=[scene["framework"]])
    page = client.get(f"/records/{scene['a']}/status?next_stale={asked.format(**scene)}")
    assert client.submit(page, light="ok").location.split("?")[0] in (
        "/work", f"/projects/{scene['a']}", f"/records/{scene['framework']}/status",
    )  # fmt: skip


def test_a_framework_is_reported_on_without_a_status_of_its_own_here(scene, client_as, engine) -> None:
    client = client_as("editor", frameworks=[scene["framework"]])
    page = client.get(f"/records/{scene['framework']}/status")
    assert page.soup.find(attrs={"name": "status"}) is None
    shown = client.follow(client.submit(page, happened="Jednání se konalo."))
    assert shown.path == f"/frameworks/{scene['framework']}"
    with transaction.unit(engine) as s:
        assert s.scalar(select(StatusUpdate.of_id)) == scene["framework"]


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(scene, client_as, engine) -> None:
    client = client_as("editor", everywhere=True)
    page = client.get(f"/records/{scene['a']}/status")
    silent = client.submit(page, 422, next_steps="Doložit konec.", fields={"light": ""})
    assert silent.errors() == ["Co se stalo : Zpráva nic neříká: vyberte semafor nebo stav, nebo napište, co se stalo."]
    assert silent.value("next_steps") == "Doložit konec."
    future = client.submit(page, 422, held_on="1. 1. 2199", light="ok")
    assert future.errors() == ["K datu : Tento den ještě nenastal. Napište dnešek nebo dřívější den."]
    with transaction.unit(engine) as s:
        assert s.scalar(select(StatusUpdate.id)) is None


def test_who_may_not_write_there_may_not_report(scene, client_as, engine) -> None:
    with transaction.unit(engine) as s, changing(s):
        elsewhere = frameworks.framework(s, "Jinde").id
        assert accounts.actor(s, "viewer").role == "viewer"
    for client in (client_as("viewer"), client_as("editor", frameworks=[elsewhere])):
        client.get(f"/records/{scene['a']}/status", 403)
        assert "Zapsat stav" not in client.get(f"/projects/{scene['a']}").text
